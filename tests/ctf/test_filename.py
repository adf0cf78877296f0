"""The name of a file: what it says, what browsers add to it, and the next one."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keystage.ctf.filename import FileName, next_name, parse, parse_tolerantly
from keystage.returns.school import school_in

RETURN = FileName("9999999", "NAALLLL", 1)
NAME = "9999999_KS2_NAALLLL_001.xml"


def test_a_name_is_made_of_its_parts():
    assert parse(NAME) == RETURN
    assert str(RETURN) == NAME


@pytest.mark.parametrize(
    ("name", "source", "type_", "destination", "serial"),
    [
        ("9992001_MTC_9992001_001.xml", "9992001", "MTC", "9992001", 1),
        ("9991234_CTF_9995678_042.xml", "9991234", "CTF", "9995678", 42),
        ("9991234_FSP_999LLLL_001.xml", "9991234", "FSP", "999LLLL", 1),
        ("9991234_PHO_NAALLLL_001.xml", "9991234", "PHO", "NAALLLL", 1),
        ("9991234_KS1_380LLLL_001.xml", "9991234", "KS1", "380LLLL", 1),
        ("9991234_CTF_XXXXXXX_001.xml", "9991234", "CTF", "XXXXXXX", 1),
        ("9991234_CTF_MMMMMMM_999.xml", "9991234", "CTF", "MMMMMMM", 999),
        ("380LLLL_CTF_9991234_001.xml", "380LLLL", "CTF", "9991234", 1),
    ],
)
def test_the_patterns_of_every_collection_are_read(name, source, type_, destination, serial):
    assert parse(name) == FileName(source, destination, serial, type_)
    assert str(parse(name)) == name


@pytest.mark.parametrize(
    "name",
    [
        *("9999999_KS2_NAALLLL_001(1).xml", "9999999_KS2_NAALLLL_001 (1).xml", "9999999_KS2_NAALLLL_001_1.xml"),
        *("9999999_KS2_NAALLLL_001 - Copy.xml", "9999999_KS2_NAALLLL_001 - Copy (2).xml"),
        *("9999999_KS2_NAALLLL_001(1)(2).xml", "9999999_KS2_NAALLLL_001 (1) (1).xml", " 9999999_KS2_NAALLLL_001 .xml"),
        *("9999999_ks2_naallll_001.XML", "9999999_KS2_NAALLLL_001.Xml", "9999999_KS2_NAALLLL_001-1.xml"),
    ],
)
def test_what_browsers_and_copying_add_is_read_over_but_is_not_the_pattern(name):
    assert parse_tolerantly(name) == RETURN
    assert parse(name) is None


@pytest.mark.parametrize(
    "name",
    [
        *(
            "CTF.xml",
            "",
            ".xml",
            "9999999_KS2_NAALLLL_001",
            "9999999_KS2_NAALLLL_001.xml.zip",
            "99999_KS2_NAALLLL_001.xml",
        ),
        *("9999999-KS2-NAALLLL-001.xml", "F936nnnn_KS108res.xml", "9999999_KS2_NAALLLL_01.xml", "KS2_9999999_001.xml"),
        *("9999999_KS2_NAALLLL_0011.xml", "9999999_KS2_NAALLLL_001x.xml", "9999999_KS2_NAALLLL_001.xmlx"),
        *("٩٩٩٩٩٩٩_KS2_NAALLLL_001.xml", "9999999_KS2_NAALLLL_001\n.xmlx"),
    ],
)
def test_other_names_are_not_taken_for_one(name):
    assert parse_tolerantly(name) is None
    assert parse(name) is None


@given(st.text("9 _-()1copyKS2NAL.xml", max_size=80))
def test_every_name_that_follows_the_pattern_is_also_read_tolerantly(name):
    assert parse(name) in (None, parse_tolerantly(name))


@pytest.mark.parametrize("junk", ["_", " ", "-", "1", "(1)", " (1", "copy", " _-1"])
def test_no_name_takes_long(junk):
    began = time.process_time()
    assert parse_tolerantly("9999999_KS2_NAALLLL_001" + junk * 2_000 + "!") is None
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("name", "school"),
    [
        ("KS2_9991234_001.xlsx", "9991234"),
        ("999 1234 teacher assessment.xlsx", "9991234"),
        ("999-1234.csv", "9991234"),
        ("999/1234", "9991234"),
        ("9991234 copy of 9991234.xlsx", "9991234"),
        ("9991234 and 9995678.xlsx", ""),
        ("99912345.xlsx", ""),
        ("2026.xlsx", ""),
        ("", ""),
    ],
)
def test_a_spreadsheet_names_its_school_where_it_names_just_one(name, school):
    assert school_in(name) == school


def test_the_first_file_to_a_destination_has_serial_1(tmp_path):
    assert str(next_name(tmp_path, "9999999", "NAALLLL")) == NAME


def test_the_serial_goes_up_for_the_same_school_type_and_destination_alone(tmp_path):
    for name in (
        *("9999999_KS2_NAALLLL_001.xml", "9999999_KS2_NAALLLL_007 (1).xml", "9999999_KS2_999LLLL_050.xml"),
        *("9999999_CTF_NAALLLL_060.xml", "9991234_KS2_NAALLLL_070.xml", "notes.txt"),
    ):
        (tmp_path / name).touch()
    assert next_name(tmp_path, "9999999", "NAALLLL").serial == 8
    assert next_name(tmp_path, "9999999", "NAALLLL", "CTF").serial == 61


def test_after_999_there_is_none(tmp_path):
    (tmp_path / "9999999_KS2_NAALLLL_999.xml").touch()
    with pytest.raises(ValueError, match="already holds file 999 from 9999999 to NAALLLL"):
        next_name(tmp_path, "9999999", "NAALLLL")
