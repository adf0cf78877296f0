"""The report as a workbook, opened again by another library and by its parts."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from checks.build import ADA, BEN, SOUND, TODAY, a_return, ctf, expected, pupil, register, result, some_results
from checks.cases import Given, report_on
from keystage.checks.workbook import write_workbook

COLUMNS = [
    *("School", "UPN", "Pupil", "Subject", "Found", "What is wrong", "Allowed", "What to do", "Where", "Check", "File"),
]
WRONG = report_on(Given(ctf((22, "P9", "B9"), (38, "EXS", "2B"), (49, "EXS", "L")), name="9991234 (1).xml"))


def written(*reports):
    sink = BytesIO()
    write_workbook(reports, sink)
    return sink.getvalue()


def sheets(data):
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def part(data, number):
    with zipfile.ZipFile(BytesIO(data)) as parts:
        return parts.read(f"xl/worksheets/sheet{number}.xml").decode()


def test_errors_come_first_and_what_was_not_checked_last():
    assert list(sheets(written(WRONG))) == ["Errors", "Queries", "Information", "Files", "Not checked"]


def test_errors_are_on_the_sheet_that_is_open():
    with zipfile.ZipFile(BytesIO(written(WRONG))) as parts:
        book = parts.read("xl/workbook.xml").decode()
    assert 'activeTab="' not in book
    assert 'tabSelected="1"' in part(written(WRONG), 1)


def test_every_finding_has_a_row_of_its_own():
    errors = sheets(written(WRONG))["Errors"]
    assert errors[0] == COLUMNS
    assert [row[9] for row in errors[1:]] == ["P02", "J03", "J07"]
    assert errors[2][:5] == ["9991234", "B999999919001", "Example, Ada", "writing", "2B"]
    assert errors[2][6] == "GDS, EXS, WTS, PK6, PK5, PK4, PK3, PK2, PK1, EM, A, L, F, P"
    assert errors[2][8] == "line 38"


def test_nothing_is_capped():
    many = report_on(a_return(*(pupil((f"U{number}", "S", "F", "2015-03-09", "F")) for number in range(400))))
    assert len(sheets(written(many))["Errors"]) == 1 + 400


def test_information_has_a_sheet_of_its_own():
    assert [row[9] for row in sheets(written(WRONG))["Information"][1:]] == ["F05"]


def test_an_empty_sheet_says_so():
    assert sheets(written(report_on(SOUND)))["Errors"][1][0] == "None."


def test_files_are_listed_with_what_was_found_in_them():
    files = sheets(written(WRONG, report_on(SOUND)))["Files"]
    assert files[0] == ["File", "School", "Year", "Pupils", "Verdict", "Errors", "Queries", "Notes", "SHA-256"]
    assert files[1][:7] == ["9991234 (1).xml", "9991234", 2026.0, 2.0, "errors", 3.0, 0.0]
    assert files[2][4] == "clean"
    assert files[2][8] == report_on(SOUND).sha256


def test_notes_and_drafts_are_said():
    draft = report_on(Given(SOUND, year=2027))
    unsure = report_on(SOUND.replace("<Year>2026</Year>", "").replace("2025</AcademicYear>", "</AcademicYear>"))
    notes = [row[7] for row in sheets(written(draft, unsure, report_on(SOUND)))["Files"][1:]]
    assert notes[0] == "The rules of 2027 are a draft: most of them are assumed."
    assert notes[1].startswith("The file does not say its year: 2026 was taken.")
    assert notes[2] == ""


def test_what_was_not_checked_is_said_with_the_reason_and_how_often():
    rows = sheets(written(WRONG, report_on(SOUND)))["Not checked"]
    assert rows[0] == ["Check", "What it looks for", "Why it was not run", "Files"]
    assert ["C01", "Every expected pupil is in the return.", "no register was given", 2.0] in rows


def test_a_check_that_was_run_in_part_is_said():
    partly = report_on(some_results(result(), year=2024))
    assert any("R03 was run in part only" in str(row) for row in sheets(written(partly))["Files"])


def test_a_file_that_cannot_be_read_has_its_rows_too():
    book = sheets(written(report_on(b"")))
    assert book["Errors"][1][5] == "The file is empty."
    assert book["Files"][1][4] == "unreadable"


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_headings_stay_in_sight_and_columns_have_widths(number):
    xml = part(written(WRONG), number)
    assert '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' in xml
    assert "<autoFilter " in xml
    widths = [float(width) for width in re.findall(r'<col [^>]*width="([\d.]+)"[^>]*customWidth="1"', xml)]
    columns = len(sheets(written(WRONG))[list(sheets(written(WRONG)))[number - 1]][0])
    assert len(widths) <= columns
    assert (
        sum(int(last) - int(first) + 1 for first, last in re.findall(r'<col min="(\d+)" max="(\d+)"', xml)) == columns
    )
    assert min(widths) > 7


def test_upns_are_text_even_where_they_are_figures():
    report = report_on(a_return(pupil(upn="1234567890123"), pupil(BEN, upn="1.1E+12")))
    upns = [row[1] for row in sheets(written(report))["Errors"][1:]]
    assert upns == ["1234567890123", "1.1E+12"]


@pytest.mark.parametrize("name", ["=1+1", "=cmd|' /C calc'!A0", "+44", "-1", "@SUM(A1)", "http://example.org", "\tx"])
def test_a_name_is_never_a_formula_or_a_link(name):
    report = report_on(a_return(pupil(surname=name, forename="", writing="=2B")))
    data = written(replace(report, file=name))
    for number in range(1, 6):
        assert "<f>" not in part(data, number)
        assert "<hyperlink" not in part(data, number)
    errors = sheets(data)["Errors"]
    assert {row[10] for row in errors[1:]} == {name}
    assert errors[1][2] == name.strip()


def test_characters_that_no_workbook_can_hold_do_no_harm():
    report = report_on(a_return(pupil(forename="Zo\x07ë\x00", surname="🎈", writing="2B")))
    assert "🎈" in sheets(written(report))["Errors"][1][2]


def test_an_endless_value_is_cut():
    report = report_on(a_return(pupil(upn="9" * 100_000)))
    assert len(sheets(written(report))["Errors"][1][1]) == 32_000


def test_what_does_not_apply_is_a_blank_cell():
    nowhere = report_on(a_return(pupil(upn="", forename="", surname="", writing="2B"), school=""))
    for rows in sheets(written(nowhere, report_on(b""), WRONG)).values():
        assert not any(cell == "None" for row in rows for cell in row)


def test_the_same_reports_make_the_same_bytes():
    assert written(WRONG) == written(WRONG)


def test_findings_of_a_register_have_no_place():
    report = report_on(Given(SOUND, register=register(expected(ADA)), today=TODAY))
    queries = sheets(written(report))["Queries"]
    assert queries[1][8] == "line 55"
