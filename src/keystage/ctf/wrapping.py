"""What stands around the document: a doubled or late XML declaration, stray text before it, nothing after it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_DECLARATION = re.compile(rb"<\?xml\s[^>]*\?>")
_MAY_STAND = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_STAYS = re.compile(rb"<!--.*?-->|<\?(?!xml\s).*?\?>|\r\n?|\n", re.DOTALL)
_ROOT = re.compile(rb"<!--.*?-->|(<(?:[\w.-]+:)?CTfile\b)", re.IGNORECASE | re.DOTALL)
PLAIN = b'<?xml version="1.0" encoding="UTF-8"?>'


class Said(NamedTuple):
    """What was done, and where."""

    what: str
    line: int
    before: str
    after: str


def unwrapped(text: bytes) -> tuple[bytes, list[Said]]:
    """Return a document with one plain declaration before it and nothing else but comments, and what was done."""
    begins = next((found.start() for found in _ROOT.finditer(text) if found[1]), None)
    if begins is None:
        return text, []
    prolog, rest = text[:begins], text[begins:]
    if b"<!DOCTYPE" in prolog.upper():
        return text, []
    done = list(_done(prolog, text))
    trailing = rest.rstrip(b"\x00\x1a \t\r\n")
    if len(trailing) < len(rest) and any(byte in b"\x00\x1a" for byte in rest[len(trailing) :]):
        done.append(Said("Empty characters after the document were taken out.", text.count(b"\n") + 1, "", ""))
        rest = trailing + b"\n"
    if done or not _is_plain(prolog):
        return PLAIN + b"".join(_STAYS.findall(prolog)) + rest, done
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
    bare = _MAY_STAND.sub(b"", prolog).strip(b" \t\r\n\x00")
    if bare:
        yield Said("Text before the document was taken out.", 1, bare[:80].decode("utf-8", "replace"), "")
    elif found and found[0].start() > 0:
        yield Said("What stood before <?xml …?> was taken out.", 1, "", "")
    if len(found) == 1 and not _is_plain(found[0][0]):
        line = text.count(b"\n", 0, found[0].start()) + 1
        yield Said("The line <?xml …?> was written anew.", line, found[0][0].decode("utf-8", "replace"), PLAIN.decode())
