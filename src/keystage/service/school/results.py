"""The results that came home, as the core knows them: which are in force, and what they say of each pupil.

What is kept of a file of results and what the core reads from one are the same, whichever way: see :func:`row_of` and
:func:`core_result`. Each function here asks the database once, however many pupils there are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from typing import Any

from keystage.returns.results import PupilResult as CoreResult
from keystage.returns.results import Results, TestResult
from keystage.service.school.models import Pupil, PupilResult, ResultsLoad, SchoolReturn
from keystage.years.frozen import Frozen
from keystage.years.subjects import Subject, Test

_TEXTS = ("upn", "surname", "forename", "birth_date", "birth_text", "sex", "former_upn", "school")
"""What both know under the same name."""
_PAIRS = ("papers", "paper_texts")
_TESTS = {str(test): test for test in Test}
_SUBJECTS = {str(subject): subject for subject in Subject}


def loads_of(school_return: SchoolReturn) -> list[ResultsLoad]:
    """Return every file of results that was accepted, the newest first, those that were undone among them."""
    loads = ResultsLoad.objects.filter(school_return=school_return)
    return list(loads.select_related("school_return", "incoming__file", "accepted_by", "undone_by").order_by("-serial"))


def in_force(school_return: SchoolReturn) -> ResultsLoad | None:
    """Return the results that count: the latest that were accepted and not undone; None where there are none."""
    loads = ResultsLoad.objects.filter(school_return=school_return, undone_at=None)
    return loads.select_related("school_return", "incoming__file", "accepted_by").order_by("-serial").first()


def before(load: ResultsLoad) -> ResultsLoad | None:
    """Return the results that counted before these were accepted, and would again; None where there were none."""
    earlier = ResultsLoad.objects.filter(school_return=load.school_return_id, serial__lt=load.serial, undone_at=None)
    return earlier.select_related("school_return", "incoming__file", "accepted_by").order_by("-serial").first()


def core_results(load: ResultsLoad) -> Results:
    """Return everybody in a file of results, in its order, those whom nobody here is among them."""
    return Results(load.school_return.year, tuple(map(core_result, load.rows.order_by("place"))))


def result_of(load: ResultsLoad, pupil: Pupil) -> CoreResult | None:
    """Return what the results say of one pupil; None where they say nothing."""
    row = load.rows.filter(pupil=pupil).first()
    return core_result(row) if row else None


def by_pupil(load: ResultsLoad) -> dict[int, CoreResult]:
    """Return what the results say of each pupil of the school, by the pupil's number in the database."""
    return known_among(everybody(load))


def everybody(load: ResultsLoad) -> list[tuple[int | None, CoreResult]]:
    """Return everybody in a file of results with the pupil's number in the database; None for who is nobody here."""
    return [(row.pupil_id, core_result(row)) for row in load.rows.order_by("place")]


def known_among(found: Iterable[tuple[int | None, CoreResult]]) -> dict[int, CoreResult]:
    """Return the results of those who are pupils of the school, by the pupil's number in the database."""
    return {pupil: result for pupil, result in found if pupil is not None}


def changed_pupils(load: ResultsLoad) -> set[int]:
    """Return the pupils of whom these results say other than those that counted before; nobody for the first.

    Only marks, scores, outcomes and teacher assessments count: who a pupil is, the roll says, and not the results.
    """
    earlier = before(load)
    return changed_between(by_pupil(earlier), by_pupil(load)) if earlier else set()


def changed_between(earlier: Mapping[int, CoreResult], now: Mapping[int, CoreResult]) -> set[int]:
    """Return the pupils of whom two sets of results say other things, or only one says anything."""
    return {pupil for pupil in earlier.keys() | now.keys() if _said(earlier.get(pupil)) != _said(now.get(pupil))}


def _said(result: CoreResult | None) -> tuple[Mapping[Test, TestResult], Mapping[Subject, str]] | None:
    return (result.tests, result.ta) if result else None


def row_of(result: CoreResult, load: ResultsLoad, place: int, pupil: Pupil | None, matched_by: str) -> PupilResult:
    """Return a result as it is kept; nothing is written."""
    return PupilResult(
        load=load,
        pupil=pupil,
        place=place,
        matched_by=matched_by,
        tests={str(test): _kept(each) for test, each in result.tests.items()},
        ta={str(subject): code for subject, code in result.ta.items()},
        **{name: getattr(result, name) for name in _TEXTS},
    )


def core_result(row: PupilResult) -> CoreResult:
    """Return a result that is kept as the core knows one; it stands at its place in the file."""
    return CoreResult(
        tests=tests_of(row.tests),
        ta=ta_of(row.ta),
        at=row.place,
        **{name: getattr(row, name) for name in _TEXTS},
    )


def tests_of(kept: Mapping[str, Mapping[str, Any]]) -> Mapping[Test, TestResult]:
    """Return the tests of a result that is kept."""
    return Frozen({_TESTS[test]: _test(values) for test, values in kept.items()})


def ta_of(kept: Mapping[str, str]) -> Mapping[Subject, str]:
    """Return the teacher assessments of a result that is kept."""
    return Frozen({_SUBJECTS[subject]: code for subject, code in kept.items()})


_EMPTY = {each.name: each.default for each in fields(TestResult) if each.default is not MISSING}


def _kept(result: TestResult) -> dict[str, Any]:
    return {name: value for name, empty in _EMPTY.items() if (value := getattr(result, name)) != empty}


def _test(values: Mapping[str, Any]) -> TestResult:
    pairs = {name: tuple((key, value) for key, value in values[name]) for name in _PAIRS if name in values}
    return TestResult(**{**values, **pairs}) if pairs else TestResult(**values)
