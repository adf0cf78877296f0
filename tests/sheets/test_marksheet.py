"""The marksheet as a workbook: what is in it, how it prints, and that it comes back."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keystage.checks import run
from keystage.returns.judgement import judgement
from keystage.returns.owed import owed, owed_as_left
from keystage.returns.register import Expected
from keystage.returns.value import Pupil, Return
from keystage.sheets import (
    Marksheet,
    MarksheetLine,
    made_from,
    read_table,
    read_template,
    write_marksheet,
    write_template,
)
from keystage.years import Subject
from keystage.years.registration import TestStatus
from sheets.made import YEAR, csv, repacked, rows, workbook

ADA = Pupil("P999999919001", "Example", "Ada", date(2015, 3, 9), "2015-03-09", "F")
ADA = ADA._replace(judgements=(judgement(Subject.WRITING, "EXS"),))
BEN = Pupil("D999999919002", "Sample", "Ben", date(2014, 11, 30), "2014-11-30", "M")
BELOW = owed(Expected(*BEN[:4], "M", reading=TestStatus.BELOW), YEAR)
SITTING = owed(Expected(*ADA[:4], "F"), YEAR)
SHEET = Marksheet(
    YEAR,
    (MarksheetLine(ADA, "6A", SITTING), MarksheetLine(BEN, "6B", BELOW)),
    "9991234",
    "Bell & Book Primary",
    "0123456789abcdef" * 4,
    "17",
)


def written(sheet: Marksheet = SHEET) -> bytes:
    sink = io.BytesIO()
    write_marksheet(sheet, sink)
    return sink.getvalue()


def part(data: bytes, name: str = "xl/worksheets/sheet1.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.read(name).decode()


# -- what is in it


def test_it_has_the_columns_of_the_template_and_the_class():
    table = read_table(written())
    assert table.headings == (
        *("UPN", "Surname", "Forename", "Date of birth", "Sex", "Class"),
        *("Reading TA", "Writing TA", "Maths TA", "Science TA"),
    )
    assert table.rows[0].cells == ("P999999919001", "Example", "Ada", "2015-03-09", "F", "6A", "", "EXS", "", "")
    assert table.sheet == "Teacher assessment"


def test_a_blank_one_holds_no_code():
    table = read_table(written(replace(SHEET, is_blank=True)))
    assert [row.cells[6:] for row in table.rows] == [("", "", "", "")] * 2


def test_what_is_owed_is_yellow_until_it_is_filled_and_what_is_closed_is_grey():
    sheet = part(written())
    yellow = re.findall(r'sqref="([^"]*)"><cfRule type="containsBlanks"', sheet)
    # Ben is below the standard in reading; writing and science are owed by both, maths by neither.
    assert yellow == ["G3:G3", "H2:H3", "J2:J3"]
    styles = dict(re.findall(r'<c r="([A-J]\d)" s="(\d+)"', sheet))
    assert styles["G2"] == styles["I2"] == styles["I3"] != styles["A2"]
    assert styles["G3"] == styles["H3"] == styles["J2"] == styles["A2"]
    fill = part(written(), "xl/styles.xml")
    assert "FFD9D9D9" in fill
    assert "FFFFF2CC" in fill


def test_a_code_in_a_cell_that_is_closed_stays_and_is_grey():
    ada = ADA._replace(judgements=(judgement(Subject.MATHS, "PK4"),))
    data = written(replace(SHEET, lines=(MarksheetLine(ada, "6A", owed_as_left(YEAR)),)))
    styles = dict(re.findall(r'<c r="([A-J]\d)" s="(\d+)"', part(data)))
    assert read_table(data).rows[0].cells[8] == "PK4"
    assert styles["I2"] == styles["G2"] != styles["A2"]


def test_many_ranges_of_cells_that_are_owed_are_all_coloured():
    lines = tuple(MarksheetLine(ADA, "6A", BELOW if at % 2 else SITTING) for at in range(90))
    yellow = re.findall(r'sqref="(G[^"]*)"><cfRule type="containsBlanks"', part(written(replace(SHEET, lines=lines))))
    assert [len(ranges.split()) for ranges in yellow] == [20, 20, 5]
    assert " ".join(yellow).split() == [f"G{row}:G{row}" for row in range(3, 92, 2)]


def test_each_cell_offers_the_codes_of_its_subject():
    sheet = part(written())
    offered = dict(re.findall(r'sqref="(\w)2:\w53"[^>]*><formula1>([^<]*)<', sheet))
    assert offered.keys() == set("GHIJ")
    assert offered["H"] == "Codes!$B$10:$B$23"


def test_nothing_in_it_runs():
    data = written(replace(SHEET, lines=(MarksheetLine(ADA._replace(surname="=1+1"), "=2"),)))
    assert read_table(data).rows[0].cells[1] == "=1+1"
    assert "<f>" not in part(data)


def test_equal_marksheets_make_equal_bytes():
    assert written() == written()


# -- print


def test_it_prints_on_a4_lengthwise_with_the_headings_on_each_page_and_the_width_on_one():
    sheet = part(written())
    assert 'orientation="landscape"' in sheet
    assert 'paperSize="9"' in sheet
    assert 'fitToHeight="0"' in sheet
    assert '<definedName name="_xlnm.Print_Titles" localSheetId="0">' in part(written(), "xl/workbook.xml")
    assert '<pane xSplit="3" ySplit="1" topLeftCell="D2"' in sheet


def test_each_page_says_which_state_of_the_return_it_shows():
    sheet = part(written())
    assert "&amp;LFingerprint 0123 4567 89ab, Version 17&amp;RPage &amp;P of &amp;N" in sheet
    assert "&amp;LBell &amp;&amp; Book Primary 9991234: key stage 2 teacher assessment 2025/26" in sheet


def test_a_long_name_of_a_school_is_cut_to_what_a_header_holds():
    header = re.search(r"<oddHeader>(.*?)</oddHeader>", part(written(replace(SHEET, school_name="&" * 300))))
    assert len(header[1].replace("&amp;", "&")) <= 255


# -- coming back


def back(data: bytes) -> Return:
    return read_template(data, YEAR, school="9991234")


def test_it_comes_back_as_it_was():
    returned = back(written())
    assert [pupil._replace(at=0, judgements_at=()) for pupil in returned.pupils] == [ADA, BEN]


def test_no_column_of_it_is_unknown():
    report = run(back(written()), year=YEAR)
    assert [finding.code for finding in report.findings if finding.code in ("F10", "F11")] == []
    assert {"F10", "F11"} <= set(report.ran)


def test_a_column_that_was_added_is_still_named():
    table = read_table(written())
    lines = [(*row.cells, "ask") for row in table.rows]
    source = back(workbook(rows((*table.headings, "Notes"), *lines))).source
    assert [heading for heading, _ in source.unknown_headings] == ["Notes"]


def test_it_is_matched_by_heading_and_not_by_place():
    table = read_table(written())
    turned = back(workbook(rows(table.headings[::-1], *(row.cells[::-1] for row in reversed(table.rows)))))
    assert [(pupil.upn, pupil.code(Subject.WRITING)) for pupil in turned.pupils] == [(BEN.upn, ""), (ADA.upn, "EXS")]


def test_it_says_what_it_was_made_from():
    assert made_from(written()) == ("0123456789abcdef" * 4, "17")


def test_it_says_so_where_there_was_nothing_to_say():
    assert made_from(written(Marksheet(YEAR, ()))) == ("", "")


@pytest.mark.parametrize(
    "data",
    [
        csv(("UPN", "Surname"), ("P1", "Example")),
        workbook(rows(("UPN", "Surname"), ("P1", "Example"))),
        workbook(rows(("UPN",), ("P1",)), rows(("Other program", "1"), ("Fingerprint", "x")), names=("A", "Made from")),
        workbook(rows(("UPN",)), lambda _sheet: None, names=("A", "Made from")),
        b"",
        b"PK\x03\x04 cut short",
        b"%PDF",
    ],
)
def test_other_files_say_nothing_of_that(data):
    assert made_from(data) is None


def test_a_template_is_no_marksheet():
    sink = io.BytesIO()
    write_template(Return("", 2026, (ADA,)), YEAR, sink, kind="xlsx")
    assert made_from(sink.getvalue()) is None


def test_what_it_was_made_from_is_out_of_sight():
    assert '<sheet name="Made from" sheetId="3" state="hidden"' in part(written(), "xl/workbook.xml")


@settings(max_examples=25, deadline=None)
@given(chance=st.randoms(use_true_random=False))
def test_a_spoilt_one_says_something_or_nothing(chance):
    def spoil(_name, xml):
        data = bytearray(xml)
        if data and chance.random() < 0.3:
            data[chance.randrange(len(data))] = chance.choice(b'<>/"= 0x&;A9')
        return bytes(data)

    said = made_from(repacked(written(), spoil))
    assert said is None or len(said) == 2
