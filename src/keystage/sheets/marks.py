"""What is to be marked in a school's own file, and which cell of it that is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from keystage.returns.value import Pupil, Return
from keystage.sheets.cells import cell_name
from keystage.sheets.headings import match_headings
from keystage.sheets.table import Row, Table
from keystage.sheets.template import lookup_of
from keystage.sheets.template_writer import texts_of
from keystage.years import CollectionYear, Subject
from keystage.years.headings import TEMPLATE_FIELDS

IDENTITY = TEMPLATE_FIELDS[:5]


class Mark(NamedTuple):
    """One thing that is wrong with a file, or is asked about it."""

    message: str
    fix: str = ""
    is_error: bool = True
    """Whether it must be put right; else it is a query, which may be answered."""
    upn: str = ""
    pupil: str = ""
    """As lists show the name; empty, with ``upn``, where the file as a whole is meant."""
    field: str = ""
    """The column that it is about: a subject or a field of the identity; empty where it is not known."""
    value: str = ""
    allowed: tuple[str, ...] = ()
    cell: str = ""
    """Where it stands in a workbook as it came."""
    line: int | None = None
    """Where it stands in a file of text as it came."""


@dataclass(frozen=True)
class Laid:
    """A file laid out as a sheet: the school's own columns and rows where it was a spreadsheet."""

    heading_row: int
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    columns: Mapping[str, tuple[int, ...]]
    """Field to its columns, the first one first."""
    is_sheet: bool
    pupils: Mapping[tuple[str, str], list[int]]
    """UPN and name to the numbers of the rows that hold them."""

    @cached_property
    def by_number(self) -> dict[int, Row]:
        """The rows by their numbers."""
        return {row.number: row for row in self.rows}

    @property
    def last_row(self) -> int:
        """The number of the last row."""
        return max((row.number for row in self.rows), default=self.heading_row)


def from_table(table: Table, return_: Return, year: CollectionYear) -> Laid:
    """Lay out a spreadsheet: each cell where it stood, without the column that was added when it was marked before."""
    lookup = lookup_of(year)
    matched = match_headings(table, lookup)
    dropped = set(matched.all_of("wrong"))
    kept = [column for column in range(_width(table)) if column not in dropped]
    new = {column: place for place, column in enumerate(kept)}
    columns = {
        field: tuple(new[column] for column in matched.all_of(field)) for field in matched.columns if field != "wrong"
    }
    heading = Row(table.heading_row, table.headings)
    rows = tuple(Row(row.number, tuple(map(row.cell, kept))) for row in table.rows)
    named: dict[tuple[str, str], list[int]] = {}
    for pupil in return_.pupils:
        named.setdefault((pupil.upn, pupil.name), []).append(_row_of(pupil, return_))
    return Laid(table.heading_row, tuple(map(heading.cell, kept)), rows, columns, True, named)


def _width(table: Table) -> int:
    return max((len(table.headings), *(len(row.cells) for row in table.rows)))


def _row_of(pupil: Pupil, return_: Return) -> int:
    place = return_.source.place(pupil.at) if return_.source else None
    if place is None:
        return 0
    return place.line or int("".join(filter(str.isdigit, place.cell or "")) or 0)


def from_return(return_: Return, year: CollectionYear) -> Laid:
    """Lay out a return that came as a Common Transfer File in the template's columns; a second code has its own."""
    most = {subject: max((_count(pupil, subject) for pupil in return_.pupils), default=1) for subject in Subject}
    fields = list(IDENTITY)
    for field in TEMPLATE_FIELDS[5:]:
        fields += [field] * max(1, most[Subject(field)])
    if any(pupil.former_upn for pupil in return_.pupils):
        fields.append("former_upn")
    written = {**year.headings.written, "former_upn": "Former UPN"}
    named: dict[tuple[str, str], list[int]] = {}
    rows = []
    for number, pupil in enumerate(return_.pupils, start=2):
        rows.append(Row(number, _texts(pupil, fields)))
        named.setdefault((pupil.upn, pupil.name), []).append(number)
    columns = {field: tuple(at for at, each in enumerate(fields) if each == field) for field in fields}
    return Laid(1, tuple(written[field] for field in fields), tuple(rows), columns, False, named)


def _count(pupil: Pupil, subject: Subject) -> int:
    return sum(1 for judgement in pupil.judgements if judgement.subject is subject)


def _texts(pupil: Pupil, fields: Sequence[str]) -> tuple[str, ...]:
    identity = dict(zip(IDENTITY, texts_of(pupil), strict=False)) | {"former_upn": pupil.former_upn}
    codes = {subject: [each.written for each in pupil.judgements if each.subject == subject] for subject in Subject}
    return tuple(
        identity[field] if field in identity else codes[Subject(field)].pop(0) if codes[Subject(field)] else ""
        for field in fields
    )


def place_of(mark: Mark, laid: Laid, turns: dict[tuple[str, ...], int]) -> tuple[int, int | None]:
    """Return the row and the column of a mark: row 0 where it is of no row, None where it is of no one cell.

    ``turns`` counts what was placed already: two pupils who are alike in everything take their marks in turn.
    """
    row, column = _split(mark.cell) if laid.is_sheet else (0, None)
    if not row and laid.is_sheet and mark.line:
        row = mark.line
    if row == laid.heading_row:
        return row, column
    if row not in laid.by_number:
        row = _row_named(mark, laid, turns)
    return row, _column(mark, laid, row, column)


def _split(cell: str) -> tuple[int, int | None]:
    letters, figures = cell.rstrip("0123456789"), cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    if not letters or not figures.isdigit():
        return 0, None
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(figures), column - 1


def _row_named(mark: Mark, laid: Laid, turns: dict[tuple[str, ...], int]) -> int:
    who = (mark.upn, mark.pupil)
    alike = laid.pupils.get(who, []) if any(who) else []
    if not alike:
        return 0
    key = (*who, mark.field, mark.message)
    turn = turns[key] = turns.get(key, -1) + 1
    return alike[turn % len(alike)]


def _column(mark: Mark, laid: Laid, row: int, found: int | None) -> int | None:
    wanted = laid.columns.get(mark.field, ())
    if found in wanted:
        return found
    if wanted:
        return wanted[0]
    texts = laid.by_number.get(row)
    if texts is None or not mark.value or mark.field:
        return None
    identity = (column for field in IDENTITY for column in laid.columns.get(field, ()))
    return next((column for column in identity if texts.cell(column).strip() == mark.value), None)


def cell_of(row: int, column: int | None) -> str:
    """Return a place as the spreadsheet shows it: ``C14``, ``row 14``, or nothing."""
    if not row:
        return ""
    return f"row {row}" if column is None else cell_name(row, column)
