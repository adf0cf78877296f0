"""The code lists at the foot of a class."""

from keystage import years
from keystage.papers.codes import codes_data

LISTS = codes_data(years.load(2026))


def test_subjects_with_the_same_codes_share_a_list():
    assert [each["subjects"] for each in LISTS] == ["Reading and maths", "Writing", "Science"]


def test_codes_that_differ_in_a_number_alone_are_one_entry():
    assert LISTS[0]["codes"][0] == {"code": "PK1–6", "meaning": "pre-key stage standards 1 to 6"}


def test_all_other_codes_stand_with_their_meaning_in_the_order_of_the_year():
    assert [each["code"] for each in LISTS[1]["codes"]] == ["GDS", "EXS", "WTS", "PK1–6", "EM", "A", "L", "F", "P"]
    assert {"code": "EXS", "meaning": "working at the expected standard"} in LISTS[1]["codes"]
