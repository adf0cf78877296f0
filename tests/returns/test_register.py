"""The register: who is expected, and where each stands."""

from datetime import date

import pytest

from keystage.returns.register import Expected, Register
from keystage.years import Subject, Test
from keystage.years.registration import PupilStatus, TestStatus

ADA = Expected("P999999919001", "Example", "Ada", date(2014, 11, 3), "F")


def expected(**named: object) -> Expected:
    return Expected("P999999919001", "Example", "Ada", date(2014, 11, 3), "F", **named)


def test_a_pupil_is_registered_for_every_test_unless_the_register_says_otherwise():
    assert ADA.test_statuses == dict.fromkeys(Test, TestStatus.REGISTERED)
    assert (ADA.is_expected, ADA.has_left, ADA.name) == (True, False, "Example, Ada")


@pytest.mark.parametrize(
    ("status", "is_expected"),
    [(PupilStatus.REGISTERED, True), (PupilStatus.LEFT, True), (PupilStatus.UNREGISTERED, False)],
)
def test_only_a_pupil_who_is_not_registered_is_not_expected(status, is_expected):
    assert expected(status=status).is_expected is is_expected


def test_a_pupil_has_left_as_a_whole_or_by_every_test():
    left = TestStatus.LEFT
    assert expected(status=PupilStatus.LEFT).has_left
    assert expected(reading=left, maths=left, gps=left).has_left
    assert not expected(reading=left, maths=left).has_left
    assert not expected(maths=left, gps=left).has_left
    assert not expected(reading=left, gps=left).has_left
    assert not expected(reading=TestStatus.BELOW, maths=TestStatus.BELOW, gps=TestStatus.BELOW).has_left


def test_reading_and_maths_have_the_status_of_their_test_and_the_others_of_the_pupil():
    pupil = expected(reading=TestStatus.BELOW, maths=TestStatus.ABSENT, gps=TestStatus.UNABLE)
    assert {subject: pupil.status_for(subject) for subject in Subject} == {
        Subject.READING: "below",
        Subject.WRITING: "registered",
        Subject.MATHS: "absent",
        Subject.SCIENCE: "registered",
    }


@pytest.mark.parametrize("status", [PupilStatus.LEFT, PupilStatus.UNREGISTERED])
def test_the_status_of_the_pupil_comes_before_that_of_a_test(status):
    pupil = expected(status=status, reading=TestStatus.BELOW)
    assert {pupil.status_for(subject) for subject in Subject} == {status}


def test_a_pupil_who_left_by_every_test_has_left_in_every_subject():
    pupil = expected(reading=TestStatus.LEFT, maths=TestStatus.LEFT, gps=TestStatus.LEFT)
    assert {pupil.status_for(subject) for subject in Subject} == {"left"}


def test_a_pupil_who_left_by_one_test_alone_has_not_left_in_writing():
    pupil = expected(reading=TestStatus.LEFT)
    assert (pupil.status_for(Subject.READING), pupil.status_for(Subject.WRITING)) == ("left", "registered")


def test_a_register_may_come_from_nowhere():
    assert Register((ADA,)).name == ""
