"""The figures of an authority's or a trust's schools as they stand at a moment: released, else provisional."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from keystage.measures import MEASURES, Counts, Measure, add
from keystage.service.accounts.models import Organisation
from keystage.service.gateway.early import shown_early
from keystage.service.gateway.figures import COUNTRY, AreaCounts, area_figures_of, school_figures_of
from keystage.service.gateway.models import Collection, GatewayReturn, Release
from keystage.service.gateway.provisional import TA_MEASURES, Coverage, coverage_of, provisional_counts
from keystage.service.gateway.queries import returns_of
from keystage.service.gateway.released import standing_of
from keystage.years.year import CollectionYear

Table = Mapping[str, Counts]
"""Counts by group; ``all`` is everybody."""


@dataclass(frozen=True, slots=True)
class SchoolNow:
    """A school with what it comes to."""

    key: str
    """Of its return."""
    number: str
    name: str
    counts: Table


@dataclass(frozen=True, slots=True)
class FiguresNow:
    """The figures of some schools."""

    release: Release | None
    """The results that they are of; None while they are provisional."""
    schools: tuple[SchoolNow, ...]
    """Those of which there is anything, by name."""
    coverage: Coverage
    counts: Table
    """All of them together."""
    country: AreaCounts
    """All schools at this gateway, once results are released."""
    withheld: int
    """Schools of a trust that are left out before the release, because their authority lets nobody see figures."""

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The measures that there are: before the results, those of teacher assessment alone."""
        return measures_of(self.release)


def measures_of(release: Release | None) -> tuple[Measure, ...]:
    """Return the measures of a release; without one, those of teacher assessment."""
    return MEASURES if release else TA_MEASURES


def figures_now(collection: Collection, organisation: Organisation, year: CollectionYear, now: datetime) -> FiguresNow:
    """Return the figures of an organisation's own schools: nothing of a release is in them before its second."""
    released = standing_of(collection, now).released
    returns = all_ = returns_of(collection, organisation)
    if not released:
        returns = shown_early(all_, collection)
    schools = tuple(_released(released, organisation, returns) if released else _provisional(returns, year))
    latest = released[0] if released else None
    counts = add(each.counts for each in schools)
    withheld = all_.count() - returns.count()
    return FiguresNow(latest, schools, coverage_of(returns), counts, country_of(latest), withheld)


def country_of(release: Release | None) -> AreaCounts:
    """Return what all schools at the gateway come to in a release; nothing without one."""
    found = next(iter(area_figures_of(release)), None) if release else None
    return found if found and found.area == COUNTRY else AreaCounts(COUNTRY, 0, {})


def _released(
    releases: Sequence[Release], organisation: Organisation, returns: QuerySet[GatewayReturn]
) -> list[SchoolNow]:
    """Return each school by the latest release that has it: of a school that revised results leave out, those before.

    Results that were withdrawn are not among the releases.
    """
    keys = dict(returns.order_by().values_list("number", "key"))
    found: dict[str, SchoolNow] = {}
    for release in releases:
        for number, name, counts in school_figures_of(release, organisation):
            if number in keys and number not in found:
                found[number] = SchoolNow(keys[number], number, name, counts)
    return sorted(found.values(), key=lambda each: (each.name, each.number))


def _provisional(returns: QuerySet[GatewayReturn], year: CollectionYear) -> list[SchoolNow]:
    counts = provisional_counts(returns, year)
    named = returns.values_list("pk", "key", "number", "school__name")
    return [SchoolNow(key, number, name, counts[pk]) for pk, key, number, name in named if pk in counts]
