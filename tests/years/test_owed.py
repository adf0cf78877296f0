import pytest

from keystage import years
from keystage.years import Subject

EVERY_YEAR = pytest.mark.parametrize("year", years.held())


@EVERY_YEAR
@pytest.mark.parametrize("subject", [Subject.WRITING, Subject.SCIENCE])
@pytest.mark.parametrize("status", ["registered", "below", "absent", "unable", "just-arrived", "future", "left"])
def test_writing_and_science_are_required_of_every_expected_pupil(year, subject, status):
    assert years.load(year).owed.rule(subject, status).state == "required"


@EVERY_YEAR
@pytest.mark.parametrize("subject", [Subject.READING, Subject.MATHS])
@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("registered", "closed"),
        ("below", "required"),
        ("absent", "optional"),
        ("unable", "optional"),
        ("just-arrived", "optional"),
        ("future", "closed"),
        ("previous", "closed"),
        ("left", "closed"),
    ],
)
def test_reading_and_maths_are_owed_by_where_the_pupil_stands_for_the_test(year, subject, status, state):
    assert years.load(year).owed.rule(subject, status).state == state


@pytest.mark.parametrize("subject", Subject)
def test_nothing_is_owed_for_an_unregistered_pupil(subject):
    assert years.load(2026).owed.rule(subject, "unregistered").state == "closed"


def test_a_rule_gives_its_reason_in_words():
    assert years.load(2026).owed.rule(Subject.MATHS, "registered").reason == (
        "The pupil sits the test, so no judgement is wanted."
    )


def test_what_an_absent_pupil_owes_is_assumed_because_sources_conflict():
    said = years.load(2026).owed.rule(Subject.READING, "absent").provenance
    assert said.basis == "assumed"
    assert "conflict" in (said.note or "")
