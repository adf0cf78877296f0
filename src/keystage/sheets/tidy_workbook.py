"""Tables as a workbook: numbers as numbers, texts as texts that no spreadsheet program runs."""

from collections.abc import Iterable, Sequence
from typing import IO, NamedTuple

import xlsxwriter

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WIDEST = 60

Value = str | int | float | None


class Sheet(NamedTuple):
    """One sheet: its name, its headings, and its rows in the order of the headings."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Value]]


def write_tidy_workbook(sheets: Iterable[Sheet], sink: IO[bytes]) -> None:
    """Write sheets to a binary stream, each with its headings frozen and a filter over them."""
    with xlsxwriter.Workbook(sink, _OPTIONS) as book:
        bold = book.add_format({"bold": True})
        for each in sheets:
            sheet = book.add_worksheet(each.name)
            sheet.write_row(0, 0, each.headings, bold)
            widths = [len(heading) for heading in each.headings]
            count = 0
            for count, row in enumerate(each.rows, 1):
                for column, value in enumerate(row):
                    _write(sheet, count, column, value)
                    widths[column] = max(widths[column], len(str(value)))
            for column, width in enumerate(widths):
                sheet.set_column(column, column, min(width + 2, _WIDEST))
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, max(count, 1), len(each.headings) - 1)


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: Value) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    else:
        sheet.write_number(row, column, value)
