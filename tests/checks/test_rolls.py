"""A roll is read from whatever it comes as."""

import pytest

from checks.build import SOUND
from keystage.checks.rolls import is_ctf, read_any_roll
from keystage.returns.refused import FileRefused
from keystage.years import load
from sheets.made import csv, rows, workbook

YEAR = load(2026)
HEADINGS = ("UPN", "Surname", "Forename", "DOB")
ADA = ("P999999919001", "Example", "Ada", "09/03/2015")
CTF = SOUND.encode()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (csv(HEADINGS, ADA), "roll.csv"),
        (workbook(rows(HEADINGS, ADA)), "roll.xlsx"),
        (workbook(rows(HEADINGS, ADA)), "wrongly named.xml"),
        (CTF, "9991234_CTF_NAALLLL_001.xml"),
        (CTF, "wrongly named.csv"),
        (b"\xef\xbb\xbf\n" + CTF.partition(b"?>")[2], "with a mark.xml"),
    ],
)
def test_a_roll_is_told_by_its_content_and_not_by_its_name(content, name):
    roll = read_any_roll(content, name, YEAR)
    assert (roll.name, roll.pupils[0].upn, roll.pupils[0].surname) == (name, "P999999919001", "Example")


def test_a_ctf_is_known_in_other_letters_and_encodings():
    assert is_ctf(b'<?xml version="1.0"?><x:CTFILE xmlns:x="a">')
    assert is_ctf("\ufeff<CTfile>".encode("utf-16"))
    assert not is_ctf(b"UPN,Note\nP1,<CTfile>")
    assert not is_ctf(b"<html><body>")
    assert not is_ctf(b"<CTfiles>")


def test_a_damaged_ctf_is_refused_as_one():
    with pytest.raises(FileRefused) as refused:
        read_any_roll(CTF[:400], "cut.xml", YEAR)
    assert refused.value.code == "F01"


def test_a_web_page_is_refused_as_what_it_is():
    with pytest.raises(FileRefused, match="It looks like a web page"):
        read_any_roll(b"<html><table></table></html>", "roll.xls", YEAR)
