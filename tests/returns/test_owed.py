"""What each pupil owes, for every status and subject, as the guides of the year say it."""

from datetime import date

import pytest

from keystage.returns.owed import NOT_ON_REGISTER, owed, owed_as_left, owed_in, owed_unregistered
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


def test_without_a_register_writing_and_science_are_owed_and_reading_and_maths_are_open():
    found = owed_unregistered(YEAR)
    assert [each.subject for each in found] == [Subject.READING, Subject.WRITING, Subject.MATHS, Subject.SCIENCE]
    assert [each.state for each in found] == [OPTIONAL, REQUIRED, OPTIONAL, REQUIRED]
    assert found[0].reason == (
        "It is not known whether the pupil sits the reading test, as no register was loaded. A judgement is wanted of a"
        " pupil who works below its standard."
    )
    assert found[2].reason.startswith("It is not known whether the pupil sits the maths test")
    assert found[1] == owed(expected(), YEAR)[1]
    assert (found[0].basis, found[1].basis) == (Basis.ASSUMED, Basis.PUBLISHED_COPY)


def test_a_pupil_who_is_not_on_the_register_is_told_so():
    reading = owed_unregistered(YEAR, why=NOT_ON_REGISTER)[0]
    assert "as the pupil is not on the register." in reading.reason


def test_a_pupil_reported_as_left_owes_what_a_pupil_on_the_register_owes_who_left():
    found = owed_as_left(YEAR)
    assert [each.state for each in found] == [CLOSED, REQUIRED, CLOSED, REQUIRED]
    assert found[1].reason == "A pupil on the list who has left is given L in writing and science."
    assert found == owed(expected(status=PupilStatus.LEFT), YEAR)


@pytest.mark.parametrize("year", held())
def test_every_year_says_what_pupils_owe_who_are_on_no_register_or_left(year):
    for each in (*owed_unregistered(load(year)), *owed_as_left(load(year))):
        assert each.reason.endswith(".")
