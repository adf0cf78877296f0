"""Version numbers: the table of ../../facts, and the tag for a pupil's sex by version."""

import pytest

from keystage.ctf.versions import sex_tag, version_number, version_of_year, year_of_version
from keystage.years import held, load

TABLE = [
    *((2015, "14.0"), (2016, "15.0"), (2017, "16.0"), (2018, "17.0"), (2019, "18.0"), (2020, "19.0"), (2021, "20.0")),
    *((2022, "21.0"), (2023, "22.0"), (2024, "23.0"), (2025, "24.0"), (2026, "25.0"), (2027, "26.0")),
]


@pytest.mark.parametrize(("year", "version"), TABLE)
def test_the_version_is_that_of_the_start_of_the_school_year(year, version):
    assert version_of_year(year) == version
    assert year_of_version(version) == year


@pytest.mark.parametrize("year", held())
def test_the_years_that_are_held_agree(year):
    assert load(year).ctf.version == version_of_year(year)


@pytest.mark.parametrize(
    ("text", "number"),
    [("25.0", 25), ("25", 25), (" 25.0 ", 25), ("9.0", 9), ("25.1", None), ("25.00", None), ("", None), ("x", None)],
)
def test_a_version_is_a_whole_number(text, number):
    assert version_number(text) == number


@pytest.mark.parametrize("text", ["٢٥.0", "²5", "-25.0", "2 5", "25.0.0", "."])
def test_what_only_looks_like_a_number_is_no_version(text):
    assert version_number(text) is None
    assert year_of_version(text) is None


@pytest.mark.parametrize(
    ("version", "tag"),
    [("15.0", "Gender"), ("21.0", "Gender"), ("22.0", "Gender"), ("23.0", "Sex"), ("25.0", "Sex"), ("", "Sex")],
)
def test_the_tag_is_gender_until_version_22_and_sex_from_23(version, tag):
    assert sex_tag(version) == tag
