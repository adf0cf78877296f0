"""The catalogue as a whole: every check of the page is there, has cases of both kinds, and says something useful."""

import re
from collections import defaultdict
from importlib import import_module
from inspect import getmembers, isgeneratorfunction, signature

import pytest

from checks.cases import listed, report_on
from keystage.checks import CATALOGUE
from keystage.checks.catalogue import Need, check
from keystage.checks.finding import Finding, Severity
from keystage.checks.sources import GROUNDS
from keystage.years.provenance import Basis

FAMILIES = (
    *("file", "header", "upn", "identity", "judgements", "combinations", "rows", "cohort", "registration"),
    *("resubmission", "signing", "results"),
)
"""The modules of checks; each has a test module of the same name."""

for family in FAMILIES:
    import_module(f"checks.test_{family}")

PAGE = """
F01 unreadable error
F02 not-a-ctf error
F03 unsafe-xml error
F04 wrong-encoding error
F05 file-name info
F06 file-name-disagrees query
F07 no-teacher-assessment error
F08 too-large error
F09 several-schools error
F10 unknown-column query
F11 column-missing error
H01 version error
H02 source-school error
H03 destination error
H04 document-qualifier error
H05 academic-year error
H06 date-time query
H07 old-tag query
H08 document-name query
P01 upn-format error
P02 upn-check-letter error
P03 upn-temporary query
P04 upn-duplicate error
P05 same-person-twice query
P06 name-missing error
P07 birth-date error
P08 age-unusual query
P09 sex-missing error
P10 upn-la-unknown query
J01 missing error
J03 code-not-valid error
J04 two-results error
J06 science-below-standard query
J07 left-in-one-subject error
J08 engagement-model-mixed query
J09 future-or-past-in-one-subject query
J10 wrong-year error
J11 test-results-in-file info
J12 other-assessments info
J13 unknown-row query
J14 result-date query
J15 tidied info
C01 pupil-missing error
C02 pupil-not-expected query
C03 identity-differs query
C04 probably-same-pupil query
C05 numbers info
C06 left-but-assessed query
C07 below-without-judgement error
C08 sitting-with-judgement query
C09 future-or-previous query
C10 moderated-differs error
D01 pupil-dropped query
D02 judgement-changed info
D03 already-sent info
D04 older-file query
S01 not-signed error
S02 changed-since-signed error
R01 unmatched query
R02 score-range error
R03 score-table query
R04 outcome-score error
R05 below-without-ta query
R06 ta-differs query
"""
"""Code, slug and severity of every check, as the page of the design has them."""

CODES = [line.split()[0] for line in PAGE.split("\n") if line]
LONGEST = 300
"""Characters of a message: more is not read at 5 pm."""
JARGON = re.compile(
    r"\b(null|nil|nan|parse[dr]?|parsing|elements?|attributes?|tags?|bytes?|strings?|booleans?|tuples?|fields?"
    r"|exceptions?|invalid|syntax|regex|index|dict|boolean|XML|XPath|schema)\b",
    re.IGNORECASE,
)
ODD = re.compile(r"  |\.\.|,,|\(\)|“”|\bNone\b|\(UPN \)|UPN nothing|“nothing”| [.,;:](?![a-z])|[{}]|\.\)\.|;\.")


def findings_of(code: str) -> list[Finding]:
    """Return what a check finds in the cases in which it fires."""
    reports = (report_on(case.given()) for case in listed() if case.code == code and case.has_finding)
    return [finding for report in reports for finding in report.findings if finding.code == code]


def test_the_checks_are_those_of_the_page():
    registered = {f"{found.code} {found.slug} {found.severity}" for found in CATALOGUE.values()}
    assert registered == {line for line in PAGE.split("\n") if line}


@pytest.mark.parametrize("family", FAMILIES)
def test_every_check_that_is_written_is_registered(family):
    """A check is a public generator over a case; those that a decorator was forgotten for would never run."""
    module = import_module(f"keystage.checks.{family}")
    written = {
        function
        for name, function in getmembers(module, isgeneratorfunction)
        if not name.startswith("_")
        and function.__module__ == module.__name__
        and "case" in signature(function).parameters
    }
    registered = {found.find for found in CATALOGUE.values() if found.find.__module__ == module.__name__}
    assert written == registered
    assert written


def test_every_registered_check_is_in_a_module_that_is_looked_at():
    assert {found.find.__module__.rpartition(".")[2] for found in CATALOGUE.values()} == set(FAMILIES)


def test_a_code_cannot_be_taken_twice():
    with pytest.raises(ValueError, match="P01 is registered twice"):
        check("P01", "again", Severity.ERROR, summary="", message="", fix="")(lambda _case: iter(()))


def test_a_check_must_say_what_it_stands_on():
    with pytest.raises(ValueError, match="what check P99 stands on"):
        check("P99", "silent", Severity.ERROR, summary="", message="", fix="")(lambda _case: iter(()))
    assert "P99" not in CATALOGUE


def test_a_check_must_say_its_purpose(monkeypatch):
    monkeypatch.setattr("keystage.checks.catalogue.GROUNDS", {"P99": GROUNDS["P01"]})
    with pytest.raises(ValueError, match="P99 has no docstring"):
        check("P99", "silent", Severity.ERROR, summary="", message="", fix="")(lambda _case: iter(()))
    assert "P99" not in CATALOGUE


def test_grounds_are_given_for_the_checks_there_are_and_no_others():
    assert set(GROUNDS) == set(CATALOGUE)
    assert {grounds.basis for grounds in GROUNDS.values()} == set(Basis)


@pytest.mark.parametrize("code", CODES)
class TestEachCheck:
    def test_it_has_cases_in_which_it_fires_and_cases_in_which_it_does_not(self, code):
        cases = defaultdict(list)
        for case in listed():
            if case.code == code:
                cases[case.has_finding].append(case.name)
        assert len(cases[True]) >= 2
        assert cases[False]

    def test_its_purpose_and_summary_can_be_shown_in_a_list(self, code):
        found = CATALOGUE[code]
        assert re.fullmatch(r"[A-Z].{10,110}\.", found.purpose)
        assert re.fullmatch(r"[A-Z].{5,60}[^.]", found.summary)

    def test_its_messages_say_what_is_wrong_in_a_few_whole_sentences(self, code):
        for finding in findings_of(code):
            assert finding.message.endswith(".")
            assert finding.message[0].isupper()
            assert not ODD.search(finding.message), finding.message
            assert len(finding.message) <= LONGEST, finding.message

    def test_its_fixes_say_what_a_person_can_do(self, code):
        for finding in findings_of(code):
            assert finding.fix.endswith(".")
            assert finding.fix[0].isupper()
            assert not ODD.search(finding.fix), finding.fix
            assert len(finding.fix) <= LONGEST, finding.fix
            assert not re.search(r"\b(phone|ring|call) ", finding.fix), finding.fix

    def test_its_messages_name_the_pupil(self, code):
        for finding in findings_of(code):
            names = finding.pupil.split(", ") if finding.pupil else [finding.upn or ""]
            assert all(name.casefold() in finding.message.casefold() for name in names), finding.message

    def test_it_lists_the_allowed_values_where_it_says_so_and_only_there(self, code):
        for finding in findings_of(code):
            assert bool(finding.allowed) is CATALOGUE[code].lists_allowed, finding
            assert all(finding.allowed)

    def test_it_speaks_without_jargon(self, code):
        """The file and its header cannot be told of without a word of the trade; a pupil's judgements can."""
        found = CATALOGUE[code]
        for finding in findings_of(code) if code[0] not in "FH" else ():
            assert not JARGON.search(finding.message), finding.message
            assert not JARGON.search(finding.fix), finding.fix
        assert not JARGON.search(found.summary)

    def test_nothing_in_a_finding_is_empty_where_it_could_be_absent(self, code):
        for finding in findings_of(code):
            fields = (finding.upn, finding.pupil, finding.subject, finding.value, finding.sheet, finding.cell)
            assert "" not in fields
            assert (finding.code, finding.slug, finding.severity) == (
                code,
                CATALOGUE[code].slug,
                CATALOGUE[code].severity,
            )


def test_every_reason_for_not_running_a_check_can_follow_the_word_as():
    """Text says “Not checked: C01, as no register was given.”"""
    assert all(re.fullmatch(r"(no|the|any|neither) .*[^.]", need.value) for need in Need)
