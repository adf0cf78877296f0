"""Where the lines, bars and words of a chart stand: pure geometry, drawn by ``design/charts.html``.

Across, everything stands at a share of the width in per cent, and downwards in pixels: so a chart is as wide as its
place and its words keep their size, on a desk, on a phone and on paper, without a style of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_ROW, _BAR, _BAR_AT, _UNDER = 58, 16, 20, 50
"""The height of a row and of its bar, where the bar begins, and the line under it for what it is compared with."""
_ABOVE, _PLOT, _YEARS = 22, 132, 44
"""Of a trend: room above for a label, the height of the scale, and the room below for a label and the years."""
_MIDDLE = 50.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A value to be drawn as a bar, and the value it is compared with. None is not drawn; the words say why."""

    label: str
    value: float | None
    words: str
    """The value as it is read: ``72%``, ``hidden``."""
    beside: float | None = None
    beside_words: str = ""
    """What it is compared with: ``England 75%``."""


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar with its place."""

    bar: Bar
    label_y: int
    bar_y: int
    width: str
    """In per cent; empty where there is no bar."""
    tick: str
    """In per cent; empty where there is nothing beside it."""
    tick_from: int
    tick_to: int
    under_y: int
    anchor: str
    """On which side of the tick its words stand: ``start`` is to the right of it, ``end`` to the left."""


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars under each other, each from 0 to ``most``."""

    rows: tuple[DrawnBar, ...]
    height: int
    says: str
    """The whole chart in a sentence, for whoever does not see it."""
    bar_height: int = _BAR


def bars(values: Sequence[Bar], *, most: float = 100) -> BarChart:
    """Return a chart of bars."""
    rows = tuple(_bar(each, place, most) for place, each in enumerate(values))
    return BarChart(rows, len(rows) * _ROW, _said(values))


def _bar(bar: Bar, place: int, most: float) -> DrawnBar:
    top = place * _ROW
    at = None if bar.beside is None else _share(bar.beside, most)
    return DrawnBar(
        bar,
        label_y=top + 14,
        bar_y=top + _BAR_AT,
        width="" if bar.value is None else _percent(_share(bar.value, most)),
        tick="" if at is None else _percent(at),
        tick_from=top + _BAR_AT - 3,
        tick_to=top + _BAR_AT + _BAR + 3,
        under_y=top + _UNDER,
        anchor="end" if at is not None and at > _MIDDLE else "start",
    )


def _said(values: Sequence[Bar]) -> str:
    each = (", ".join(filter(None, (f"{bar.label} {bar.words}", bar.beside_words))) for bar in values)
    return f"{'; '.join(each)}." if values else "There is nothing to show."


@dataclass(frozen=True, slots=True)
class Series:
    """Values over the years. None is not drawn."""

    name: str
    values: Sequence[float | None]
    words: Sequence[str]
    """Each value as it is read."""
    broken_after: frozenset[int] = frozenset()
    """After which places the line is not drawn, because the two cannot be compared."""


@dataclass(frozen=True, slots=True)
class Point:
    """A value with its place, and where its words stand."""

    x: str
    y: int
    words: str
    words_y: int


@dataclass(frozen=True, slots=True)
class Line:
    """From one point to the next."""

    x1: str
    y1: int
    x2: str
    y2: int


@dataclass(frozen=True, slots=True)
class DrawnSeries:
    """A series with its places."""

    name: str
    points: tuple[Point, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A year on the scale, and why there is nothing above it; empty where there is."""

    x: str
    label: str
    missing: str


@dataclass(frozen=True, slots=True)
class TrendChart:
    """Values over years, points joined to those of the year before and after; a gap where a year has none."""

    series: tuple[DrawnSeries, ...]
    columns: tuple[Column, ...]
    scale: tuple[tuple[int, str], ...]
    """The lines of the scale: how far down, and what they stand for."""
    height: int
    says: str
    years_y: int
    missing_y: int = _ABOVE + _PLOT - 8


def trend(
    labels: Sequence[str], series: Sequence[Series], *, least: float = 0, most: float = 100, missing: Sequence[str] = ()
) -> TrendChart:
    """Return a chart of one or two series over years that follow each other.

    Args:
        labels: the years.
        series: the first is the school's, and drawn over the others.
        least: the value at the foot of the scale.
        most: the value at its head.
        missing: for each year, why it has no values; empty where it has.
    """
    places = [(2 * place + 1) * _MIDDLE / max(len(labels), 1) for place in range(len(labels))]
    drawn = tuple(_series(series, number, places, least, most) for number in range(len(series)))
    columns = tuple(
        Column(_percent(x), label, missing[place] if place < len(missing) else "")
        for place, (x, label) in enumerate(zip(places, labels, strict=True))
    )
    scale = tuple((_down(value, least, most), f"{value:g}") for value in (most, (least + most) / 2, least))
    height = _ABOVE + _PLOT + _YEARS
    return TrendChart(drawn, columns, scale, height, _told(labels, series, missing), height - 6)


def _series(series: Sequence[Series], number: int, places: Sequence[float], least: float, most: float) -> DrawnSeries:
    each = series[number]
    held = [
        (place, _percent(places[place]), _down(value, least, most))
        for place, value in enumerate(each.values)
        if value is not None
    ]
    points = tuple(
        Point(x, y, each.words[place], y - 10 if _is_above(series, number, place) else y + 21) for place, x, y in held
    )
    lines = tuple(
        Line(x1, y1, x2, y2)
        for (place, x1, y1), (after, x2, y2) in pairwise(held)
        if after == place + 1 and place not in each.broken_after
    )
    return DrawnSeries(each.name, points, lines)


def _is_above(series: Sequence[Series], number: int, place: int) -> bool:
    """Whether the words of a point stand above it: those of the greater value, so that two never meet."""
    held = [(each.values[place], -at) for at, each in enumerate(series)]
    return max((value, at) for value, at in held if value is not None) == held[number]


def _told(labels: Sequence[str], series: Sequence[Series], missing: Sequence[str]) -> str:
    years = []
    for place, label in enumerate(labels):
        held = [f"{each.name} {each.words[place]}" for each in series if each.values[place] is not None]
        why = missing[place] if place < len(missing) else ""
        years.append(f"{label}: {', '.join(held) or why or 'nothing held'}")
    return f"{'; '.join(years)}." if years else "There is nothing to show."


def _down(value: float, least: float, most: float) -> int:
    """Return how far down from the head of the chart a value stands."""
    kept = min(max(value, least), most)
    return round(_ABOVE + _PLOT * (most - kept) / (most - least))


def _share(value: float, most: float) -> float:
    return 100 * min(max(value, 0), most) / most


def _percent(share: float) -> str:
    return f"{round(share, 2):g}%"
