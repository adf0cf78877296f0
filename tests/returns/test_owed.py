"""What each pupil owes, for every status and subject, as the guides of the year say it."""

from datetime import date

import pytest

from keystage.returns.owed import owed, owed_in
from keystage.returns.register import Expected
from keystage.years import Subject, held, load
from keystage.years.owed import OwedState
from keystage.years.provenance import Basis
from keystage.years.registration import PupilStatus, TestStatus

YEAR = load(2026)
REQUIRED, OPTIONAL, CLOSED = OwedState.REQUIRED, OwedState.OPTIONAL, OwedState.CLOSED


def expected(**named: object) -> Expected:
    return Expected("P999999919001", "Example", "Ada", date(2014, 11, 3), "F", **named)


def states(pupil: Expected) -> list[OwedState]:
    """Return what is owed in reading, writing, maths and science, in this order."""
    return [each.state for each in owed(pupil, YEAR)]


@pytest.mark.parametrize(
    ("status", "in_the_test"),
    [
        (TestStatus.REGISTERED, CLOSED),
        (TestStatus.BELOW, REQUIRED),
        (TestStatus.ABSENT, OPTIONAL),
        (TestStatus.UNABLE, OPTIONAL),
        (TestStatus.JUST_ARRIVED, OPTIONAL),
        (TestStatus.FUTURE, CLOSED),
        (TestStatus.PREVIOUS, CLOSED),
        (TestStatus.LEFT, CLOSED),
    ],
)
def test_reading_and_maths_follow_the_status_for_their_own_test(status, in_the_test):
    assert states(expected(reading=status)) == [in_the_test, REQUIRED, CLOSED, REQUIRED]
    assert states(expected(maths=status)) == [CLOSED, REQUIRED, in_the_test, REQUIRED]


@pytest.mark.parametrize("status", TestStatus)
def test_writing_and_science_are_owed_whatever_the_status_for_grammar(status):
    assert states(expected(gps=status)) == [CLOSED, REQUIRED, CLOSED, REQUIRED]


def test_a_pupil_below_the_standard_of_both_tests_owes_all_four():
    pupil = expected(reading=TestStatus.BELOW, maths=TestStatus.BELOW, gps=TestStatus.BELOW)
    assert states(pupil) == [REQUIRED] * 4


@pytest.mark.parametrize(
    "left",
    [
        {"status": PupilStatus.LEFT},
        dict.fromkeys(("reading", "maths", "gps"), TestStatus.LEFT),
        {"status": PupilStatus.LEFT, "reading": TestStatus.BELOW},
    ],
)
def test_a_pupil_who_left_owes_writing_and_science_alone(left):
    assert states(expected(**left)) == [CLOSED, REQUIRED, CLOSED, REQUIRED]


def test_a_pupil_who_is_on_the_list_by_mistake_owes_nothing():
    assert states(expected(status=PupilStatus.UNREGISTERED, reading=TestStatus.BELOW)) == [CLOSED] * 4


def test_each_subject_comes_once_with_a_reason_and_how_sure_it_is():
    found = owed(expected(reading=TestStatus.BELOW), YEAR)
    assert [each.subject for each in found] == [Subject.READING, Subject.WRITING, Subject.MATHS, Subject.SCIENCE]
    assert found[0].reason.startswith("The pupil works below the standard of the test")
    assert (found[0].basis, found[1].basis) == (Basis.ASSUMED, Basis.PUBLISHED_COPY)
    assert owed_in(Subject.READING, expected(reading=TestStatus.BELOW), YEAR) == found[0]


@pytest.mark.parametrize("year", held())
def test_every_year_says_what_every_pupil_owes_and_why(year):
    pupils = [expected(status=status) for status in PupilStatus]
    pupils += [expected(reading=status, maths=status, gps=status) for status in TestStatus]
    for pupil in pupils:
        for each in owed(pupil, load(year)):
            assert each.reason.endswith(".")
