"""A school's own file, handed back with what is wrong marked in it: put right there, it is sent again as it is.

What must be put right stands first, each with its cell. The sheet after it is the file: a spreadsheet keeps its own
columns, order and rows, a Common Transfer File is laid out in the columns of the template. Cells in error are red and
carry a note, those with a query are amber; a last column says the same in words. Expected pupils who are missing follow
after the others, ready to be filled in. :func:`keystage.sheets.read_template` reads the file as it reads any other:
it passes over the first sheet and the last column.
"""

from collections.abc import Mapping, Sequence, Set
from typing import IO, TYPE_CHECKING, NamedTuple

from keystage.returns.owed import owed
from keystage.returns.register import Expected
from keystage.returns.value import Return
from keystage.sheets.headings import WRONG
from keystage.sheets.judgement_sheet import MADE, TITLE, validation, write_codes, write_row
from keystage.sheets.marks import IDENTITY, Laid, Mark, cell_of, from_return, from_table, place_of
from keystage.sheets.table import CODES, PUT_RIGHT, Row, Table
from keystage.years import CollectionYear
from keystage.years.owed import OwedState

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = ["Mark", "write_marked"]

_WIDTHS = {"upn": 16, "surname": 20, "forename": 20, "birth_date": 13, "sex": 6}
_LONGEST = 32_000
"""Characters that a cell can hold, nearly."""
_NOTES = 1_000
"""Cells that carry a note; beyond, colour and column say it: spreadsheet programs grow slow."""
_SPARE_ROWS = 50
_RED, _AMBER, _HEAD = "#FFC7CE", "#FFE699", "#1D4F91"
_LIST = (("Cell", 10), ("Pupil", 26), ("About", 12), ("Found", 16), ("What is wrong", 60), ("Allowed", 24),
         ("What to do", 60))  # fmt: skip
_WORDS = {"birth_date": "date of birth", "upn": "UPN"}


class _Placed(NamedTuple):
    row: int
    column: int | None
    mark: Mark


def write_marked(
    return_: Return,
    year: CollectionYear,
    sink: IO[bytes],
    marks: Sequence[Mark],
    *,
    table: Table | None = None,
    missing: Sequence[Expected] = (),
) -> None:
    """Write the file of a return with what is wrong marked in it, as an Excel workbook. Equal content, equal bytes.

    Args:
        return_: the return, as it was read from the file.
        year: the collection year, whose headings and codes are used.
        sink: a binary stream.
        marks: what is wrong, and what is asked.
        table: the spreadsheet that it was read from; None for a Common Transfer File.
        missing: the expected pupils who are not in the file.
    """
    import xlsxwriter

    laid = from_table(table, return_, year) if table else from_return(return_, year)
    first_missing = laid.last_row + 1
    laid = _with_missing(laid, missing)
    to_fill = frozenset(
        (row, laid.columns[each.subject][0])
        for row, one in enumerate(missing, start=first_missing)
        for each in owed(one, year)
        if each.state is OwedState.REQUIRED and each.subject in laid.columns
    )
    turns: dict[tuple[str, ...], int] = {}
    placed = [_Placed(*place_of(mark, laid, turns), mark) for mark in marks]
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(sink, options) as book:
        book.set_properties({"title": f"Marked file, key stage 2 {year.label}", "created": MADE})
        first, sheet = book.add_worksheet(PUT_RIGHT), book.add_worksheet(TITLE)
        codes = book.add_worksheet(CODES)
        rows_of = write_codes(book, codes, year)
        _write_list(book, first, placed)
        _write_data(book, sheet, laid, placed, rows_of, to_fill)


def _with_missing(laid: Laid, missing: Sequence[Expected]) -> Laid:
    rows, named = list(laid.rows), dict(laid.pupils)
    for number, each in enumerate(missing, start=laid.last_row + 1):
        born = each.birth_date.isoformat() if each.birth_date else ""
        texts = [""] * len(laid.headings)
        for field, text in zip(IDENTITY, (each.upn, each.surname, each.forename, born, each.sex), strict=True):
            for column in laid.columns.get(field, ())[:1]:
                texts[column] = text
        rows.append(Row(number, tuple(texts)))
        named[each.upn, each.name] = [*named.get((each.upn, each.name), []), number]
    return Laid(laid.heading_row, laid.headings, tuple(rows), laid.columns, laid.is_sheet, named)


# -- the list of what is wrong -----------------------------------------------------------------------------------------


def _write_list(book: "Workbook", sheet: "Worksheet", placed: Sequence[_Placed]) -> None:
    title = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "bg_color": _HEAD, "font_color": "#FFFFFF", "valign": "top"})
    cell = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    link = book.add_format({"valign": "top", "font_color": "#1D4F91", "underline": 1})
    for column, (_, width) in enumerate(_LIST):
        sheet.set_column(column, column, width)
    errors = [each for each in placed if each.mark.is_error]
    queries = [each for each in placed if not each.mark.is_error]
    row = _intro(sheet, title, len(errors), len(queries))
    for heading, part in (
        ("Errors: put these right", errors),
        ("Queries: put right, or answer at the gateway", queries),
    ):
        if part:
            sheet.write_string(row, 0, heading, title)
            write_row(sheet, row + 1, [name for name, _ in _LIST], lambda _: head)
            row += 2
            for each in part:
                write_row(sheet, row, _said(each), lambda _: cell)
                if each.row:
                    target = cell_of(each.row, each.column or 0)
                    shown = cell_of(each.row, each.column)
                    sheet.write_url(row, 0, f"internal:'{TITLE}'!{target}", link, shown, "Go to the cell")
                row += 1
            row += 1
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _intro(sheet: "Worksheet", title: "Format", errors: int, queries: int) -> int:
    sheet.write_string(0, 0, f"{_counted(errors, 'error')} to put right, {_counted(queries, 'query')} to answer", title)
    says = (
        f"1. Go to the sheet “{TITLE}”. It is your file. Red cells must be put right; amber cells are asked about.",
        f"2. Put right what is red. The last column, “{WRONG}”, says what is wrong in each row.",
        "3. Save the workbook and send it to the gateway as it is. You need not delete this sheet or that column.",
    )
    for row, words in enumerate(says, start=1):
        sheet.write_string(row, 0, words)
    return len(says) + 2


def _counted(count: int, noun: str) -> str:
    many = {"query": "queries"}.get(noun, f"{noun}s")
    return f"{count:,} {noun if count == 1 else many}"


def _said(each: _Placed) -> tuple[str, ...]:
    mark = each.mark
    about = _WORDS.get(mark.field, mark.field)
    who = mark.pupil or (f"UPN {mark.upn}" if mark.upn else "The file")
    return (
        f"line {mark.line}" if mark.line and not each.row else "",
        *(who, about, mark.value, mark.message, ", ".join(mark.allowed), mark.fix),
    )


# -- the file itself ---------------------------------------------------------------------------------------------------


def _write_data(
    book: "Workbook",
    sheet: "Worksheet",
    laid: Laid,
    placed: Sequence[_Placed],
    rows_of: Mapping[str, tuple[int, int]],
    to_fill: Set[tuple[int, int]],
) -> None:
    by_cell: dict[tuple[int, int], list[Mark]] = {}
    by_row: dict[int, list[Mark]] = {}
    for row, column, mark in placed:
        by_row.setdefault(row, []).append(mark)
        if column is not None:
            by_cell.setdefault((row, column), []).append(mark)
    looks = _looks(book)
    _write_headings(book, sheet, laid)
    for each in (Row(laid.heading_row, laid.headings), *laid.rows):
        _write_marked_row(sheet, each, laid, by_cell, by_row, to_fill, looks)
    _write_notes(sheet, by_cell)
    last = laid.last_row - 1
    for field, (first_code, last_code) in rows_of.items():
        for column in laid.columns.get(field, ()):
            end = last + _SPARE_ROWS
            sheet.data_validation(laid.heading_row, column, end, column, validation(field, first_code, last_code))
    sheet.autofilter(laid.heading_row - 1, 0, max(last, laid.heading_row), len(laid.headings))
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(laid.heading_row - 1)
    named = {column for field in IDENTITY[:3] for column in laid.columns.get(field, ())}
    sheet.freeze_panes(laid.heading_row, 3 if named == {0, 1, 2} else 0)


def _looks(book: "Workbook") -> dict[str, "Format"]:
    return {
        "": book.add_format({"num_format": "@"}),
        "error": book.add_format({"num_format": "@", "bg_color": _RED, "border": 1}),
        "query": book.add_format({"num_format": "@", "bg_color": _AMBER, "border": 1}),
        "wrong": book.add_format({"num_format": "@", "text_wrap": False, "bold": False}),
        "head": book.add_format({"num_format": "@", "bold": True, "bottom": 1}),
    }


def _write_headings(book: "Workbook", sheet: "Worksheet", laid: Laid) -> None:
    text = book.add_format({"num_format": "@"})
    field_of = {column: field for field, columns in laid.columns.items() for column in columns}
    for column in range(len(laid.headings)):
        sheet.set_column(column, column, _WIDTHS.get(field_of.get(column, ""), 14), text)
    sheet.set_column(len(laid.headings), len(laid.headings), 100, text)


def _write_marked_row(
    sheet: "Worksheet",
    row: Row,
    laid: Laid,
    by_cell: Mapping[tuple[int, int], list[Mark]],
    by_row: Mapping[int, list[Mark]],
    to_fill: Set[tuple[int, int]],
    looks: Mapping[str, "Format"],
) -> None:
    is_head = row.number == laid.heading_row
    texts = [row.cell(column)[:_LONGEST] for column in range(len(laid.headings))]
    here = by_row.get(row.number, ())
    wrong = " ".join(f"{'Error' if mark.is_error else 'Query'}: {mark.message}" for mark in here)
    plain = looks["head" if is_head else ""]

    def look(column: int) -> "Format":
        if column == len(laid.headings):
            return plain if is_head else looks["wrong"]
        if found := by_cell.get((row.number, column)):
            return looks[_worst(found)]
        return looks["error"] if (row.number, column) in to_fill else plain

    last = f"{WRONG}" if is_head else wrong[:_LONGEST]
    write_row(sheet, row.number - 1, (*texts, last), look)


def _worst(marks: Sequence[Mark]) -> str:
    return "error" if any(mark.is_error for mark in marks) else "query"


def _write_notes(sheet: "Worksheet", by_cell: Mapping[tuple[int, int], list[Mark]]) -> None:
    for (row, column), marks in list(by_cell.items())[:_NOTES]:
        text = "\n\n".join(f"{mark.message} {mark.fix}".strip() for mark in marks)
        options = {"author": "Keystage", "x_scale": 2.5, "y_scale": 1.5}
        sheet.write_comment(row - 1, column, text[:_LONGEST], options)
