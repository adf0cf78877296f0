"""What stands on every page: times as in London, numbers as people write them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from keystage.papers.frame import counted, grouped, moment, number
from papers.made import FRAME


def test_a_time_is_that_of_clocks_in_london_in_summer():
    assert moment(datetime(2026, 6, 24, 13, 5, tzinfo=UTC)) == "24 June 2026, 14:05"


def test_a_time_is_that_of_clocks_in_london_in_winter():
    assert moment(datetime(2026, 1, 3, 9, 0, tzinfo=UTC)) == "3 January 2026, 09:00"


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="needs its zone"):
        replace(FRAME, made=datetime(2026, 6, 24, 13, 5))  # noqa: DTZ001


def test_the_year_is_named_in_full():
    assert FRAME.year_label == "2025/26 – summer 2026"


def test_a_school_number_is_parted_where_people_part_it():
    assert number("9992001") == "999/2001"
    assert number("99") == "99"


def test_a_fingerprint_is_in_groups_of_four():
    assert grouped("3f9a20c4be11") == "3f9a 20c4 be11"


def test_numbers_agree_with_their_nouns():
    assert [counted(n, "pupil") for n in (0, 1, 2)] == ["no pupils", "1 pupil", "2 pupils"]
