"""Headings matched by name, and tables told apart by them."""

import pytest

from keystage.sheets import looks_like_register, looks_like_results, read_table
from keystage.sheets.headings import NEEDED, match_headings
from sheets.made import HEADINGS, YEAR, csv

REGISTER = ("upn", "surname", "forename", "dob", "sex", "reading", "maths", "gps", "status")


def match(*lines):
    return match_headings(read_table(csv(*lines)), YEAR.headings.lookup)


def test_case_spaces_and_punctuation_do_not_matter_nor_does_the_order():
    assert match(("writing-t.a.", "U P N", "  SURNAME ")).columns == {"writing": 0, "upn": 1, "surname": 2}


def test_usual_synonyms_are_known():
    columns = match(("UPN", "Legal surname", "First name", "DOB", "Gender", "TA_WRI", "SCITAOUTCOME")).columns
    assert list(columns) == ["upn", "surname", "forename", "birth_date", "sex", "writing", "science"]


def test_headings_that_are_not_known_are_listed_with_their_columns():
    assert match(("UPN", "Shoe size", "Surname", "House")).unknown == (("Shoe size", 1), ("House", 3))


def test_a_column_with_entries_but_no_heading_is_listed():
    assert match(("UPN", "", "Surname", ""), ("P1", "EXS", "Li", "")).unknown == (("", 1),)


def test_entries_beyond_the_last_heading_are_listed():
    assert match(("UPN", "Surname"), ("P1", "Li", "EXS")).unknown == (("", 2),)


def test_headings_that_are_needed_and_missing_are_listed():
    assert match(("UPN", "Surname", "Writing TA")).missing(NEEDED) == ("forename", "science")


def test_a_field_that_stands_twice_is_listed_and_the_first_column_counts():
    matched = match(("UPN", "Writing", "Writing TA"))
    assert (matched.columns["writing"], matched.repeated, matched.all_of("writing")) == (1, (("writing", 2),), (1, 2))


@pytest.mark.parametrize(
    ("headings", "is_register", "is_results"),
    [
        (REGISTER, True, False),
        (("UPN", "Surname", "Forename", "DOB", "Sex", "Status"), True, False),
        (REGISTER[:5], True, False),
        (REGISTER[:4], False, False),
        (HEADINGS, False, False),
        (("UPN", "Surname", "Forename", "DOB", "Sex", "Reading", "Writing", "Maths", "Science"), False, False),
        (("UPN", "Surname", "Forename", "READMRK", "READSCORE"), False, True),
        (("UPN", "MATOUTCOME", "WRITTAOUTCOME"), False, True),
    ],
)
def test_registers_templates_and_results_are_told_apart(headings, is_register, is_results):
    table = read_table(csv(headings))
    assert (looks_like_register(table), looks_like_results(table)) == (is_register, is_results)
