"""On which line a thing stands: found by a second look at the file, when a finding needs it.

The reader notes only where each pupil and each row begins, in bytes. Most files are clean and never need more.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from xml.parsers import expat

from keystage.ctf.vocabulary import canonical

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "upn": "UPN",
        "surname": "Surname",
        "forename": "Forename",
        "birth_date": "DOB",
        "sex": "Sex",
        "code": "Result",
        "year": "Year",
        "date": "ResultDate",
    }
)
"""How a return's fields are called in the file (see :class:`~keystage.returns.source.Source`)."""

_SAME = {"Gender": "Sex"}
_NEAR = 65_536  # bytes of an element that are looked through first; nearly every element is shorter


class Places:
    """The lines of one file. What it works out it keeps: that is all the state it has."""

    def __init__(self, data: bytes = b"") -> None:
        self._data = data

    @cached_property
    def _line_ends(self) -> list[int]:
        return [found.start() for found in re.finditer(rb"\r\n|\n|\r", self._data)]

    def line(self, at: int, field: str = "") -> int:
        """Return the line, from 1, of the element that begins at a byte, or of a part of it where it has that part.

        A part is a field of :data:`FIELDS`, or a path of element names such as ``SourceSchool/LEA``.
        """
        if field:
            at = self.part(at, tuple(FIELDS.get(field, field).split("/")))
        return bisect_left(self._line_ends, at) + 1

    def part(self, at: int, path: tuple[str, ...]) -> int:
        """Return where a part of the element at a byte begins; the deepest of its path that there is."""
        near = self._data[at : at + _NEAR]
        found, ended = _find(near, path)
        if not ended and len(near) == _NEAR:
            found, _ = _find(self._data[at:], path)
        return at + found


class _Ended(Exception):
    """The element has ended, or its part was found."""


def _find(xml: bytes, path: tuple[str, ...]) -> tuple[int, bool]:
    """Look for the first element at a path below the element that begins ``xml``: its byte, and if all was seen."""
    parser = expat.ParserCreate("utf-8")
    depth = matched = found = 0

    def start(name: str, _attributes: object) -> None:
        nonlocal depth, matched, found
        known = canonical(name) or name
        if depth == 0:
            found = parser.CurrentByteIndex
        if depth == matched + 1 and _SAME.get(known, known) == path[matched]:
            found = parser.CurrentByteIndex
            matched += 1
            if matched == len(path):
                raise _Ended
        depth += 1

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1
        if depth <= matched:
            raise _Ended

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(xml, False)
    except _Ended:
        return found, True
    except expat.ExpatError:
        pass
    return found, False
