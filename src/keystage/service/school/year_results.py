"""The results in force of a school's years, counted: each year once, however many there are.

Five queries for all years together. Everything else is worked out by :mod:`keystage.measures`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from keystage.measures import Counts, Measured, count, count_together, measured
from keystage.pupils.characteristics import Characteristics
from keystage.returns.results import PupilResult as CoreResult
from keystage.service.config.years import load
from keystage.service.school.lines import Line
from keystage.service.school.models import Judgement, Pupil, PupilResult, ResultsLoad, SchoolReturn
from keystage.service.school.records import Records
from keystage.service.school.results import ta_of, tests_of
from keystage.years.subjects import Subject
from keystage.years.year import CollectionYear

_JUDGED = (Subject.WRITING, Subject.SCIENCE)
"""The subjects whose teacher assessments are measures."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A year of a school, counted."""

    school_return: SchoolReturn
    year: CollectionYear
    load: ResultsLoad | None
    """The results that were counted; None where there are only the school's own judgements so far."""
    ordinal: int
    """1 for the first results of the year, 2 for those that revised them, and so on; of what was not undone."""
    table: Mapping[str, Counts]
    matched: frozenset[int]
    """The pupils of the school, by number in the database, of whom the results say something."""
    unmatched: int = 0
    """Pupils of the results who are nobody on the school's roll."""


class _Known(NamedTuple):
    """What the school's own records say of a pupil."""

    sex: str
    birth_date: date | None
    characteristics: Characteristics


class _Row(NamedTuple):
    """What the results say of a pupil, without who it is."""

    pupil: int | None
    """The pupil's number in the database; None where nobody on the roll is it."""
    result: CoreResult


_NOBODY = _Known("", None, Characteristics())


def years_with_results(school_return: SchoolReturn) -> tuple[Counted, ...]:
    """Return the years up to this one that have results in force, the oldest first."""
    standing = _standing(school_return)
    loads = {each.pk: each for each in {each.school_return.year: each for each in standing}.values()}
    often = Counter(each.school_return_id for each in standing)
    rows = _rows(loads.values())
    pupils = _pupils(load.school_return_id for load in loads.values())
    sent = _sent(load.school_return_id for load in loads.values())
    return tuple(
        _counted(each, rows[key], pupils, sent, ordinal=often[each.school_return_id]) for key, each in loads.items()
    )


def together(results: ResultsLoad) -> Counts:
    """Return what results come to, everybody together, by the same rules as a year's: two queries."""
    rows, sent = _rows([results])[results.pk], _sent([results.school_return_id])
    return count_together((_measured(row, {}, sent) for row in rows), load(results.school_return.year))


def judged(records: Records) -> Counted:
    """Return a year without results: the school's judgements of writing and science, which are provisional."""
    year = records.year
    table = count(map(_judged, records.lines), year)
    matched = frozenset(line.pupil.pk for line in records.lines)
    return Counted(records.school_return, year, None, 0, table, matched)


def _standing(school_return: SchoolReturn) -> list[ResultsLoad]:
    """Return the results that were accepted and not undone, the oldest first: the last of a year are in force."""
    found = ResultsLoad.objects.filter(
        school_return__organisation=school_return.organisation_id,
        school_return__year__lte=school_return.year,
        undone_at=None,
    ).select_related("school_return", "incoming__file", "accepted_by")
    return list(found.order_by("school_return__year", "serial"))


def _rows(loads: Iterable[ResultsLoad]) -> dict[int, list[_Row]]:
    """Read what the measures need as plain values: whole objects would take most of the time of a page."""
    found: dict[int, list[_Row]] = {each.pk: [] for each in loads}
    rows = PupilResult.objects.filter(load__in=list(found))
    for load_, pupil, sex, born, tests, ta in rows.values_list(
        "load_id", "pupil_id", "sex", "birth_date", "tests", "ta"
    ):
        result = CoreResult("", "", "", born, "", sex, tests=tests_of(tests), ta=ta_of(ta))
        found[load_].append(_Row(pupil, result))
    return found


def _pupils(returns: Iterable[int]) -> dict[int, _Known]:
    fields = ("pk", "sex", "birth_date", "disadvantaged", "sen", "first_language")
    rows = Pupil.objects.filter(school_return__in=list(returns)).values_list(*fields)
    return {pk: _Known(sex, born, Characteristics(*known)) for pk, sex, born, *known in rows}


def _sent(returns: Iterable[int]) -> dict[int, dict[Subject, str]]:
    """Return the school's judgements of the subjects that are judged, by pupil."""
    rows = Judgement.objects.filter(pupil__school_return__in=list(returns), subject__in=_JUDGED).exclude(code="")
    found: dict[int, dict[Subject, str]] = {}
    for pupil, subject, code in rows.values_list("pupil_id", "subject", "code"):
        found.setdefault(pupil, {})[Subject(subject)] = code
    return found


def _counted(
    of: ResultsLoad,
    rows: list[_Row],
    pupils: Mapping[int, _Known],
    sent: Mapping[int, Mapping[Subject, str]],
    *,
    ordinal: int,
) -> Counted:
    year = load(of.school_return.year)
    matched = frozenset(row.pupil for row in rows if row.pupil is not None)
    each = (_measured(row, pupils, sent) for row in rows)
    return Counted(of.school_return, year, of, ordinal, count(each, year), matched, len(rows) - len(matched))


def _measured(row: _Row, pupils: Mapping[int, _Known], sent: Mapping[int, Mapping[Subject, str]]) -> Measured:
    """Return a pupil as the measures see them: what came back first, then what the school knows."""
    result = row.result
    if row.pupil is None:
        return measured(result)
    known = pupils.get(row.pupil, _NOBODY)
    if result.birth_date is None:
        result = result._replace(birth_date=known.birth_date)
    return measured(result, ta=sent.get(row.pupil), sex=known.sex, characteristics=known.characteristics)


def _judged(line: Line) -> Measured:
    pupil = line.pupil
    born = pupil.birth_date
    codes = {subject: line.cells[subject].code for subject in _JUDGED if line.cells[subject].code}
    known = Characteristics(pupil.disadvantaged, pupil.sen, pupil.first_language)
    return Measured({}, codes, pupil.sex, born.month if born else None, known)
