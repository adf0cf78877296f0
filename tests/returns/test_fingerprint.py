"""The fingerprint depends on everything that a return says, and on nothing else."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keystage.returns.fingerprint import fingerprint
from keystage.returns.judgement import judgement
from keystage.returns.value import Extra, Pupil, Return
from keystage.years import Subject

ADA = Pupil(
    *("P999999919001", "Example", "Ada", date(2014, 11, 3), "2014-11-03", "F"),
    judgements=(judgement(Subject.WRITING, "EXS"), judgement(Subject.SCIENCE, "HNM")),
)
BEN = Pupil("D999999919002", "Sample", "Ben", date(2015, 3, 9), "2015-03-09", "M")
MADE = Return("9999999", 2026, (ADA, BEN))


def of(**changed: object) -> str:
    return fingerprint(replace(MADE, pupils=(ADA._replace(**changed), BEN)))


def test_it_is_64_hexadecimal_figures_and_stays_the_same_from_release_to_release():
    # Stored with every signature: a change of this value is a change of what was signed.
    assert fingerprint(MADE) == "87b0c950950464dece826dac1b4fd3467af95683f12b88cea0adbe7f89e0ea65"


@pytest.mark.parametrize(
    "changed",
    [
        {"upn": "P999999919009"},
        {"surname": "EXAMPLE"},
        {"forename": "Adá"},
        {"birth_date": date(2014, 11, 4)},
        {"birth_date": None, "birth_text": "03/11/2014"},
        {"sex": "M"},
        {"judgements": ()},
        {"judgements": ADA.judgements[:1]},
        {"judgements": (judgement(Subject.WRITING, "GDS"), ADA.judgements[1])},
        {"judgements": (judgement(Subject.READING, "EXS"), ADA.judgements[1])},
        {"judgements": (judgement(Subject.WRITING, "HNM"), judgement(Subject.SCIENCE, "EXS"))},
        {"judgements": (*ADA.judgements, judgement(Subject.WRITING, "GDS"))},
    ],
)
def test_it_depends_on_every_identity_and_every_judgement(changed):
    assert of(**changed) != fingerprint(MADE)


@pytest.mark.parametrize(
    "other",
    [
        replace(MADE, school="9999998"),
        replace(MADE, year=2025),
        replace(MADE, pupils=(ADA,)),
        replace(MADE, pupils=(ADA, BEN, BEN)),
        replace(MADE, pupils=(ADA, BEN._replace(judgements=ADA.judgements))),
        replace(MADE, pupils=(ADA._replace(judgements=()), BEN._replace(judgements=ADA.judgements))),
    ],
)
def test_it_depends_on_the_school_the_year_and_who_has_what(other):
    assert fingerprint(other) != fingerprint(MADE)


@pytest.mark.parametrize(
    "changed",
    [
        {"judgements": (judgement(Subject.WRITING, " exs "), judgement(Subject.SCIENCE, "hnm"))},
        {"judgements": tuple(reversed(ADA.judgements))},
        {"judgements": (ADA.judgements[0], ADA.judgements[0], ADA.judgements[1])},
        {"judgements": tuple(j._replace(date="2026-06-18", year="2026") for j in ADA.judgements)},
        {"judgements": (*ADA.judgements, judgement(Subject.MATHS, " "))},
        {"at": 7, "judgements_at": (8, 9)},
        {"birth_text": "3 November 2014"},
        {"former_upn": "X"},
    ],
)
def test_it_does_not_depend_on_how_it_was_written(changed):
    assert of(**changed) == fingerprint(MADE)


def test_it_does_not_depend_on_the_order_of_pupils_or_on_other_rows():
    assert fingerprint(replace(MADE, pupils=(BEN, ADA))) == fingerprint(MADE)
    assert fingerprint(replace(MADE, extras=(Extra("test", "x", 0, 0),))) == fingerprint(MADE)


texts = st.text(max_size=5)
pupils = st.tuples(*[texts] * 5).map(lambda t: Pupil(t[0], t[1], t[2], None, t[3], t[4]))


@given(st.lists(pupils, max_size=4), st.lists(pupils, max_size=4))
def test_no_two_lists_of_pupils_have_the_same(one, other):
    same = sorted(one, key=repr) == sorted(other, key=repr)
    assert (fingerprint(Return("", 2026, tuple(one))) == fingerprint(Return("", 2026, tuple(other)))) == same
