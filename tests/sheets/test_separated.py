"""CSV files, as spreadsheet programs and people write them."""

import codecs

import pytest

from keystage.sheets import read_table
from sheets.made import ADA, BEN, HEADINGS, csv, refusal

PLAIN = csv(HEADINGS, ADA, BEN)


def test_a_plain_file_gives_headings_and_rows_with_their_lines():
    table = read_table(PLAIN, name="a.csv")
    assert (table.name, table.kind, table.sheet, table.heading_row) == ("a.csv", "csv", "", 1)
    assert table.headings == HEADINGS
    assert [(row.number, row.cells) for row in table.rows] == [(2, ADA), (3, BEN)]


def test_a_byte_order_mark_is_no_part_of_the_first_heading():
    assert read_table(codecs.BOM_UTF8 + PLAIN).headings[0] == "UPN"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(delimiter):
    assert read_table(csv(HEADINGS, ADA, delimiter=delimiter)).rows[0].cells == ADA


def test_commas_in_names_do_not_mislead_about_the_delimiter():
    data = csv(("UPN", "Surname"), ("P1", "Example, Ada, Jane, Mary"), delimiter=";")
    assert read_table(data).rows[0].cells == ("P1", "Example, Ada, Jane, Mary")


def test_the_line_that_tells_excel_the_delimiter_is_heeded_and_counted():
    table = read_table(b"sep=;\r\n" + csv(("UPN", "Surname"), ("P1", "Li"), delimiter=";"))
    assert (table.heading_row, table.headings, table.rows[0].number) == (2, ("UPN", "Surname"), 3)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_accents_are_read_in_every_usual_encoding(encoding):
    data = "UPN,Surname\r\nP1,Ní Bhriain–Müller\r\n".encode(encoding)
    assert read_table(data).rows[0].cells[1] == "Ní Bhriain–Müller"


def test_big_endian_utf_16_is_read():
    assert read_table(codecs.BOM_UTF16_BE + "UPN,Surname\nP1,Ní".encode("utf-16-be")).rows[0].cells == ("P1", "Ní")


def test_a_quoted_line_break_stays_in_its_cell_and_lines_are_counted_on():
    table = read_table(b'UPN,Surname\r\nP1,"Ex\r\nample"\r\nP2,Li\r\n')
    assert [(row.number, row.cells[1]) for row in table.rows] == [(2, "Ex\r\nample"), (4, "Li")]


def test_blank_lines_are_passed_over():
    table = read_table(b"\r\nUPN,Surname\r\n,\r\n \r\nP1,Li\r\n,,,\r\n")
    assert (table.heading_row, [row.number for row in table.rows]) == (2, [5])


def test_old_macintosh_line_ends_are_read():
    assert read_table(b"UPN,Surname\rP1,Li\r").rows[0].cells == ("P1", "Li")


def test_a_quotation_mark_inside_a_cell_is_tolerated():
    assert read_table(b'UPN,Forename\nP1,William "Bill"\nP2,Li').rows[0].cells[1] == 'William "Bill"'


def test_a_quotation_mark_that_is_never_closed_swallows_no_pupils():
    refused = refusal(b'UPN,Surname\nP1,Li\nP2,"Example\nP3,Sample\n')
    assert (refused.code, refused.line) == ("F01", 3)
    assert "quotation mark" in refused.what


def test_a_rounded_number_comes_through_as_it_was_typed():
    assert read_table(b"UPN,Surname\n1.1E+12,Li\n").rows[0].cells[0] == "1.1E+12"


def test_letters_of_no_known_encoding_are_refused_with_the_line():
    refused = refusal(b"UPN,Surname\nP1,L\x81i\n")
    assert (refused.code, refused.line, refused.value) == ("F01", 2, "81")


def test_half_a_utf_16_file_is_refused():
    assert refusal("UPN,Surname".encode("utf-16")[:-1]).code == "F01"


def test_a_file_of_separators_alone_is_refused():
    assert refusal(b",,,\r\n,,,\r\n").code == "F02"
