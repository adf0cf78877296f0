"""The figures of an authority's or a trust's schools as they stand at a moment: released, else provisional."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from keystage.measures import ALL, MEASURES, NOBODY, Counts, Measure, add
from keystage.service.accounts.models import Organisation
from keystage.service.gateway.figures import area_figures_of, release_of_figures, school_figures_of
from keystage.service.gateway.models import Collection, GatewayReturn, Release
from keystage.service.gateway.provisional import TA_MEASURES, Coverage, coverage_of, provisional_counts
from keystage.service.gateway.queries import returns_of
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
    country: Counts
    """All pupils of all schools at this gateway, once results are released."""

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The measures that there are: before the results, those of teacher assessment alone."""
        return measures_of(self.release)


def measures_of(release: Release | None) -> tuple[Measure, ...]:
    """Return the measures of a release; without one, those of teacher assessment."""
    return MEASURES if release else TA_MEASURES


def figures_now(
    collection: Collection, organisation: Organisation, year: CollectionYear, now: datetime
) -> FiguresNow:
    """Return the figures of an organisation's own schools: nothing of a release is in them before its second."""
    release = release_of_figures(collection, now)
    returns = returns_of(collection, organisation)
    schools = tuple(_released(release, organisation, returns) if release else _provisional(returns, year))
    return FiguresNow(
        release, schools, coverage_of(returns), add(each.counts for each in schools),
        country_of(release) if release else NOBODY,
    )  # fmt: skip


def country_of(release: Release) -> Counts:
    """Return everybody at the gateway together."""
    found = next(iter(area_figures_of(release)), None)
    return found.counts.get(ALL, NOBODY) if found and not found.area else NOBODY


def _released(release: Release, organisation: Organisation, returns: QuerySet[GatewayReturn]) -> list[SchoolNow]:
    keys = dict(returns.order_by().values_list("number", "key"))
    found = school_figures_of(release, organisation)
    return [SchoolNow(keys[each.number], each.number, each.name, each.counts) for each in found if each.number in keys]


def _provisional(returns: QuerySet[GatewayReturn], year: CollectionYear) -> list[SchoolNow]:
    counts = provisional_counts(returns, year)
    named = returns.values_list("pk", "key", "number", "school__name")
    return [SchoolNow(key, number, name, counts[pk]) for pk, key, number, name in named if pk in counts]
