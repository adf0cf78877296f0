"""Made-up pupils: who they are, where they stand on the register, and how they were judged.

UPNs are valid and nobody's: their authority number is 999, which none has, or an old or new real one with an
establishment number below 1000, which no school has. They are unique in the whole made-up country.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import NamedTuple

from keystage.pupils.names import fold
from keystage.pupils.upn import LETTERS, authorities, check_letter
from keystage.simulate import judgements, names
from keystage.simulate.judgements import Abilities, Codes, Standing, Statuses, Thresholds
from keystage.simulate.schools import ESTABLISHMENTS, Kind, School
from keystage.years import CollectionYear, Subject
from keystage.years.registration import PupilStatus, TestStatus

_SERIALS = 999


class MadePupil(NamedTuple):
    """One made-up pupil, before anything goes wrong."""

    upn: str
    former_upn: str
    surname: str
    forename: str
    born: date
    sex: str
    standing: Standing
    tests: Statuses
    status: PupilStatus
    date_left: date | None
    moderated: str
    codes: Codes
    able: Abilities


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of a year that pupils' stories need; where a date is not known, the usual one."""

    first_born: date
    days_born: int
    tests_start: date
    tests_end: date
    deadline: date

    @classmethod
    def of(cls, year: CollectionYear) -> "Calendar":
        """Return the days of a collection year."""
        first, last = year.usual_birth_dates

        def day(key: str, usual: date) -> date:
            found = year.find_date(key)
            return found.date if found else usual

        return cls(
            first,
            (last - first).days + 1,
            day("test_week_starts", date(year.year, 5, 11)),
            day("test_week_ends", date(year.year, 5, 14)),
            day("ta_deadline", date(year.year, 6, 26)),
        )


def make(chance: Random, school: School, year: CollectionYear, *, encoding: str = "utf-8") -> list[MadePupil]:
    """Make up the pupils of a school; names hold only letters of ``encoding``."""
    return _Making(chance, school, year, encoding).pupils()


def one_more(chance: Random, school: School, year: CollectionYear, *, encoding: str = "utf-8") -> MadePupil:
    """Make up one pupil besides those of a school, with a UPN that none of them has."""
    making = _Making(chance, school, year, encoding)
    making.first_year -= 30  # no pupil of the school was given a number in that year
    return making.pupil(chance.randrange(_SERIALS), None)


class _Making:
    def __init__(self, chance: Random, school: School, year: CollectionYear, encoding: str) -> None:
        self.chance = chance
        self.school = school
        self.encoding = encoding
        self.calendar = Calendar.of(year)
        self.thresholds: Thresholds = judgements.thresholds(year)
        self.average = -2.2 if school.kind is Kind.SPECIAL else chance.gauss(0, 0.24)
        self.is_moderated = chance.random() < 0.25
        self.numbered_from = chance.randrange(_SERIALS)
        self.first_year = year.year - 7
        self.own, self.other = _prefixes(school)
        self.known: set[tuple[str, str, date]] = set()

    def pupils(self) -> list[MadePupil]:
        made: list[MadePupil] = []
        for place in range(self.school.pupils):
            twin_of = made[-1] if made and self.chance.random() < 0.012 else None
            made.append(self.pupil(place, twin_of))
        return made

    def pupil(self, place: int, twin_of: MadePupil | None) -> MadePupil:
        chance = self.chance
        sex = "F" if chance.random() < 0.488 else "M"
        name, born = self.identity(sex, twin_of)
        moved = twin_of is None and chance.random() < 0.2
        upn = self.upn(place, moved)
        able = judgements.abilities(chance, self.average)
        stands = judgements.standing(chance)
        tests = judgements.statuses(chance, able, stands, self.thresholds)
        codes = judgements.codes(chance, able, stands, tests, self.thresholds)
        is_sampled = self.is_moderated and chance.random() < 0.15
        return MadePupil(
            upn,
            self.former_upn(place) if moved and chance.random() < 0.2 else "",
            *name,
            born,
            sex,
            stands,
            tests,
            PupilStatus.LEFT if stands is Standing.LEFT_BEFORE and not _has_left(tests) else PupilStatus.REGISTERED,
            self.date_left(stands),
            codes[Subject.WRITING] if is_sampled and len(codes[Subject.WRITING]) > 1 else "",
            codes,
            able,
        )

    def identity(self, sex: str, twin_of: MadePupil | None) -> tuple[names.Name, date]:
        """Make up a name and a date of birth that nobody else in the school has together."""
        while True:
            name = names.name(self.chance, sex, self.encoding)
            born = self.calendar.first_born + timedelta(self.chance.randrange(self.calendar.days_born))
            if twin_of:
                name, born = names.Name(twin_of.surname, name.forename), twin_of.born
            key = fold(name.surname), fold(name.forename), born
            if key not in self.known:
                self.known.add(key)
                return name, born

    def upn(self, place: int, moved: bool) -> str:
        block, place = divmod(place, _SERIALS)
        serial = 1 + (self.numbered_from + place * 500) % _SERIALS
        body = f"{self.other if moved else self.own}{(self.first_year - block) % 100:02}{serial:03}"
        return check_letter(body) + body

    def former_upn(self, place: int) -> str:
        """Make up the temporary UPN that a pupil had at first."""
        body = f"{self.other}{self.first_year % 100:02}{place % 100:02}{LETTERS[place // 100 % len(LETTERS)]}"
        return check_letter(body) + body

    def date_left(self, stands: Standing) -> date | None:
        if stands is Standing.LEFT_BEFORE:
            return self.calendar.tests_start - timedelta(self.chance.randint(4, 60))
        if stands is Standing.LEFT_AFTER:
            return self.calendar.tests_end + timedelta(self.chance.randint(4, 25))
        return None


@cache
def _authorities() -> tuple[str, ...]:
    return tuple(sorted(authorities() - {"999"}))


def _has_left(tests: Statuses) -> bool:
    return set(tests.values()) == {TestStatus.LEFT}


def _prefixes(school: School) -> tuple[str, str]:
    """Return authority and establishment of the UPNs that a school gives, and of those of pupils who moved there."""
    numbers = _authorities()
    establishment, authority = divmod(school.index, len(numbers))
    other = f"{numbers[authority]}{1 + establishment:04}"
    return (school.number if school.index < ESTABLISHMENTS else f"{other[:3]}{500 + int(other[3:]):04}"), other
