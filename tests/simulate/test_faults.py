from collections import defaultdict
from dataclasses import replace

import pytest

from keystage.simulate import DIALECTS, Plan, country, make_school
from keystage.simulate.codes import CODES
from keystage.simulate.draft import is_ordinary
from keystage.simulate.faults import FILE_FAULTS, HEADER_FAULTS, PUPIL_FAULTS, seed
from keystage.simulate.faults.registry import Spoilt
from keystage.simulate.schools import chance_of
from keystage.years import load
from simulate.checking import compare

YEAR = load(2026)
SEVERAL = ("keystage", "arbor", "mtc", "minified", "windows-1252", "comments")

TOGETHER = {
    frozenset({"P01", "C04"}),
    frozenset({"P02", "C04"}),
    frozenset({"P03", "C04"}),
    frozenset({"P10", "C04"}),
    frozenset({"P05", "C02"}),
    frozenset({"P06", "C03"}),
    frozenset({"P07", "C03"}),
    frozenset({"P08", "C03"}),
    frozenset({"P09", "C03"}),
    frozenset({"J03", "C08"}),
    frozenset({"J03", "C07"}),
    frozenset({"J07", "C06"}),
    frozenset({"J13", "J01"}),
}
"""What one fault of one pupil comes to, where it comes to more than one finding."""


def each(faults):
    return [pytest.param(code, fault, id=f"{code}-{fault.__name__}") for code in faults for fault in faults[code]]


def school_with(fault, name, number):
    """Make the school at a place with one fault, put into some pupil where it is one of pupils."""
    plan = Plan(YEAR, seed=12, dialect=DIALECTS[name], pupils=25)
    draft = plan.draft(number)
    chance = chance_of(1, 2026, number)
    if fault.__module__.endswith(("headers", "files", "spreadsheets")):
        expected = fault(draft, chance)
    else:
        pupil = chance.choice([pupil for pupil in draft.pupils if is_ordinary(pupil)])
        expected = fault(draft, pupil, chance)
    return plan, draft, expected


def made_of(draft, expected):
    plain = make_school(Plan(YEAR, pupils=1), 0)
    spoilt = isinstance(expected, Spoilt)
    data = expected.data if spoilt else draft.dialect.encode(draft.emission().text)
    file = f"returns/{draft.file_name}"
    return replace(
        plain,
        file=data,
        file_name=draft.file_name,
        register_csv=country.registers.text(draft.register, YEAR, chance_of(1, 2026, 1)),
        faults=[expect.entry(file, draft.school.number) for expect in (expected.expected if spoilt else expected)],
        also=[] if spoilt else [expect.entry(file, draft.school.number) for expect in country.of_dialect(draft)],
    )


@pytest.mark.parametrize(("code", "fault"), each(PUPIL_FAULTS) + each(HEADER_FAULTS) + each(FILE_FAULTS))
def test_a_fault_is_found_where_it_was_put_and_nothing_else_is(code, fault):
    seeded = 0
    for number, name in enumerate(SEVERAL):
        _, draft, expected = school_with(fault, name, number)
        if expected is None:
            continue
        seeded += 1
        made = made_of(draft, expected)
        assert code in {entry["code"] for entry in made.faults}
        assert compare(made, YEAR).difference == {}
    assert seeded


def test_every_check_on_a_return_has_a_fault():
    seeded = {*PUPIL_FAULTS, *HEADER_FAULTS, *FILE_FAULTS}
    assert seeded == {code for code in CODES if code[0] in "FHPJC"}


def test_an_authority_with_faults_is_found_out_exactly():
    plan = Plan(YEAR, seed=21, faults=0.06)
    found = 0
    for index in range(30):
        compared = compare(make_school(plan, index), YEAR)
        assert compared.difference == {}
        found += compared.listed.total()
    assert found > 50


@pytest.mark.parametrize("rate", [0.0, 0.02, 0.5])
def test_the_rate_is_of_faults_to_a_pupil(rate):
    plan = Plan(YEAR, seed=3, pupils=40)
    faulty = pupils = 0
    for index in range(60):
        draft = plan.draft(index)
        before = set(map(id, draft.pupils))
        seeded = seed(draft, chance_of(1, 2026, index), rate)
        if seeded.spoilt is None:
            pupils += 40
            faulty += len({id(expect.pupil) for expect in seeded.expected if expect.pupil} - before)
            faulty += sum(pupil.is_faulty for pupil in draft.pupils if id(pupil) in before)
    assert faulty == 0 if rate == 0 else faulty / pupils == pytest.approx(rate, rel=0.35)


def test_no_pupil_has_two_faults():
    plan = Plan(YEAR, seed=5, faults=0.5)
    for index in range(25):
        made = make_school(plan, index)
        codes = defaultdict(set)
        for entry in made.faults:
            if entry["upn"] and entry["code"] not in ("J11", "J12"):
                codes[entry["upn"]].add(entry["code"])
        one_cause = {entry["code"] for entry in made.faults} == {"F11", "P01", "C04"}
        assert one_cause or all(len(each) == 1 or frozenset(each) in TOGETHER for each in codes.values())


def test_a_spoilt_file_has_no_other_fault_and_a_header_one_at_most():
    plan = Plan(YEAR, seed=8, faults=0.3)
    spoilt = 0
    for index in range(60):
        codes = [entry["code"] for entry in make_school(plan, index).faults]
        if {"F01", "F02", "F03", "F04", "F07", "F08", "F10"} & set(codes):
            spoilt += 1
            assert len(codes) == 1
        headers = {code for code in codes if code[0] == "H" or code in ("F05", "F06", "F09")}
        assert len(headers - {"F06"}) <= 1 or headers == {"H02", "H05"}
    assert 0 < spoilt < 25


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025, 2027])
def test_faults_are_found_out_in_other_years_too(year):
    of = load(year)
    plan = Plan(of, seed=year, faults=0.2)
    for index in range(4):
        assert compare(make_school(plan, index), of).difference == {}
