"""Where a day stands to test week, which decides whose pupil is whose: before it, in it, or after it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from keystage.years.year import CollectionYear


class When(StrEnum):
    """Where a day stands to test week."""

    BEFORE = "before test week"
    DURING = "in test week"
    AFTER = "after test week"
    UNKNOWN = "at a time that cannot be told from test week"
    """The dates of test week are not held, and the day is in the school year."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The dates of a year that bear on who is reported; each may be unknown."""

    year: int
    week: tuple[date, date] | None
    """First and last day of test week."""
    registration_deadline: date | None
    updates_close: date | None
    """The last day on which the registration can be changed."""

    def when(self, day: date) -> When:
        """Say where a day stands to test week. Days outside the school year can be told without its dates."""
        if day < date(self.year - 1, 9, 1):
            return When.BEFORE
        if day > date(self.year, 8, 31):
            return When.AFTER
        if self.week is None:
            return When.UNKNOWN
        starts, ends = self.week
        return When.BEFORE if day < starts else When.AFTER if day > ends else When.DURING


def calendar(year: CollectionYear) -> Calendar:
    """Return the dates of a collection year."""
    keys = ("test_week_starts", "test_week_ends", "registration_deadline", "registration_updates_close")
    starts, ends, deadline, close = (found.date if (found := year.find_date(key)) else None for key in keys)
    return Calendar(year.year, (starts, ends) if starts and ends else None, deadline, close)
