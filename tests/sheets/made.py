"""Spreadsheets made for tests, by another hand than the code under test."""

import io
import struct
import zipfile
from collections.abc import Callable, Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from keystage.returns.refused import FileRefused
from keystage.sheets import read_table
from keystage.years import load

YEAR = load(2026)
HEADINGS = ("UPN", "Surname", "Forename", "Date of birth", "Sex", "Reading TA", "Writing TA", "Maths TA", "Science TA")
ADA = ("P999999919001", "Example", "Ada", "2015-03-09", "F", "", "EXS", "", "EXS")
BEN = ("M999999919002", "Sample", "Ben", "2014-11-30", "M", "PK4", "WTS", "PK3", "HNM")


def workbook(*fills: Callable[[Worksheet], object], names: Sequence[str] = (), **options: object) -> bytes:
    """Make a workbook with a sheet for each function that fills one."""
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, {"in_memory": True, "default_date_format": "dd/mm/yyyy", **options})
    for index, fill in enumerate(fills):
        fill(book.add_worksheet(names[index] if names else None))
    book.close()
    return sink.getvalue()


def rows(*lines: Sequence[object], top: int = 0) -> Callable[[Worksheet], None]:
    """Fill a sheet with rows: texts as texts, numbers as numbers, dates as dates."""

    def fill(sheet: Worksheet) -> None:
        for number, line in enumerate(lines, start=top):
            for column, value in enumerate(line):
                if isinstance(value, str):
                    sheet.write_string(number, column, value)
                else:
                    sheet.write(number, column, value)

    return fill


def csv(*lines: Sequence[str], delimiter: str = ",") -> bytes:
    """Make a plain CSV file."""
    return "\r\n".join(delimiter.join(line) for line in lines).encode()


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Make a workbook again with its parts changed."""
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, change(info.filename, old.read(info)))
    return sink.getvalue()


def ods(body: str) -> bytes:
    """Make an OpenDocument spreadsheet of one table."""
    spaces = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Pupils">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("META-INF/manifest.xml", "<manifest/>")
        file.writestr("content.xml", content)
    return sink.getvalue()


def xls(*cells: tuple[int, int, object], stream_size: int = 4096) -> bytes:
    """Make an old workbook: row and column from 0, and a text or a number. Below 4096 bytes it is a "small" stream."""

    def record(kind: int, content: bytes) -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    def cell(row: int, column: int, value: object) -> bytes:
        place = struct.pack("<HHH", row, column, 0)
        if isinstance(value, str):
            return record(0x0204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
        return record(0x0203, place + struct.pack("<d", value))

    begin = struct.pack("<HHHHLL", 0x0600, 5, 0, 0, 0, 0)
    sheet = (
        record(0x0809, begin[:2] + b"\x10\0" + begin[4:]) + b"".join(cell(*each) for each in cells) + record(0x0A, b"")
    )
    name = b"\0\0\x06\0Pupils"
    start = len(record(0x0809, begin) + record(0x0085, bytes(4) + name) + record(0x0A, b""))
    book = record(0x0809, begin) + record(0x0085, struct.pack("<L", start) + name) + record(0x0A, b"") + sheet
    book = book.ljust(stream_size, b"\0")
    is_small, end, free = len(book) < 4096, 0xFFFFFFFE, 0xFFFFFFFF
    sectors = -(-len(book) // 512)

    def entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
        wide = (name + "\0").encode("utf-16-le")
        head = wide.ljust(64, b"\0") + struct.pack("<HBBLLL", len(wide), kind, 1, free, free, child)
        return head + bytes(36) + struct.pack("<LQ", first, size)

    # Sector 0 is the table, 1 the directory, 2 the table of small sectors, and then the stream.
    root = entry("Root Entry", 5, 1, 3 if is_small else end, len(book) if is_small else 0)
    directory = root + entry("Workbook", 2, free, 0 if is_small else 3, len(book)) + bytes(256)
    table = [0xFFFFFFFD, end, end, *range(4, 3 + sectors), end]
    small = [*range(1, -(-len(book) // 64)), end] if is_small else []
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 62, 3, 0xFFFE, 9, 6)
    header += struct.pack("<LLLLLLLLL", 0, 1, 1, 0, 4096, 2 if is_small else end, int(is_small), end, 0)
    header += struct.pack("<109L", 0, *[free] * 108)

    def numbers(values: list[int]) -> bytes:
        return struct.pack("<128L", *values, *[free] * (128 - len(values)))

    return header + numbers(table) + directory + numbers(small) + book.ljust(sectors * 512, b"\0")


def refusal(data: bytes) -> FileRefused:
    """Return how a file is refused."""
    try:
        read_table(data)
    except FileRefused as refused:
        return refused
    raise AssertionError("the file was read")
