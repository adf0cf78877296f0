"""Guarding against formula injection: a text that a spreadsheet program would run as a formula.

A cell of a CSV file that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return may be taken for a formula.
Such a text is written with an apostrophe before it, and read without; a text that has apostrophes there already gets
one more, so that every text comes back as it was.
"""

import re

_DANGEROUS = re.compile(r"[=+\-@\t\r]")
_TO_GUARD = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_HARMLESS = re.compile(r"-|[+-]\d+(?:[.,]\d+)?%?", re.ASCII)


def is_injection(text: str) -> bool:
    """Say whether a spreadsheet program might run a text as a formula. A lone ``-`` or a signed number is harmless."""
    return _DANGEROUS.match(text) is not None and _HARMLESS.fullmatch(text) is None


def guard(text: str) -> str:
    """Return a text as it is safe to write in a CSV file."""
    return "'" + text if _TO_GUARD.match(text) and not _HARMLESS.fullmatch(text) else text


def unguard(text: str) -> str:
    """Return a text as it was before it was guarded."""
    return text[1:] if _GUARDED.match(text) else text
