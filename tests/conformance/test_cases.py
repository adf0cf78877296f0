"""The cases as a whole: every check has one that fires and one that does not; we find just what is in them."""

import re
from collections import Counter

import pytest

from conformance.checking import expected_of, found_in, report_on
from keystage.checks import CATALOGUE
from keystage.conformance.cases import IN_NO_FILE, cases, cases_of, is_passed_by, is_shown_by, without_case
from keystage.conformance.special import GOOD
from keystage.simulate import DIALECTS
from keystage.simulate.faults import results as result_faults
from keystage.simulate.faults.registry import FILE_FAULTS, HEADER_FAULTS, PUPIL_FAULTS
from keystage.years import held, load

YEARS = held()


@pytest.fixture(scope="module")
def every():
    """Every case by its year."""
    return {year: list(cases_of(load(year))) for year in YEARS}


def lacking(codes, listed, excused):
    """Return the checks that no case fires, or that no case passes, and that nothing excuses."""
    return {
        code
        for code in codes
        if code not in excused
        and not (any(is_shown_by(code, case) for case in listed) and any(is_passed_by(code, case) for case in listed))
    }


@pytest.mark.parametrize("year", YEARS)
def test_every_check_has_a_case_that_fires_and_one_that_does_not(every, year):
    missing = lacking(CATALOGUE, every[year], without_case(load(year)))
    assert not missing, f"seed a fault for {missing} in keystage.simulate, or say in cases.py why no file can show it"


def test_a_check_without_a_case_would_be_noticed(every, monkeypatch):
    codes = [*CATALOGUE, "J99"]
    monkeypatch.setattr("keystage.conformance.cases.CATALOGUE", {**CATALOGUE, "J99": CATALOGUE["J01"]})
    assert lacking(codes, every[2026], without_case(load(2026))) == {"J99"}


@pytest.mark.parametrize("year", YEARS)
def test_what_is_said_to_have_no_case_has_none_and_says_why(every, year):
    excused = without_case(load(year))
    assert set(IN_NO_FILE) <= set(excused) <= {*IN_NO_FILE, "R03"}
    assert ("R03" in excused) == (not load(year).score_tables)
    for code, why in excused.items():
        assert not any(is_shown_by(code, case) for case in every[year])
        assert re.fullmatch(r"[A-Z].{30,}\.", why)


@pytest.mark.parametrize("year", YEARS)
def test_the_checks_find_what_was_seeded_and_nothing_else(every, year):
    wrong = {
        case.name: (expected_of(case) - found, found - expected_of(case))
        for case in every[year]
        if (found := found_in(report_on(case))) != expected_of(case)
    }
    assert wrong == {}


@pytest.mark.parametrize("year", YEARS)
def test_a_faulty_file_has_its_fault_and_a_good_one_nothing_to_put_right(every, year):
    for case in every[year]:
        if case.check:
            assert is_shown_by(case.check, case), case.name
            assert case.name.startswith(f"{year}/{case.check}/")
        else:
            assert {each["severity"] for each in case.findings} <= {"info"}, case.name
            assert case.name.startswith(f"{year}/good/")


def test_every_fault_that_can_be_seeded_is_a_case(every):
    seeds = [*PUPIL_FAULTS.items(), *HEADER_FAULTS.items(), *FILE_FAULTS.items()]
    wanted = {f"{code}/{fault.__name__}" for code, faults in seeds for fault in faults}
    wanted |= {f"R/{fault.__name__}" for fault in result_faults.FAULTS}
    made = {
        re.sub(r"^\d+/(R?)(?:(?<=R)\d\d)?([^/]*)/(.*?)(-\d|-in-a-workbook)?$", r"\1\2/\3", case.name)
        for case in every[2026]
    }
    assert wanted <= {name.replace("-", "_") for name in made}


def test_every_dialect_and_every_special_pupil_is_a_good_case(every):
    good = {case.name.removeprefix("2026/good/") for case in every[2026] if not case.check}
    assert {f"dialect-{name}" for name in DIALECTS} <= good
    assert {special.__name__.replace("_", "-") for special in GOOD} <= good
    assert {"one-pupil", "large-school", "special-school", "no-register", "template", "results"} <= good
    assert len([name for name in good if name.startswith("encoding-")]) >= 4


def test_every_dialect_is_met_among_the_faults_too(every):
    suppliers = Counter()
    for case in every[2026]:
        if case.check:
            text = case.files[case.file].replace(b"\0", b"").decode("utf-8", "replace")
            suppliers.update(re.findall(r"<SupplierID>(.*?)</SupplierID>", text))
    assert {dialect.supplier for dialect in DIALECTS.values()} - {"Marginalia"} <= set(suppliers)


def test_a_case_says_of_each_finding_what_the_catalogue_says_of_its_check(every):
    for case in every[2026]:
        for each in case.findings:
            check = CATALOGUE[each["code"]]
            assert (each["slug"], each["severity"]) == (check.slug, str(check.severity))
            assert each["line"] is None or each["line"] >= 1


def test_names_are_folders_that_any_system_can_have_and_none_is_twice(every):
    names = [case.name for listed in every.values() for case in listed]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(re.fullmatch(r"\d{4}/(good|[A-Z]\d\d)/[a-z0-9-]+", name) for name in names)
    for listed in every.values():
        for case in listed:
            assert all(re.fullmatch(r"[\w .()/-]+", name) for name in case.files), case.files.keys()


def test_the_files_that_a_case_names_are_in_it(every):
    for listed in every.values():
        for case in listed:
            named = {case.file, case.register, case.previous, case.sent} - {None}
            assert named == set(case.files), case.name


def test_nobody_in_it_has_the_number_of_a_real_school(every):
    for listed in every.values():
        assert all(case.school.startswith("999") for case in listed)


def test_the_same_cases_are_made_each_time(every):
    again = {case.name: case for case in cases([2023])}
    assert again == {case.name: case for case in every[2023]}
