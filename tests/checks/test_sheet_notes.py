"""What is said of a spreadsheet's cells, besides the findings."""

from io import BytesIO

import xlsxwriter

from checks.cases import Given, report_on

HEADINGS = ("UPN", "Surname", "Forename", "Writing", "Science")
ADA = ("P999999919001", "Example", "Ada", "EXS", "EXS")


def workbook(fill):
    sink = BytesIO()
    with xlsxwriter.Workbook(sink) as book:
        sheet = book.add_worksheet("Pupils")
        sheet.write_row(0, 0, HEADINGS)
        sheet.write_row(1, 0, ADA)
        fill(sheet)
    return Given(sink.getvalue(), name="9991234.xlsx", year=2026)


def notes(given):
    return report_on(given).notes


def test_a_plain_spreadsheet_has_no_notes():
    assert notes(workbook(lambda _sheet: None)) == ()


def test_a_formula_without_a_result_is_said():
    (note,) = notes(workbook(lambda sheet: sheet.write_formula("D2", "=E2", value="")))
    assert "saved without its result, so the cell was read as blank: sheet Pupils, cell D2. Open the file" in note


def test_merged_cells_are_said():
    def fill(sheet):
        sheet.write_row(2, 0, ("D999999919002", "Sample", "Ben", "", "HNM"))
        sheet.merge_range("D2:D3", "EXS")

    (note,) = notes(workbook(fill))
    assert note.startswith("Cells are merged, so only the first of each block was read: sheet Pupils, cell D2.")


def test_an_entry_that_begins_like_a_formula_is_said():
    rows = b"UPN,Surname,Forename,Writing,Science\nP999999919001,=1+1,Ada,EXS,EXS\n"
    (note,) = notes(Given(rows, name="9991234.csv", year=2026))
    assert note.startswith("An entry begins like a formula, which a spreadsheet program might run.")
    assert "It was read as text: line 2. Make sure" in note


def test_ten_places_are_all_said():
    rows = b"UPN,Surname,Forename,Writing,Science\n" + b"P999999919001,@x,Ada,EXS,EXS\n" * 10
    (note,) = notes(Given(rows, name="9991234.csv", year=2026))
    assert "line 10; line 11. Make sure" in note


def test_many_places_are_counted():
    rows = b"UPN,Surname,Forename,Writing,Science\n" + b"P999999919001,@x,Ada,EXS,EXS\n" * 13
    (note,) = notes(Given(rows, name="9991234.csv", year=2026))
    assert "line 11; and 3 more. Make sure" in note


def test_a_column_that_stands_twice_is_said():
    rows = b"UPN,Surname,Forename,Writing,Science,TA_WRI,Last name\nP999999919001,Example,Ada,EXS,EXS,GDS,Other\n"
    report = report_on(Given(rows, name="9991234.csv", year=2026))
    assert report.notes == (
        "Two columns have a heading for writing: line 1. Judgements were read from both.",
        "Two columns have a heading for surname: line 1. The first was read.",
    )
    assert "J04" in {finding.code for finding in report.findings}
