"""Figures beside those of the country and of other years."""

from fractions import Fraction

import pytest

from keystage.measures import BY_KEY, Area, break_between, difference, national
from keystage.years import load

READING, AVERAGE = BY_KEY["reading.expected"], BY_KEY["reading.average"]


def test_the_countrys_figures_are_those_of_the_years_data():
    assert national(load(2025), READING) == 75
    assert national(load(2025), BY_KEY["writing.higher"]) == 13
    assert national(load(2025), AVERAGE) == 106


def test_what_is_not_held_is_none():
    assert national(load(2026), READING) is None, "nothing of 2026 is published yet"
    assert national(load(2022), READING) is None, "of 2022 only the three together are held"
    assert national(load(2023), BY_KEY["gps.average"]) is None


@pytest.mark.parametrize(
    ("exact", "other", "expected"),
    [
        (Fraction(6550, 100), 75, -10),  # -9.5: a half goes away from nothing
        (Fraction(8450, 100), 75, 10),
        (Fraction(7449, 100), 75, -1),  # -0.51
        (Fraction(7460, 100), 75, 0),
        (Fraction(200, 3), 66, 1),  # 66.67 - 66 = 0.67
        (None, 75, None),
        (Fraction(50), None, None),
    ],
)
def test_a_difference_of_percentages_is_rounded_last(exact, other, expected):
    assert difference(exact, other, READING) == expected


def test_a_difference_of_averages_has_one_figure_after_the_point():
    assert difference(Fraction(1990, 19), 106, AVERAGE) == -1.3  # 104.736… - 106


def test_unrounded_figures_are_subtracted():
    # 64.5 rounds to 65 and 60.4 to 60: of rounded ones the difference would be 5
    assert difference(Fraction(129, 2), Fraction(302, 5), READING) == 4


def test_writing_of_2017_is_not_comparable_to_2018_and_science_of_2018_not_to_2019():
    assert break_between(Area.WRITING, 2017, 2018)
    assert break_between(Area.WRITING, 2025, 2016)
    assert not break_between(Area.WRITING, 2018, 2025)
    assert not break_between(Area.WRITING, 2016, 2017)
    assert break_between(Area.SCIENCE, 2018, 2019)
    assert not break_between(Area.READING, 2016, 2025)
