"""Reading Excel and OpenDocument workbooks, by the library calamine, after a look at what it is given."""

import io
import posixpath
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING
from xml.parsers import expat

from keystage.returns.refused import FileRefused
from keystage.sheets.cells import at, cell_name, read_value
from keystage.sheets.limits import (
    LIMITS,
    Limits,
    too_many_columns,
    too_many_pupils,
    too_many_sheets,
    too_wide_an_area,
)
from keystage.sheets.looks import FETCH, ZIP, Kind, kind_of_zip, refuse_what_is_no_old_workbook
from keystage.sheets.old_workbook_scan import looked_over
from keystage.sheets.table import Grid, Row, Trap
from keystage.sheets.unpacking import damaged, locked, unpack
from keystage.sheets.workbook_scan import Scan, area_of_ods, parse, refuse_wild_counts, scan_sheet

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_MOST_ROWS_ABOVE = 1_000
"""Rows that may stand above or between the pupils of a sheet, beyond the most pupils that are read."""


def read_workbook(data: bytes, limits: Limits = LIMITS) -> tuple[Kind, tuple[Grid, ...]]:
    """Return the visible sheets that hold anything; where all are hidden, those.

    Raises:
        FileRefused: F01, where the workbook is damaged; F02, where it is none, needs a password or is empty; F08, where
            it is too large.
    """
    if not data.startswith(ZIP):
        refuse_what_is_no_old_workbook(data)
        data = looked_over(data, limits)
    kind, scans = _look(data, limits)
    with _mishaps():
        import python_calamine

        book = python_calamine.load_workbook(io.BytesIO(data))
        names = _names(book)
        if len(names) > limits.sheets:
            raise too_many_sheets(limits)
        readable = [name for name in names if name not in scans or scans[name].area <= limits.area]
        grids = [_grid(book.get_sheet_by_name(name), scans.get(name, Scan()), limits) for name in readable]
    filled = tuple(grid for grid in grids if grid.rows)
    if filled:
        return kind, filled
    if len(readable) < len(names):
        raise too_wide_an_area()
    raise FileRefused("F02", "The workbook holds nothing: its sheets are blank.", FETCH)


def rows_of(data: bytes, sheet: str, limits: Limits = LIMITS) -> tuple[tuple[str, ...], ...]:
    """Return the rows of one sheet by its name, hidden or not; none where the file is no workbook or has no such sheet.

    Raises:
        FileRefused: F01, F02 or F08, as :func:`read_workbook` does.
    """
    if not data.startswith(ZIP) or len(data) > limits.size:
        return ()
    _kind, scans = _look(data, limits)
    with _mishaps():
        import python_calamine

        book = python_calamine.load_workbook(io.BytesIO(data))
        if sheet not in book.sheet_names or scans.get(sheet, Scan()).area > limits.area:
            return ()
        return tuple(row.cells for row in _grid(book.get_sheet_by_name(sheet), Scan(), limits).rows)


def _look(data: bytes, limits: Limits) -> tuple[Kind, Mapping[str, Scan]]:
    if not data.startswith(ZIP):
        return Kind.XLS, {}
    parts = unpack(data, limits)
    kind = kind_of_zip(parts)
    if kind is Kind.ODS:
        if area_of_ods(parts.get("content.xml", b"")) > limits.area:
            raise too_wide_an_area()
        return kind, {}
    for part in parts.values():
        refuse_wild_counts(part)
    scans = {part: scan_sheet(xml) for part, xml in parts.items() if b"sheetData" in xml}
    parts_of = _parts_of(parts)
    # A sheet that cannot be told from the list of sheets is held to the limit all the same.
    if any(scan.area > limits.area for part, scan in scans.items() if part not in parts_of.values()):
        raise too_wide_an_area()
    return kind, {name: scans[part] for name, part in parts_of.items() if part in scans}


def _parts_of(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return which part of an Excel workbook holds each sheet, by the sheet's name."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(_element: str, has: Mapping[str, str]) -> None:
        if "Id" in has and "Target" in has:
            targets[has["Id"]] = posixpath.normpath(posixpath.join("/xl", has["Target"])).lstrip("/")

    def sheet(element: str, has: Mapping[str, str]) -> None:
        if element.rpartition(":")[2] == "sheet":
            key = next((value for name, value in has.items() if name.endswith(":id")), "")
            sheets[has.get("name", "")] = key

    for part, start in (("xl/_rels/workbook.xml.rels", relation), ("xl/workbook.xml", sheet)):
        parser = expat.ParserCreate()
        parser.StartElementHandler = start
        parse(parts.get(part, b"<none/>"), parser)
    return {name: targets[key] for name, key in sheets.items() if key in targets}


def _names(book: "CalamineWorkbook") -> list[str]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    return [s.name for s in sheets if s.visible == SheetVisibleEnum.Visible] or [s.name for s in sheets]


def _grid(sheet: "CalamineSheet", scan: Scan, limits: Limits) -> Grid:
    first_row, first_column = sheet.start or (0, 0)
    if first_column + sheet.width > limits.columns:
        raise too_many_columns(None, limits)
    rows: list[Row] = []
    traps = [Trap("formula", at(row, column), "") for row, column in scan.unsaved]
    traps += [Trap("error", at(row, column), text) for (row, column), text in scan.errors.items()]
    errors_in = {row for row, _column in scan.errors}
    for number, values in enumerate(sheet.to_python(), start=first_row + 1):
        cells = [""] * first_column
        for column, value in enumerate(values, start=first_column):
            if value.__class__ is str:
                cells.append(value)  # the fast way for nearly every cell
                continue
            text, is_rounded = read_value(value)
            cells.append(text)
            if is_rounded:
                traps.append(Trap("rounded", at(number, column), text))
        if number in errors_in:
            cells = [scan.errors.get((number, column), text) for column, text in enumerate(cells)]
        if any(map(str.strip, cells)):
            rows.append(Row(number, tuple(cells)))
            if len(rows) > limits.pupils + _MOST_ROWS_ABOVE:
                raise too_many_pupils(None, limits)
    return Grid(sheet.name, tuple(rows), (*traps, *_merged(sheet)))


def _merged(sheet: "CalamineSheet") -> Iterator[Trap]:
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        yield Trap("merged", at(top + 1, left), f"{cell_name(top + 1, left)}:{cell_name(bottom + 1, right)}")


@contextmanager
def _mishaps() -> Iterator[None]:
    """Turn whatever the library raises into a refusal: a damaged file can upset it in any way, even a panic."""
    try:
        yield
    except (FileRefused, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as fault:
        if type(fault).__name__ == "PasswordError":
            raise locked() from fault
        raise damaged() from fault
