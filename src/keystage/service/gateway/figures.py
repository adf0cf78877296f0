"""The figures of a release as others read them: counts that were made when the results were loaded, and added up.

Nothing is counted here, and nothing is hidden: who gives figures away hides the small ones. Whoever shows them to
anybody but the agency's operator asks :func:`~keystage.service.gateway.released.standing_of` first, which knows whether
their time has come.
"""

from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import QuerySet

from keystage.measures import Counts, from_json
from keystage.service.accounts.models import Organisation
from keystage.service.accounts.roles import OrganisationKind
from keystage.service.gateway.models import (
    AreaFigures,
    Collection,
    GatewayReturn,
    Release,
    ReleaseStage,
    SchoolFigures,
)
from keystage.service.gateway.queries import returns_in, returns_of

COUNTRY = ""
"""The area that is all of the country."""
_GONE = (ReleaseStage.WITHDRAWN, ReleaseStage.REFUSED)


class SchoolCounts(NamedTuple):
    """A school, and what its results come to, group by group."""

    number: str
    name: str
    counts: dict[str, Counts]


class AreaCounts(NamedTuple):
    """An authority (its three figures), or the country, and what the results of its schools come to."""

    area: str
    schools: int
    counts: dict[str, Counts]


def school_figures_of(release: Release, organisation: Organisation) -> Iterator[SchoolCounts]:
    """Yield each school of an organisation that has results in a release, by name: number, name, counts by group."""
    if release.stage in _GONE:
        return
    returns = _returns_of(release.collection, organisation).order_by().values("pk")
    found = SchoolFigures.objects.filter(release=release, part__gateway_return__in=returns)
    ordered = found.order_by("part__gateway_return__school__name", "number")
    rows = ordered.values_list("number", "part__gateway_return__school__name", "counts")
    for number, name, counts in rows.iterator(chunk_size=500):
        yield SchoolCounts(number, name, from_json(counts))


def area_figures_of(release: Release) -> Iterator[AreaCounts]:
    """Yield what a release comes to in the country (first) and in each authority, by number."""
    if release.stage in _GONE:
        return
    rows = AreaFigures.objects.filter(release=release).order_by("area").values_list("area", "schools", "counts")
    for area, schools, counts in rows:
        yield AreaCounts(area, schools, from_json(counts))


def _returns_of(collection: Collection, organisation: Organisation) -> "QuerySet[GatewayReturn]":
    if organisation.kind == OrganisationKind.SCHOOL:
        return GatewayReturn.objects.filter(collection=collection, school=organisation)
    if organisation.kind == OrganisationKind.AGENCY and organisation.is_practice == collection.is_practice:
        return returns_in(collection)
    return returns_of(collection, organisation)
