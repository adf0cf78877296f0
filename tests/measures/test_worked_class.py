"""A class worked out by hand: every count and every measure, cell by cell. The class itself stands in ``worked.py``."""

import pytest

from keystage.measures import BY_KEY, MEASURES, NAMES, Area, rounded_to_tenth
from measures.worked import CLASS, counted

WHO = """
         higher       expected and no higher  not reached                  left out  not known
reading  Ada Cyn Roy  Ben Oz                  Dev Eve Fin Gus Hal Ina Lou  Jon Kit   Max Nia Pam
maths    Ada Oz Roy   Ben Cyn Dev Hal Kit     Eve Fin Gus Ina Lou          Jon       Max Nia Pam
gps      Ada Hal Kit  Cyn Dev                 Ben Eve Fin Gus Ina Lou Roy  Jon       Max Nia Oz Pam
writing  Ada Cyn Roy  Ben Dev Hal Kit Oz      Eve Fin Gus Ina Lou          Jon       Max Nia Pam
science  -            Ada Ben Cyn Hal Kit     Dev Eve Fin Gus Ina          Jon       Max Nia Pam Roy
                      Lou Oz
rwm      Ada Roy      Ben Cyn Oz              Dev Eve Fin Gus Hal Ina Lou  Jon Kit   Max Nia Pam
"""
"""Where everybody stands, for whoever checks the numbers below: they are how many names stand in each cell."""

STANDINGS = {
    # of 17:        counted expected higher left out not known
    Area.READING: (12, 5, 3, 2, 3),
    Area.MATHS: (13, 8, 3, 1, 3),
    Area.GPS: (12, 5, 3, 1, 4),
    Area.WRITING: (13, 8, 3, 1, 3),
    Area.SCIENCE: (12, 7, 0, 1, 4),
    Area.RWM: (12, 5, 2, 2, 3),
}
SCORES = {
    # the scores of those who have one and count
    Area.READING: [112, 100, 110, 99, 120],
    Area.MATHS: [110, 109, 109, 101, 85, 103, 100, 98, 114, 111],
    Area.GPS: [115, 99, 104, 100, 120, 111, 97],
}
WITHOUT = {
    # below (B), absent (A), unable or just arrived (U, J), annulled (Q, H), too few marks (N)
    Area.READING: (1, 1, 2, 1, 1),
    Area.MATHS: (1, 1, 1, 0, 0),
    Area.GPS: (2, 1, 1, 1, 0),
}
PERCENT = {
    "rwm.expected": (5, 12, 42), "rwm.higher": (2, 12, 17),
    "reading.expected": (5, 12, 42), "reading.higher": (3, 12, 25),
    "writing.expected": (8, 13, 62), "writing.higher": (3, 13, 23),
    "maths.expected": (8, 13, 62), "maths.higher": (3, 13, 23),
    "gps.expected": (5, 12, 42), "gps.higher": (3, 12, 25),
    "science.expected": (7, 12, 58),
}  # fmt: skip
AVERAGE = {"reading.average": (541, 5, 108.2), "maths.average": (1040, 10, 104.0), "gps.average": (746, 7, 106.6)}
GROUPS = {
    # pupils, counted in all three subjects, expected, higher
    "sex:F": (7, 5, 2, 1), "sex:M": (9, 7, 3, 1), "sex:": (1, 0, 0, 0),
    "disadvantage:yes": (5, 5, 1, 0), "disadvantage:no": (10, 6, 4, 2), "disadvantage:": (2, 1, 0, 0),
    "sen:none": (10, 6, 5, 2), "sen:support": (3, 3, 0, 0), "sen:plan": (2, 2, 0, 0), "sen:": (2, 1, 0, 0),
    "language:english": (13, 9, 4, 2), "language:other": (3, 3, 1, 0), "language:": (1, 0, 0, 0),
    "term:autumn": (5, 3, 2, 1), "term:spring": (5, 3, 2, 0), "term:summer": (6, 5, 1, 1), "term:": (1, 1, 0, 0),
}  # fmt: skip


def test_there_are_seventeen_in_the_class() -> None:
    assert counted()["all"].pupils == len(CLASS.strip().splitlines()) - 1 == 17


@pytest.mark.parametrize("area", Area)
def test_everybody_stands_where_the_table_by_hand_says(area: Area) -> None:
    all_ = counted()["all"]
    found = tuple(all_[f"{area}.{key}"] for key in ("counted", "expected", "higher", "left_out", "not_known"))
    assert found == STANDINGS[area]
    assert found[0] + found[3] + found[4] == 17


@pytest.mark.parametrize("area", SCORES)
def test_scores_and_those_without_one_are_counted(area: Area) -> None:
    all_ = counted()["all"]
    assert (all_[f"{area}.scores"], all_[f"{area}.score_sum"]) == (len(SCORES[area]), sum(SCORES[area]))
    why = ("below", "absent", "unable_or_arrived", "annulled", "too_few_marks")
    assert tuple(all_[f"{area}.{each}"] for each in why) == WITHOUT[area]


def test_who_took_no_test_or_had_no_judgement_is_not_assessed() -> None:
    all_ = counted()["all"]
    found = {area: all_.not_assessed(area) for area in Area if area is not Area.RWM}
    assert found == {Area.READING: 4, Area.MATHS: 3, Area.GPS: 4, Area.WRITING: 1, Area.SCIENCE: 1}


@pytest.mark.parametrize("key", PERCENT)
def test_each_share_is_that_of_the_table_by_hand(key: str) -> None:
    share = counted()["all"].share(BY_KEY[key])
    assert (*share, share.percent) == PERCENT[key]


@pytest.mark.parametrize("key", AVERAGE)
def test_each_average_is_that_of_the_table_by_hand(key: str) -> None:
    all_ = counted()["all"]
    exact = all_.average(BY_KEY[key])
    assert exact is not None
    assert (*all_.share(BY_KEY[key]), rounded_to_tenth(exact)) == AVERAGE[key]


def test_no_measure_is_without_its_figure_by_hand() -> None:
    assert {each.key for each in MEASURES} == PERCENT.keys() | AVERAGE.keys()
    assert {each.area for each in MEASURES} == set(NAMES) == set(STANDINGS)


@pytest.mark.parametrize("group", GROUPS)
def test_each_group_is_that_of_the_table_by_hand(group: str) -> None:
    of = counted()[group]
    assert (of.pupils, of["rwm.counted"], of["rwm.expected"], of["rwm.higher"]) == GROUPS[group]


def test_every_group_of_the_class_has_its_row_by_hand() -> None:
    assert counted().keys() == GROUPS.keys() | {"all"}
