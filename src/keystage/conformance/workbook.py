"""A workbook of texts, as small as the form allows: written here, so that it owes the product's own writer nothing."""

import zipfile
from collections.abc import Iterator, Sequence
from html import escape
from io import BytesIO

SHEET = "Teacher assessment"

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def cell_at(column: int, row: int) -> str:
    """Return the name of a cell; columns are counted from 0, rows from 1."""
    return f"{_LETTERS[column]}{row}"


def workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """Return a workbook with one sheet; every cell is a text, and an empty one is left out."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _parts(rows):
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, _DECLARED + content)
    return held.getvalue()


def _parts(rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    types = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    )
    yield "[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types">{types}</Types>'
    yield "_rels/.rels", _relation("officeDocument", "xl/workbook.xml")
    sheets = f'<sheets><sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets>'
    yield "xl/workbook.xml", f'<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_OFFICE}">{sheets}</workbook>'
    yield "xl/_rels/workbook.xml.rels", _relation("worksheet", "worksheets/sheet1.xml")
    lines = "".join(_row(number, row) for number, row in enumerate(rows, start=1))
    yield "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{_SPREADSHEET}"><sheetData>{lines}</sheetData></worksheet>'


def _relation(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


def _row(number: int, row: Sequence[str]) -> str:
    cells = (
        f'<c r="{cell_at(column, number)}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
        for column, text in enumerate(row)
        if text
    )
    return f'<row r="{number}">{"".join(cells)}</row>'
