"""The Common Transfer File of a school's results says what the results say, and nothing else."""

from datetime import UTC, datetime

import pytest

from keystage import ctf
from keystage.ctf.from_results import from_results
from keystage.ctf.results import to_results
from keystage.ctf.writer import to_bytes
from keystage.sheets import read_results
from keystage.simulate import Plan, make_school
from keystage.years import load

YEAR = load(2026)
MADE = datetime(2026, 7, 10, 9, 0, tzinfo=UTC)
HEAD = "LEA,ESTAB,UPN,SURNAME,FORENAME,DOB,SEX,READMRK,READSCORE,READOUTCOME,MATOUTCOME,WRITTAOUTCOME\n"
ADA = "999,2001,B999999919001,Example,Ada,2015-03-09,F,30,103,AS,B,EXS\n"


def made(text, *, with_ta=False):
    pupils = read_results(text.encode(), YEAR).pupils
    return from_results(pupils, YEAR, "9992001", made=MADE, school_name="Hawthorn Primary School", with_ta=with_ta)


def rows(file):
    return [(row.component, row.method, row.qualifier, row.result) for row in file.pupils[0].rows]


def test_what_a_test_has_becomes_rows_and_what_it_has_not_becomes_none():
    assert rows(made(HEAD + ADA)) == [
        ("REA", "TT", "NM", "30"),
        ("REA", "TT", "NS", "103"),
        ("REA", "TT", "NO", "AS"),
        ("MAT", "TT", "NO", "B"),
    ]


def test_teacher_assessments_are_in_it_where_they_are_wanted():
    assert rows(made(HEAD + ADA, with_ta=True))[-1] == ("WRI", "TA", "NC", "EXS")


def test_source_and_destination_are_the_school():
    header = made(HEAD + ADA).header
    assert header.source.number == header.destination.number == "9992001"
    assert (header.date_time, header.version, header.source.name) == (
        "2026-07-10T09:00:00", "25.0", "Hawthorn Primary School",
    )  # fmt: skip


def test_the_same_results_give_the_same_bytes():
    assert to_bytes(made(HEAD + ADA)) == to_bytes(made(HEAD + ADA))


@pytest.mark.parametrize("index", range(4))
def test_read_again_it_says_the_same(index):
    school = make_school(Plan(YEAR, seed=2, faults=0.1, results=True), index)
    results = read_results(school.results_csv.encode(), YEAR)
    file = from_results(results.pupils, YEAR, school.school.number, made=MADE, with_ta=True)
    again = to_results(ctf.read(to_bytes(file)), YEAR)

    def said(pupils):
        return [
            (
                each.upn, each.surname, each.birth_date, dict(each.ta),
                {test: (r.raw_text, r.scaled_text, r.outcome) for test, r in each.tests.items()},
            )
            for each in pupils
        ]  # fmt: skip

    assert said(again.pupils) == said(results.pupils)
