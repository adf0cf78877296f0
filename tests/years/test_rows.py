import pytest

from keystage import years
from keystage.years import Subject, Test

ROWS = years.load(2026).rows


@pytest.mark.parametrize(
    ("subject", "key"),
    [
        (Subject.WRITING, ("KS2", "ENG", "TA", "WRI", "NC")),
        (Subject.SCIENCE, ("KS2", "SCI", "TA", "SCI", "NC")),
        (Subject.READING, ("KS2", "ENG", "TA", "REA", "NC")),
        (Subject.MATHS, ("KS2", "MAT", "TA", "MAT", "NC")),
    ],
)
def test_a_judgement_has_one_row_and_the_row_one_subject(subject, key):
    assert ROWS.ta[key] is subject
    assert ROWS.ta_row[subject].key == key
    assert (ROWS.ta_row[subject].locale, ROWS.ta_row[subject].status) == ("ENG", "R")


@pytest.mark.parametrize("test", Test)
@pytest.mark.parametrize(("value", "qualifier"), [("raw", "NM"), ("scaled", "NS"), ("outcome", "NO")])
def test_a_test_has_a_row_for_mark_score_and_outcome(test, value, qualifier):
    subject, component = {Test.READING: ("ENG", "REA"), Test.GPS: ("ENG", "GPS"), Test.MATHS: ("MAT", "MAT")}[test]
    key = ("KS2", subject, "TT", component, qualifier)
    assert ROWS.tests[key] == (test, value)
    assert ROWS.test_row[test, value].key == key


def test_every_row_of_the_return_is_assumed():
    assert {said.basis for said in (*ROWS.ta_provenance.values(), ROWS.tests_provenance)} == {"assumed"}


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (("KS2", "MAT", "TT", "MTC", "MT"), "multiplication tables check"),
        (("KS1", "PHO", "TT", "CHK", "NM"), "phonics screening check"),
        (("KS1", "PHO", "TT", "CHK", "NY"), "phonics screening check"),
        (("KS1", "ENG", "TA", "WRI", "NC"), "key stage 1 teacher assessment"),
        (("KS1", "ENG", "TT", "SPE", "NM"), "key stage 1 tests"),
        (("EYF", "LIT", "FA", "E08", "FD"), "early years foundation stage profile"),
        (("KS2", "ENG", "TT", "XXX", "NM"), None),
        (("KS3", "ENG", "TA", "WRI", "NL"), None),
    ],
)
def test_rows_of_other_assessments_are_named_and_unknown_ones_are_not(key, name):
    assert ROWS.other_name(*key) == name


def test_no_row_of_this_return_is_taken_for_another_assessment():
    assert [ROWS.other_name(*key) for key in (*ROWS.ta, *ROWS.tests)] == [None] * 13
