"""The cohort table: who is reported, who as left, who is not ours, and who must be decided on."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keystage.pupils.matching import Tier
from keystage.returns.cohort import Cohort, CohortLine, Verdict, sort_cohort
from keystage.returns.register import Expected, Register
from keystage.returns.roll import RollPupil
from keystage.years import Subject, load
from keystage.years.provenance import Basis
from keystage.years.registration import PupilStatus, TestStatus

# In 2026 registration closed on 6 March, test week was 11 to 14 May, and pupils could be added until 21 May.
YEAR = load(2026)
NO_TEST_WEEK = load(2022)
"""A year whose test week is not held."""
REPORT, AS_LEFT, NOT_OURS, DECIDE = Verdict
BORN = date(2015, 3, 9)


def child(upn: str = "P999999919001", surname: str = "Example", **named: object) -> RollPupil:
    return RollPupil(**{"upn": upn, "surname": surname, "forename": "Ada", "birth_date": BORN, "sex": "F"} | named)


def year_6(upn: str = "P999999919001", surname: str = "Example", **named: object) -> RollPupil:
    return child(upn, surname, **{"year_group": "6", "joined": date(2019, 9, 4)} | named)


def entry(upn: str = "P999999919001", surname: str = "Example", **named: object) -> Expected:
    return Expected(upn, surname, "Ada", BORN, "F", **named)


def sort(*roll: RollPupil, register: tuple[Expected, ...] | None = (), year=YEAR) -> Cohort:
    return sort_cohort(roll, None if register is None else Register(register), year)


def line(
    pupil: RollPupil | None, expected: Expected | None = None, *, year=YEAR, registered: bool = True
) -> CohortLine:
    """Return the one line that a pupil and an entry make."""
    register = ((expected,) if expected else ()) if registered else None
    (found,) = sort(*([pupil] if pupil else []), register=register, year=year).lines
    return found


# -- the proof of the five pupils


def test_five_pupils_who_are_easily_missed_all_land_rightly():
    before = year_6("A", "Before", left=date(2026, 5, 1))
    during = year_6("B", "During", left=date(2026, 5, 13))
    after = year_6("C", "After", left=date(2026, 6, 5))
    late = year_6("D", "Late", joined=date(2026, 4, 13))
    other = child("E", "Outofyear", year_group="5", birth_date=date(2015, 10, 2))
    register = tuple(entry(each.upn, each.surname) for each in (before, during, after, other))

    lines = sort(before, during, after, late, other, register=register).lines

    assert [each.verdict for each in lines] == [AS_LEFT, DECIDE, REPORT, REPORT, REPORT]
    assert [each.date for each in lines] == [before.left, during.left, after.left, late.joined, None]
    assert [each.reason for each in lines] == REASONS


REASONS = """\
Left on 1 May 2026, before test week, and is on the register: reported as left. Correct the registration to Left too.
Left on 13 May 2026, in test week, and is on the register. Which school reports such a pupil is not known here: agree \
it with the new school.
On roll in test week; left after it, on 5 June 2026. This school gives the judgements.
Joined on 13 April 2026, before test week, and is not yet on the register. Add to the registration until 21 May 2026.
In Year 5 and on the register: whoever finishes key stage 2 this year is reported.
""".splitlines()


# -- leavers


def test_a_pupil_who_left_before_test_week_and_is_not_on_the_register_is_not_ours():
    found = line(year_6(left=date(2026, 5, 10)))
    assert (found.verdict, found.date, found.basis) == (NOT_OURS, date(2026, 5, 10), Basis.PUBLISHED_COPY)


def test_how_sure_it_is_that_a_leaver_is_reported_is_what_the_year_says_of_l():
    found = line(year_6(left=date(2026, 5, 10)), entry())
    assert found.basis is YEAR.owed.rule(Subject.WRITING, PupilStatus.LEFT).provenance.basis is Basis.ASSUMED


def test_a_registration_that_says_left_already_need_not_be_corrected():
    found = line(year_6(left=date(2026, 5, 10)), entry(status=PupilStatus.LEFT))
    assert (found.verdict, "Correct" in found.reason) == (AS_LEFT, False)


@pytest.mark.parametrize(
    ("left", "verdict"),
    [
        (date(2026, 5, 10), AS_LEFT),
        (date(2026, 5, 11), DECIDE),
        (date(2026, 5, 14), DECIDE),
        (date(2026, 5, 15), REPORT),
    ],
)
def test_test_week_is_from_its_first_day_to_its_last(left, verdict):
    assert line(year_6(left=left), entry()).verdict is verdict


def test_a_pupil_who_left_in_test_week_and_is_on_no_register_is_decided_on():
    found = line(year_6(left=date(2026, 5, 12)))
    assert (found.verdict, found.basis) == (DECIDE, None)
    assert "is not on the register" in found.reason


def test_a_pupil_of_another_year_group_who_left_in_test_week_is_not_ours():
    found = line(child(year_group="4", left=date(2026, 5, 12)))
    assert (found.verdict, found.date) == (NOT_OURS, date(2026, 5, 12))


def test_a_pupil_who_left_after_test_week_and_is_not_on_the_register_is_decided_on():
    found = line(year_6(left=date(2026, 6, 5)))
    assert (found.verdict, found.date) == (DECIDE, date(2026, 6, 5))
    assert found.reason.startswith("On roll in test week; left after it, on 5 June 2026 and in Year 6, but not on")


def test_a_registration_that_says_left_for_a_pupil_of_test_week_is_to_be_corrected():
    found = line(year_6(left=date(2026, 6, 5)), entry(status=PupilStatus.LEFT))
    assert (found.verdict, found.basis) == (REPORT, Basis.PUBLISHED_COPY)
    assert "correct the registration, which says Left, to Registered" in found.reason


def test_two_dates_of_leaving_on_either_side_of_test_week_are_decided_on():
    found = line(year_6(left=date(2026, 6, 5)), entry(status=PupilStatus.LEFT, date_left=date(2026, 5, 1)))
    assert found.verdict is DECIDE
    assert "the register says that the pupil left on 1 May 2026" in found.reason


def test_a_pupil_who_joined_and_left_after_test_week_is_decided_on():
    found = line(year_6(joined=date(2026, 6, 1), left=date(2026, 6, 19)), entry())
    assert (found.verdict, found.date) == (DECIDE, date(2026, 6, 1))


def test_a_leaver_with_tests_of_another_year_is_told_of_both():
    found = line(year_6(left=date(2026, 6, 5)), entry(reading=TestStatus.FUTURE))
    assert found.verdict is REPORT
    assert "left after it" in found.reason
    assert "F may be the code" in found.reason


def test_a_pupil_who_left_before_joining_is_decided_on():
    found = line(year_6(joined=date(2026, 1, 6), left=date(2025, 7, 18)), entry())
    assert (found.verdict, found.date) == (DECIDE, date(2025, 7, 18))
    assert found.reason == (
        "The date of leaving, 18 July 2025, is before that of joining, 6 January 2026. Correct the one that is wrong."
    )


# -- joiners


def test_a_pupil_who_joined_in_test_week_and_is_on_the_register_is_reported():
    found = line(year_6(joined=date(2026, 5, 11)), entry())
    assert (found.verdict, found.date, found.basis) == (REPORT, date(2026, 5, 11), Basis.OFFICIAL)


def test_a_pupil_who_joined_in_test_week_and_is_not_on_the_register_is_decided_on():
    found = line(year_6(joined=date(2026, 5, 14)))
    assert (found.verdict, found.date) == (DECIDE, date(2026, 5, 14))
    assert "Add to the registration until 21 May 2026." in found.reason


@pytest.mark.parametrize("expected", [None, entry()])
def test_a_pupil_who_joined_after_test_week_is_decided_on(expected):
    found = line(year_6(joined=date(2026, 5, 15)), expected)
    assert (found.verdict, found.date, found.basis) == (DECIDE, date(2026, 5, 15), None)
    assert "The school of test week usually reports the pupil" in found.reason


@pytest.mark.parametrize(
    ("joined", "verdict"), [(date(2026, 3, 6), DECIDE), (date(2026, 3, 7), REPORT), (date(2026, 5, 10), REPORT)]
)
def test_only_who_joined_after_the_registration_was_due_is_simply_late(joined, verdict):
    assert line(year_6(joined=joined)).verdict is verdict


def test_how_sure_it_is_that_a_late_pupil_is_added_is_said():
    assert line(year_6(joined=date(2026, 4, 13))).basis is Basis.OFFICIAL


def test_a_late_pupil_of_another_year_group_is_not_ours():
    assert line(child(year_group="5", joined=date(2026, 4, 13))).verdict is NOT_OURS


def test_where_the_last_day_of_the_registration_is_not_held_no_day_is_said():
    found = line(year_6(joined=date(2023, 5, 10), birth_date=date(2012, 3, 9)), year=load(2023))
    assert found.verdict is DECIDE
    assert "Add to the registration. Ask the school the pupil came from" in found.reason


# -- on the register


def test_a_pupil_on_roll_and_register_is_reported():
    found = line(year_6(), entry())
    assert (found.verdict, found.reason, found.basis, found.tier) == (
        REPORT,
        "On the roll and on the register.",
        Basis.OFFICIAL,
        Tier.UPN,
    )
    assert (found.name, found.date) == ("Example, Ada", None)


def test_a_pupil_on_the_register_by_mistake_is_not_ours_whatever_the_roll_says():
    found = line(year_6(left=date(2026, 6, 5)), entry(status=PupilStatus.UNREGISTERED))
    assert (found.verdict, "by mistake" in found.reason) == (NOT_OURS, True)


def test_a_pupil_whom_only_the_register_says_to_have_left_is_decided_on():
    found = line(year_6(), entry(status=PupilStatus.LEFT, date_left=date(2026, 5, 1)))
    assert (found.verdict, found.date) == (DECIDE, date(2026, 5, 1))


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (TestStatus.FUTURE, "The pupil takes every test in a future year: F may be the code in writing and science."),
        (
            TestStatus.PREVIOUS,
            "The pupil took every test in an earlier year: P may be the code in writing and science.",
        ),
    ],
)
def test_a_pupil_with_tests_in_another_year_is_reported_and_told_of_f_or_p(status, says):
    found = line(year_6(), entry(reading=status, maths=status, gps=status))
    assert (found.verdict, found.basis) == (REPORT, Basis.ASSUMED)
    assert found.reason == f"On the register. {says}"


def test_the_tests_of_another_year_are_named_where_they_are_not_all():
    found = line(year_6(), entry(reading=TestStatus.FUTURE, maths=TestStatus.PREVIOUS))
    assert "takes a test (reading) in a future year: F" in found.reason
    assert "took a test (maths) in an earlier year: P" in found.reason


def test_a_match_by_a_former_upn_is_said():
    found = line(year_6("P2", former_upn="P1"), entry("P1"))
    assert (found.tier, found.verdict) == (Tier.FORMER_UPN, REPORT)
    assert found.reason.endswith("Matched with the register by a former UPN: P2 here, P1 there.")


def test_a_match_by_name_and_birth_date_is_said():
    found = line(year_6(""), entry("P1"))
    assert (found.tier, found.verdict) == (Tier.NAME_AND_BIRTH_DATE, REPORT)
    assert found.reason.endswith("by name and date of birth alone: the UPN is missing here and P1 there.")


def test_nobody_is_matched_by_the_name_alone():
    lines = sort(year_6("P2", birth_date=date(2015, 3, 10)), register=(entry("P1"),)).lines
    assert [each.tier for each in lines] == [None, None]


# -- on no register


def test_a_pupil_of_year_6_who_is_not_on_the_register_is_decided_on():
    found = line(year_6())
    assert (found.verdict, found.basis) == (DECIDE, None)
    assert found.reason == (
        "On the roll and in Year 6, but not on the register. If the pupil finishes key stage 2 here this year: add to"
        " the registration until 21 May 2026."
    )


@pytest.mark.parametrize("group", ["R", "1", "5", "7"])
def test_a_pupil_of_another_year_group_who_is_not_on_the_register_is_not_ours(group):
    found = line(child(year_group=group))
    assert (found.verdict, found.reason, found.basis) == (
        NOT_OURS,
        f"In Year {group}, and not on the register.",
        Basis.ASSUMED,
    )


@pytest.mark.parametrize(
    ("born", "verdict"),
    [
        (date(2014, 8, 31), NOT_OURS),
        (date(2014, 9, 1), DECIDE),
        (date(2015, 8, 31), DECIDE),
        (date(2015, 9, 1), NOT_OURS),
        (None, DECIDE),
    ],
)
def test_where_the_year_group_is_not_known_the_date_of_birth_decides(born, verdict):
    found = line(child(birth_date=born))
    assert found.verdict is verdict
    if born is None:
        assert found.reason == "Is not on the register, and neither the year group nor the date of birth is known."


# -- on the register only


def test_a_pupil_who_is_on_the_register_only_is_decided_on():
    found = line(None, entry())
    assert (found.verdict, found.pupil, found.name) == (DECIDE, None, "Example, Ada")
    assert found.reason.startswith("On the register and not on the roll")


@pytest.mark.parametrize(
    ("left", "verdict", "basis"),
    [
        (date(2026, 5, 10), AS_LEFT, Basis.ASSUMED),
        (date(2026, 5, 12), DECIDE, None),
        (date(2026, 5, 15), REPORT, Basis.PUBLISHED_COPY),
        (None, DECIDE, None),
    ],
)
def test_a_pupil_who_left_and_is_on_the_register_only_is_sorted_by_the_day(left, verdict, basis):
    found = line(None, entry(status=PupilStatus.LEFT, date_left=left))
    assert (found.verdict, found.date, found.basis) == (verdict, left, basis)


def test_a_pupil_who_is_on_the_register_only_and_by_mistake_is_not_ours():
    assert line(None, entry(status=PupilStatus.UNREGISTERED)).verdict is NOT_OURS


# -- twice


def test_a_upn_that_stands_twice_on_the_roll_is_decided_on_and_nobody_is_lost():
    lines = sort(year_6(), year_6(surname="Other"), register=(entry(surname="Third"),)).lines
    assert [each.verdict for each in lines] == [DECIDE] * 3
    assert {each.reason for each in lines} == {
        "The UPN P999999919001 stands on the roll twice. Correct it there, so that it stands once."
    }


def test_it_is_said_how_often_a_upn_stands_on_the_roll():
    assert "stands on the roll 3 times" in sort(year_6(), year_6(), year_6()).lines[0].reason


# -- without a register


@pytest.mark.parametrize(
    ("pupil", "verdict"),
    [
        (year_6(), REPORT),
        (child(), REPORT),
        (year_6(left=date(2026, 5, 1)), DECIDE),
        (year_6(left=date(2026, 5, 12)), DECIDE),
        (year_6(left=date(2026, 6, 5)), REPORT),
        (year_6(joined=date(2026, 4, 13)), REPORT),
        (year_6(joined=date(2026, 5, 12)), DECIDE),
        (year_6(joined=date(2026, 6, 1)), DECIDE),
        (child(year_group="5"), NOT_OURS),
        (child(year_group="5", left=date(2026, 5, 1)), NOT_OURS),
        (child(birth_date=date(2013, 1, 1)), NOT_OURS),
        (child(birth_date=None), DECIDE),
    ],
)
def test_without_a_register_pupils_are_sorted_for_the_time_being(pupil, verdict):
    found = line(pupil, registered=False)
    assert found.verdict is verdict
    assert "no register is loaded" in found.reason.casefold()
    assert "not on the register" not in found.reason


def test_what_is_said_without_a_register_is_provisional():
    assert sort(year_6(), register=None).is_provisional
    assert not sort(year_6()).is_provisional
    found = line(year_6(), registered=False)
    assert (found.reason, found.basis) == (
        "On the roll and in Year 6. Provisional: no register is loaded.",
        Basis.ASSUMED,
    )


# -- without the dates of test week


@pytest.mark.parametrize(
    ("dates", "verdict"),
    [
        ({"left": date(2022, 5, 20)}, DECIDE),
        ({"left": date(2021, 7, 20)}, AS_LEFT),
        ({"left": date(2022, 9, 1)}, REPORT),
        ({"joined": date(2022, 5, 20)}, DECIDE),
        ({"joined": date(2021, 8, 31)}, REPORT),
        ({}, REPORT),
    ],
)
def test_without_the_dates_of_test_week_who_moved_in_the_school_year_is_decided_on(dates, verdict):
    pupil = year_6(birth_date=date(2011, 3, 9), **dates)
    found = line(pupil, replace(entry(), birth_date=date(2011, 3, 9)), year=NO_TEST_WEEK)
    assert found.verdict is verdict
    assert ("the dates of test week 2022 are not held" in found.reason) is (verdict is DECIDE)


# -- the whole table


def test_verdicts_are_counted_and_picked():
    cohort = sort(year_6("A"), child("B", "Other", year_group="5"), register=(entry("A"), entry("C", "Gone")))
    assert cohort.counts == {REPORT: 1, NOT_OURS: 1, DECIDE: 1}
    assert [each.name for each in cohort.of(REPORT, DECIDE)] == ["Example, Ada", "Gone, Ada"]


def test_the_caller_finds_its_own_key_again():
    assert line(year_6(key="row 17"), entry()).pupil.key == "row 17"


upns = st.sampled_from(["", "A", "B", "C"])
names = st.sampled_from(["", "Example", "Other"])
some_dates = st.none() | st.dates(date(2025, 8, 1), date(2026, 9, 30))
births = st.sampled_from([None, BORN, date(2016, 1, 1)])
roll_pupils = st.builds(
    child,
    upns,
    names,
    former_upn=upns,
    birth_date=births,
    year_group=st.sampled_from(["", "5", "6"]),
    joined=some_dates,
    left=some_dates,
)
entries = st.builds(
    Expected,
    upns,
    names,
    st.just("Ada"),
    births,
    st.just("F"),
    upns,
    reading=st.sampled_from(TestStatus),
    status=st.sampled_from(PupilStatus),
    date_left=some_dates,
)


@given(roll=st.lists(roll_pupils, max_size=6), register=st.none() | st.lists(entries, max_size=6).map(tuple))
def test_everybody_on_roll_and_register_stands_in_the_table_once(roll, register):
    roll = [replace(pupil, key=str(at)) for at, pupil in enumerate(roll)]

    lines = sort(*roll, register=register).lines

    assert [each.pupil for each in lines if each.pupil] == roll
    found = [id(each.expected) for each in lines if each.expected]
    assert sorted(found) == sorted(map(id, register or ()))
    assert len(lines) == len(roll) + sum(each.pupil is None for each in lines)
    for each in lines:
        assert (each.tier is None) is (each.pupil is None or each.expected is None)
        assert each.reason.endswith(".")
        assert "  " not in each.reason
        assert (each.basis is None) is (each.verdict is DECIDE)
