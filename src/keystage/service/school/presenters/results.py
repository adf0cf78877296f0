"""The page of results: everybody with marks, scores and outcomes, what revised results changed, and the files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from keystage.papers.results_letter import outcome_words
from keystage.pupils.names import fold
from keystage.returns.results import PupilResult as CoreResult
from keystage.returns.results import TestResult
from keystage.returns.results_changes import changes_of
from keystage.service.school import results
from keystage.service.school.models import IssuedReport, Pupil, PupilResult, ResultsLoad, SchoolReturn
from keystage.years.subjects import Subject, Test
from keystage.years.year import CollectionYear

_TESTS = (Test.READING, Test.GPS, Test.MATHS)


@dataclass(frozen=True, slots=True)
class TestCell:
    """A result in one test."""

    __test__ = False

    test: str
    """The test's name."""
    score: str
    """The scaled score; empty where there is none."""
    marks: str
    """``38 of 50 marks``; empty where there are none."""
    outcome: str
    """The outcome in words, with its code."""
    special: str


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A pupil with results."""

    name: str
    upn: str
    key: str
    """The pupil's; empty for one who is not known here."""
    class_name: str
    was_removed: bool
    tests: tuple[TestCell, ...]
    ta: tuple[tuple[str, str], ...]
    """The teacher assessments that came back: subject and code."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What revised results changed."""

    pupils: tuple[Mapping[str, Any], ...]
    """Everybody of whom they say other things: see :func:`~keystage.returns.results_changes.changes_of`."""
    names: tuple[str, ...]
    """The pupils here whose results changed."""
    again: tuple[str, ...]
    """Those of them for whom a report was made of other results: it must be made again."""


@dataclass(frozen=True, slots=True)
class LoadRow:
    """A file of results that was accepted."""

    load: ResultsLoad
    state: str
    """``In force``, ``Replaced`` or ``Undone``."""


def test_cells(result: CoreResult, year: CollectionYear) -> tuple[TestCell, ...]:
    """Return a pupil's result in each test."""
    return tuple(_cell(result.tests.get(test), test, year) for test in _TESTS)


def test_names(year: CollectionYear) -> tuple[str, ...]:
    """Return the names of the tests, in the order of the cells."""
    return tuple(year.test(test).name for test in _TESTS)


def _cell(result: TestResult | None, test: Test, year: CollectionYear) -> TestCell:
    of, held = year.test(test), result or TestResult()
    marks = held.raw_text or ("" if held.raw is None else str(held.raw))
    return TestCell(
        of.name,
        held.scaled_text or ("" if held.scaled is None else str(held.scaled)),
        f"{marks} of {of.max_mark} marks" if marks else "",
        _outcome(held.outcome, year),
        held.special,
    )


def _outcome(code: str, year: CollectionYear) -> str:
    """Return an outcome in a few words: what stands after a colon in its meaning says the scores, which are shown."""
    words = outcome_words(code, year)
    short, colon, _ = words.partition(":")
    return f"{short} ({code})" if colon else words


@dataclass(frozen=True, slots=True)
class PupilResults:
    """The results of one pupil, as the pupil's page shows them."""

    tests: tuple[TestCell, ...]
    """Nothing where the results in force say nothing of the pupil."""
    ta: tuple[tuple[str, str], ...]


def pupil_results(load: ResultsLoad, pupil: Pupil, year: CollectionYear) -> PupilResults:
    """Return what results say of one pupil. One query."""
    found = results.result_of(load, pupil)
    return PupilResults(test_cells(found, year), _ta(found)) if found else PupilResults((), ())


def _ta(result: CoreResult) -> tuple[tuple[str, str], ...]:
    return tuple((str(subject).capitalize(), result.ta[subject]) for subject in Subject if subject in result.ta)


def rows_of(load: ResultsLoad, year: CollectionYear, order: str = "name") -> tuple[ResultRow, ...]:
    """Return everybody with results, those who are not known here last. One query."""
    rows = load.rows.select_related("pupil").order_by("place")
    found = [_row(row, year) for row in rows]
    return tuple(sorted(found, key=lambda row: _order(row, order)))


def _order(row: ResultRow, order: str) -> tuple[bool, str, str]:
    return not row.key, row.class_name.casefold() if order == "class" else "", fold(row.name)


def _row(row: PupilResult, year: CollectionYear) -> ResultRow:
    own, result = row.pupil, results.core_result(row)
    return ResultRow(
        (own.name if own else "") or result.name or result.upn or "No name",
        (own.upn if own else "") or result.upn,
        own.key if own else "",
        own.class_name if own else "",
        own is not None and own.removed_at is not None,
        test_cells(result, year),
        _ta(result),
    )


def changed_by(load: ResultsLoad, year: CollectionYear) -> Changed | None:
    """Return what results changed against those before them; None for the first. Five queries at the most."""
    earlier = results.before(load)
    if earlier is None:
        return None
    before, now = results.core_results(earlier).pupils, results.core_results(load).pupils
    pupils = results.changed_between(results.by_pupil(earlier), results.by_pupil(load))
    names = Pupil.objects.filter(pk__in=pupils).order_by("surname", "forename")
    again = _to_issue_again(load, pupils)
    return Changed(
        tuple(changes_of(before, now, year)),
        tuple(pupil.name for pupil in names),
        tuple(pupil.name for pupil in names if pupil.pk in again),
    )


def _to_issue_again(load: ResultsLoad, pupils: Iterable[int]) -> set[int]:
    """Return those whose latest report shows other results."""
    reports = (
        IssuedReport.objects.filter(pupil__in=list(pupils)).order_by("at", "pk").values_list("pupil_id", "load_id")
    )
    return {pupil for pupil, shown in dict(reports).items() if shown != load.pk}


def load_rows(school_return: SchoolReturn) -> tuple[LoadRow, ...]:
    """Return the files that were accepted, the newest first. One query."""
    loads = results.loads_of(school_return)
    current = next((each for each in loads if each.undone_at is None), None)
    return tuple(
        LoadRow(each, "Undone" if each.undone_at else "In force" if each is current else "Replaced") for each in loads
    )
