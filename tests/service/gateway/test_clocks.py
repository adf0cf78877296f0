"""Dates are those of London's clocks: where they name no moment, or two, that is said."""

from datetime import UTC, datetime

import pytest

from keystage.service.gateway.forms.dates import DatesForm, ExtendForm

NONE, TWO = "There is no 1:30am on 29 March 2026", "1:30am comes twice on 25 October 2026"
NIGHTS = pytest.mark.parametrize(("day", "says"), [("29/3/2026", NONE), ("25/10/2026", TWO)])


@NIGHTS
def test_an_extension_ends_at_a_moment_that_there_is_once(day: str, says: str) -> None:
    form = ExtendForm({"until_day": day, "until_time": "1:30", "reason": "Flood."})
    assert not form.is_valid()
    assert form.errors["until_time"][0].startswith(says)


@NIGHTS
def test_a_collection_opens_at_a_moment_that_there_is_once(day: str, says: str) -> None:
    form = DatesForm({"opens_at_day": day, "opens_at_time": "1:30", "closes_at_day": "1/12/2026"})
    assert not form.is_valid()
    assert form.errors["opens_at_time"][0].startswith(says)


@pytest.mark.parametrize(
    ("clock", "utc"),
    [("0:59", datetime(2026, 10, 24, 23, 59, tzinfo=UTC)), ("2:00", datetime(2026, 10, 25, 2, tzinfo=UTC)),
                       ("", datetime(2026, 10, 26, tzinfo=UTC))]
)  # fmt: skip
def test_any_other_time_of_that_night_is_taken_as_the_clocks_show_it(clock: str, utc: datetime) -> None:
    form = ExtendForm({"until_day": "25/10/2026", "until_time": clock, "reason": "Flood."})
    assert form.is_valid(), form.errors
    assert form.until == utc
