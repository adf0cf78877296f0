from collections import Counter

import pytest

from keystage.pupils.names import fold
from keystage.pupils.upn import faults
from keystage.simulate import Plan
from keystage.simulate.judgements import Standing
from keystage.simulate.pupils import Calendar
from keystage.simulate.schools import Kind
from keystage.years import load
from keystage.years.registration import PupilStatus

YEAR = load(2026)


@pytest.fixture(scope="module")
def drafts():
    return [Plan(YEAR, seed=4).draft(index) for index in range(400)]


@pytest.fixture(scope="module")
def pupils(drafts):
    return [filed.made for draft in drafts for filed in draft.pupils]


def test_upns_are_sound_and_nobody_shares_one(pupils):
    upns = [pupil.upn for pupil in pupils]
    assert not any(faults(upn) for upn in upns)
    assert len(set(upns)) == len(upns)


def test_upns_are_of_no_real_school(pupils):
    assert all(pupil.upn[1:4] == "999" or pupil.upn[4] == "0" for pupil in pupils)
    assert len({pupil.upn[1:4] for pupil in pupils}) > 100


def test_upns_of_schools_under_other_numbers_are_sound_and_different():
    drafts = [Plan(YEAR, seed=4, pupils=20).draft(index) for index in (0, 1999, 2000, 2001, 9000, 16_999)]
    upns = [filed.upn for draft in drafts for filed in draft.pupils]
    assert not any(faults(upn) for upn in upns)
    assert len(set(upns)) == len(upns)


def test_a_school_may_have_twenty_thousand_pupils():
    filed = Plan(YEAR, seed=4, pupils=20_000).draft(0).pupils
    assert len({pupil.upn for pupil in filed}) == 20_000
    assert not any(faults(pupil.upn) for pupil in filed)


def test_birth_dates_are_those_of_the_year_group(pupils):
    first, last = YEAR.usual_birth_dates
    assert all(first <= pupil.born <= last for pupil in pupils)


def test_nobody_in_a_school_can_be_taken_for_another(drafts):
    for draft in drafts:
        people = Counter((fold(p.made.surname), fold(p.made.forename), p.made.born) for p in draft.pupils)
        assert set(people.values()) == {1}


def test_there_are_twins(drafts):
    people = Counter((draft.school.index, p.made.surname, p.made.born) for draft in drafts for p in draft.pupils)
    assert sum(count > 1 for count in people.values()) > 50


def test_everybody_who_is_out_of_the_ordinary_is_there(pupils):
    assert {pupil.standing for pupil in pupils} == set(Standing)


def test_leavers_left_before_test_week_or_after_it(pupils):
    calendar = Calendar.of(YEAR)
    for pupil in pupils:
        if pupil.standing is Standing.LEFT_BEFORE:
            assert pupil.date_left < calendar.tests_start
            assert set(pupil.codes.values()) == {"L"}
        elif pupil.standing is Standing.LEFT_AFTER:
            assert pupil.date_left > calendar.tests_end
            assert pupil.status is PupilStatus.REGISTERED
            assert "L" not in pupil.codes.values()


def test_a_special_school_is_small_and_has_pre_key_stage_and_engagement_model():
    plan = Plan(YEAR, seed=4, kind=Kind.SPECIAL)
    pupils = [filed.made for index in range(40) for filed in plan.draft(index).pupils]
    codes = Counter(code for pupil in pupils for code in pupil.codes.values())
    assert len(pupils) < 40 * 15
    assert codes["EM"] > 20
    assert sum(count for code, count in codes.items() if code.startswith("PK")) > len(pupils) / 2


def test_the_register_may_hold_a_pupil_by_mistake_who_is_not_in_the_file(drafts):
    for draft in drafts:
        upns = {pupil.upn for pupil in draft.pupils}
        for row in draft.register:
            assert (row.upn in upns) == (row.status is not PupilStatus.UNREGISTERED)
    assert any(len(draft.register) > len(draft.pupils) for draft in drafts)
