"""What a file of many pupils says of one of them, and the same file without that.

A Common Transfer File loses the pupil's element, a table of text the pupil's lines; every other byte stays. A workbook,
a zip and a PDF cannot be mended so: where they may speak of the pupil, their content goes as a whole.
"""

import csv
import re
from dataclasses import dataclass
from io import BytesIO, StringIO
from zipfile import BadZipFile, ZipFile

from keystage.ctf.reader import read
from keystage.returns.refused import FileRefused
from keystage.service.personal.words import Words

_END = re.compile(rb"</(?:[\w.-]+:)?pupil\s*>", re.IGNORECASE)
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_MOST_MEMBERS, _LARGEST = 10_000, 200_000_000
"""Of a zip that is looked through; what has more, or is larger when unpacked, counts as not searched."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says of a pupil."""

    rows: tuple[str, ...]
    """The pupil's lines or elements, as they stand."""
    searched: bool = True
    """Whether the whole of it could be looked through."""


def said_in(content: bytes, words: Words) -> Said:
    """Return what a file says of a pupil; of a zip, what its members say."""
    if content.startswith(b"%PDF"):
        return Said((), searched=False)
    if content.startswith(b"PK"):
        return _said_in_zip(content, words)
    if content.startswith(_OLD_WORKBOOK):
        return _said_in_workbook(content, words)
    if found := _elements(content):
        return Said(tuple(_text(each) for each in found if words.in_text(_text(each))))
    lines = _lines(content)
    if lines is None:
        return Said((), searched=not words.mentioned(_text(content)))
    return Said(tuple(line.strip() for line in lines if words.in_text(line)))


def without(content: bytes, words: Words) -> bytes | None:
    """Return a file without what it says of a pupil; None where its content must go as a whole.

    A file that says nothing of the pupil is returned as it is.
    """
    said = said_in(content, words)
    if said.searched and not said.rows:
        return content
    if content.startswith((b"%PDF", b"PK", _OLD_WORKBOOK)):
        return None
    if found := _elements(content):
        for each in found:
            if words.in_text(_text(each)):
                content = content.replace(each, b"", 1)
    else:
        lines = _lines(content)
        if lines is None:
            return None
        text = "".join(line for line in lines if not words.in_text(line))
        content = text.encode(_encoding(content))
    left = said_in(content, words)
    return None if left.rows or not left.searched or words.mentioned(_text(content)) else content


def _elements(content: bytes) -> list[bytes]:
    """Return the pupils' elements of a Common Transfer File, each as it stands; none where it is something else."""
    if b"<" not in content[:200]:
        return []
    try:
        file = read(content)
    except FileRefused:
        return []
    if file.data not in content:  # in another encoding: it cannot be cut by bytes
        return []
    found = []
    for at in file.pupils_at:
        end = _END.search(file.data, at)
        if end:
            found.append(file.data[at : end.end()])
    return found


def _lines(content: bytes) -> list[str] | None:
    """Return the lines of a table of text, with their ends; None where a line is not an entry of its own."""
    if content.lstrip()[:1] == b"<":
        return None
    lines = _text(content).splitlines(keepends=True)
    try:
        entries = sum(1 for _ in csv.reader(StringIO(_text(content), newline="")))
    except csv.Error:
        return None
    return lines if entries == len(lines) else None


def _said_in_zip(content: bytes, words: Words) -> Said:
    try:
        with ZipFile(BytesIO(content)) as zipped:
            members = zipped.infolist()
            if len(members) > _MOST_MEMBERS or sum(each.file_size for each in members) > _LARGEST:
                return Said((), searched=False)
            if "[Content_Types].xml" in zipped.namelist():
                return _said_in_workbook(content, words)
            each_says = [said_in(zipped.read(each), words) for each in members if not each.is_dir()]
    except (BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError):
        return Said((), searched=False)
    return Said(tuple(row for each in each_says for row in each.rows), all(each.searched for each in each_says))


def _said_in_workbook(content: bytes, words: Words) -> Said:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    except (CalamineError, OSError, ValueError):
        return Said((), searched=False)
    texts = ("\t".join(map(str, row)) for row in rows)
    return Said(tuple(text for text in texts if words.in_text(text)))


def _encoding(content: bytes) -> str:
    if content.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    try:
        content.decode()
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"


def _text(content: bytes) -> str:
    return content.decode(_encoding(content))
