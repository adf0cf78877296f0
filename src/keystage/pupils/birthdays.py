"""Dates of birth as schools write them."""

import re
from datetime import date
from functools import lru_cache

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_BRITISH = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})", re.ASCII)


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


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
