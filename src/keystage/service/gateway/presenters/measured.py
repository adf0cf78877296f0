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
    known,
    national,
    value,
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
        return None if self.share is None else value(self.share, self.measure)

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
    return tuple(Part(each.key, each.name, lines_of(_groups(each, table), measures, below)) for each in known_in(table))


def known_in(table: Mapping[str, Counts]) -> tuple[Breakdown, ...]:
    """Return the breakdowns of which it is known of anybody which group they are in."""
    return known({group for group, counts in table.items() if counts.pupils})


def unknown_in(table: Mapping[str, Counts]) -> tuple[str, ...]:
    """Return the names of the other breakdowns."""
    return tuple(each.name for each in BREAKDOWNS if each not in known_in(table))


def published_words(measure: Measure, year: CollectionYear) -> str:
    """Return the country's published figure as it is shown."""
    found = national(year, measure)
    return NOT_PUBLISHED if found is None else figure_words(measure, found)


def figure_words(measure: Measure, figure: int | float) -> str:
    """Return a figure with its unit: ``72%``, ``104.3``; one that is held as a whole number stays one."""
    if measure.of is not Of.AVERAGE:
        return f"{figure:g}%"
    return f"{figure:.1f}" if isinstance(figure, float) else str(figure)


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
