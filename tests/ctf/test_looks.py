"""Files that are something else: each is told what it looks like, so that a person knows which to fetch."""

import pytest

from ctf.made import refusal
from keystage.ctf import read


@pytest.mark.parametrize(
    "data", [b"", b" ", b"\n\r\n\t", b"\x00" * 100, b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf \n"]
)
def test_nothing_is_told_apart_from_something(data):
    refused = refusal(data)
    assert (refused.code, refused.line) == ("F02", 1)
    assert refused.what == ("The file is empty." if not data else "The file holds nothing but blank space.")
    assert "9991234_KS2_NAALLLL_001.xml" in refused.fix


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF document"),
        (b"PK\x03\x04\x14\x00", "an Excel workbook or a zip file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel or Word document"),
        (b"{\\rtf1\\ansi}", "a word-processor document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"\x1f\x8b\x08", "a compressed file"),
        (b'{"pupils": []}', "a JSON file"),
        (b'\n [{"upn": 1}]', "a JSON file"),
        (b"<!DOCTYPE html>\n<html><head>", "a web page"),
        (b"<!doctype HTML PUBLIC '-//W3C//DTD'>\n<html>", "a web page"),
        (b"<html lang=en><head><meta charset=utf-8>", "a web page"),
        (b"\r\n<HTML><BODY>Log in", "a web page"),
        (b"\xef\xbb\xbf<html>", "a web page"),
    ],
)
def test_a_file_that_is_no_xml_is_named_by_its_first_bytes(data, words):
    refused = refusal(data)
    assert (refused.code, refused.line) == ("F02", 1)
    assert f"It looks like {words}" in refused.what


@pytest.mark.parametrize(
    ("root", "words"),
    [
        ("SuperStarReport", "a report made by SIMS"),
        ("Message", "a school census"),
        ("Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'", "a workbook that Excel saved as XML"),
        ("w:wordDocument xmlns:w='urn:w'", "a Word document saved as XML"),
        ("ATfile", "an admissions transfer file"),
        ("html xmlns='http://www.w3.org/1999/xhtml'", "a web page, perhaps the log-in page"),
        ("AssessmentResults", "a list of results in some program's own form"),
        ("Feedback", "an XML file of another kind: its outermost element is <Feedback>"),
    ],
)
def test_xml_of_another_kind_is_named_by_its_outermost_element(root, words):
    name = root.split()[0]
    refused = refusal(f"<?xml version='1.0'?>\n<!-- <{name}> -->\r\n<{root}><a></{name}>")
    assert (refused.code, refused.line, refused.value) == ("F02", 3, name)
    assert words in refused.what


def test_a_web_page_in_strict_xml_with_a_document_type_is_refused_unread():
    refused = refusal("<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC 'x' 'y'>\n<html/>")
    assert (refused.code, refused.line) == ("F03", 2)


@pytest.mark.parametrize("root", ["CTfile", "ctfile", "CTFILE", "x:CTfile"])
def test_a_transfer_file_is_taken_for_one_however_its_name_is_written(root):
    assert read(f"<{root}/>".encode()).pupils == ()


@pytest.mark.parametrize("root", ["CTfiles", "CT", "CTfile.", "CTfile-x"])
def test_a_name_that_is_only_like_it_is_another(root):
    assert refusal(f"<{root}/>").code == "F02"
