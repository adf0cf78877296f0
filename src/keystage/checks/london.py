"""The time in London, without a database of time zones: it is not on every machine, and not in a browser."""

from datetime import UTC, date, datetime, timedelta


def london_time(moment: datetime) -> datetime:
    """Return the date and time that clocks in London show at a moment, without a zone.

    British Summer Time runs from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October.
    """
    utc = moment.astimezone(UTC)
    begins, ends = _last_sunday(utc.year, 3), _last_sunday(utc.year, 10)
    return (utc + timedelta(hours=1) if begins <= utc < ends else utc).replace(tzinfo=None)


def london_date(moment: datetime) -> date:
    """Return the date in London at a moment."""
    return london_time(moment).date()


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)
