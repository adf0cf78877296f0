"""The figures of an authority or a trust: what its page shows, and what it may be asked for as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from keystage.measures import ALL, NAMES, NOBODY, Measure, Of
from keystage.service.design.words import moment_words, plural
from keystage.service.gateway.figures_now import FiguresNow
from keystage.service.gateway.presenters.measured import (
    Cell,
    Line,
    Named,
    Part,
    beside,
    breakdowns_of,
    lines_of,
    published_words,
    total_line,
    unknown_in,
)
from keystage.service.gateway.released import ordinal
from keystage.years.year import CollectionYear

SHOWN = {
    Of.EXPECTED: "Expected standard",
    Of.HIGHER: "Higher standard",
    Of.AVERAGE: "Average scaled score",
}
"""Which figures the tables of schools and groups show: all at once are too wide to be read."""


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure of all schools together, with what it is compared with."""

    cell: Cell
    published: str
    here: str
    """All schools at this gateway; empty while results are not released."""


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """Everything that the page and the files show: nothing hidden is in it."""

    is_provisional: bool
    status: str
    as_at: datetime
    said: str
    """From how many schools it is."""
    here_said: str
    """What the figures of all schools at this gateway are of."""
    total: Line
    measures: tuple[MeasureLine, ...]
    schools: tuple[Line, ...]
    numbers: dict[str, str]
    """The schools' numbers, by the keys of their lines."""
    breakdowns: tuple[Part, ...]
    unknown: tuple[str, ...]
    """The breakdowns of which nothing is known."""
    below: int

    def columns(self, of: Of) -> list[int]:
        """Return which cells of each line are of one sort."""
        return [at for at, each in enumerate(self.total.cells) if each.measure.of is of]

    def is_hiding(self, columns: Sequence[int]) -> bool:
        """Say whether anything is hidden in some cells of the lines of schools."""
        return any(line.cells[at].share is None for line in self.schools for at in columns)

    @property
    def kinds(self) -> tuple[Of, ...]:
        """The sorts of measure that there are."""
        return tuple(each for each in SHOWN if self.columns(each))


def figures_page(found: FiguresNow, name: str, year: CollectionYear, *, below: int, now: datetime) -> FiguresPage:
    """Return what is shown of figures.

    Args:
        found: the figures.
        name: of the authority or trust.
        year: the collection year, with the published figures where they are held.
        below: the least number of pupils of whom a figure is shown.
        now: the moment that they are of.
    """
    measures = found.measures
    total = total_line(name, found.counts.get(ALL, NOBODY), measures, below)
    is_provisional = found.release is None
    lines = (
        MeasureLine(cell, published_words(cell.measure, year), "" if is_provisional else _here(found, cell, below).text)
        for cell in total.cells
    )
    schools = [Named(each.key, each.name, each.counts.get(ALL, NOBODY)) for each in found.schools]
    return FiguresPage(
        is_provisional,
        _status(found),
        now,
        _said(found),
        f"{plural(found.country.schools, 'school')} at this gateway" if found.country.schools else "",
        total,
        tuple(lines),
        lines_of(schools, measures, below),
        {each.key: each.number for each in found.schools},
        breakdowns_of(found.counts, measures, below),
        unknown_in(found.counts),
        below,
    )


def _here(found: FiguresNow, own: Cell, below: int) -> Cell:
    """Return a figure of all schools at the gateway, where it does not tell that of a few pupils elsewhere."""
    return beside(found.country.counts.get(ALL, NOBODY), found.counts.get(ALL, NOBODY), own.measure, below)


def _status(found: FiguresNow) -> str:
    if found.release is None:
        return "Provisional"
    count = ordinal(found.release)
    return "Released" if count == 1 else "Revised"


def _said(found: FiguresNow) -> str:
    """Say from how many schools the figures are."""
    schools, nil = found.coverage
    what = "their returns as they count now" if found.release is None else "the results released on "
    when = moment_words(found.release.release_at) if found.release else ""
    none = f" {plural(nil, 'more school')} said that there is nobody to report." if nil else ""
    withheld = plural(found.withheld, "school is left out", "schools are left out")
    out = f" {withheld}, because the authority lets nobody see figures yet." if found.withheld else ""
    return f"From {len(found.schools):,} of {plural(schools, 'school')}: {what}{when}.{none}{out}"


def column_words(measures: Sequence[Measure]) -> list[str]:
    """Return the headings of columns of one sort: what each is of."""
    return [NAMES[each.area] for each in measures]
