"""Plain rows as an Excel workbook: figures that are to be read, filtered and printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

import xlsxwriter

_MOST = 32_000
"""Characters of one cell; Excel takes few more."""

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, its columns with their widths in characters, and its rows. None is an empty cell."""

    name: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[Value]]


def write_tidy_workbook(sheets: Sequence[Sheet], sink: IO[bytes], *, title: str) -> None:
    """Write sheets as one workbook. Texts are never run as formulas, nor turned into links; numbers are numbers."""
    with xlsxwriter.Workbook(sink, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": title, "created": datetime(2000, 1, 1)})  # noqa: DTZ001 - repeatable
        head = book.add_format(
            {"bold": True, "bg_color": "#1d4f91", "font_color": "#ffffff", "text_wrap": True, "valign": "top"}
        )
        cell = book.add_format({"text_wrap": True, "valign": "top"})
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name), sheet, head, cell)


def _write(made: Any, sheet: Sheet, head: Any, cell: Any) -> None:
    for column, (heading, width) in enumerate(sheet.columns):
        made.set_column(column, column, width, cell)
        made.write_string(0, column, heading, head)
    for row, values in enumerate(sheet.rows, start=1):
        for column, value in enumerate(values):
            if isinstance(value, int | float):
                made.write_number(row, column, value, cell)
            elif value is not None:
                made.write_string(row, column, value[:_MOST], cell)
    made.freeze_panes(1, 1)
    made.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
    made.set_landscape()
    made.set_paper(9)  # A4
    made.fit_to_pages(1, 0)
    made.repeat_rows(0)
