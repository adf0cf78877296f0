"""Who may see figures before the results are released: what each authority has set; after the release, whoever may."""

from enum import StrEnum

from django.db.models import QuerySet

from keystage.measures import BELOW
from keystage.service.gateway.models import AuthoritySettings, Collection, GatewayReturn


class Early(StrEnum):
    """Who sees figures before the results are released."""

    NOBODY = "nobody"
    AUTHORITY = "authority"
    SCHOOLS = "schools"
    """The authority, and each of its schools its own report."""


def early_of(settings: AuthoritySettings | None) -> Early:
    """Return what an authority has set; where it has set nothing, it sees early figures itself and its schools not."""
    return Early(settings.early_figures) if settings else Early.AUTHORITY


def shown_early(returns: QuerySet[GatewayReturn], collection: Collection) -> QuerySet[GatewayReturn]:
    """Return which of some returns figures are shown of before the release: not where the authority lets nobody see."""
    silent = AuthoritySettings.objects.filter(
        collection=collection, early_figures=Early.NOBODY, authority__is_practice=collection.is_practice
    )
    return returns.exclude(authority_number__in=silent.values("authority__number"))


def school_sees(settings: AuthoritySettings | None, *, is_released: bool) -> bool:
    """Say whether a school sees its provisional report; ``settings`` are its authority's."""
    return is_released or early_of(settings) is Early.SCHOOLS


def hidden_below(settings: AuthoritySettings | None) -> int:
    """Return the least number of pupils of whom figures are shown."""
    return settings.hidden_below if settings else BELOW
