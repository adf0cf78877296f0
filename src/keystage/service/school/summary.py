"""The summary of a school's results: this year's figures, the country's and those of earlier years.

What is hidden is left out here, before anything is shown, printed or written to a file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from keystage.measures import (
    ALL,
    MEASURES,
    NOBODY,
    Area,
    Counts,
    Figure,
    Measure,
    difference,
    figures,
    hidden,
    national,
    pupils,
)
from keystage.service.accounts.models import Organisation
from keystage.service.school.models import ResultsLoad, SchoolReturn
from keystage.service.school.records import Records
from keystage.service.school.services.report_settings import settings_of
from keystage.service.school.year_results import Counted, judged, years_with_results
from keystage.years.year import CollectionYear

_JUDGED = (Area.WRITING, Area.SCIENCE)


@dataclass(frozen=True, slots=True)
class AreaCounts:
    """Who counts in a subject and who does not; every number None where the subject's figures are hidden."""

    area: Area
    counted: int | None
    not_assessed: int | None
    """Of those who count; None also of several subjects together."""
    left_out: int | None
    not_known: int | None


@dataclass(frozen=True, slots=True)
class YearFigures:
    """The figures of a year."""

    number: str
    """The DfE number that the return was made under."""
    year: CollectionYear
    load: ResultsLoad | None
    ordinal: int
    """1 for the first results of the year, 2 for those that revised them, and so on."""
    figures: Mapping[tuple[str, str], Figure]
    pupils: Mapping[str, int | None]
    """How many pupils are in each group; None where that is hidden."""
    areas: tuple[AreaCounts, ...]
    unmatched: int

    @property
    def is_provisional(self) -> bool:
        """Whether there are only the school's own judgements."""
        return self.load is None

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The measures that can be given: before results, those of teacher assessment alone."""
        return tuple(each for each in MEASURES if not self.is_provisional or each.area in _JUDGED)

    def of(self, measure: Measure, group: str = ALL) -> Figure:
        """Return a figure."""
        return self.figures[measure.key, group]

    def national(self, measure: Measure) -> int | None:
        """Return the country's figure; None where it is not held."""
        return national(self.year, measure)

    def difference(self, measure: Measure) -> int | float | None:
        """Return how far the school's figure is above the country's; None where either is not there."""
        return difference(self.of(measure).exact, self.national(measure), measure)


@dataclass(frozen=True)
class Summary:
    """A school's results of a year, beside those of earlier years."""

    school: Organisation
    school_return: SchoolReturn
    year: CollectionYear
    below: int
    """Figures of fewer pupils than this are hidden."""
    years: tuple[YearFigures, ...]
    """Every year that has figures, the oldest first; this year's last where it has any."""
    without_result: int
    """Pupils of this year's return of whom the results say nothing."""

    @cached_property
    def now(self) -> YearFigures | None:
        """This year's figures; None where there are neither results nor judgements."""
        return next((each for each in self.years if each.year.year == self.year.year), None)


def hidden_below(school_return: SchoolReturn) -> int:
    """Return of how many pupils a figure must be to be shown."""
    return settings_of(school_return).hidden_below


def summary_of(school_return: SchoolReturn, records: Records) -> Summary:
    """Return the summary of a year. Five queries, however many pupils and years there are."""
    below = hidden_below(school_return)
    counted = years_with_results(school_return)
    now = next((each for each in counted if each.school_return.pk == school_return.pk), None)
    own = {line.pupil.pk for line in records.lines}
    if now is None and any(cell.code for line in records.lines for cell in line.cells.values()):
        counted = (*counted, judged(records))
    years = tuple(_figures(each, below) for each in counted)
    without = len(own - now.matched) if now else 0
    return Summary(school_return.organisation, school_return, records.year, below, years, without)


def _figures(counted: Counted, below: int) -> YearFigures:
    of_all = counted.table.get(ALL, NOBODY)
    return YearFigures(
        number=counted.school_return.number,
        year=counted.year,
        load=counted.load,
        ordinal=counted.ordinal,
        figures=figures(counted.table, below),
        pupils=pupils(counted.table, below),
        areas=tuple(_area(of_all, area, below) for area in Area if counted.load or area in _JUDGED),
        unmatched=counted.unmatched,
    )


def _area(counts: Counts, area: Area, below: int) -> AreaCounts:
    counted = counts[f"{area}.counted"]
    if hidden({ALL: counted}, below) or hidden({ALL: counts.pupils}, below):
        return AreaCounts(area, None, None, None, None)
    not_assessed = None if area is Area.RWM else counts.not_assessed(area)
    return AreaCounts(area, counted, not_assessed, counts[f"{area}.left_out"], counts[f"{area}.not_known"])
