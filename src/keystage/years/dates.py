"""The key dates of a collection year. A date that is not known is not there."""

from dataclasses import dataclass
from datetime import date, time

from keystage.years.provenance import Provenance
from keystage.years.reading import Part

_IN_ORDER = (
    ("registration_opens", "registration_deadline"),
    ("test_week_starts", "test_week_ends"),
    ("ta_opens", "ta_deadline"),
)


@dataclass(frozen=True, slots=True)
class KeyDate:
    """One date; the time, where known, is the time in London."""

    key: str
    date: date
    time: time | None
    event: str
    provenance: Provenance


def read_dates(parts: tuple[Part, ...], year: int) -> tuple[KeyDate, ...]:
    """Read `[[dates]]`, in order of time."""
    found: dict[str, KeyDate] = {}
    first, last = date(year - 2, 9, 1), date(year, 12, 31)
    for part in parts:
        key, day = part.text("key"), part.need("date", date)
        if key in found:
            raise part.fault(f"The date `{key}` stands twice.", "each key once.", "key")
        if not first <= day <= last:
            raise part.fault(f"{day} is not in the collection year {year}.", f"a date from {first} to {last}.", "date")
        found[key] = KeyDate(key, day, part.maybe("time", time), part.text("event"), part.provenance(f"date {key}"))
        for before, after in _IN_ORDER:
            if before in found and after in found and found[before].date > found[after].date:
                raise part.fault(f"`{before}` comes after `{after}`.", "the two in order.", "date")
    return tuple(sorted(found.values(), key=lambda each: (each.date, each.time or time.min)))
