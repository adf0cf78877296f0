"""Made-up schools: any one of them can be made alone, from the seed and its place in the country.

Numbers: the first two thousand schools have the authority number 999, which no authority has, and establishment
numbers 2000 to 3999; the next have 998, 997 … down to 944. Real authority numbers end at 943, so no number here is that
of a real school. Names are invented place words.
"""

from dataclasses import dataclass
from enum import StrEnum
from random import Random

FIRST_AUTHORITY, LAST_AUTHORITY = 999, 944
FIRST_ESTABLISHMENT, ESTABLISHMENTS = 2000, 2000
MOST_SCHOOLS = (FIRST_AUTHORITY - LAST_AUTHORITY + 1) * ESTABLISHMENTS

_BEGINNINGS = (
    "Quell Thrub Wex Marl Dunnock Ember Fen Gorse Hazel Inkle Jessa Kestle Lark Mizzle Nettle Oaken Pim Rushen"
)
_MIDDLES = "ber den ham in ling mer ning or sel ter"
_ENDINGS = (
    "bridge brook by combe cross dale field ford hampton hollow hurst ley mere moor stead thwaite ton well wick worth"
)
_KINDS = (
    "Primary School",
    "Junior School",
    "C.E. Primary School",
    "Primary Academy",
    "St Nobody’s R.C. Primary School",
)


class Kind(StrEnum):
    """What sort of school it is."""

    PRIMARY = "primary"
    LARGE = "large"
    SPECIAL = "special"
    SINGLE = "single"
    """A school with one pupil at the end of key stage 2."""


_SIZES = {Kind.PRIMARY: (15, 60), Kind.LARGE: (90, 240), Kind.SPECIAL: (3, 14), Kind.SINGLE: (1, 1)}
_SHARES = {Kind.PRIMARY: 0.931, Kind.LARGE: 0.024, Kind.SPECIAL: 0.04, Kind.SINGLE: 0.005}


@dataclass(frozen=True, slots=True)
class School:
    """A made-up school."""

    index: int
    """Its place in the country, from 0."""
    number: str
    """Seven figures: authority and establishment."""
    urn: str
    name: str
    kind: Kind
    pupils: int
    """How many finish key stage 2 this year."""


def chance_of(seed: int, year: int, index: int, what: str = "") -> Random:
    """Return the chance of one school, which depends on nothing but these."""
    return Random(f"keystage/{seed}/{year}/{index}/{what}")


def school(chance: Random, index: int, *, pupils: int | None = None, kind: Kind | None = None) -> School:
    """Make up a school.

    Raises:
        ValueError: there are no numbers left for a school at this place.
    """
    if not 0 <= index < MOST_SCHOOLS:
        raise ValueError(f"There are made-up numbers for {MOST_SCHOOLS:,} schools, not for school {index:,}.")
    if kind is None:
        kind = chance.choices(list(_SHARES), list(_SHARES.values()))[0]
    size = chance.randint(*_SIZES[kind])
    return School(
        index,
        number(index),
        urn=f"{900_000 + index % 100_000}",
        name=_name(chance, kind),
        kind=kind,
        pupils=size if pupils is None else pupils,
    )


def number(index: int) -> str:
    """Return the seven figures of the school at a place."""
    block, place = divmod(index, ESTABLISHMENTS)
    return f"{FIRST_AUTHORITY - block}{FIRST_ESTABLISHMENT + place}"


def _name(chance: Random, kind: Kind) -> str:
    middle = chance.choice(_MIDDLES.split()) if chance.random() < 0.6 else ""
    place = chance.choice(_BEGINNINGS.split()) + middle + chance.choice(_ENDINGS.split())
    return f"{place} {'School' if kind is Kind.SPECIAL else chance.choice(_KINDS)}"
