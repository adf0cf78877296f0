import pytest

from keystage import years
from keystage.years.describe import SAID, describe


def _section(year, heading):
    return next(section for section in describe(years.load(year)) if section.heading == heading)


@pytest.mark.parametrize("year", years.held())
def test_every_row_has_a_cell_for_every_column_and_every_cell_is_text(year):
    sections = describe(years.load(year))
    assert len(sections) > 15
    for section in sections:
        for row in section.rows:
            assert len(row) == len(section.columns), section.heading
            assert all(isinstance(cell, str) for cell in row), section.heading


@pytest.mark.parametrize("year", years.held())
def test_every_section_or_each_of_its_rows_says_how_sure_it_is(year):
    for section in describe(years.load(year)):
        assert section.basis or section.columns[-3:] == SAID or section.heading == "Sources"


def test_the_codes_of_a_subject_stand_in_order_with_their_meaning():
    section = _section(2024, "Codes in science")
    assert (section.basis, section.source) == ("published copy", "juniper-ta-codes-2024")
    assert [row[0] for row in section.rows] == ["EXS", "HNM", "A", "L", "F", "P"]
    assert section.rows[0] == ("EXS", "standard", "working at the expected standard")


def test_a_date_shows_its_event_day_time_and_source():
    assert _section(2026, "Dates").rows[-2] == (
        *("Tables of scaled scores are published", "2026-07-16", "09:00"),
        *("official", "gov-results-2026", ""),
    )


def test_what_is_not_known_is_an_empty_cell():
    assert _section(2025, "Thresholds").rows[1][:4] == ("maths", "58", "", "")


def test_a_year_without_dates_has_an_empty_table_of_dates():
    assert _section(2027, "Dates").rows == ()


def test_england_figures_show_a_row_for_each_measure():
    assert _section(2025, "England figures").rows[0][:4] == ("rwm", "62", "8", "")
    assert _section(2026, "England figures").rows == ()
