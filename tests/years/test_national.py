import pytest

from keystage import years
from keystage.years import YearFileInvalid


def test_the_figures_of_2025():
    national = years.load(2025).national
    assert national is not None
    assert national.expected == {"rwm": 62, "reading": 75, "gps": 73, "maths": 74, "writing": 72, "science": 82}
    assert national.higher == {"rwm": 8, "reading": 33, "gps": 30, "maths": 26, "writing": 13}
    assert national.average == {"reading": 106, "gps": 105, "maths": 105}


def test_what_is_not_known_is_absent():
    of_2022, of_2024 = years.load(2022).national, years.load(2024).national
    assert of_2022 is not None
    assert of_2024 is not None
    assert (of_2022.expected, of_2022.higher, of_2022.average) == ({"rwm": 59}, {}, {})
    assert of_2024.higher == {"reading": 28}


@pytest.mark.parametrize("year", [2026, 2027])
def test_a_year_without_known_figures_has_none(year):
    assert years.load(year).national is None


def test_a_percentage_over_100_is_refused(edited, line_in):
    folder = edited("2025.toml", "expected = { rwm = 62", "expected = { rwm = 162")
    with pytest.raises(YearFileInvalid, match="`rwm` is 162") as refusal:
        years.load(2025, years_dir=folder)
    assert refusal.value.line == line_in(folder / "2025.toml", "rwm = 162")
