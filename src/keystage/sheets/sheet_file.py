"""The spreadsheet that a return or a list of results was read from, as far as checks need to know it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from keystage.returns.source import Place
from keystage.sheets.cells import at, cell_name, split
from keystage.sheets.guard import is_injection
from keystage.sheets.headings import Matched
from keystage.sheets.looks import Kind
from keystage.sheets.table import Row, Table, Trap
from keystage.years.frozen import Frozen


@dataclass(frozen=True, slots=True)
class SheetFile:
    """A spreadsheet: which columns it has, what in it is not known, and where things stand."""

    name: str
    """The file's name, without its folder."""
    kind: Kind
    sheet: str
    """Empty for a CSV file."""
    heading_row: int
    columns: Mapping[str, int]
    """The headings found: field to column, counted from 0."""
    unknown_headings: tuple[tuple[str, Place], ...]
    """Headings that are not known, and where they stand; an empty one is a column with entries but no heading."""
    missing_headings: tuple[str, ...]
    """Fields that are needed and have no column."""
    repeated_headings: tuple[tuple[str, Place], ...]
    """Fields that stand a second time, and where. A subject's judgements are read from both columns."""
    injections: tuple[tuple[str, int], ...]
    """Cells that a spreadsheet program might run as a formula: field or heading, and ``at``."""
    schools: tuple[str, ...]
    """The school numbers in the sheet, each once."""
    traps: tuple[Trap, ...]
    """What a spreadsheet program did to cells (see :class:`~keystage.sheets.table.Trap`)."""

    def has(self, field: str) -> bool:
        """Say whether the sheet has a column for a field."""
        return field in self.columns

    def place(self, at: int, field: str = "") -> Place:
        """Say where a thing stands: see :class:`~keystage.returns.source.Source`.

        For a pupil ``at`` is the row, and a field is looked up in the columns; for a judgement it is the cell.
        """
        row, column = split(at)
        if self.kind is Kind.CSV:
            return Place(line=row)
        return Place(sheet=self.sheet, cell=cell_name(row, self.columns.get(field, column)))


def sheet_file(table: Table, matched: Matched, needed: Sequence[str], schools: tuple[str, ...]) -> SheetFile:
    """Gather what is to be known of a spreadsheet once its headings are matched."""

    def places(columns: Iterable[tuple[str, int]]) -> tuple[tuple[str, Place], ...]:
        is_csv = table.kind is Kind.CSV
        return tuple(
            (what, Place(line=table.heading_row))
            if is_csv
            else (what, Place(sheet=table.sheet, cell=cell_name(table.heading_row, column)))
            for what, column in columns
        )

    return SheetFile(
        name=table.name,
        kind=table.kind,
        sheet=table.sheet,
        heading_row=table.heading_row,
        columns=Frozen(dict(matched.columns)),
        unknown_headings=places(matched.unknown),
        missing_headings=matched.missing(needed),
        repeated_headings=places(matched.repeated),
        injections=tuple(_injections(table, matched)),
        schools=schools,
        traps=table.traps,
    )


def _injections(table: Table, matched: Matched) -> Iterator[tuple[str, int]]:
    names = {column: field for field in matched.columns for column in matched.all_of(field)} | {
        column: heading for heading, column in matched.unknown
    }
    headings = Row(table.heading_row, table.headings)
    for row in (headings, *table.rows):
        for column, text in enumerate(row.cells):
            if text and text[0] in "=+-@\t\r" and is_injection(text):
                yield names.get(column, ""), at(row.number, column)
