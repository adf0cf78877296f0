"""A spreadsheet file of any kind as one neutral table: headings, and rows of text with where each stands."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from keystage.returns.bounded import content_within
from keystage.returns.refused import FileRefused
from keystage.sheets.limits import LIMITS, ONE_SCHOOL, Limits, too_large, too_many_pupils
from keystage.sheets.looks import OLD_OFFICE, ZIP, Kind, refuse_what_is_no_text
from keystage.years.headings import plain

CODES = "Codes"
"""The sheet that says what the codes mean, in every workbook that is written."""

PUT_RIGHT = "Put right (Keystage)"
"""The sheet that :mod:`keystage.sheets.marked` puts first: it is about the file, and no part of it."""

HEADING_WITHIN = 20
"""A heading row stands among the first so many rows that are not blank; titles may stand above it."""


class Row(NamedTuple):
    """One row, as text."""

    number: int
    """The row of the sheet, or the line of a CSV file where the record begins; from 1."""
    cells: tuple[str, ...]
    """From the first column on; a row may be shorter than the headings."""

    def cell(self, column: int | None) -> str:
        """Return the text of a cell, as it stands; empty where there is none."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""


class Trap(NamedTuple):
    """Something that a spreadsheet program did to a cell, and that changes what can be read there."""

    kind: str
    """``formula``: saved without a result, so read as blank; ``error``: shows an error such as ``#REF!``; ``merged``:
    only the first cell of a merged block holds anything; ``rounded``: a long number that has lost digits."""
    at: int
    """Which cell: see :func:`keystage.sheets.cells.at`."""
    text: str
    """What stands there; for merged cells the block, such as ``C4:C5``."""


class Grid(NamedTuple):
    """One sheet as it was read: its rows that are not blank."""

    sheet: str
    rows: tuple[Row, ...]
    traps: tuple[Trap, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The table of pupils that a file holds."""

    name: str
    """The file's name, without its folder."""
    kind: Kind
    sheet: str
    """Empty for a CSV file."""
    heading_row: int
    """The row, or the line of a CSV file, where the headings stand."""
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    """The rows below the headings that are not blank."""
    traps: tuple[Trap, ...] = ()


def read_table(
    source: Path | bytes,
    *,
    name: str = "",
    known: Collection[str] | None = None,
    limits: Limits = LIMITS,
) -> Table:
    """Read a spreadsheet: Excel, OpenDocument or CSV, told apart by content.

    Args:
        source: the file or its bytes.
        name: the file's name, where it is not that of the path.
        known: headings to look for, reduced by :func:`keystage.years.headings.plain`; those of every table that the
            product reads where not given. The sheet and the row that hold most of them are taken.
        limits: how large the file may be.

    Raises:
        FileRefused: F01, where the file cannot be read; F02, where it is no spreadsheet; F08, where it is too large.
        OSError: the path cannot be opened.
    """
    data, name = _bytes_of(source, name, limits)
    score = _counter(all_known() if known is None else known)
    kind, grids = _grids(data, score, limits)
    grids = _without_ours(grids)
    grid, start = max(((grid, heading_at(grid.rows, score)) for grid in grids), key=lambda at: score(at[0].rows[at[1]]))
    below = grid.rows[start + 1 :]
    if len(below) > limits.pupils:
        raise too_many_pupils(below[limits.pupils].number if kind is Kind.CSV else None, limits)
    heading = grid.rows[start]
    _refuse_nul(grid.rows[start:])
    traps = tuple(trap for trap in grid.traps if trap.at >= (heading.number + 1) * _COLUMNS)
    return Table(name, kind, grid.sheet, heading.number, heading.cells, below, traps)


def _refuse_nul(rows: Iterable[Row]) -> None:
    """Refuse a sheet with the character NUL in a cell: no text has it, and no database need take it."""
    for row in rows:
        if any("\x00" in cell for cell in row.cells):
            what = f"A cell in row {row.number} holds a character that stands for nothing (NUL)."
            raise FileRefused("F01", what, "Type the cell anew, or export the file again.", row.number)


_COLUMNS = LIMITS.columns

Score = Callable[[Row], int]
"""How many known headings a row holds."""


def _without_ours(grids: tuple[Grid, ...]) -> tuple[Grid, ...]:
    """Return the sheets without those that are put beside a school's own when it is handed back marked."""
    if all(grid.sheet != PUT_RIGHT for grid in grids):
        return grids
    return tuple(grid for grid in grids if grid.sheet not in (PUT_RIGHT, CODES)) or grids


def _counter(known: Collection[str]) -> Score:
    wanted = frozenset(known)
    return lambda row: len(wanted.intersection(map(plain, row.cells)))


def heading_at(rows: tuple[Row, ...], score: Score) -> int:
    """Return which row holds the headings: the one with most known ones, the first of equals."""
    return max(range(min(len(rows), HEADING_WITHIN)), key=lambda index: score(rows[index]))


def _grids(data: bytes, score: Score, limits: Limits) -> tuple[Kind, tuple[Grid, ...]]:
    if data.startswith((ZIP, OLD_OFFICE)):
        from keystage.sheets.workbook import read_workbook

        return read_workbook(data, limits)
    from keystage.sheets.separated import read_separated

    refuse_what_is_no_text(data)
    return Kind.CSV, (read_separated(data, score, limits),)


def _bytes_of(source: Path | bytes, name: str, limits: Limits) -> tuple[bytes, str]:
    if isinstance(source, Path):
        return content_within(source, limits.size, ONE_SCHOOL), name or source.name
    if len(source) > limits.size:
        raise too_large(len(source), limits)
    return source, name


@cache
def all_known() -> frozenset[str]:
    """Return every heading that is known in the newest year: of the template, the results and the register."""
    from keystage.sheets.headings import REGISTER
    from keystage.years import held, load

    year = load(max(held()))
    return frozenset({*year.headings.lookup, *year.results_headings.lookup, *REGISTER})
