"""``keystage results``: read, checked and summarised."""

import pytest

from cli.made import ADA, BEN, GOOD_NAME, as_json, ctf, keystage, put, register, with_codes

HEADINGS = (
    "LEA,ESTAB,UPN,SURNAME,FORENAME,DOB,SEX,READMRK,READSCORE,READOUTCOME,WRITTAOUTCOME,SCITAOUTCOME\n"
    "999,1234,P999999919001,Example,Ada,2015-03-09,F,{ada},EXS,EXS\n"
    "999,1234,D999999919002,Sample,Ben,2014-11-30,M,,,A,WTS,HNM\n"
)
"""Reading in 2026: 25 marks are a scaled score of 100, and 39 are 110."""


@pytest.fixture
def good(tmp_path):
    return put(tmp_path, "results.csv", HEADINGS.format(ada="39,110,AS"))


@pytest.fixture
def bad(tmp_path):
    return put(tmp_path, "results.csv", HEADINGS.format(ada="39,130,NS"))


def test_clean_results_are_summarised(good):
    result = keystage("results", good)
    assert result.exit_code == 0
    assert result.stdout.startswith("CLEAN\n")
    assert (
        """
What the results come to
  English reading: 2 pupils; A 1, AS 1; average scaled score 110.0 of 1
  Mathematics: no results
  English grammar, punctuation and spelling: no results

Measures
"""
        in result.stdout
    )


def test_measures_are_printed_with_what_they_are_of(good):
    lines = [" ".join(line.split()) for line in keystage("results", good).stdout.splitlines()]
    assert "Reading: expected standard 50% 1 of 2 pupils" in lines
    assert "Reading: average scaled score 110.0 110 points of 1 pupil" in lines
    assert "Writing: expected standard 50% 1 of 2 pupils" in lines
    assert "Maths: expected standard – 0 of 0 pupils, 2 not known" in lines


def test_measures_as_json(good):
    found = {each["key"]: each for each in as_json("results", good)["measures"]}
    assert found["reading.expected"] == {"key": "reading.expected", "numerator": 1, "denominator": 2, "value": 50}
    assert found["reading.average"]["value"] == 110.0
    assert found["maths.expected"] == {"key": "maths.expected", "numerator": 0, "denominator": 0, "value": None}
    assert len(found) == 14


def test_a_teacher_assessment_that_did_not_come_back_is_taken_from_what_was_sent(tmp_path):
    rows = "UPN,SURNAME,FORENAME,DOB,SEX,READMRK,READSCORE,READOUTCOME\n"
    rows += "P999999919001,Example,Ada,2015-03-09,F,39,110,AS\n"
    results = put(tmp_path, "results.csv", rows)
    sent = put(tmp_path, GOOD_NAME, ctf(with_codes(ADA, WRI="GDS")))
    alone = {each["key"]: each for each in as_json("results", results)["measures"]}
    beside = {each["key"]: each for each in as_json("results", results, "--sent", sent)["measures"]}
    assert alone["writing.higher"]["denominator"] == 0
    assert (beside["writing.higher"]["numerator"], beside["writing.higher"]["denominator"]) == (1, 1)


def test_a_refused_file_has_no_measures(tmp_path):
    assert as_json("results", put(tmp_path, "results.csv", b"%PDF-1.7"))["measures"] == []


def test_errors_have_words_of_their_own_and_are_1(bad):
    result = keystage("results", bad)
    assert result.exit_code == 1
    assert result.stdout.startswith("ERRORS IN THE RESULTS: 2 errors")
    assert "[R02" in result.stdout
    assert "NOT READY TO SEND" not in result.stdout


def test_json(good):
    found = as_json("results", good)
    assert (found["verdict"], found["pupils"], found["draft"]) == ("clean", 2, False)
    assert found["summary"][0] == {
        "test": "reading",
        "pupils": 2,
        "outcomes": {"A": 1, "AS": 1},
        "scores": 1,
        "average_score": 110.0,
    }


def test_a_refused_file_is_a_report_of_that(tmp_path):
    file = put(tmp_path, "results.csv", b"%PDF-1.7")
    result = keystage("results", file)
    assert (result.exit_code, result.stdout.startswith("CANNOT BE READ: 1 error")) == (1, True)
    found = as_json("results", file)
    assert (found["verdict"], found["summary"]) == ("unreadable", [])


def test_who_was_expected_and_what_was_sent_can_be_given(tmp_path, good):
    expected = put(tmp_path, "register.csv", register(ADA))
    sent = put(tmp_path, GOOD_NAME, ctf(with_codes(ADA, WRI="GDS"), BEN))
    text = keystage("results", good, "--register", expected, "--sent", sent).stdout
    assert "[R01" in text
    assert "[R06" in text


def test_a_register_or_return_that_cannot_be_read_is_2_and_named(tmp_path, good):
    for option, bad in (("--register", "bad.csv"), ("--sent", "bad.xml")):
        path = put(tmp_path, bad, b"%PDF-1.7")
        result = keystage("results", good, option, path)
        assert (result.exit_code, result.stderr.startswith(f"keystage: {path}: This is not a ")) == (2, True)


def test_the_year_that_was_taken_is_said_and_a_draft_is_called_one(good):
    assert "Note: A spreadsheet does not say its year: 2026 was taken." in keystage("results", good).stdout
    assert "the rules for 2027 are a draft" in keystage("results", good, "--year", "2027").stdout


def test_a_ctf_without_test_results_says_so(clean):
    result = keystage("results", clean)
    assert "There are no results of the key stage 2 tests in this file." in result.stdout
    assert (result.exit_code, "CLEAN" in result.stdout) == (1, False)


def test_the_year_that_was_taken_for_a_ctf_is_said(tmp_path):
    silent = ctf(ADA).replace("<Year>2026</Year>", "").replace("<AcademicYear>2025</AcademicYear>", "")
    note = "The file does not say its year: 2026 was taken. --year gives another."
    file = put(tmp_path, GOOD_NAME, silent)
    assert note in as_json("results", file)["notes"]
    assert note not in as_json("results", file, "--year", "2026")["notes"]
    old = put(tmp_path, "old.xml", ctf(ADA, year=2011))
    note = "The file is of 2011, a year that is not held here: it was checked for 2026."
    assert note in as_json("results", old)["notes"]
