"""The unique pupil number (UPN): thirteen characters, the first of which checks the other twelve.

Position 1 is the check letter, 2-4 the local authority and 5-8 the school that gave the number, 9-10 the year it was
given, 11-13 a serial. In a temporary UPN the last character is a letter. The letters I, O and S are never used.
A UPN keeps the authority and school where it was first given, so it says nothing about where the pupil is now.

Source: the UPN data standard 2.0, as the multiplication tables check service and python-stdnum apply it.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from importlib.resources import files
from operator import mul

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The twenty-three letters of a UPN; a letter is worth its place in this string, A = 0 to Z = 22."""

LENGTH = 13

_SHAPE = re.compile(rf"[{LETTERS}]\d{{11}}[0-9{LETTERS}]", re.ASCII)
_WEIGHTS = range(2, 14)
# The sum is taken over character codes; every weight then carries 48, the code of "0", too much: 48 x (2 + ... + 13).
_TOO_MUCH = ord("0") * sum(_WEIGHTS)


class Fault(StrEnum):
    """What can be wrong with a UPN, or worth asking about it, each told apart."""

    MISSING = "missing"
    FORMAT = "format"
    CHECK_LETTER = "check letter"
    UNKNOWN_AUTHORITY = "unknown authority"
    TEMPORARY = "temporary"


@cache
def authorities() -> frozenset[str]:
    """Return the local authority numbers that a UPN may hold, old and new, and 999 for tests.

    Source: the list of the multiplication tables check service, carried in ``upn_authorities.csv``.
    """
    text = files(__package__).joinpath("upn_authorities.csv").read_text(encoding="utf-8")
    return frozenset(line.partition(",")[0] for line in text.splitlines()[1:] if line)


def check_letter(body: str) -> str:
    """Return the letter that belongs before the twelve characters of ``body`` (eleven digits, then a digit or letter).

    Weights 2 to 13, summed, modulo 23, picked from :data:`LETTERS`.
    """
    total = sum(map(mul, _WEIGHTS, body.encode("ascii"))) - _TOO_MUCH
    last = body[-1]
    if last in LETTERS:
        total += 13 * (LETTERS.index(last) - (ord(last) - ord("0")))
    return LETTERS[total % 23]


def is_well_formed(upn: str) -> bool:
    """Say whether the UPN has the right characters in the right places, whatever its check letter."""
    return _SHAPE.fullmatch(upn) is not None


def is_temporary(upn: str) -> bool:
    """Say whether a well-formed UPN is a temporary one: its last character is a letter."""
    return upn[-1] in LETTERS


def faults(upn: str) -> tuple[Fault, ...]:
    """Return everything wrong with a UPN, or worth a question; nothing for a sound permanent one.

    A malformed UPN has only that fault: its check letter and authority cannot be judged.
    """
    if not is_well_formed(upn):
        return (Fault.FORMAT,) if upn else (Fault.MISSING,)
    found = []
    if upn[0] != check_letter(upn[1:]):
        found.append(Fault.CHECK_LETTER)
    if upn[1:4] not in authorities():
        found.append(Fault.UNKNOWN_AUTHORITY)
    if is_temporary(upn):
        found.append(Fault.TEMPORARY)
    return tuple(found)


def explain_format(upn: str) -> str:
    """Say in words which characters of a malformed UPN are wrong, for a person who has to mend it."""
    if re.fullmatch(r"\d(\.\d+)?E\+?\d+", upn, re.IGNORECASE | re.ASCII):
        return "a spreadsheet has turned it into a rounded number, so the real digits are lost"
    if is_well_formed(upn.upper().replace(" ", "")):
        return "it has small letters or spaces in it"
    if len(upn) != LENGTH:
        return f"it has {len(upn)} character{'' if len(upn) == 1 else 's'} where a UPN has {LENGTH}"
    return "; ".join(_wrong_characters(upn))


def _wrong_characters(upn: str) -> Iterator[str]:
    if upn[0] not in LETTERS:
        yield f"character 1 is “{upn[0]}” where a letter is needed (never I, O or S)"
    for place, character in enumerate(upn[1:12], start=2):
        if character not in "0123456789":
            yield f"character {place} is “{character}” where a digit is needed"
    if upn[12] not in "0123456789" + LETTERS:
        yield f"character 13 is “{upn[12]}” where a digit is needed, or for a temporary UPN a letter (never I, O or S)"
