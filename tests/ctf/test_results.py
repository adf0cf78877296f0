"""From a file to test results: marks, scores and outcomes, and the teacher assessment that came back with them."""

from datetime import date

from ctf.made import MTC, YEAR, ctf, pupil, read_text, row
from keystage.ctf import read
from keystage.ctf.results import to_results
from keystage.returns.results import TestResult
from keystage.years import Subject, Test


def test_row(value: str, component: str, qualifier: str) -> str:
    subject = "MAT" if component == "MAT" else "ENG"
    return row(value, subject=subject, component=component).replace(">TA<", ">TT<").replace(">NC<", f">{qualifier}<")


test_row.__test__ = False  # it makes a row of a test, and is none

FULL = pupil(
    test_row("32", "REA", "NM"),
    test_row("107", "REA", "NS"),
    test_row("as", "REA", "NO"),
    test_row("B", "MAT", "NO"),
    row("exs"),
    row("PK4", subject="MAT", component="MAT"),
)


def results(*pupils: str):
    return to_results(read_text(ctf(*pupils)), YEAR)


def test_a_mark_a_score_and_an_outcome_are_one_result():
    (found,) = results(FULL).pupils
    assert found.tests[Test.READING] == TestResult(32, 107, "AS", raw_text="32", scaled_text="107")
    assert found.tests[Test.MATHS] == TestResult(outcome="B")
    assert Test.GPS not in found.tests


def test_the_teacher_assessment_comes_with_it():
    (found,) = results(FULL).pupils
    assert dict(found.ta) == {Subject.WRITING: "EXS", Subject.MATHS: "PK4"}


def test_the_pupil_is_named_as_in_the_file():
    found = results(FULL.replace("<Sex>", "<Sex> "))
    assert (found.year, found.schools) == (2026, ("9999999",))
    assert found.pupils[0][:6] == ("P999999919001", "Example", "Ada", date(2014, 11, 3), "2014-11-03", "F")


def test_what_is_no_number_is_kept_as_text():
    (found,) = results(pupil(test_row("A", "REA", "NM"), test_row(" 107.5 ", "REA", "NS"))).pupils
    result = found.tests[Test.READING]
    assert (result.raw, result.raw_text, result.scaled, result.scaled_text) == (None, "A", None, "107.5")


def test_the_first_of_two_values_counts():
    (found,) = results(pupil(test_row("107", "REA", "NS"), test_row("99", "REA", "NS"), row("GDS"), row("EXS"))).pupils
    assert (found.tests[Test.READING].scaled, found.ta[Subject.WRITING]) == (107, "GDS")


def test_a_teacher_assessment_without_a_code_is_none():
    assert dict(results(pupil(row(" "))).pupils[0].ta) == {}


def test_each_value_stands_where_its_row_says_it():
    found = results(pupil(), FULL.replace("<Result>107", "\n<Result>107"))
    at = found.pupils[1].at
    lines = {field: found.source.place(at, field).line for field in ("reading.raw", "reading.scaled", "writing.ta")}
    assert lines == {"reading.raw": 18, "reading.scaled": 20, "writing.ta": 23}
    assert found.source.place(at, "gps.raw").line == 15
    assert found.source.place(at, "surname").line == 16
    assert found.source.name == ""


def test_rows_that_are_no_results_are_left_alone():
    found = to_results(read(MTC), YEAR)
    assert [(dict(p.tests), dict(p.ta)) for p in found.pupils] == [({}, {})] * 5
    assert found.source.name == MTC.name


def test_a_file_without_header_names_no_school():
    found = to_results(read_text(f"<CTfile><CTFpupilData>{FULL}</CTFpupilData></CTfile>"), YEAR)
    assert found.schools == ()
