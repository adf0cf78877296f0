from datetime import UTC, date, datetime, time
from types import SimpleNamespace

import pytest

from keystage.service.design.words import date_words, join_words, moment_words, name_in_sentence, plural, time_words
from service.design.catalogue import say


def test_a_date_has_no_nought_and_no_comma() -> None:
    assert date_words(date(2026, 6, 4)) == "4 June 2026"


def test_the_day_of_a_moment_is_the_day_in_london() -> None:
    # 11.30pm by Greenwich on 24 June is half past midnight in London, where it is summer time.
    assert date_words(datetime(2026, 6, 24, 23, 30, tzinfo=UTC)) == "25 June 2026"


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        (time(14, 5), "2:05pm"),
        (time(9, 0), "9am"),
        (time(12, 0), "midday"),
        (time(0, 0), "midnight"),
        (time(0, 30), "12:30am"),
        (time(12, 1), "12:01pm"),
    ],
)
def test_a_time_is_written_as_gov_uk_writes_it(clock: time, words: str) -> None:
    assert time_words(clock) == words


def test_a_moment_is_told_by_londons_clocks_in_winter_and_in_summer() -> None:
    assert moment_words(datetime(2026, 1, 24, 13, 5, tzinfo=UTC)) == "24 January 2026 at 1:05pm"
    assert moment_words(datetime(2026, 6, 24, 13, 5, tzinfo=UTC)) == "24 June 2026 at 2:05pm"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        time_words(datetime(2026, 6, 24, 13, 5))  # noqa: DTZ001


def test_what_is_not_known_is_nothing() -> None:
    assert (date_words(None), time_words(None), moment_words(None)) == ("", "", "")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (plural(1, "pupil"), "1 pupil"),
        (plural(0, "pupil"), "0 pupils"),
        (plural(1240, "pupil"), "1,240 pupils"),
        (plural(2, "child", "children"), "2 children"),
    ],
)
def test_a_count_goes_with_its_noun(said: str, words: str) -> None:
    assert said == words


def test_a_list_reads_as_a_sentence() -> None:
    assert join_words(["reading", "writing", "maths"]) == "reading, writing and maths"
    assert join_words(("L", "A"), "or") == "L or A"
    assert join_words(["science"]) == "science"
    assert join_words([]) == ""


def test_a_pupil_is_named_forename_first_in_a_sentence() -> None:
    assert name_in_sentence(SimpleNamespace(forename="Aoife ", surname="Ní Bhriain")) == "Aoife Ní Bhriain"
    assert name_in_sentence(SimpleNamespace(forename="", surname="Bhriain")) == "Bhriain"


def test_templates_have_the_words_as_filters() -> None:
    drawn = say("{{ 2 | plural('pupil') }} by {{ day | date_words }}", day=date(2026, 6, 26))
    assert drawn == "2 pupils by 26 June 2026"
