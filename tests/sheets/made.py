"""Spreadsheets made for tests, by another hand than the code under test."""

import io
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


def refusal(data: bytes) -> FileRefused:
    """Return how a file is refused."""
    try:
        read_table(data)
    except FileRefused as refused:
        return refused
    raise AssertionError("the file was read")
