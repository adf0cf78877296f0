"""The lines of a case's file, for pages that people read and to tell one way of a fault from another."""

import re

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_TAG = re.compile(r"\s*<(\w+)[^>]*>(</|<!|[^<\s])?")
_LINES = 10
"""A file of fewer lines is written all on one: nothing can be said of its places."""


def lines_of(data: bytes) -> list[str]:
    """Return the lines of a file in any encoding; what cannot be read is replaced."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _split(data.decode(encoding, "replace"))
    try:
        return _split(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _split(data.decode("cp1252", "replace"))


def _split(text: str) -> list[str]:
    return text.replace("\r\n", "\n").split("\n")


def stands_at(data: bytes, line: int | None) -> str:
    """Return which element begins on a line, and whether a text is in it: how faults of one kind differ."""
    lines = lines_of(data)
    if line is None or len(lines) < _LINES or line > len(lines):
        return ""
    found = _TAG.match(lines[line - 1])
    return f"{found[1]} {'empty' if found[2] == '</' else ''}" if found else ""


def excerpt(lines: list[str], line: int, around: int = 2) -> list[tuple[int, str]]:
    """Return the lines about a line with their numbers, counted from 1."""
    first, last = max(1, line - around), min(len(lines), line + around)
    return [(number, lines[number - 1]) for number in range(first, last + 1)]
