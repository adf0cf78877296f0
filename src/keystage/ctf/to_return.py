"""From a file to a return: which rows are the teacher assessments of this return, and which are something else."""

from collections import Counter

from keystage.ctf.model import CtfFile, CtfPupil, Row
from keystage.ctf.vocabulary import canonical
from keystage.pupils.birthdays import parse_iso
from keystage.returns.judgement import Judgement, judgement, tidy
from keystage.returns.value import Extra, Pupil, Return
from keystage.years.rows import RowKey
from keystage.years.year import CollectionYear

TEACHER_ASSESSMENT = ("KS2", "TA")
"""Stage and method of every teacher assessment at the end of key stage 2."""


def collection_year(file: CtfFile) -> int | None:
    """Return the year that a file is for: the commonest of its teacher assessments, else that of its school year.

    The version of the file never counts. None where the file says neither.
    """
    years: Counter[str] = Counter()
    distinct = {id(row): row for pupil in file.pupils for row in pupil.rows}  # equal rows are nearly always one object
    for which, count in Counter(id(row) for pupil in file.pupils for row in pupil.rows).items():
        row = distinct[which]
        if (tidy(row.stage), tidy(row.method)) == TEACHER_ASSESSMENT and _is_year(row.year):
            years[row.year.strip()] += count
    if years:
        return int(min(years, key=lambda year: (-years[year], year)))
    start = file.header.source.academic_year
    return int(start) + 1 if _is_year(start) else None


def _is_year(text: str) -> bool:
    return len(text.strip()) == 4 and text.strip().isdecimal() and text.isascii()


def to_return(file: CtfFile, year: CollectionYear) -> Return:
    """Read a file as the return of a collection year."""
    sorted_row = _Sorting(year)
    pupils: list[Pupil] = []
    extras: list[Extra] = []
    for pupil, pupil_at, rows_at in zip(file.pupils, file.pupils_at, file.rows_at, strict=True):
        judgements: list[Judgement] = []
        places: list[int] = []
        for row, at in zip(pupil.rows, rows_at, strict=True):
            what = sorted_row[row]
            if isinstance(what, Judgement):
                judgements.append(what)
                places.append(at)
                for again in _further_results(row):
                    judgements.append(judgement(what.subject, again, year=what.year, date=what.date))
                    places.append(at)
            else:
                extras.append(Extra(what.kind, what.name, len(pupils), at))
        pupils.append(_pupil(pupil, pupil_at, tuple(judgements), tuple(places)))
    return Return(file.header.source.dfe_number, year.year, tuple(pupils), tuple(extras), file)


def _further_results(row: Row) -> list[str]:
    """Return results that stand beside the first in one row, for a check to find."""
    return [text for name, text in row.other if canonical(name) == "Result"]


def _pupil(pupil: CtfPupil, at: int, judgements: tuple[Judgement, ...], places: tuple[int, ...]) -> Pupil:
    return Pupil(
        pupil.upn,
        pupil.surname.strip(),
        pupil.forename.strip(),
        parse_iso(pupil.birth_date.strip()),
        pupil.birth_date.strip(),
        pupil.sex.strip(),
        pupil.former_upn if pupil.sections else "",
        judgements,
        at,
        places,
    )


class _Sorting(dict[Row, Judgement | Extra]):
    """What each row of a file is. A file has few distinct rows, so each is looked at once."""

    def __init__(self, year: CollectionYear) -> None:
        super().__init__()
        self._rows = year.rows

    def __missing__(self, row: Row) -> Judgement | Extra:
        self[row] = what = self._sort(row)
        return what

    def _sort(self, row: Row) -> Judgement | Extra:
        key = row_key(row)
        subject = self._rows.ta.get(key)
        if subject is not None:
            return judgement(subject, row.result, year=row.year.strip(), date=row.date.strip())
        if (test := self._rows.tests.get(key)) is not None:
            return Extra("test", f"{test[0]} test {test[1]}", 0, 0)
        if (name := self._rows.other_name(*key)) is not None:
            return Extra("other", name, 0, 0)
        return Extra("unknown", " ".join(part or "–" for part in key), 0, 0)


def row_key(row: Row) -> RowKey:
    """Return what a year's tables know a row by."""
    parts = (row.stage, row.subject, row.method, row.component, row.qualifier)
    stage, subject, method, component, qualifier = map(tidy, parts)
    return stage, subject, method, component, qualifier
