"""Dates of birth as schools write them; nothing else is guessed at."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keystage.pupils.birthdays import parse, parse_iso, parse_written


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("2014-11-03", date(2014, 11, 3)),
        ("2016-02-29", date(2016, 2, 29)),
        ("0001-01-01", date(1, 1, 1)),
        ("2015-02-29", None),
        ("2014-11-31", None),
        ("2014-13-01", None),
        ("2014-00-01", None),
        ("0000-01-01", None),
        ("2014-1-3", None),
        ("20141103", None),
        ("14-11-03", None),
        ("2014-11-03T00:00:00", None),
        (" 2014-11-03", None),
        ("2014-11-03\n", None),
        ("٢٠١٤-١١-٠٣", None),
        ("03/11/2014", None),
        ("", None),
    ],
)
def test_a_file_writes_dates_in_one_way_only(text, born):
    assert parse_iso(text) == born


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("2014-11-03", date(2014, 11, 3)),
        ("03/11/2014", date(2014, 11, 3)),
        ("3/11/2014", date(2014, 11, 3)),
        ("3/1/2014", date(2014, 1, 3)),
        (" 31/12/2014 ", date(2014, 12, 31)),
        ("12/31/2014", None),
        ("29/02/2015", None),
        ("00/01/2014", None),
        ("03/11/14", None),
        ("03/11/20145", None),
        ("03/11/2014 09:00", None),
        ("x03/11/2014", None),
        ("03.11.2014", None),
        ("3 Nov 2014", None),
        ("41946", None),
        ("2014/11/03", None),
        ("٠٣/١١/٢٠١٤", None),
        ("", None),
        ("nonsense", None),
    ],
)
def test_a_spreadsheet_writes_them_in_two(text, born):
    assert parse(text) == born


@given(st.dates())
def test_any_date_is_read_in_both_ways(born):
    assert parse_iso(born.isoformat()) == parse(born.isoformat()) == born
    assert parse(f"{born.day:02}/{born.month:02}/{born.year:04}") == born


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_none(text):
    assert parse_iso(text) is None or parse_iso(text).isoformat() == text
    assert parse(text) is None or parse_iso(text) in (None, parse(text))


@pytest.mark.parametrize(
    "text",
    [
        *("2015-03-09", "09/03/2015", "9/3/2015", "9 Mar 2015", "09-Mar-2015", "9 March 2015", "Mon, 9 Mar 2015"),
        *("Monday, 09 March 2015", "9th March 2015", "2015-03-09T00:00:00", "2015-03-09 00:00", "09/03/2015 00:00:00"),
        *(" 9  MAR  2015 ", "Monday 9 march 2015", "9 March, 2015"),
    ],
)
def test_a_date_is_read_as_school_systems_export_it(text):
    assert parse_written(text) == date(2015, 3, 9)


@pytest.mark.parametrize("text", ["", "9 Mar 15", "09/03/15", "31 February 2015", "9 Xyz 2015", "March 2015", "42075"])
def test_what_does_not_say_its_day_outright_is_not_read(text):
    assert parse_written(text) is None


def test_september_has_two_short_names():
    assert parse_written("4 Sep 2019") == parse_written("4 Sept 2019") == date(2019, 9, 4)
