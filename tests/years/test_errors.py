from pathlib import Path

from keystage.years import NotHeld, YearFileInvalid, YearUnknown


def test_a_year_that_is_not_held_is_named_with_those_that_are():
    assert str(YearUnknown(2019, (2022, 2023))) == "The collection year 2019 is not held. Held: 2022, 2023."


def test_a_value_that_is_not_known_is_named_with_its_year():
    assert str(NotHeld("the date `ta_deadline`", 2027)) == "Not held for 2027: the date `ta_deadline`."


def test_a_fault_says_file_line_what_is_wrong_and_what_is_expected():
    fault = YearFileInvalid(Path("2028.toml"), 3, "`year` is 'x'.", "a whole number.")
    assert str(fault) == "2028.toml, line 3: `year` is 'x'. Expected: a whole number."
