"""Texts that a spreadsheet program might run as a formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keystage.sheets.guard import guard, is_injection, unguard


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "=", "- Ada", "-1+HYPERLINK"])
def test_a_formula_is_dangerous(text):
    assert is_injection(text)


@pytest.mark.parametrize("text", ["", "-", "-5", "+5", "-1.5", "+1,5", "Ada", "O'Brien", "'=1", "a=b"])
def test_anything_else_is_harmless(text):
    assert not is_injection(text)


def test_a_formula_is_written_with_an_apostrophe_before_it():
    assert guard("=1+1") == "'=1+1"


def test_names_with_apostrophes_are_written_as_they_are():
    assert [guard(name) for name in ("'t Hooft", "O'Brien", "-")] == ["'t Hooft", "O'Brien", "-"]


@given(st.text(alphabet="'=+-@\t\ra1,", max_size=6))
def test_every_text_comes_back_and_is_safe_while_it_is_away(text):
    assert unguard(guard(text)) == text
    assert not is_injection(guard(text))
