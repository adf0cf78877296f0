"""What stands around the document: a doubled or late XML declaration, stray text before it, nothing after it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_DECLARATION = re.compile(rb"<\?xml\b[^>]*\?>")
_ROOT = re.compile(rb"<(?:[\w.-]+:)?CTfile\b", re.IGNORECASE)
PLAIN = b'<?xml version="1.0" encoding="UTF-8"?>'


class Said(NamedTuple):
    """What was done, and where."""

    what: str
    line: int
    before: str
    after: str


def unwrapped(text: bytes) -> tuple[bytes, list[Said]]:
    """Return a document with one plain declaration before it and nothing else but comments, and what was done."""
    root = _ROOT.search(text)
    if root is None:
        return text, []
    prolog, rest = text[: root.start()], text[root.start() :]
    if b"<!DOCTYPE" in prolog.upper():
        return text, []
    done = list(_done(prolog, text))
    trailing = rest.rstrip(b"\x00\x1a \t\r\n")
    if len(trailing) < len(rest) and any(byte in b"\x00\x1a" for byte in rest[len(trailing) :]):
        done.append(Said("Empty characters after the document were taken out.", text.count(b"\n") + 1, "", ""))
        rest = trailing + b"\n"
    lines = prolog.count(b"\n") if b"\n" in prolog else 0
    if done or not _is_plain(prolog):
        return PLAIN + b"\n" * max(lines, 1) + rest, done
    return text, done


def _is_plain(prolog: bytes) -> bool:
    """Say whether a beginning can stay: nothing, or one declaration of UTF-8, with comments at the most."""
    declared = _DECLARATION.findall(prolog)
    return not declared or b"utf-8" in declared[0].lower() or b"encoding" not in declared[0]


def _done(prolog: bytes, text: bytes) -> Iterator[Said]:
    found = list(_DECLARATION.finditer(prolog))
    for extra in found[1:]:
        line = text.count(b"\n", 0, extra.start()) + 1
        yield Said("A second line <?xml …?> was taken out.", line, extra[0].decode("utf-8", "replace"), "")
    bare = re.sub(rb"<!--.*?-->", b"", _DECLARATION.sub(b"", prolog), flags=re.DOTALL).strip(b" \t\r\n\x00")
    if bare:
        yield Said("Text before the document was taken out.", 1, bare[:80].decode("utf-8", "replace"), "")
    elif found and found[0].start() > 0:
        yield Said("Blank space before <?xml …?> was taken out.", 1, "", "")
