"""A workbook sheet of pupils and their judgements: lists of codes in the cells, colours for what is owed.

The template and the marksheet are both made of it. Everything is written as text, and nothing as a formula.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, NamedTuple

from keystage.returns.owed import Owed
from keystage.sheets.cells import cell_name
from keystage.sheets.table import CODES
from keystage.years import CollectionYear, Subject
from keystage.years.owed import OwedState

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

TITLE = "Teacher assessment"

MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""The date that every workbook carries, so that equal content makes equal bytes."""

_WIDTHS = {"upn": 16, "surname": 22, "forename": 22, "birth_date": 14, "sex": 6, "class_name": 10}
_SPARE_ROWS = 50
"""Rows below the last pupil that have the lists of codes too, for pupils who are added by hand."""
_RANGES = 20
"""Ranges of cells in one rule for colours: spreadsheet programs take only so much."""
_YELLOW, _GREY = "#FFF2CC", "#D9D9D9"


class Line(NamedTuple):
    """A row: its texts, column by column, and what the pupil owes; nothing owed is known where it is empty."""

    texts: tuple[str, ...]
    owed: tuple[Owed, ...] = ()

    def states(self) -> dict[str, OwedState]:
        """Return what is owed by subject."""
        return {each.subject: each.state for each in self.owed}


class Sheet(NamedTuple):
    """The sheet and its workbook, still open: the caller closes the workbook."""

    book: "Workbook"
    sheet: "Worksheet"
    codes: "Worksheet"


def write_sheet(
    sink: IO[bytes], year: CollectionYear, columns: Mapping[str, str], lines: Sequence[Line], *, frozen: int
) -> Sheet:
    """Write the pupils, and the codes with what they mean on a second sheet.

    A cell that is owed is yellow as long as it is blank; one to be left blank is grey.

    Args:
        sink: a binary stream.
        year: the collection year, whose codes are offered.
        columns: field to heading, in order.
        lines: the rows.
        frozen: how many columns stay in sight at the left.
    """
    import xlsxwriter

    book = xlsxwriter.Workbook(sink, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": f"Key stage 2 teacher assessment {year.label}", "created": MADE})
    sheet = book.add_worksheet(TITLE)
    codes = book.add_worksheet(CODES)
    rows_of = write_codes(book, codes, year)
    _write_lines(book, sheet, columns, lines)
    sheet.freeze_panes(1, frozen)
    for column, field in enumerate(columns):
        if field in rows_of:
            sheet.data_validation(1, column, len(lines) + _SPARE_ROWS, column, validation(field, *rows_of[field]))
            _colour_what_is_owed(book, sheet, column, [line.states().get(field) for line in lines])
    return Sheet(book, sheet, codes)


def _write_lines(book: "Workbook", sheet: "Worksheet", columns: Mapping[str, str], lines: Sequence[Line]) -> None:
    text = book.add_format({"num_format": "@"})
    grey = book.add_format({"num_format": "@", "bg_color": _GREY})
    bold = book.add_format({"bold": True, "num_format": "@", "bottom": 1})
    for column, field in enumerate(columns):
        sheet.set_column(column, column, _WIDTHS.get(field, 14), text)
    write_row(sheet, 0, columns.values(), lambda _: bold)
    fields = tuple(columns)
    for row, line in enumerate(lines, start=1):
        closed = {field for field, state in line.states().items() if state is OwedState.CLOSED}
        looks = [grey if field in closed else text for field in fields]
        write_row(sheet, row, line.texts, looks.__getitem__)


def write_row(sheet: "Worksheet", row: int, texts: Iterable[str], look: Callable[[int], "Format | None"]) -> None:
    """Write a row of texts, each with the format of its column."""
    for column, text in enumerate(texts):
        if text:
            sheet.write_string(row, column, text, look(column))
        else:
            sheet.write_blank(row, column, None, look(column))


def _colour_what_is_owed(book: "Workbook", sheet: "Worksheet", column: int, states: Sequence[OwedState | None]) -> None:
    yellow = book.add_format({"bg_color": _YELLOW})
    runs = list(_runs([state is OwedState.REQUIRED for state in states]))
    for begin in range(0, len(runs), _RANGES):
        some = runs[begin : begin + _RANGES]
        ranges = " ".join(f"{cell_name(first + 2, column)}:{cell_name(last + 2, column)}" for first, last in some)
        rule = {"type": "blanks", "format": yellow, "multi_range": ranges}
        sheet.conditional_format(some[0][0] + 1, column, some[0][1] + 1, column, rule)


def _runs(wanted: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of those that follow one another."""
    first: int | None = None
    for index, is_wanted in enumerate((*wanted, False)):
        if is_wanted and first is None:
            first = index
        elif not is_wanted and first is not None:
            yield first, index - 1
            first = None


def write_codes(book: "Workbook", sheet: "Worksheet", year: CollectionYear) -> dict[str, tuple[int, int]]:
    """Write what the codes of each subject mean; return the first and last row of each subject, from 1."""
    bold = book.add_format({"bold": True, "bottom": 1})
    plain = book.add_format({})
    write_row(sheet, 0, ("For", "Code", "Meaning"), lambda _: bold)
    sheet.set_column(0, 1, 14)
    sheet.set_column(2, 2, 90)
    sheet.freeze_panes(1, 0)
    rows_of: dict[str, tuple[int, int]] = {}
    row = 1
    for subject in Subject:
        table = year.code_table(subject)
        for code in table.codes:
            write_row(sheet, row, (year.headings.written[subject], code.code, code.meaning), lambda _: plain)
            row += 1
        rows_of[subject] = (row - len(table.codes) + 1, row)
    return rows_of


def validation(field: str, first: int, last: int) -> dict[str, object]:
    """Return the list of codes that the cells of a subject offer."""
    return {
        "validate": "list",
        "source": f"={CODES}!$B${first}:$B${last}",  # a list in cells lets "exs" pass; a list in quotes would not
        "input_title": f"{field.capitalize()}",
        "input_message": "Choose a code, or leave it blank. The sheet “Codes” says what each code means.",
        "error_title": "This code is not in the list",
        "error_message": "Choose one of the codes in the list. The sheet “Codes” says what each of them means.",
    }
