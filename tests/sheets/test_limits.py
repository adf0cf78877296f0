"""Files that are too large, or would become so."""

import io
import struct
import time
import zipfile

import pytest

from keystage.returns.refused import FileRefused
from keystage.sheets.limits import Limits
from keystage.sheets.table import read_table
from sheets.made import ADA, HEADINGS, csv, ods, refusal, repacked, rows, workbook

FEW = Limits(pupils=3)


def test_a_file_beyond_the_size_is_refused_unread(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"UPN,Surname\n" * 100)
    with pytest.raises(FileRefused) as refused:
        read_table(path, limits=Limits(size=1000))
    assert (refused.value.code, refused.value.value) == ("F08", "1200")


@pytest.mark.parametrize("data", [csv(HEADINGS, *[ADA] * 4), workbook(rows(HEADINGS, *[ADA] * 4))])
def test_one_pupil_too_many_is_refused(data):
    with pytest.raises(FileRefused, match="more than 3 pupils") as refused:
        read_table(data, limits=FEW)
    assert refused.value.code == "F08"


@pytest.mark.parametrize("data", [csv(HEADINGS, *[ADA] * 3), workbook(rows(HEADINGS, *[ADA] * 3))])
def test_as_many_pupils_as_are_allowed_are_read(data):
    assert len(read_table(data, limits=FEW).rows) == 3


def test_a_csv_file_says_on_which_line_the_first_pupil_too_many_stands():
    with pytest.raises(FileRefused) as refused:
        read_table(csv(HEADINGS, *[ADA] * 4), limits=FEW)
    assert refused.value.line == 5


def test_a_workbook_that_unpacks_to_too_much_is_refused():
    bomb = repacked(workbook(rows(HEADINGS)), lambda name, part: b" " * 20_000_000 if "theme" in name else part)
    assert len(bomb) < 40_000
    with pytest.raises(FileRefused) as refused:
        read_table(bomb, limits=Limits(unpacked=10_000_000))
    assert refused.value.code == "F08"


def test_a_workbook_that_understates_its_unpacked_size_is_refused():
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", b" " * 20_000_000)
    data = sink.getvalue().replace(struct.pack("<L", 20_000_000), struct.pack("<L", 1000))
    with pytest.raises(FileRefused) as refused:
        read_table(data, limits=Limits(unpacked=10_000_000))
    assert refused.value.code == "F08"


def test_a_workbook_that_misstates_the_size_of_a_part_is_refused():
    data = workbook(rows(HEADINGS, ADA))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        size = file.getinfo("xl/theme/theme1.xml").file_size
    assert refusal(data.replace(struct.pack("<L", size), struct.pack("<L", size - 1))).code == "F01"


def test_cells_at_the_far_ends_of_a_sheet_take_no_memory():
    def fill(sheet):
        sheet.write_string(0, 0, "UPN")
        sheet.write_string(1_048_575, 16_383, "x")

    start = time.perf_counter()
    assert refusal(workbook(fill)).code == "F08"
    assert time.perf_counter() - start < 20


def test_a_sheet_that_is_far_too_wide_is_left_out_where_another_is_sound():
    def wild(sheet):
        sheet.write_string(0, 0, "UPN")
        sheet.write_string(1_048_575, 16_383, "x")

    assert read_table(workbook(wild, rows(HEADINGS, ADA))).sheet == "Sheet2"


def test_a_part_that_announces_billions_of_texts_is_refused():
    def announce(name, part):
        return part.replace(b'uniqueCount="', b'uniqueCount="9999999') if "sharedStrings" in name else part

    assert refusal(repacked(workbook(rows(HEADINGS)), announce)).code == "F01"


CELL = '<table:table-cell office:value-type="string"{}><text:p>UPN</text:p></table:table-cell>'


def test_a_million_repeated_cells_in_an_open_document_take_no_memory():
    repeated = CELL.format(' table:number-columns-repeated="16384"')
    body = f'<table:table-row table:number-rows-repeated="1048576">{repeated}</table:table-row>'
    assert refusal(ods(body)).code == "F08"


def test_blank_rows_at_the_end_of_an_open_document_are_nothing():
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    body = f"<table:table-row>{CELL.format('')}</table:table-row>"
    body += f'<table:table-row table:number-rows-repeated="1048575">{blank}</table:table-row>'
    assert read_table(ods(body)).headings == ("UPN",)


def test_too_many_sheets_are_refused():
    with pytest.raises(FileRefused) as refused:
        read_table(workbook(rows(HEADINGS), rows(HEADINGS)), limits=Limits(sheets=1))
    assert refused.value.code == "F08"


def test_too_many_columns_are_refused():
    with pytest.raises(FileRefused) as refused:
        read_table(b"UPN,Surname,Forename", limits=Limits(columns=2))
    assert refused.value.code == "F08"
