"""The dates of the years that are held, and what is assumed of the last one."""

from dataclasses import dataclass
from datetime import date, time

from keystage.service.config.years import held, load
from keystage.service.design.words import date_words, time_words
from keystage.years.provenance import Basis
from keystage.years.year import CollectionYear


@dataclass(frozen=True, slots=True)
class Dated:
    """Something that happens on a day, and how sure the day is."""

    when: str
    what: str
    sure: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class YearDates:
    """The dates of a year."""

    year: int
    is_draft: bool
    rows: tuple[Dated, ...]


@dataclass(frozen=True, slots=True)
class Assumed:
    """What is assumed of a year."""

    year: int
    total: int
    """How many parts the year's data has."""
    parts: tuple[tuple[str, str], ...]
    """The name of each assumed part, and what is said of it."""


def dates() -> tuple[YearDates, ...]:
    """Return the dates of every year that is held, the latest first."""
    return tuple(_of(load(year)) for year in sorted(held(), reverse=True))


def assumed() -> Assumed:
    """Return what is assumed of the latest year that is no draft."""
    year = next(each for each in map(load, sorted(held(), reverse=True)) if not each.is_draft)
    found = tuple((each.part, each.note or "") for each in year.provenance if each.basis is Basis.ASSUMED)
    return Assumed(year.year, len(year.provenance), found)


def _of(year: CollectionYear) -> YearDates:
    rows = tuple(
        Dated(
            _when(each.date, each.time),
            each.event,
            str(each.provenance.basis),
            year.sources.get(each.provenance.source, each.provenance.source),
            each.provenance.note or "",
        )
        for each in year.dates
    )
    return YearDates(year.year, year.is_draft, rows)


def _when(day: date, clock: time | None) -> str:
    return f"{date_words(day)}, {time_words(clock)}" if clock else date_words(day)
