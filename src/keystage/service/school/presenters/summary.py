"""The page with the summary of a year: figures beside the country's, earlier years, groups, and who is left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from keystage.measures import ALL, BREAKDOWNS, NAMES, Area, Breakdown, Measure, Of
from keystage.service.design.charts import Bar, BarChart, bars
from keystage.service.design.words import plural
from keystage.service.school.presenters import summary_words as words
from keystage.service.school.presenters.summary_years import Years, years_of
from keystage.service.school.summary import AreaCounts, Summary, YearFigures

Cell = str | dict[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A measure, its rule, and its figures."""

    name: str
    rule: str
    value: str
    of: str
    country: str
    difference: str


@dataclass(frozen=True, slots=True)
class Section:
    """Measures of one sort, in a chart and a table; averages have no chart."""

    key: str
    heading: str
    rows: tuple[Row, ...]
    chart: BarChart | None


@dataclass(frozen=True, slots=True)
class GroupTable:
    """One way to part the pupils, as a table: a row a group, and a column a measure."""

    key: str
    name: str
    only: str
    """The group that everybody is in, where there is just one: then there is nothing to part, and no table."""
    head: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    further_head: tuple[str, ...]
    further_rows: tuple[tuple[Any, ...], ...]
    has_hidden: bool


@dataclass(frozen=True, slots=True)
class SummaryPage:
    """Everything that the page shows."""

    source: str
    is_provisional: bool
    one_pupil: str
    country_status: str
    has_country: bool
    hidden_words: str
    sections: tuple[Section, ...]
    areas: tuple[tuple[str, ...], ...]
    left_out: tuple[str, ...]
    years: Years | None
    """None where the results of one year alone are held, or of none."""
    groups: tuple[GroupTable, ...]
    """Empty where the figures of all pupils together are hidden."""


def page(summary: Summary) -> SummaryPage | None:
    """Return what the page shows; None where there is nothing yet."""
    now = summary.now
    if now is None:
        return None
    return SummaryPage(
        source=words.source_words(now),
        is_provisional=now.is_provisional,
        one_pupil=words.one_pupil_words(now),
        country_status=words.country_status(summary.year),
        has_country=summary.year.national is not None,
        hidden_words=words.hidden_words(summary.below),
        sections=tuple(filter(None, (_section(now, of, heading, summary.below) for of, heading in SORTS.items()))),
        areas=tuple(_area(each) for each in now.areas),
        left_out=words.who_is_left_out(summary, now),
        years=years_of(summary),
        groups=tuple(_group(now, each) for each in BREAKDOWNS) if now.pupils[ALL] else (),
    )


SORTS = {
    Of.EXPECTED: "Expected standard",
    Of.HIGHER: "Higher standard, and greater depth in writing",
    Of.AVERAGE: "Average scaled score",
}


def _section(now: YearFigures, of: Of, heading: str, below: int) -> Section | None:
    measures = [each for each in now.measures if each.of is of]
    if not measures:
        return None
    is_drawn = of is not Of.AVERAGE and any(now.of(each).exact is not None for each in measures)
    rows = tuple(row_of(now, each, below) for each in measures)
    return Section(of, heading, rows, bars([bar_of(now, each) for each in measures]) if is_drawn else None)


def row_of(now: YearFigures, measure: Measure, below: int) -> Row:
    """Return a measure with its figures in words."""
    figure = now.of(measure)
    return Row(
        NAMES[measure.area],
        measure.rule,
        words.value_words(figure),
        f"fewer than {plural(below, 'pupil')}" if figure.is_hidden else words.of_words(figure),
        words.country_words(now.national(measure), measure),
        words.difference_words(now.difference(measure), measure),
    )


def bar_of(now: YearFigures, measure: Measure) -> Bar:
    """Return a measure as a bar, with the country's figure beside it where it is held."""
    figure, country = now.of(measure), now.national(measure)
    beside = "" if country is None else f"{words.COUNTRY} {words.country_words(country, measure)}"
    value = None if figure.exact is None else float(figure.exact)
    return Bar(NAMES[measure.area], value, words.value_words(figure), country, beside)


def _area(each: AreaCounts) -> tuple[str, ...]:
    if each.counted is None:
        return (NAMES[each.area], *(words.HIDDEN,) * 4)
    not_assessed = "–" if each.not_assessed is None else str(each.not_assessed)
    return (NAMES[each.area], str(each.counted), not_assessed, str(each.left_out), str(each.not_known))


def _group(now: YearFigures, breakdown: Breakdown) -> GroupTable:
    expected = [each for each in now.measures if each.of is Of.EXPECTED]
    further = [each for each in now.measures if each.of is not Of.EXPECTED]
    names = {**breakdown.groups, ALL: "All pupils"}
    groups = [group for group in names if now.pupils[group] != 0]
    only = names[groups[0]] if [*groups[1:]] == [ALL] else ""
    rows = tuple(_group_row(now, names[group], group, expected) for group in groups)
    further_rows = tuple(_group_row(now, names[group], group, further) for group in groups)
    is_hidden = any(now.of(each, group).is_hidden for each in now.measures for group in groups)
    further_head = _head(further) if further else ()
    return GroupTable(breakdown.key, breakdown.name, only, _head(expected), rows, further_head, further_rows, is_hidden)


def _head(measures: Sequence[Measure]) -> tuple[str, ...]:
    return ("Group", "Pupils", *(_column(each) for each in measures))


def _column(measure: Measure) -> str:
    name = words.short(measure.area)
    if measure.of is Of.EXPECTED:
        return name
    if measure.of is Of.AVERAGE:
        return f"{name}, average score"
    return f"{name}, {'greater depth' if measure.area is Area.WRITING else 'higher'}"


def _group_row(now: YearFigures, name: str, group: str, measures: Sequence[Measure]) -> tuple[Any, ...]:
    size = now.pupils[group]
    pupils = words.HIDDEN if size is None else str(size)
    return (name, pupils, *((words.value_words(now.of(each, group)), _of(now, each, group)) for each in measures))


def _of(now: YearFigures, measure: Measure, group: str) -> str:
    figure = now.of(measure, group)
    if figure.is_hidden or not figure.denominator:
        return ""
    return f"of {figure.denominator}" if measure.of is Of.AVERAGE else f"{figure.numerator} of {figure.denominator}"
