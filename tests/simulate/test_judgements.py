from collections import Counter

import pytest

from keystage.simulate import Plan
from keystage.years import Subject, Test, load
from keystage.years.registration import TestStatus

YEAR = load(2025)


@pytest.fixture(scope="module")
def pupils():
    plan = Plan(YEAR, seed=9)
    made = []
    index = 0
    while len(made) < 20_000:
        made += [filed.made for filed in plan.draft(index).pupils]
        index += 1
    return made


def share(pupils, subject, codes):
    counted = [pupil for pupil in pupils if pupil.codes[subject] not in ("L", "F", "P")]
    return 100 * sum(pupil.codes[subject] in codes for pupil in counted) / len(counted)


def test_writing_is_near_the_national_figures(pupils):
    assert share(pupils, Subject.WRITING, ("EXS", "GDS")) == pytest.approx(72, abs=2)
    assert share(pupils, Subject.WRITING, ("GDS",)) == pytest.approx(13, abs=1.5)


def test_science_is_near_the_national_figures(pupils):
    assert share(pupils, Subject.SCIENCE, ("EXS",)) == pytest.approx(82, abs=2)


def test_about_one_in_twelve_is_below_the_standard_of_a_test(pupils):
    below = sum(TestStatus.BELOW in (p.tests[Test.READING], p.tests[Test.MATHS]) for p in pupils)
    assert 100 * below / len(pupils) == pytest.approx(7.9, abs=1.5)


def test_reading_and_maths_are_judged_exactly_where_that_is_wanted(pupils):
    optional = (TestStatus.ABSENT, TestStatus.UNABLE, TestStatus.JUST_ARRIVED)
    for pupil in pupils:
        for subject, test in ((Subject.READING, Test.READING), (Subject.MATHS, Test.MATHS)):
            code = pupil.codes.get(subject)
            if pupil.tests[test] is TestStatus.BELOW:
                assert code[:2] in ("PK", "EM")
            else:
                assert code is None or (code == "A" and pupil.tests[test] in optional)


def test_science_is_not_met_by_those_far_below_in_writing(pupils):
    below = [pupil for pupil in pupils if pupil.codes[Subject.WRITING][:2] in ("PK", "EM")]
    assert len(below) > 500
    assert {pupil.codes[Subject.SCIENCE] for pupil in below} == {"HNM"}


def test_the_engagement_model_stands_in_all_three_subjects_or_in_none(pupils):
    core = (Subject.READING, Subject.WRITING, Subject.MATHS)
    sets = Counter(frozenset(p.codes.get(s) for s in core) for p in pupils if "EM" in p.codes.values())
    assert set(sets) == {frozenset({"EM"})}


def test_every_code_is_one_of_the_year(pupils):
    for pupil in pupils:
        assert all(code in YEAR.codes(subject) for subject, code in pupil.codes.items())


def test_every_pre_key_stage_standard_is_given(pupils):
    codes = {code for pupil in pupils for code in pupil.codes.values()}
    assert {f"PK{n}" for n in range(1, 7)} <= codes
