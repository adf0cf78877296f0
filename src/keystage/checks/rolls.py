"""Reads a roll from whatever a school has: a Common Transfer File or a spreadsheet, told apart by content."""

import re

from keystage.ctf.reader import read
from keystage.ctf.to_roll import to_roll
from keystage.returns.roll import Roll
from keystage.sheets.roll import read_roll
from keystage.years.year import CollectionYear

_LOOKED_AT = 4_096
_ROOT = re.compile(rb"<(?:[\w.-]+:)?ctfile\b", re.IGNORECASE)


def read_any_roll(content: bytes, name: str, year: CollectionYear) -> Roll:
    """Read a roll from the bytes of a file.

    Args:
        content: the file's bytes.
        name: the file's name.
        year: the collection year.

    Raises:
        RollRefused: it can be read and holds no roll.
        FileRefused: it cannot be read.
    """
    return to_roll(read(content, name=name)) if is_ctf(content) else read_roll(content, name=name, year=year)


def is_ctf(content: bytes) -> bool:
    """Say whether bytes begin like a Common Transfer File, in any of its encodings; damaged ones count."""
    beginning = content[:_LOOKED_AT].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\x00", b"").lstrip()
    return beginning.startswith(b"<") and _ROOT.search(beginning) is not None
