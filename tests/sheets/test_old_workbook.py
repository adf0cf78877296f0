"""Old Excel workbooks (.xls), built here byte by byte."""

import random
import struct
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keystage.returns.refused import FileRefused
from keystage.sheets import read_table
from keystage.sheets.compound_file import read_stream, write_stream
from sheets.made import refusal, xls

CELLS = ((0, 0, "UPN"), (0, 1, "Surname"), (1, 0, 1234567890123), (1, 1, "Ní"))


@pytest.mark.parametrize("stream_size", [0, 4096, 9000])
def test_an_old_workbook_is_read(stream_size):
    table = read_table(xls(*CELLS, stream_size=stream_size))
    assert (table.kind, table.sheet, table.headings) == ("xls", "Pupils", ("UPN", "Surname"))
    assert [(row.number, row.cells) for row in table.rows] == [(2, ("1234567890123", "Ní"))]


def test_cells_in_a_stream_of_many_megabytes_are_read():
    assert len(read_table(xls(*CELLS, stream_size=50_000)).rows) == 1
    table = read_table(write_stream("Workbook", read_stream(xls(*CELLS), ["Workbook"]).ljust(9_000_000, b"\0")))
    assert table.headings == ("UPN", "Surname")


@pytest.mark.parametrize("size", [1, 4096, 4097, 5_000_000])
def test_a_stream_comes_back_from_its_container(size):
    stream = bytes(range(256)) * (size // 256) + bytes(size % 256)
    assert read_stream(write_stream("Book", stream), ["Workbook", "Book"])[:size] == stream


def test_a_table_of_texts_that_announces_billions_is_refused():
    texts = struct.pack("<HHLL", 0x00FC, 8, 4_000_000_000, 4_000_000_000)
    stream = read_stream(xls(*CELLS), ["Workbook"])
    assert refusal(write_stream("Workbook", stream[:20] + texts + stream[20:])).code == "F01"


def test_a_sheet_that_announces_billions_of_cells_is_read_for_those_it_has():
    stream = read_stream(xls(*CELLS), ["Workbook"])
    at = stream.index(b"\x04\x02")  # the first cell
    announced = struct.pack("<HHLLHHH", 0x0200, 14, 0, 4_000_000_000, 0, 65_000, 0)
    assert len(read_table(write_stream("Workbook", stream[:at] + announced + stream[at:])).rows) == 1


def test_cells_at_the_far_ends_take_no_memory():
    start = time.perf_counter()
    assert refusal(xls((0, 0, "UPN"), (65535, 65535, "x"))).code == "F08"
    assert time.perf_counter() - start < 20


def test_sectors_that_go_round_in_a_circle_are_refused():
    data = bytearray(xls(*CELLS, stream_size=4096))
    data[512 + 4 * 5 : 512 + 4 * 6] = (4).to_bytes(4, "little")  # after sector 5 comes sector 4 again
    assert "circle" in refusal(bytes(data)).what


def test_a_file_that_is_cut_short_is_refused():
    assert refusal(xls(*CELLS)[:1500]).code == "F01"


@settings(max_examples=200, deadline=None)
@given(chance=st.randoms(use_true_random=True))
def test_spoilt_old_workbooks_are_read_or_refused(chance: random.Random):
    data = bytearray(xls(*CELLS, stream_size=chance.choice([0, 4096])))
    for _ in range(chance.randint(1, 6)):
        data[chance.choice([chance.randrange(len(data)), chance.randrange(512, 700), chance.randrange(76)])] = (
            chance.choice([0, 1, 2, 255, chance.randrange(256)])
        )
    try:
        assert read_table(bytes(data)).headings
    except FileRefused as refused:
        code = refused.code
        assert code in ("F01", "F02", "F08")
