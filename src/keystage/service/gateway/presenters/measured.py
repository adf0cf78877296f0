"""Figures as cells that pages and files show. What is hidden is not in a cell at all, so no page can give it away."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from keystage.measures import (
    ALL,
    BREAKDOWNS,
    NOBODY,
    Breakdown,
    Counts,
    Measure,
    Of,
    Share,
    hidden,
    rounded_to_tenth,
)
from keystage.years.year import CollectionYear

HIDDEN = "hidden"
NO_PUPILS = "no pupils"
NOT_PUBLISHED = "not published"


class Cell(NamedTuple):
    """A figure."""

    measure: Measure
    share: Share | None
    """None where it is hidden."""

    @property
    def value(self) -> int | float | None:
        """The figure: whole per cent, or a mean to one place; None where it is hidden or of nobody."""
        if self.share is None or self.share.exact is None:
            return None
        return rounded_to_tenth(self.share.exact) if self.measure.of is Of.AVERAGE else self.share.percent

    @property
    def text(self) -> str:
        """The figure as it is shown."""
        if self.share is None:
            return HIDDEN
        return NO_PUPILS if self.value is None else figure_words(self.measure, self.value)

    @property
    def made_of(self) -> str:
        """What it is worked out of: ``28 of 31 pupils``."""
        if self.share is None or not self.share.denominator:
            return self.text
        top, pupils = (f"{each:,}" for each in self.share)
        between = "points over" if self.measure.of is Of.AVERAGE else "of"
        return f"{top} {between} {pupils} {'pupil' if self.share.denominator == 1 else 'pupils'}"


class Line(NamedTuple):
    """A school, or a group of pupils."""

    key: str
    name: str
    pupils: int | None
    """None where the number is hidden."""
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Everybody, parted in one way: by sex, by school, and so on."""

    key: str
    name: str
    lines: tuple[Line, ...]


class Named(NamedTuple):
    """What is to become a line."""

    key: str
    name: str
    counts: Counts


def lines_of(parts: Sequence[Named], measures: Iterable[Measure], below: int) -> tuple[Line, ...]:
    """Return the lines of everybody parted in one way, with what must be hidden, hidden.

    Args:
        parts: the groups, which together are a total that is shown.
        measures: which figures.
        below: the least number of pupils of whom a figure is shown; 0 hides nothing.
    """
    chosen = tuple(measures)
    unseen = {each.key: _hidden(parts, each, below) for each in chosen}
    uncounted = hidden({part.key: part.counts.pupils for part in parts}, below)
    return tuple(
        Line(
            part.key,
            part.name,
            None if part.key in uncounted else part.counts.pupils,
            tuple(Cell(each, None if part.key in unseen[each.key] else part.counts.share(each)) for each in chosen),
        )
        for part in parts
    )


def total_line(name: str, counts: Counts, measures: Iterable[Measure], below: int) -> Line:
    """Return the line of everybody together; of very few, it is hidden too."""
    return lines_of([Named(ALL, name, counts)], measures, below)[0]


def breakdowns_of(table: Mapping[str, Counts], measures: Sequence[Measure], below: int) -> tuple[Part, ...]:
    """Return everybody parted in each way in which something is known of somebody."""
    return tuple(
        Part(each.key, each.name, lines_of(_groups(each, table), measures, below))
        for each in BREAKDOWNS
        if is_known(each, table)
    )


def is_known(breakdown: Breakdown, table: Mapping[str, Counts]) -> bool:
    """Say whether it is known of anybody which group of a breakdown they are in."""
    return any(table.get(group, NOBODY).pupils for group in breakdown.groups if not group.endswith(":"))


def published(measure: Measure, year: CollectionYear) -> int | None:
    """Return the country's published figure; None where it is not held."""
    if year.national is None:
        return None
    held = {Of.EXPECTED: year.national.expected, Of.HIGHER: year.national.higher, Of.AVERAGE: year.national.average}
    return held[measure.of].get(measure.area)


def published_words(measure: Measure, year: CollectionYear) -> str:
    """Return the country's published figure as it is shown."""
    found = published(measure, year)
    return NOT_PUBLISHED if found is None else figure_words(measure, found)


def figure_words(measure: Measure, value: int | float) -> str:
    """Return a figure with its unit: ``72%``, ``104.3``; one that is held as a whole number stays one."""
    if measure.of is not Of.AVERAGE:
        return f"{value:g}%"
    return f"{value:.1f}" if isinstance(value, float) else str(value)


def beside(total: Counts, own: Counts, measure: Measure, below: int) -> Cell:
    """Return a figure of many schools as one of them may see it beside its own.

    Where the others together are too few, taking its own away would show theirs, so it is hidden.
    """
    share = total.share(measure)
    others = share.denominator - own.share(measure).denominator
    return Cell(measure, None if 0 < others < below or 0 < share.denominator < below else share)


def _groups(breakdown: Breakdown, table: Mapping[str, Counts]) -> list[Named]:
    named = (Named(key, name, table.get(key, NOBODY)) for key, name in breakdown.groups.items())
    return [each for each in named if each.counts.pupils]


def _hidden(parts: Sequence[Named], measure: Measure, below: int) -> frozenset[str]:
    return hidden({part.key: part.counts.share(measure).denominator for part in parts}, below)
