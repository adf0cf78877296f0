from collections import Counter
from xml.etree import ElementTree as ET
from xml.parsers import expat

import pytest

from keystage.checks.report import Verdict
from keystage.simulate import DIALECTS, DialectUnknown, Plan, a_file, make_school
from keystage.simulate.dialects import SHARES, dialect
from keystage.years import load
from simulate.checking import compare

YEAR = load(2026)
ALL = pytest.mark.parametrize("name", list(DIALECTS))

ROW_PARTS = {"Result", "Year", "ResultDate"}
PUPIL_PARTS = {"UPN": "upn", "Surname": "surname", "Forename": "forename", "DOB": "birth_date", "Sex": "sex"}


def lines_by_parser(data):
    """Return tag, path and line of every element, in order, as a parser of its own counts them."""
    found = []
    path = []
    parser = expat.ParserCreate()

    def start(tag, _attributes):
        path.append(tag)
        found.append((tag, "/".join(path), parser.CurrentLineNumber))

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _tag: path.pop()
    parser.Parse(data, True)
    return found


def claimed(draft):
    """Return what the emitter says stands on which line."""
    header, lines = draft.header.places, Counter()
    lines.update((f"CTfile/Header/{path}", line) for path, line in header.items() if path and path != "/")
    lines["CTfile", header["/"]] += 1
    for pupil in draft.pupils:
        at = "CTfile/CTFpupilData/Pupil"
        lines[at, pupil.line] += 1
        lines.update((f"{at}/{tag}", pupil.places[part]) for tag, part in PUPIL_PARTS.items())
        for row in pupil.rows:
            at = "CTfile/CTFpupilData/Pupil/StageAssessments/KeyStage/StageAssessment"
            lines[at, row.line] += 1
            lines.update((f"{at}/{part}", row.line + offset) for part, offset in row.offsets.items())
    return lines


@ALL
@pytest.mark.parametrize("index", [0, 1, 7])
def test_every_line_is_where_the_emitter_says(name, index):
    draft = Plan(YEAR, seed=6, dialect=DIALECTS[name]).draft(index)
    data = draft.dialect.encode(draft.emission().text)
    mine = claimed(draft)
    paths = {path for path, _ in mine}
    assert Counter((path, line) for _, path, line in lines_by_parser(data) if path in paths) == mine


@ALL
def test_a_file_is_well_formed_and_holds_everybody(name):
    draft = Plan(YEAR, seed=6, dialect=DIALECTS[name]).draft(3)
    root = ET.fromstring(draft.dialect.encode(draft.emission().text))
    assert root.tag == "CTfile"
    pupils = root.findall("CTFpupilData/Pupil")
    assert [pupil.findtext("UPN") for pupil in pupils] == [pupil.upn for pupil in draft.pupils]
    assert [pupil.findtext("Surname") for pupil in pupils] == [pupil.surname for pupil in draft.pupils]
    results = [[row.findtext("Result") for row in pupil.iter("StageAssessment")] for pupil in pupils]
    assert results == [[row.text.result for row in pupil.rows] for pupil in draft.pupils]


@ALL
@pytest.mark.parametrize("year", [2022, 2026, 2027])
def test_a_file_without_faults_is_clean(name, year):
    of = load(year)
    plan = Plan(of, seed=year, dialect=DIALECTS[name])
    for index in range(5):
        compared = compare(make_school(plan, index), of)
        assert compared.report.verdict is Verdict.CLEAN
        assert not compared.difference


def test_only_the_dialect_with_earlier_results_has_something_said_of_it():
    for name in DIALECTS:
        made = make_school(Plan(YEAR, seed=6, dialect=DIALECTS[name]), 3)
        assert [entry["code"] for entry in made.also] == (["J12"] * 3 if name == "history" else [])


def test_the_dialects_differ_where_systems_do():
    files = {name: a_file(pupils=5, dialect=name) for name in DIALECTS}
    assert files["giap"].startswith(b"\xef\xbb\xbf<?xml")
    assert files["minified"].count(b"\n") == 0
    assert b"\r\n" in files["follett"]
    assert b"<SuppInfo>" in files["follett"]
    assert b"<AttendanceMarks>" in files["follett"]
    assert b"\n\t\t<Pupil>" in files["tabs"]
    assert files["utf-16"].startswith(b"\xff\xfe")
    assert b'encoding="windows-1252"' in files["windows-1252"]
    assert b"<![CDATA[" in files["comments"]
    assert b"<!--" in files["comments"]
    assert b"<URN>" in files["mtc"]
    assert b"<Component>MTC</Component>" in files["history"]


def test_capitals_are_of_the_dialect_that_has_them():
    draft = Plan(YEAR, dialect=DIALECTS["mtc"]).draft(0)
    assert all(pupil.surname == pupil.surname.upper() for pupil in draft.pupils)


def test_every_dialect_has_a_share_of_the_country():
    assert set(SHARES) == set(DIALECTS)


def test_a_dialect_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(DialectUnknown, match="keystage, arbor, giap"):
        dialect("klingon")
