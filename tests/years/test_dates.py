from datetime import date

import pytest

from keystage import years
from keystage.years import NotHeld


@pytest.mark.parametrize(
    ("year", "key", "day"),
    [
        (2022, "results_released", date(2022, 7, 5)),
        (2023, "registration_deadline", date(2023, 3, 10)),
        (2023, "test_week_starts", date(2023, 5, 9)),
        (2023, "ta_deadline", date(2023, 6, 27)),
        (2024, "ta_opens", date(2024, 5, 20)),
        (2024, "ta_deadline", date(2024, 6, 28)),
        (2024, "results_released", date(2024, 7, 9)),
        (2025, "registration_updates_close", date(2025, 5, 22)),
        (2025, "results_released", date(2025, 7, 8)),
        (2026, "ta_opens", date(2026, 5, 18)),
        (2026, "ta_deadline", date(2026, 6, 26)),
        (2026, "marking_review_deadline", date(2026, 7, 24)),
    ],
)
def test_the_key_dates_of_the_years(year, key, day):
    assert years.load(year).date(key) == day


def test_the_results_of_2026_came_on_16_july_and_the_plan_is_kept():
    year = years.load(2026)
    assert year.date("results_released") == date(2026, 7, 16)
    assert year.date("results_planned") == date(2026, 7, 7)
    assert year.date("conversion_tables") == date(2026, 7, 16)


@pytest.mark.parametrize(
    ("year", "key"),
    [(2022, "ta_deadline"), (2022, "ta_opens"), (2023, "ta_opens"), (2025, "ta_opens"), (2025, "ta_deadline")],
)
def test_a_date_that_was_not_found_is_absent(year, key):
    with pytest.raises(NotHeld):
        years.load(year).date(key)


def test_a_conflict_between_sources_stands_in_the_note():
    opens = years.load(2026).find_date("ta_opens")
    assert opens is not None
    assert opens.provenance.basis == "official"
    assert "11 May" in (opens.provenance.note or "")


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025, 2026])
def test_dates_stand_in_order_of_time(year):
    days = [each.date for each in years.load(year).dates]
    assert days == sorted(days)
    assert len(days) > 2
