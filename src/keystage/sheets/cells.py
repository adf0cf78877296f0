"""Cells of a spreadsheet: how they are numbered, and what stands in them, as text."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

COLUMNS = 16_384
"""Columns of the widest sheet: a cell is kept as one number, row times this plus column."""

Value = str | float | bool | datetime | date | time | timedelta | None
"""What the spreadsheet library gives for a cell."""

_EXCEL_SHORTENS_FROM = 1e11
_EXCEL_LOSES_DIGITS_FROM = 1e15


class Cell(NamedTuple):
    """The text of a cell, and whether digits of its number are lost."""

    text: str
    is_rounded: bool = False


def at(row: int, column: int = 0) -> int:
    """Return the number that stands for a cell: its row from 1 as people count, its column from 0."""
    return row * COLUMNS + column


def split(place: int) -> tuple[int, int]:
    """Return the row and the column of a cell's number."""
    return divmod(place, COLUMNS)


def column_name(column: int) -> str:
    """Return the letters of a column, counted from 0: ``A`` … ``Z``, ``AA`` …"""
    name = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        name = chr(ord("A") + letter) + name
        column -= 1
    return name


def cell_name(row: int, column: int) -> str:
    """Return a cell's name as the spreadsheet shows it, such as ``C14``."""
    return f"{column_name(column)}{row}"


def read_value(value: Value) -> Cell:
    """Return a cell's value as text: numbers with all their digits, dates as ``YYYY-MM-DD``, truth as TRUE or FALSE."""
    if value is None:
        return Cell("")
    if isinstance(value, str):
        return Cell(value)
    if isinstance(value, bool):
        return Cell("TRUE" if value else "FALSE")
    if isinstance(value, (int, float)):
        return _number(float(value))
    if isinstance(value, datetime):
        return Cell(value.date().isoformat() if value.time() == time() else value.isoformat(" "))
    return Cell(str(value))


def _number(value: float) -> Cell:
    """Write a number as it was typed. One whose digits Excel has dropped is written as Excel shows it: ``1.1E+12``."""
    if abs(value) >= _EXCEL_LOSES_DIGITS_FROM:
        return Cell(_shortened(f"{value:.14E}"), is_rounded=True)
    if abs(value) >= _EXCEL_SHORTENS_FROM and float(short := f"{value:.5E}") == value:
        return Cell(_shortened(short), is_rounded=True)
    return Cell(str(int(value)) if value.is_integer() else f"{value:.15g}".upper())


def _shortened(text: str) -> str:
    digits, mark, power = text.partition("E")
    return f"{digits.rstrip('0').rstrip('.')}{mark}{power}"
