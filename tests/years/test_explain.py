import pytest

from keystage import years
from keystage.years import Subject
from keystage.years.explain import NotTaCode, OtherSubjectCode, RetiredCode

YEAR = years.load(2026)


@pytest.mark.parametrize(
    ("subject", "code", "was", "last_year"),
    [
        (Subject.WRITING, "2B", "a national curriculum level", 2015),
        (Subject.MATHS, "4", "a national curriculum level", 2015),
        (Subject.SCIENCE, "W", "a national curriculum level", 2015),
        (Subject.READING, "P1i", "a P scale", None),
        (Subject.READING, "P3ii", "a P scale", None),
        (Subject.READING, "P8", "a P scale", None),
        (Subject.WRITING, "BLW", "below the pre-key stage standards", None),
        (Subject.SCIENCE, "BLW", "below the pre-key stage standards", None),
        (Subject.WRITING, "PKF", "an interim pre-key stage standard", 2018),
        (Subject.WRITING, "D", "disapplied", None),
        (Subject.READING, "EXS", "a standard judged by the teacher; the test says this now", 2018),
        (Subject.MATHS, "HNM", "a standard judged by the teacher; the test says this now", 2018),
        (Subject.MATHS, "gds ", "a standard judged by the teacher; the test says this now", 2018),
    ],
)
def test_a_retired_code_says_what_it_was_and_when_it_went(subject, code, was, last_year):
    found = YEAR.explain_code(subject, code)
    assert isinstance(found, RetiredCode)
    assert (found.was, found.last_year) == (was, last_year)


@pytest.mark.parametrize("code", ["AS", "NS", "N", "B", "U", "T", "J", "H", "M", "Q"])
def test_a_test_outcome_is_not_teacher_assessment(code):
    found = YEAR.explain_code(Subject.WRITING, code)
    assert isinstance(found, NotTaCode)
    assert found.code == code


def test_a_test_outcome_says_what_it_means():
    found = YEAR.explain_code(Subject.READING, "AS")
    assert isinstance(found, NotTaCode)
    assert found.meaning == "achieved the expected standard: a scaled score of 100 or more"


@pytest.mark.parametrize(
    ("subject", "code", "subjects"),
    [
        (Subject.SCIENCE, "GDS", (Subject.WRITING,)),
        (Subject.WRITING, "HNM", (Subject.SCIENCE,)),
        (Subject.SCIENCE, "PK3", (Subject.READING, Subject.WRITING, Subject.MATHS)),
        (Subject.READING, "L", (Subject.WRITING, Subject.SCIENCE)),
    ],
)
def test_a_code_of_another_subject_names_the_subjects_that_have_it(subject, code, subjects):
    found = YEAR.explain_code(subject, code)
    assert isinstance(found, OtherSubjectCode)
    assert found.subjects == subjects


@pytest.mark.parametrize(
    ("subject", "code"),
    [(Subject.WRITING, "EXS"), (Subject.WRITING, "ZZZ"), (Subject.READING, "P9"), (Subject.MATHS, "")],
)
def test_a_valid_or_an_unheard_of_code_has_no_explanation(subject, code):
    assert YEAR.explain_code(subject, code) is None


def test_a_pattern_is_shown_by_examples():
    found = YEAR.explain_code(Subject.WRITING, "6A")
    assert isinstance(found, RetiredCode)
    assert found.shown == "W, 4, 2B"
