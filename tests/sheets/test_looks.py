"""Files that are no spreadsheets: each refused with words that say what it is."""

import io
import zipfile

import pytest

from sheets.made import HEADINGS, ods, refusal, repacked, rows, workbook

WEB_PAGE = "a web page, or a table that a program saved as one"


def zipped(**parts: bytes) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_", "."), content)
    return sink.getvalue()


def old_office(*names: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"".join(name.encode("utf-16-le") for name in names)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty."),
        (b" \r\n\t", "nothing but blank space"),
        (b"\xef\xbb\xbf", "nothing but blank space"),
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"\x89PNG\r\n", "a picture"),
        (b"UPN\x00\x01\x02", "the data of some program"),
        (b"<html><table><tr><td>UPN</td></tr></table></html>", WEB_PAGE),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE HTML PUBLIC ''>\n<HTML>", WEB_PAGE),
        (b"<table><tr><td>UPN", WEB_PAGE),
        (b"<?xml version='1.0'?><CTfile><Header/></CTfile>", "a Common Transfer File"),
        (b"<?xml version='1.0'?><ss:Workbook xmlns:ss='x'/>", "a workbook that Excel saved as XML"),
        (b"<?xml version='1.0'?><register/>", "its outermost element is <register>"),
        (zipped(word__document_xml=b"<x/>"), "a Word document"),
        (zipped(xl__workbook_bin=b"x"), "an Excel binary workbook"),
        (zipped(a_csv=b"UPN"), "a zip file of other files"),
        (old_office("EncryptedPackage"), "protected with a password"),
        (old_office("WordDocument"), "an old Word document"),
        (old_office(), "no workbook"),
    ],
)
def test_it_is_said_what_a_file_looks_like(data, words):
    refused = refusal(data)
    assert refused.code == "F02"
    assert words in refused.what
    assert refused.fix


def test_a_common_transfer_file_with_the_ending_of_a_workbook_is_told_to_take_its_own_back():
    assert ".xml" in refusal(b"<?xml version='1.0'?><CTfile/>").fix


def test_a_workbook_with_blank_sheets_is_refused():
    refused = refusal(workbook(rows()))
    assert (refused.code, "blank" in refused.what) == ("F02", True)


def test_a_workbook_that_is_cut_short_is_refused_as_damaged():
    refused = refusal(workbook(rows(HEADINGS))[:-300])
    assert (refused.code, "damaged or cut short" in refused.what) == ("F01", True)


def test_a_workbook_with_a_bad_sheet_is_refused_as_damaged():
    broken = repacked(workbook(rows(HEADINGS)), lambda name, part: part[:-20] if "sheet1" in name else part)
    assert refusal(broken).code == "F01"


def test_an_old_workbook_that_is_only_its_beginning_is_refused_as_damaged(capfd):
    assert refusal(old_office("Workbook")).code == "F01"
    capfd.readouterr()


def test_a_document_type_in_a_workbook_is_refused():
    def declare(name, part):
        return part.replace(b"<worksheet", b"<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet", 1) if "sheet1" in name else part

    assert refusal(repacked(workbook(rows(HEADINGS)), declare)).code == "F01"


def test_a_part_in_an_encoding_that_is_not_known_is_refused():
    def declare(name, part):
        return part.replace(b"UTF-8", b"UTF-x", 1) if name == "xl/workbook.xml" else part

    assert refusal(repacked(workbook(rows(HEADINGS)), declare)).code == "F01"


def test_a_locked_open_document_is_said_to_need_a_password():
    def lock(name, part):
        return b"<manifest><encryption-data/></manifest>" if "manifest" in name else part

    assert "password" in refusal(repacked(ods(""), lock)).what
