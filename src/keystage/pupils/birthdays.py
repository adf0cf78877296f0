"""Dates of birth, and other days in a pupil's record, as schools write them."""

import re
from datetime import date
from functools import lru_cache

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_BRITISH = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})", re.ASCII)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_IN_WORDS = re.compile(r"(?:[a-z]+,? )?(\d\d?)(?:st|nd|rd|th)?[ -]([a-z]+),?[ -](\d{4})", re.ASCII | re.IGNORECASE)
_AT_MIDNIGHT = re.compile(r"[T ]0?0:00(:00(\.0+)?)?Z?", re.ASCII)


@lru_cache(maxsize=16_384)
def parse_iso(text: str) -> date | None:
    """Read a date written ``YYYY-MM-DD``, the only form a Common Transfer File allows; None for anything else."""
    return _date(*found.groups()) if (found := _ISO.fullmatch(text)) else None


@lru_cache(maxsize=16_384)
def parse(text: str) -> date | None:
    """Read a date written ``YYYY-MM-DD`` or ``DD/MM/YYYY``, as spreadsheets have it; None for anything else."""
    text = text.strip()
    if found := _BRITISH.fullmatch(text):
        day, month, year = found.groups()
        return _date(year, month, day)
    return parse_iso(text)


@lru_cache(maxsize=16_384)
def parse_written(text: str) -> date | None:
    """Read a date as the exports of school systems have it; None for anything else.

    Besides what :func:`parse` reads: ``9 Mar 2015``, ``09-Mar-2015``, ``Mon, 9 March 2015``, and any of these with the
    time 00:00. A year of two figures is not read, because it does not say its century.
    """
    text = _AT_MIDNIGHT.sub("", " ".join(text.split()))
    if found := _IN_WORDS.fullmatch(text):
        day, month, year = found.groups()
        return _date(year, str(_month(month.casefold())), day)
    return parse(text)


def _month(name: str) -> int:
    """Return the number of a month's name, 0 where it is none."""
    found = [number for number, month in enumerate(_MONTHS, start=1) if name in (month, month[:3])]
    return found[0] if found else 9 if name == "sept" else 0


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
