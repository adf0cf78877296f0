"""Words and attendance for reports for parents, as a sheet that goes out and comes back."""

from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from keystage.returns.refused import FileRefused
from keystage.sheets.report_texts import COLUMNS, NUMBERS, TEXTS, TextSheet, read_report_texts, tidy, write_report_texts
from sheets.made import csv, rows, workbook

HEAD = ("UPN", "Surname", "Forename", "General progress", "Possible sessions", "Sessions attended")
ADA = ("P999999919001", "Example", "Ada", "Reads a lot.", "380", "371")


def read(*lines: tuple[str, ...]) -> TextSheet:
    return read_report_texts(csv(*lines), name="words.csv")


def test_words_and_numbers_are_read_with_whose_they_are():
    (line,) = read(HEAD, ADA).lines
    assert (line.number, line.upn, line.name, line.faults) == (2, "P999999919001", "Example, Ada", ())
    assert line.said == {"progress": "Reads a lot.", "possible_sessions": 380, "attended_sessions": 371}


def test_headings_of_other_systems_are_known_in_any_order_and_case():
    sheet = read(("present", "Pupil name", "COMMENT", "Unique Pupil Number"), ("371", "Ada Example", "Reads.", ADA[0]))
    (line,) = sheet.lines
    assert (line.upn, line.name, line.said) == (ADA[0], "Ada Example", {"progress": "Reads.", "attended_sessions": 371})


def test_a_workbook_is_read_below_its_title():
    (line,) = read_report_texts(workbook(rows(("Reports of Year 6",), HEAD, ADA)), name="words.xlsx").lines
    assert line.said["attended_sessions"] == 371


def test_a_blank_says_nothing_and_what_is_not_known_is_named():
    sheet = read((*HEAD, "Shoe size"), (*ADA[:3], " ", "", "371", "33"))
    assert sheet.lines[0].said == {"attended_sessions": 371}
    assert sheet.passed_over == ("Shoe size",)


@pytest.mark.parametrize(
    ("field", "text", "fault"),
    [
        (5, "96%", "Sessions attended says “96%”: it must be a whole number of sessions from 0 to 999."),
        (5, "-1", "Sessions attended says “-1”: it must be a whole number of sessions from 0 to 999."),
        (5, "1000", "Sessions attended says “1000”: it must be a whole number of sessions from 0 to 999."),
        (3, "x" * 5001, "General progress is 5,001 characters long; at most 5,000 are kept."),
    ],
)
def test_what_cannot_be_kept_is_a_fault_of_its_line_and_the_rest_is_read(field, text, fault):
    cells = list(ADA)
    cells[field] = text
    (line,) = read(HEAD, tuple(cells)).lines
    assert line.faults == (fault,)
    assert line.said["possible_sessions"] == 380


@pytest.mark.parametrize(
    ("head", "why"),
    [
        (("Surname", "Comment"), "The sheet has no column of UPNs."),
        (("UPN", "Surname"), "The sheet has no column of comments or attendance."),
        (("UPN", "Comment", "Progress"), "Two columns are headed as “General progress”"),
    ],
)
def test_a_sheet_that_cannot_be_used_is_refused_with_what_to_do(head, why):
    with pytest.raises(FileRefused) as refused:
        read(head, ("P999999919001", "a", "b")[: len(head)])
    assert refused.value.what.startswith(why)
    assert refused.value.fix


def test_lines_of_a_text_are_kept_and_breaks_are_of_one_sort():
    assert tidy(" One. \r\nTwo.\rThree.\n\n") == "One.\nTwo.\nThree."


WRITTEN = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), include_characters="\n"), max_size=200)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@given(texts=st.fixed_dictionaries(dict.fromkeys(TEXTS, WRITTEN)), number=st.integers(0, 999))
@example(texts=dict.fromkeys(TEXTS, "=HYPERLINK(1)"), number=0)
@example(texts=dict.fromkeys(TEXTS, "'=1"), number=0)
@example(texts=dict.fromkeys(TEXTS, '"quoted", and; more'), number=0)
@settings(max_examples=60, deadline=None)
def test_what_goes_out_comes_back(kind, texts, number):
    sink = BytesIO()
    row = {"upn": ADA[0], "surname": "Example", "forename": "Ada", **texts, **dict.fromkeys(NUMBERS, str(number))}
    write_report_texts([row], sink, kind=kind)
    (line,) = read_report_texts(sink.getvalue(), name=f"words.{kind}").lines
    wanted = {field: tidy(text) for field, text in texts.items() if tidy(text)}
    assert line.said == {**wanted, **dict.fromkeys(NUMBERS, number)}
    assert line.faults == ()


@given(content=st.binary(max_size=400))
@example(content=b"UPN,Comment\n")
@example(content=b"UPN,Comment\n\x00,a\n")
@settings(max_examples=200, deadline=None)
def test_whatever_comes_in_is_read_or_refused(content):
    try:
        found = read_report_texts(content, name="words.csv")
    except FileRefused:
        return
    assert found.fields


HEADINGS = st.lists(st.sampled_from([*COLUMNS.values(), "Shoe size", ""]), min_size=2, max_size=8)
CELL = st.one_of(st.text(max_size=20), st.integers(-5, 2000).map(str), st.just("P999999919001"))


@given(headings=HEADINGS, lines=st.lists(st.lists(CELL, max_size=8), max_size=4))
@settings(max_examples=200, deadline=None)
def test_any_table_gives_lines_within_bounds_or_is_refused(headings, lines):
    try:
        found = read_report_texts(csv(tuple(headings), *map(tuple, lines)), name="words.csv")
    except FileRefused:
        return
    for line in found.lines:
        assert all(0 <= value <= 999 for value in line.said.values() if isinstance(value, int))
        assert all(value and len(value) <= 5000 for value in line.said.values() if isinstance(value, str))
