"""Results as they are kept and as the core knows them are the same; and which are in force."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keystage.pupils.characteristics import Characteristics
from keystage.returns.results import PupilResult, TestResult
from keystage.service.accounts.roles import Role
from keystage.service.school import results
from keystage.service.school.models import Pupil, ResultsLoad
from keystage.service.school.models.files import IncomingKind
from keystage.service.school.services.incoming import bring_in
from keystage.years.frozen import Frozen
from keystage.years.subjects import Subject, Test
from service.made import MadeSchool

_WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=9)
_MARKS = st.none() | st.integers(-(10**9), 10**9)
_TESTS = st.builds(
    TestResult,
    raw=_MARKS,
    scaled=_MARKS,
    outcome=_WORDS,
    papers=st.lists(st.tuples(_WORDS, _MARKS), max_size=3).map(tuple),
    special=_WORDS,
    raw_text=_WORDS,
    scaled_text=_WORDS,
    paper_texts=st.lists(st.tuples(_WORDS, _WORDS), max_size=3).map(tuple),
)
_RESULTS = st.builds(
    PupilResult,
    upn=_WORDS,
    surname=_WORDS,
    forename=_WORDS,
    birth_date=st.none() | st.dates(date(2000, 1, 1)),
    birth_text=_WORDS,
    sex=_WORDS,
    former_upn=_WORDS,
    tests=st.dictionaries(st.sampled_from(Test), _TESTS).map(Frozen),
    ta=st.dictionaries(st.sampled_from(Subject), _WORDS).map(Frozen),
    school=_WORDS,
    at=st.just(1),
    characteristics=st.just(Characteristics()),
)


@given(_RESULTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_kept_of_a_result_is_the_result(school: MadeSchool, result: PupilResult) -> None:
    load = _load(school)
    row = results.row_of(result, load, 1, None, "")
    row.save()
    assert results.core_results(load).pupils == (result,)
    row.delete()
    load.delete()


def test_the_latest_results_that_were_not_undone_are_in_force(school: MadeSchool) -> None:
    assert results.in_force(school.school_return) is None
    first, second = _load(school), _load(school)
    assert results.in_force(school.school_return) == second
    assert results.before(second) == first
    second.undone_at = second.accepted_at
    second.save()
    assert results.in_force(school.school_return) == first
    assert results.loads_of(school.school_return) == [second, first]


def test_each_pupil_has_their_own_results_and_nobody_those_of_the_unknown(school: MadeSchool) -> None:
    ada, ben = school.pupil("Ada", "Example"), school.pupil("Ben", "Example")
    load = _load(school)
    _keep(load, (ada, _result("Ada", 101)), (None, _result("Nobody", 99)))
    of_ada = _result("Ada", 101)._replace(at=1)
    assert results.by_pupil(load) == {ada.pk: of_ada}
    assert results.result_of(load, ada) == of_ada
    assert results.result_of(load, ben) is None
    assert [each.forename for each in results.core_results(load).pupils] == ["Ada", "Nobody"]


def test_changed_are_those_whose_scores_changed_who_are_new_and_who_are_gone(school: MadeSchool) -> None:
    ada, ben, cem, dot = (school.pupil(name, "Example") for name in ("Ada", "Ben", "Cem", "Dot"))
    first = _load(school)
    _keep(first, (ada, _result("Ada", 101)), (ben, _result("Ben", 99)), (cem, _result("Cem", 110)))
    assert results.changed_pupils(first) == set()
    second = _load(school)
    _keep(second, (ada, _result("Adah", 101)), (ben, _result("Ben", 100)), (dot, _result("Dot", 90)))
    assert results.changed_pupils(second) == {ben.pk, cem.pk, dot.pk}


@pytest.mark.parametrize("many", [1, 240])
def test_reading_results_takes_one_query_however_many_pupils(
    school: MadeSchool, django_assert_num_queries: object, many: int
) -> None:
    load = _load(school)
    _keep(load, *((None, _result(f"P{at}", 100)) for at in range(many)))
    found = results.in_force(school.school_return)
    assert found
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(results.core_results(found).pupils) == many


def _load(school: MadeSchool) -> ResultsLoad:
    person = school.people[Role.DATA_MANAGER]
    incoming = bring_in(school.school_return, IncomingKind.RESULTS, "r.csv", b"UPN\n", by=person)
    serial = ResultsLoad.objects.filter(school_return=school.school_return).count() + 1
    return ResultsLoad.objects.create(
        school_return=school.school_return, serial=serial, incoming=incoming, accepted_by=person,
        accepted_at=incoming.at,
    )  # fmt: skip


def _result(forename: str, scaled: int) -> PupilResult:
    test = TestResult(scaled=scaled, scaled_text=str(scaled), outcome="AS" if scaled >= 100 else "NS")
    return PupilResult("", "Example", forename, None, "", "F", tests=Frozen({Test.READING: test}))


def _keep(load: ResultsLoad, *rows: tuple[Pupil | None, PupilResult]) -> None:
    for place, (pupil, result) in enumerate(rows, start=1):
        results.row_of(result, load, place, pupil, "").save()
