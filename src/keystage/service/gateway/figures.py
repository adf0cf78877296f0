"""The figures of a release as others read them: counts that were made when the results were loaded, and added up.

Nothing is counted here, and nothing is hidden: who gives figures away hides the small ones. Whoever shows them to
anybody but the agency's operator asks :func:`release_of_figures` first, which knows whether their time has come.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from keystage.measures import Counts, add, from_json
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
from keystage.service.gateway.released import standing_of

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


def release_of_figures(collection: Collection, now: datetime) -> Release | None:
    """Return the release whose figures everybody may see who may see figures: the latest whose time has come."""
    return standing_of(collection, now).latest


def figures_of(release: Release, organisation: Organisation) -> dict[str, Counts]:
    """Return what a release comes to for an organisation, by group; nothing where it has no results there.

    An authority has its schools', a trust the sum over its schools, a school its own, and the agency the country's. A
    release that was withdrawn has no figures.
    """
    if release.stage in _GONE or organisation.is_practice != release.collection.is_practice:
        return {}
    if organisation.kind == OrganisationKind.AGENCY:
        return _of_area(release, COUNTRY)
    if organisation.kind == OrganisationKind.AUTHORITY:
        return _of_area(release, organisation.number) if organisation.number else {}
    return add(each.counts for each in school_figures_of(release, organisation))


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


def _of_area(release: Release, area: str) -> dict[str, Counts]:
    found = AreaFigures.objects.filter(release=release, area=area).values_list("counts", flat=True).first()
    return from_json(found) if found else {}


def _returns_of(collection: Collection, organisation: Organisation) -> "QuerySet[GatewayReturn]":
    if organisation.kind == OrganisationKind.SCHOOL:
        return GatewayReturn.objects.filter(collection=collection, school=organisation)
    if organisation.kind == OrganisationKind.AGENCY and organisation.is_practice == collection.is_practice:
        return returns_in(collection)
    return returns_of(collection, organisation)
