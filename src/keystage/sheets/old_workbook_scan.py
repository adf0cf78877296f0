"""A look at an old Excel workbook (.xls) before the spreadsheet library reads it.

A file of a few thousand bytes could make the library take all memory there is: by two cells far apart, or by a number
that announces millions of cells or texts. So its records are looked at here, and just what was looked at is handed on.

Source: Microsoft's published description, MS-XLS.
"""

import struct
from collections.abc import Iterator

from keystage.sheets.compound_file import read_stream, write_stream
from keystage.sheets.limits import LIMITS, Limits, too_wide_an_area
from keystage.sheets.unpacking import damaged

_BEGIN = frozenset({0x0809, 0x0409, 0x0209, 0x0009})
_END = 0x000A
_SHEET = 0x0085
_TEXTS = 0x00FC
_SIZE_OF_SHEET = 0x0200
_NOTHING = 0x0BAD
"""No record has this number, and so a reader passes over it."""
_CELLS = frozenset({0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x0206, 0x027E, 0x0406})
"""Records of cells; each begins with its row and column."""
_SEVERAL = frozenset({0x00BD, 0x00BE})
"""Records of several cells; these end with the last column."""


def looked_over(data: bytes, limits: Limits = LIMITS) -> bytes:
    """Return an old workbook as it is safe to read.

    Raises:
        FileRefused: F01, where the file is damaged; F08, where a sheet spans too many cells.
    """
    stream = bytearray(read_stream(data, ("Workbook", "Book")))
    try:
        starts = list(_sheets(stream))
        if not starts or max(_area(stream, start) for start in starts) > limits.area:
            raise too_wide_an_area() if starts else damaged("It holds no sheets.")
    except (struct.error, IndexError) as fault:
        raise damaged() from fault
    return write_stream("Workbook", bytes(stream))


def _sheets(stream: bytearray) -> Iterator[int]:
    """Yield where each sheet begins."""
    for number, (kind, at, _size) in enumerate(_records(stream, 0)):
        if number == 0 and kind not in _BEGIN:
            raise damaged()
        if kind == _SHEET:
            yield struct.unpack_from("<L", stream, at)[0]
        elif kind == _TEXTS and struct.unpack_from("<4xL", stream, at)[0] * 3 > len(stream):
            raise damaged("It announces more texts than it can hold.")


def _area(stream: bytearray, start: int) -> int:
    """Return how many cells a sheet spans, blank ones counted; what it announces itself is struck out."""
    rows: list[int] = []
    columns: list[int] = []
    for kind, at, size in _records(stream, start):
        if kind in _CELLS:
            row, column = struct.unpack_from("<HH", stream, at)
            rows.append(row)
            columns.append(column)
            if kind in _SEVERAL and size >= 6:
                columns.append(struct.unpack_from("<H", stream, at + size - 2)[0])
        elif kind == _SIZE_OF_SHEET:
            struct.pack_into("<H", stream, at - 4, _NOTHING)
    return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) if rows else 0


def _records(stream: bytearray, at: int) -> Iterator[tuple[int, int, int]]:
    """Yield the kind of each record, where its content begins, and how long it is."""
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == _END:
            return
        yield kind, at + 4, size
        at += 4 + size
