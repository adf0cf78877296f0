"""Characters that cannot be printed are found, replaced by a sign that is seen, and counted."""

import pytest

from keystage.papers.characters import Printable, describe, missing


def test_a_name_that_can_be_printed_misses_nothing():
    assert missing("Nguyễn-Łęcki, Siân O’Brien") == ()


def test_each_character_that_cannot_be_printed_is_found_each_time():
    assert missing("Ada 李小李") == ("李", "小", "李")


@pytest.mark.parametrize("hidden", ["\x00", "\x1b", "\u202e", "\u2066", "\ue000", "\ud800"])
def test_what_is_no_printed_character_counts_as_missing(hidden):
    assert missing(f"a{hidden}b") == (hidden,)


def test_a_letter_with_a_mark_of_its_own_can_be_printed():
    assert missing("Sia\u0302n") == ()


def test_what_cannot_be_printed_is_replaced_everywhere_and_counted():
    printable = Printable()
    assert printable.value({"names": ["李 Ada", "b\ud800"], "count": 3, "none": None}) == {
        "names": ["� Ada", "b�"],
        "count": 3,
        "none": None,
    }
    assert printable.replaced == {"李": 1, "\ud800": 1}


def test_the_end_of_a_line_becomes_a_space():
    assert Printable().text("one\r\ntwo\tthree é") == "one  two three é"


def test_a_character_is_named_by_number_and_name():
    assert describe("א") == "U+05D0 HEBREW LETTER ALEF"
    assert describe("\x00") == "U+0000"
