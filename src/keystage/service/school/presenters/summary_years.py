"""The years of a school beside each other, and beside the country's: a table of every measure, and a few charts."""

from collections.abc import Sequence
from dataclasses import dataclass

from keystage.measures import BY_KEY, NAMES, NO_ASSESSMENTS, Measure, break_between, national
from keystage.service.config.years import held, load
from keystage.service.design.charts import Series, TrendChart, trend
from keystage.service.school.presenters import summary_words as words
from keystage.service.school.summary import Summary, YearFigures

_DRAWN = ("rwm.expected", "reading.expected", "writing.expected", "maths.expected")


@dataclass(frozen=True, slots=True)
class YearCell:
    """A school's figure of a year, and the country's."""

    value: str
    country: str
    """Empty where it is not held."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart of one measure over the years."""

    key: str
    title: str
    chart: TrendChart


@dataclass(frozen=True, slots=True)
class Years:
    """The years that have results."""

    labels: tuple[str, ...]
    rows: tuple[tuple[Measure, tuple[YearCell, ...]], ...]
    """Each measure with its cells."""
    charts: tuple[Drawn, ...]
    notes: tuple[str, ...]


def years_of(summary: Summary) -> Years | None:
    """Return the years that have figures, the oldest first; None where it is one year alone, or none."""
    found = summary.years
    if len(found) < 2:
        return None
    measures = found[0].measures
    return Years(
        tuple(map(_label, found)),
        tuple((each, tuple(_cell(year, each) for year in found)) for each in measures),
        tuple(_drawn(found, BY_KEY[key]) for key in _DRAWN),
        _notes(found, measures),
    )


def _label(each: YearFigures) -> str:
    return f"{each.year} (provisional)" if each.is_provisional else str(each.year)


def _cell(year: YearFigures, measure: Measure) -> YearCell:
    if measure not in year.measures:
        return YearCell("–", "")
    country = year.national(measure)
    return YearCell(
        words.value_words(year.of(measure)),
        "" if country is None else f"{words.COUNTRY} {words.country_words(country, measure)}",
    )


def _notes(found: Sequence[YearFigures], measures: Sequence[Measure]) -> tuple[str, ...]:
    first, last = found[0].year.year, found[-1].year.year
    broken = [break_between(each.area, first, last) for each in measures]
    gaps = [f"In {year} there were no national assessments." for year in NO_ASSESSMENTS if first < year < last]
    return (*dict.fromkeys(filter(None, broken)), *gaps)


def _drawn(found: Sequence[YearFigures], measure: Measure) -> Drawn:
    by_year = {each.year.year: each for each in found}
    span = range(min(by_year), max(by_year) + 1)
    broken = frozenset(place for place, year in enumerate(span) if break_between(measure.area, year, year + 1))
    missing = [_missing(year, by_year.get(year), measure) for year in span]
    series = [_school(span, by_year, measure, broken), _country(span, measure, broken)]
    return Drawn(str(measure.area), NAMES[measure.area], trend([str(year) for year in span], series, missing=missing))


def _missing(year: int, figures: YearFigures | None, measure: Measure) -> str:
    """Say why a year has no point of the school's."""
    if year in NO_ASSESSMENTS:
        return "no assessments"
    if figures is None:
        return "not held"
    if measure not in figures.measures:
        return "not yet"
    return words.HIDDEN if figures.of(measure).is_hidden else ""


def _school(span: range, by_year: dict[int, YearFigures], measure: Measure, broken: frozenset[int]) -> Series:
    figures = [by_year[year].of(measure) if year in by_year else None for year in span]
    values = [float(each.exact) if each and each.exact is not None else None for each in figures]
    return Series("This school", values, [words.value_words(each) if each else "" for each in figures], broken)


def _country(span: range, measure: Measure, broken: frozenset[int]) -> Series:
    years = set(held())
    figures = [national(load(year), measure) if year in years else None for year in span]
    return Series(
        words.COUNTRY, figures, ["" if each is None else words.country_words(each, measure) for each in figures], broken
    )
