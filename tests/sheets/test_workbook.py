"""Workbooks, with what people and Excel do to them."""

import io
import re
from datetime import date, datetime

import pytest
import xlsxwriter

from keystage.sheets import read_table
from keystage.sheets.cells import at, cell_name, read_value
from sheets.made import ADA, BEN, HEADINGS, ods, repacked, rows, workbook


def one(value):
    return read_table(workbook(rows(("UPN", "Surname"), ("P1", value)))).rows[0].cells[1]


def test_a_plain_sheet_gives_headings_and_rows_with_their_numbers():
    table = read_table(workbook(rows(HEADINGS, ADA, BEN), names=["Year 6"]), name="a.xlsx")
    assert (table.name, table.kind, table.sheet, table.heading_row) == ("a.xlsx", "xlsx", "Year 6", 1)
    assert table.headings == HEADINGS
    assert [(row.number, row.cells) for row in table.rows] == [(2, ADA), (3, BEN)]


def test_a_path_gives_the_name(tmp_path):
    path = tmp_path / "KS2_9991234_001.xlsx"
    path.write_bytes(workbook(rows(HEADINGS, ADA)))
    assert read_table(path).name == "KS2_9991234_001.xlsx"


def test_a_missing_path_is_no_refusal_of_its_content(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_table(tmp_path / "none.xlsx")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5, "5"),
        (1234567890123, "1234567890123"),
        (1.5, "1.5"),
        (0.1 + 0.2, "0.3"),
        (1.1e12, "1.1E+12"),
        (9.12345e12, "9.12345E+12"),
        (1234567890123456789, "1.23456789012346E+18"),
        ("1.1E+12", "1.1E+12"),
        (True, "TRUE"),
        (date(2015, 3, 9), "2015-03-09"),
        (datetime.fromisoformat("2015-03-09T10:30:00"), "2015-03-09 10:30:00"),
        ("09/03/2015", "09/03/2015"),
        ("0012", "0012"),
        (" x ", " x "),
    ],
)
def test_every_value_comes_as_the_text_that_was_meant(value, text):
    assert one(value) == text


def test_a_number_that_lost_its_digits_is_noted():
    table = read_table(workbook(rows(("UPN", "Surname"), (1.1e12, "Li"))))
    assert [(trap.kind, trap.at, trap.text) for trap in table.traps] == [("rounded", at(2, 0), "1.1E+12")]


def test_title_rows_above_the_headings_are_passed_over():
    table = read_table(workbook(rows(("Writing at Anytown School",), ("Summer 2026",), (), HEADINGS, ADA)))
    assert (table.heading_row, table.headings, len(table.rows)) == (4, HEADINGS, 1)


def test_rows_keep_their_numbers_where_the_sheet_begins_lower_down_and_to_the_right():
    def fill(sheet):
        sheet.write_row(5, 2, HEADINGS)
        sheet.write_row(8, 2, ADA)

    table = read_table(workbook(fill))
    assert (table.heading_row, table.rows[0].number, table.rows[0].cells[2]) == (6, 9, ADA[0])


def test_blank_rows_are_passed_over():
    table = read_table(workbook(rows(HEADINGS, (), ("", " "), ADA)))
    assert [row.number for row in table.rows] == [4]


def test_of_several_sheets_the_one_with_the_best_headings_is_read():
    notes = rows(("Notes",), ("UPN", "remember to check"))
    assert read_table(workbook(notes, rows(HEADINGS, ADA), names=["Notes", "Marks"])).sheet == "Marks"


def test_a_hidden_sheet_is_not_read():
    def hidden(sheet):
        rows(HEADINGS, ADA)(sheet)
        sheet.hide()

    assert read_table(workbook(rows(("UPN", "Surname"), ("P1", "Li")), hidden)).sheet == "Sheet1"


def test_a_formula_gives_its_saved_result():
    def fill(sheet):
        rows(HEADINGS, ADA)(sheet)
        sheet.write_formula(1, 1, '=UPPER("li")', None, "LI")

    table = read_table(workbook(fill))
    assert (table.rows[0].cells[1], table.traps) == ("LI", ())


def test_a_formula_saved_without_a_result_is_noted():
    def fill(sheet):
        rows(HEADINGS, ADA)(sheet)
        sheet.write_formula(1, 6, "=F2")

    def forget(name, part):
        return re.sub(rb"<v>0</v>", b"", part) if "sheet1" in name else part

    table = read_table(repacked(workbook(fill), forget))
    assert table.rows[0].cells[6] == ""
    assert [(trap.kind, trap.at) for trap in table.traps] == [("formula", at(2, 6))]


def test_an_error_in_a_cell_is_shown_and_noted():
    def fill(sheet):
        rows(HEADINGS, ADA)(sheet)
        sheet.write_formula(1, 6, "=#REF!", None, "#REF!")

    table = read_table(workbook(fill))
    assert table.rows[0].cells[6] == "#REF!"
    assert [(trap.kind, trap.at, trap.text) for trap in table.traps] == [("error", at(2, 6), "#REF!")]


def test_merged_cells_hold_their_value_once_and_are_noted():
    def fill(sheet):
        rows(HEADINGS, ADA[:6], BEN[:6])(sheet)
        sheet.merge_range("G2:G3", "EXS")

    table = read_table(workbook(fill))
    assert [row.cells[6] for row in table.rows] == ["EXS", ""]
    assert [(trap.kind, trap.at, trap.text) for trap in table.traps] == [("merged", at(2, 6), "G2:G3")]


def test_a_merged_title_is_no_trap():
    def fill(sheet):
        sheet.merge_range("A1:I1", "Teacher assessment")
        rows(HEADINGS, ADA, top=1)(sheet)

    assert read_table(workbook(fill)).traps == ()


def test_a_workbook_with_macros_is_read_for_its_values(tmp_path):
    macros = tmp_path / "vbaProject.bin"
    macros.write_bytes(b"no real macros")
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink)
    book.add_vba_project(str(macros))
    rows(HEADINGS, ADA)(book.add_worksheet())
    book.close()
    assert read_table(sink.getvalue()).rows[0].cells == ADA


def test_an_open_document_is_read():
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    born = cell.replace('"string"', '"date" office:date-value="2015-03-09"').format("9 March")
    head = "".join(map(cell.format, ("UPN", "Surname", "DOB")))
    line = cell.format("P1") + cell.format("Ní") + born
    table = read_table(ods(f"<table:table-row>{head}</table:table-row><table:table-row>{line}</table:table-row>"))
    assert (table.kind, table.sheet, table.rows[0].cells) == ("ods", "Pupils", ("P1", "Ní", "2015-03-09"))


@pytest.mark.parametrize(
    ("row", "column", "name"), [(1, 0, "A1"), (14, 2, "C14"), (3, 25, "Z3"), (3, 26, "AA3"), (9, 16383, "XFD9")]
)
def test_cells_are_named_as_excel_names_them(row, column, name):
    assert cell_name(row, column) == name


def test_nothing_is_an_empty_text():
    assert read_value(None).text == ""
