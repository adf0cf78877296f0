import pickle
from datetime import date, time

import pytest

from keystage import years
from keystage.years import NotHeld, Subject, Test


def test_2026_is_the_school_year_2025_26():
    year = years.load(2026)
    assert (year.year, year.start_year, year.label, str(year)) == (2026, 2025, "2025/26", "2026")


def test_only_2027_is_a_draft_and_the_years_before_it_are_closed():
    assert [(year, str(years.load(year).status)) for year in years.held()] == [
        (2022, "closed"),
        (2023, "closed"),
        (2024, "closed"),
        (2025, "closed"),
        (2026, "closed"),
        (2027, "draft"),
    ]
    assert years.load(2027).is_draft
    assert not years.load(2026).is_draft


def test_pupils_who_usually_finish_key_stage_2_in_2026_were_born_from_september_2014_to_august_2015():
    assert years.load(2026).usual_birth_dates == (date(2014, 9, 1), date(2015, 8, 31))


def test_a_key_date_is_a_day_and_may_have_a_time():
    found = years.load(2026).find_date("registration_opens")
    assert found is not None
    assert (found.date, found.time) == (date(2026, 2, 9), time(9))


def test_a_date_that_is_not_known_is_refused_by_name_and_year():
    year = years.load(2027)
    assert year.find_date("ta_deadline") is None
    with pytest.raises(NotHeld) as refusal:
        year.date("ta_deadline")
    assert (refusal.value.what, refusal.value.year) == ("the date `ta_deadline`", 2027)


def test_a_code_has_a_meaning_in_the_subjects_where_it_is_valid():
    year = years.load(2026)
    assert year.meaning(Subject.WRITING, "WTS") == "working towards the expected standard"
    assert year.meaning(Subject.SCIENCE, "WTS") is None


def test_a_subject_may_be_named_by_its_word():
    assert years.load(2026).codes("science") == years.load(2026).codes(Subject.SCIENCE)


def test_a_test_is_found_by_name():
    assert years.load(2026).test(Test.GPS).name == "English grammar, punctuation and spelling"


def test_a_year_can_be_sent_to_another_process():
    year = pickle.loads(pickle.dumps(years.load(2026)))  # noqa: S301 - made on the line itself
    assert year.date("ta_deadline") == date(2026, 6, 26)
    assert year.scores(Test.READING).scaled(25) == 100
    assert year.owed.rule(Subject.READING, "below").state == "required"


def test_a_loaded_year_cannot_be_changed():
    year = years.load(2026)
    with pytest.raises(TypeError):
        year.code_tables[Subject.WRITING] = year.code_table(Subject.SCIENCE)
    with pytest.raises(AttributeError):
        year.status = "open"
