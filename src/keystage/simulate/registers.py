"""Registers as schools' systems would write them: with words or letters, in one form of date or the other."""

from datetime import date
from random import Random

from keystage.returns.register import Expected, Register
from keystage.simulate.filed import RegisterRow
from keystage.simulate.results import quoted
from keystage.simulate.schools import School
from keystage.years import CollectionYear
from keystage.years.registration import PupilStatus, TestStatus

_NEEDED = ("upn", "surname", "forename", "dob", "sex")
_OTHERS = ("reading", "maths", "gps", "status", "former_upn", "date_left", "moderated_writing")


def text(rows: list[RegisterRow], year: CollectionYear, chance: Random) -> str:
    """Return a register as a CSV file."""
    writes_iso, writes_letters, writes_all = (chance.random() < share for share in (0.7, 0.3, 0.6))
    letters: dict[str, str] = {}
    if writes_letters:
        letters = {each.word: each.letter for each in year.registration.test if each.letter}
        letters["registered"] = ""
    plain = not any(map(_is_special, rows))
    columns = _NEEDED if plain and not writes_all else (*_NEEDED, *_OTHERS)

    def day(when: date | None) -> str:
        return "" if when is None else when.isoformat() if writes_iso else f"{when.day:02}/{when.month:02}/{when.year}"

    def cells(row: RegisterRow) -> tuple[str, ...]:
        words = [letters.get(row.tests[test], row.tests[test]) for test in ("reading", "maths", "gps")]
        status = "" if row.status is PupilStatus.REGISTERED and writes_letters else str(row.status)
        return (
            *(row.upn, row.surname, row.forename, day(row.born), row.sex),
            *words,
            *(status, row.former_upn, day(row.date_left), row.moderated),
        )

    lines = [",".join(columns)]
    lines += [",".join(map(quoted, cells(row)[: len(columns)])) for row in rows]
    return "\n".join(lines) + "\n"


NATIONAL_HEADING = ",".join(("school", "school_name", *_NEEDED, *_OTHERS)) + "\n"
"""The headings of the registers of all schools in one file."""


def national(register: Register, school: School) -> str:
    """Return the lines of one school in the registers of all schools."""

    def cells(pupil: Expected) -> tuple[str, ...]:
        born, left = (day.isoformat() if day else "" for day in (pupil.birth_date, pupil.date_left))
        return (
            *(school.number, school.name, pupil.upn, pupil.surname, pupil.forename, born, pupil.sex),
            *(pupil.reading, pupil.maths, pupil.gps, pupil.status, pupil.former_upn, left, pupil.moderated_writing),
        )

    return "".join(",".join(map(quoted, cells(pupil))) + "\n" for pupil in register.pupils)


def _is_special(row: RegisterRow) -> bool:
    return bool(
        row.former_upn
        or row.date_left
        or row.moderated
        or row.status is not PupilStatus.REGISTERED
        or any(status is not TestStatus.REGISTERED for status in row.tests.values())
    )
