"""Where a day stands to test week."""

from datetime import date

from keystage.returns.test_week import When, calendar
from keystage.years import load


def test_the_dates_are_those_of_the_year():
    found = calendar(load(2026))
    assert found.week == (date(2026, 5, 11), date(2026, 5, 14))
    assert (found.registration_deadline, found.updates_close) == (date(2026, 3, 6), date(2026, 5, 21))


def test_a_day_is_before_in_or_after_test_week():
    when = calendar(load(2026)).when
    assert [when(date(2026, 5, day)) for day in (10, 11, 14, 15)] == [
        When.BEFORE,
        When.DURING,
        When.DURING,
        When.AFTER,
    ]


def test_without_dates_only_days_of_other_school_years_can_be_told():
    when = calendar(load(2022)).when
    assert [when(day) for day in (date(2021, 8, 31), date(2021, 9, 1), date(2022, 8, 31), date(2022, 9, 1))] == [
        When.BEFORE,
        When.UNKNOWN,
        When.UNKNOWN,
        When.AFTER,
    ]
