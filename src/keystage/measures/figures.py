"""Figures as a table shows them: measure by measure and group by group, with what must be hidden left out of them.

Where a figure is hidden, nothing of it is held any more: whoever prints, writes or sends figures cannot give it away.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from keystage.measures.counts import NOBODY, Counts, Share, value
from keystage.measures.groups import ALL, BREAKDOWNS
from keystage.measures.hiding import BELOW, hidden
from keystage.measures.standards import MEASURES, Measure, Of

_PER_CENT = 100


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure of a group of pupils."""

    measure: Measure
    group: str
    numerator: int | None = None
    """Pupils who reach a standard, or the sum of the scores; None where it is hidden."""
    denominator: int | None = None
    """Pupils who count, or who have a score; None where it is hidden."""
    is_hidden: bool = False

    @property
    def exact(self) -> Fraction | None:
        """The percentage or the average, unrounded; None where it is hidden, and of nobody."""
        if self.numerator is None or not self.denominator:
            return None
        share = Fraction(self.numerator, self.denominator)
        return share if self.measure.of is Of.AVERAGE else _PER_CENT * share

    @property
    def value(self) -> int | float | None:
        """The figure, rounded last: a percentage to a whole number, an average score to one figure after the point."""
        if self.numerator is None or self.denominator is None:
            return None
        return value(Share(self.numerator, self.denominator), self.measure)

    @property
    def unit(self) -> str:
        """What the figure is in."""
        return "scaled score" if self.measure.of is Of.AVERAGE else "percent"


def figures(table: Mapping[str, Counts], below: int = BELOW) -> dict[tuple[str, str], Figure]:
    """Return every measure of every group, by the keys of both: ``("reading.expected", "sex:F")``.

    Args:
        table: counts by group, as :func:`~keystage.measures.counts.count` gives them.
        below: figures of fewer pupils are hidden, and with them what they could be worked out from.
    """
    found = {}
    for measure in MEASURES:
        sizes = {group: table.get(group, NOBODY).share(measure).denominator for group in _GROUPS}
        hides = _hidden(sizes, below)
        for group in _GROUPS:
            found[measure.key, group] = _figure(measure, group, table.get(group, NOBODY), group in hides)
    return found


def pupils(table: Mapping[str, Counts], below: int = BELOW) -> dict[str, int | None]:
    """Return how many pupils are in each group; None where that is hidden."""
    sizes = {group: table.get(group, NOBODY).pupils for group in _GROUPS}
    hides = _hidden(sizes, below)
    return {group: None if group in hides else size for group, size in sizes.items()}


_GROUPS = (ALL, *(group for breakdown in BREAKDOWNS for group in breakdown.groups))


def _hidden(sizes: Mapping[str, int], below: int) -> frozenset[str]:
    """Return which figures of one measure must be hidden, breakdown by breakdown, and the figure of all."""
    of_all = hidden({ALL: sizes[ALL]}, below)
    parts = (hidden({group: sizes[group] for group in each.groups}, below) for each in BREAKDOWNS)
    return of_all.union(*parts)


def _figure(measure: Measure, group: str, counts: Counts, is_hidden: bool) -> Figure:
    return Figure(measure, group, is_hidden=True) if is_hidden else Figure(measure, group, *counts.share(measure))
