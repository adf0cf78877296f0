import csv
from io import StringIO

import pytest

from keystage.simulate import Plan, make_school
from keystage.simulate.scores import score
from keystage.years import Test, load
from keystage.years.registration import TestStatus
from simulate.checking import compare_results


def rows_of(made):
    return list(csv.DictReader(StringIO(made.results_csv)))


def test_a_school_is_told_nothing_for_groups():
    made = make_school(Plan(load(2026), results=True))
    assert not load(2026).group_headings.written.values() & rows_of(made)[0].keys()


@pytest.mark.parametrize("year", [2022, 2024, 2026])
def test_results_without_faults_are_clean(year):
    of = load(year)
    for index in range(8):
        made = make_school(Plan(of, seed=1, results=True), index)
        assert compare_results(made, of).found.total() == 0


@pytest.mark.parametrize("year", [2024, 2026])
def test_faults_in_results_and_returns_are_found_out_exactly(year):
    of = load(year)
    codes = set()
    for index in range(80):
        made = make_school(Plan(of, seed=1, faults=0.08, results=True), index)
        assert compare_results(made, of).difference == {}
        codes |= {entry["code"] for entry in made.results_faults}
    assert codes == {"R01", "R02", "R03", "R04", "R05", "R06"}


def test_scores_are_those_of_the_table_and_go_with_the_outcome():
    year = load(2026)
    rows = rows_of(make_school(Plan(year, seed=1, results=True, pupils=200), 0))
    sat = 0
    for row in rows:
        for test, mark in ((Test.READING, "READ"), (Test.MATHS, "MAT"), (Test.GPS, "GPS")):
            if row[f"{mark}OUTCOME"] in ("AS", "NS"):
                sat += 1
                score = int(row[f"{mark}SCORE"])
                assert year.scores(test).scaled(int(row[f"{mark}MRK"])) == score
                assert (row[f"{mark}OUTCOME"] == "AS") == (score >= 100)
    assert sat > 500


def test_the_papers_come_to_the_mark():
    rows = rows_of(make_school(Plan(load(2026), seed=1, results=True, pupils=200), 0))
    for row in rows:
        if row["MATMRK"]:
            papers = [int(row[name]) for name in ("MATARITHMRK", "MATPAPER2MRK", "MATPAPER3MRK")]
            assert sum(papers) == int(row["MATMRK"])
            assert all(0 <= marks <= most for marks, most in zip(papers, (40, 35, 35), strict=True))
        if row["GPSMRK"]:
            papers = [int(row["GPSPAPER1MRK"]), int(row["GPSPAPER2MRK"])]
            assert sum(papers) == int(row["GPSMRK"])
            assert all(0 <= marks <= most for marks, most in zip(papers, (50, 20), strict=True))


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (TestStatus.BELOW, "B"),
        (TestStatus.ABSENT, "A"),
        (TestStatus.UNABLE, "U"),
        (TestStatus.JUST_ARRIVED, "J"),
        (TestStatus.FUTURE, "F"),
        (TestStatus.PREVIOUS, "P"),
    ],
)
def test_who_did_not_sit_has_an_outcome_and_no_mark(status, outcome):
    assert score(load(2026), Test.MATHS, status, 0.0) == (outcome, None, None)


def test_too_few_marks_for_a_score_are_n():
    assert score(load(2026), Test.READING, TestStatus.REGISTERED, -6.0).outcome == "N"


def test_shares_are_near_the_national_figures():
    year = load(2026)
    rows = [
        row
        for index in range(150)
        for row in rows_of(make_school(Plan(year, seed=1, results=True), index))
        if row["MATOUTCOME"] in ("AS", "NS", "N", "B", "A", "U", "J")
    ]
    achieved = 100 * sum(row["MATOUTCOME"] == "AS" for row in rows) / len(rows)
    higher = 100 * sum(int(row["MATSCORE"] or 0) >= 110 for row in rows) / len(rows)
    assert achieved == pytest.approx(74, abs=3)
    assert higher == pytest.approx(26, abs=3)
