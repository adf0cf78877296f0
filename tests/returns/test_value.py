"""The return and its parts, as values."""

from datetime import date

import pytest

from keystage.returns.judgement import Judgement, judgement
from keystage.returns.refused import FileRefused
from keystage.returns.source import NOWHERE, Place
from keystage.returns.value import Pupil, Return
from keystage.years import Subject

ADA = Pupil("P999999919001", "Example", "Ada", date(2014, 11, 3), "2014-11-03", "F")


@pytest.mark.parametrize(
    ("written", "code"), [("EXS", "EXS"), (" exs\n", "EXS"), ("pk1", "PK1"), ("", ""), ("  ", ""), ("G D S", "G D S")]
)
def test_a_code_is_read_without_the_space_around_it_and_in_capitals(written, code):
    assert judgement(Subject.WRITING, written) == Judgement(Subject.WRITING, code, written)


def test_a_judgement_keeps_its_year_and_date_as_found():
    assert judgement(Subject.MATHS, "A", year=" 2026", date="x")[3:] == (" 2026", "x")


def test_a_pupil_has_the_first_code_of_a_subject_that_is_not_empty():
    given = tuple(judgement(Subject.WRITING, code) for code in ("", "EXS", "GDS"))
    pupil = ADA._replace(judgements=given)
    assert (pupil.code(Subject.WRITING), pupil.code(Subject.SCIENCE)) == ("EXS", "")


def test_a_pupil_is_called_as_lists_show_it():
    assert ADA.name == "Example, Ada"


def test_two_returns_are_equal_whatever_they_were_read_from():
    assert Return("9999999", 2026, (ADA,)) == Return("9999999", 2026, (ADA,), source=None)
    assert Return("9999999", 2026, (ADA,)) != Return("9999999", 2026, (ADA._replace(sex="M"),))


def test_nowhere_is_a_place_without_a_line():
    assert Place() == NOWHERE
    assert (NOWHERE.line, NOWHERE.column, NOWHERE.sheet, NOWHERE.cell) == (None, None, None, None)


def test_a_refusal_says_what_is_wrong_and_then_what_to_do():
    refused = FileRefused("F01", "It is cut short.", "Export it again.", 7)
    assert (str(refused), refused.line, refused.column, refused.value) == (
        *("It is cut short. Export it again.", 7, None, ""),
    )
