"""Dates, times and counts in words, as GOV.UK writes them; times are London's."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Protocol

from keystage.checks.london import london_time

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Named(Protocol):
    """Anybody with a forename and a surname."""

    @property
    def forename(self) -> str:
        """The forename, or nothing."""

    @property
    def surname(self) -> str:
        """The surname, or nothing."""


def date_words(value: date | None) -> str:
    """Return a day in words, ``24 June 2026``: of a moment, the day it is in London; of nothing, nothing."""
    if value is None:
        return ""
    day = _in_london(value) if isinstance(value, datetime) else value
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def time_words(value: datetime | time | None) -> str:
    """Return a time in words, ``2:05pm``, ``9am``, ``midday``, ``midnight``: of a moment, the time in London."""
    if value is None:
        return ""
    clock = _in_london(value).time() if isinstance(value, datetime) else value
    if clock.minute == 0 and clock.hour in (0, 12):
        return "midday" if clock.hour else "midnight"
    minutes = f":{clock.minute:02}" if clock.minute else ""
    return f"{clock.hour % 12 or 12}{minutes}{'pm' if clock.hour >= 12 else 'am'}"


def moment_words(value: datetime | None) -> str:
    """Return a moment in words, ``24 June 2026 at 2:05pm``, by London's clocks."""
    return f"{date_words(value)} at {time_words(value)}" if value is not None else ""


def until_words(value: datetime | None) -> str:
    """Return in words until when something lasts: ``the end of 26 June 2026``, ``26 June 2026 at 9am``."""
    if value is None:
        return ""
    if _in_london(value).time() == time():
        return f"the end of {date_words(_in_london(value).date() - timedelta(days=1))}"
    return moment_words(value)


def plural(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun: ``1 pupil``, ``1,234 pupils``, ``2 children`` where the plural is given."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def join_words(words: Sequence[str], last: str = "and") -> str:
    """Return words as a sentence lists them: ``reading, writing and maths``."""
    each = [str(word) for word in words]
    return f"{', '.join(each[:-1])} {last} {each[-1]}" if len(each) > 1 else "".join(each)


def name_in_sentence(pupil: Named) -> str:
    """Return a pupil's name as a sentence says it, ``Forename Surname``; lists show ``Surname, Forename``."""
    return " ".join(part for part in (pupil.forename.strip(), pupil.surname.strip()) if part)


def _in_london(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone cannot be shown: nobody knows when it is.")
    return london_time(moment)
