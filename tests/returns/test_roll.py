"""The roll: how a year group is read, and how a fault is said."""

import pytest

from keystage.returns.roll import RollFault, RollPupil, RollRefused, year_group
from keystage.returns.source import NOWHERE, Place


@pytest.mark.parametrize(
    "text", ["6", "06", " 6 ", "Year 6", "YEAR 6", "year6", "Y6", "Yr 6", "NC Year 6", "Curriculum Year 6", "6.0", "N6"]
)
def test_a_year_group_is_read_however_a_system_writes_it(text):
    assert year_group(text) == "6"


@pytest.mark.parametrize("text", ["", "R", "Reception", "6A", "Year 6 and 5", "Sixth", "Class 6"])
def test_what_is_no_number_stays_as_it_is(text):
    assert year_group(f" {text} ") == text


def test_a_pupil_is_named_as_lists_have_it():
    assert RollPupil("", "Example", "Ada", None, "").name == "Example, Ada"


def test_a_fault_is_said_with_its_place():
    assert str(RollFault(Place(line=4), "This is wrong.", "Do that.")) == "Line 4: This is wrong. Do that."
    assert str(RollFault(NOWHERE, "This is wrong.", "Do that.")) == "This is wrong. Do that."


def test_a_refusal_says_what_to_do():
    assert str(RollRefused("r.csv", "It is no roll.", "Do that.")) == "It is no roll. Do that."
