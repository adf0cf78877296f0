"""The values of test results."""

import pytest

from keystage.returns.results import PupilResult, Results, mark


@pytest.mark.parametrize(("text", "value"), [("32", 32), (" 32 ", 32), ("32.0", 32), ("0", 0), ("-1", -1), ("007", 7)])
def test_a_whole_number_is_a_mark(text, value):
    assert mark(text) == value


@pytest.mark.parametrize("text", ["", "32.5", "32.", "A", "1e2", "٣", "3 2", "--1", "-", ".0", "9" * 10])
def test_anything_else_is_none(text):
    assert mark(text) is None


def test_schools_are_named_once_in_order():
    pupils = [PupilResult("", "", "", None, "", "", school=school) for school in ("9992222", "", "9991111", "9992222")]
    assert Results(2026, tuple(pupils)).schools == ("9992222", "9991111")


def test_a_pupil_without_results_has_none():
    pupil = PupilResult("P1", "Example", "Ada", None, "", "F")
    assert (pupil.name, dict(pupil.tests), dict(pupil.ta)) == ("Example, Ada", {}, {})
