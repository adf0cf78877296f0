"""Who may see figures before the results are released: what each authority has set; after the release, whoever may."""

from enum import StrEnum

from keystage.measures import BELOW
from keystage.service.accounts.models import Organisation
from keystage.service.accounts.roles import OrganisationKind
from keystage.service.gateway.models import AuthoritySettings


class Early(StrEnum):
    """Who sees figures before the results are released."""

    NOBODY = "nobody"
    AUTHORITY = "authority"
    SCHOOLS = "schools"
    """The authority, and each of its schools its own report."""


def early_of(settings: AuthoritySettings | None) -> Early:
    """Return what an authority has set; where it has set nothing, it sees early figures itself and its schools not."""
    return Early(settings.early_figures) if settings else Early.AUTHORITY


def authority_sees(settings: AuthoritySettings | None, organisation: Organisation, *, is_released: bool) -> bool:
    """Say whether an authority or a trust sees figures. A trust sets nothing: it sees those of its own schools."""
    is_trust = organisation.kind == OrganisationKind.TRUST
    return is_released or is_trust or early_of(settings) is not Early.NOBODY


def school_sees(settings: AuthoritySettings | None, *, is_released: bool) -> bool:
    """Say whether a school sees its provisional report; ``settings`` are its authority's."""
    return is_released or early_of(settings) is Early.SCHOOLS


def hidden_below(settings: AuthoritySettings | None) -> int:
    """Return the least number of pupils of whom figures are shown."""
    return settings.hidden_below if settings else BELOW
