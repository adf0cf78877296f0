"""A class on paper: how many judgements are missing, and what is said of a pupil."""

from dataclasses import replace

from keystage.papers.classes import Cell, class_label, classes_data
from keystage.years.owed import OwedState
from papers.made import CLOSED, EXS, GAP, MAYBE, a_class, line


def test_only_what_is_required_and_empty_is_missing():
    assert a_class(line(cells=(CLOSED, EXS, MAYBE, GAP)), line(cells=(GAP, GAP, CLOSED, EXS))).still(blank=False) == 3


def test_on_a_blank_paper_all_that_is_required_is_still_to_be_given():
    assert a_class(line(cells=(CLOSED, EXS, MAYBE, GAP))).still(blank=True) == 2


def test_a_blank_paper_carries_no_code_at_all():
    data = classes_data([a_class(line(cells=(Cell(OwedState.CLOSED, "PK2"), EXS, MAYBE, EXS)))], blank=True)
    assert {cell["code"] for cell in data["classes"][0]["pupils"][0]["cells"]} == {""}


def test_a_date_of_birth_that_is_not_known_is_said_to_be_so():
    data = classes_data([a_class(replace(line(), birth_date=None))])
    assert data["classes"][0]["pupils"][0]["born"] == "not known"


def test_a_class_is_called_a_class_once():
    assert [class_label(name) for name in ("6A", "Class 6A")] == ["Class 6A", "Class 6A"]
