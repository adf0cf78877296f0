"""What a file is, by its content and not by its name: a spreadsheet of some kind, or something else."""

import re
from collections.abc import Mapping
from enum import StrEnum

from keystage.returns.refused import FileRefused
from keystage.sheets.unpacking import locked

FETCH = "Choose an Excel workbook (.xlsx or .xls), an OpenDocument spreadsheet (.ods) or a CSV file (.csv)."
SAVE_AS = "Open it in Excel or LibreOffice, save it as an Excel workbook (.xlsx), and use the new file."


class Kind(StrEnum):
    """The kinds of spreadsheet that are read."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"


ZIP = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")

_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document, perhaps a printed marksheet"),
    (b"{\\rtf", "a word-processor document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"PK\x05\x06", "an empty zip file"),
)
_WEB_PAGE = "a web page, or a table that a program saved as one"
_ROOTS = {
    "html": (_WEB_PAGE, SAVE_AS),
    "head": (_WEB_PAGE, SAVE_AS),
    "body": (_WEB_PAGE, SAVE_AS),
    "table": (_WEB_PAGE, SAVE_AS),
    "ctfile": (
        "a Common Transfer File, which is an XML file",
        "Give it back its ending .xml and use it as it is: a Common Transfer File is read too.",
    ),
    "workbook": ("a workbook that Excel saved as XML", SAVE_AS),
    "superstarreport": ("a report made by SIMS", FETCH),
}
_FIRST_ELEMENT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")


def refuse_what_is_no_text(data: bytes) -> None:
    """Refuse bytes that are plainly neither a workbook nor text.

    Raises:
        FileRefused: F02, saying what the file looks like.
    """
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        what = "is empty" if not data else "holds nothing but blank space"
        raise FileRefused("F02", f"The file {what}.", f"It may not have been saved properly. {FETCH}", value="")
    for beginning, looks_like in _BEGINNINGS:
        if data.startswith(beginning):
            raise not_a_spreadsheet(looks_like)
    if b"\x00" in data and not data.startswith(_WIDE_MARKS):
        raise not_a_spreadsheet("the data of some program, not text")


def refuse_markup(text: str) -> None:
    """Refuse text that is a web page or an XML document.

    Raises:
        FileRefused: F02, saying what it looks like.
    """
    if not text[:64].lstrip("\ufeff \t\r\n").startswith("<"):
        return
    found = _FIRST_ELEMENT.search(re.sub(r"<!DOCTYPE html[^>]*>", "<html>", text[:2048], flags=re.IGNORECASE))
    root = found[1] if found else ""
    other = (f"an XML file: its outermost element is <{root}>" if root else "an XML file", FETCH)
    raise not_a_spreadsheet(*_ROOTS.get(root.casefold(), other), value=root)


def kind_of_zip(parts: Mapping[str, bytes]) -> Kind:
    """Say which kind of workbook a zip file is.

    Raises:
        FileRefused: F02, where it is none that is read.
    """
    if "xl/workbook.xml" in parts:
        return Kind.XLSX
    if parts.get("mimetype", b"").strip() == b"application/vnd.oasis.opendocument.spreadsheet":
        if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
            raise locked()
        return Kind.ODS
    if "xl/workbook.bin" in parts:
        raise not_a_spreadsheet("an Excel binary workbook (.xlsb), which is not read", SAVE_AS)
    if any(name.startswith("word/") for name in parts):
        raise not_a_spreadsheet("a Word document")
    if any(name.startswith("ppt/") for name in parts):
        raise not_a_spreadsheet("a PowerPoint presentation")
    raise not_a_spreadsheet("a zip file of other files")


def refuse_what_is_no_old_workbook(data: bytes) -> None:
    """Refuse an old Office document that is no Excel workbook, or a workbook that needs a password.

    Raises:
        FileRefused: F02, saying what it looks like.
    """
    if _wide("EncryptedPackage") in data:
        raise locked()
    if _wide("Workbook") in data or _wide("Book") in data:
        return
    looks_like = "an old Word document" if _wide("WordDocument") in data else "an old Office document, but no workbook"
    raise not_a_spreadsheet(looks_like)


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def not_a_spreadsheet(looks_like: str, fix: str = FETCH, *, value: str = "") -> FileRefused:
    """Return the refusal (F02) of a file that is something else."""
    return FileRefused("F02", f"This is not a spreadsheet. It looks like {looks_like}.", fix, value=value)
