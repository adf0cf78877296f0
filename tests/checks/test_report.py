"""The report: what it counts, its verdict, and the JSON that others rely on."""

import json
from dataclasses import replace

import pytest

from checks.build import BEN, SOUND, a_return, ctf, expected, pupil, register
from checks.cases import Given, report_on
from keystage.checks import Finding, Report, Severity, Verdict
from keystage.checks.report import NotRun, report_from


def finding(severity, code="J01"):
    return Finding(code, "x", Severity(severity), None, None, None, None, None, None, None, None, "M.", (), "F.")


def report(*severities, **more):
    ran = ("F01", "J01", "P03", "J15")
    return Report(2026, tuple(finding(*each.split()) for each in severities), ran, (NotRun("C01", "x"),), **more)


@pytest.mark.parametrize(
    ("severities", "verdict"),
    [
        ((), Verdict.CLEAN),
        (("info J15",), Verdict.CLEAN),
        (("info J15", "query P03"), Verdict.QUERIES),
        (("query P03", "error J01", "info J15"), Verdict.ERRORS),
    ],
    ids=str,
)
def test_the_verdict_is_the_worst_that_was_found(severities, verdict):
    assert report(*severities).verdict is verdict


def test_a_file_that_cannot_be_read_has_a_verdict_of_its_own():
    assert report("error F01", unreadable=True).verdict is Verdict.UNREADABLE


def test_a_check_has_failed_with_an_error_or_a_query():
    checked = report("info J15", "query P03", "query P03", "error J01")
    assert checked.failed == {"P03", "J01"}
    assert checked.passed == ("F01", "J15")
    assert (checked.errors, checked.queries, checked.infos) == (1, 2, 1)


def test_json_has_the_promised_keys_and_a_few_more():
    values = report_on(Given(ctf((38, "EXS", "2B")), register=register(expected(), expected(BEN)))).as_dict()
    assert set(values) == {
        *("file", "sha256", "school", "pupils", "verdict", "checks", "findings"),  # promised
        *("year", "draft", "notes", "supplier"),
    }
    assert set(values["checks"]) == {"run", "passed", "failed", "not_run", "partly"}
    for each in values["findings"]:
        assert list(each) == [
            *("code", "slug", "severity", "upn", "pupil", "subject", "value", "line", "column", "sheet", "cell"),
            *("message", "allowed", "fix"),
        ]


def test_a_report_comes_back_from_its_json_as_it_was_but_for_the_names_of_the_checks_that_ran():
    made = report("error J01", "query P03", supplier="Example Supplier", file="a.xml", notes=("A note.",))
    back = report_from(json.loads(json.dumps(made.as_dict())))
    assert back == replace(made, ran=())


def test_json_holds_plain_values():
    values = report_on(ctf((38, "EXS", "2B"))).as_dict()
    assert json.loads(json.dumps(values)) == values
    assert values["verdict"] == "errors"
    assert values["school"] == "9991234"
    assert values["pupils"] == 2
    (one,) = values["findings"]
    assert (one["code"], one["slug"], one["severity"]) == ("J03", "code-not-valid", "error")
    assert (one["upn"], one["pupil"], one["subject"], one["value"]) == (
        "P999999919001",
        "Example, Ada",
        "writing",
        "2B",
    )
    assert (one["line"], one["column"], one["sheet"], one["cell"]) == (38, None, None, None)
    assert one["allowed"][:2] == ["GDS", "EXS"]


def test_json_says_what_was_not_run_and_why():
    checks = report_on(SOUND).as_dict()["checks"]
    assert {"code": "C01", "why": "no register was given"} in checks["not_run"]
    assert checks["run"] == checks["passed"] + checks["failed"]
    assert checks["run"] + len(checks["not_run"]) == 58


def test_json_of_a_file_that_cannot_be_read():
    values = report_on(b"").as_dict()
    assert (values["verdict"], values["school"], values["pupils"], values["year"]) == ("unreadable", None, None, None)
    assert values["checks"]["run"] == values["checks"]["failed"] == 1
    assert values["sha256"] == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_what_does_not_apply_is_null():
    values = report_on(a_return(pupil(upn=""), school="")).as_dict()
    assert (values["file"], values["sha256"], values["school"]) == (None, None, None)
    (one,) = values["findings"]
    assert (one["code"], one["upn"], one["value"], one["line"]) == ("P01", None, None, None)


def test_a_place_in_words_is_a_line_a_cell_or_nothing():
    def place(line=None, sheet=None, cell=None):
        return Finding("J01", "", Severity.INFO, None, None, None, None, line, None, sheet, cell, "", (), "").place

    assert place(57) == "line 57"
    assert place(sheet="TA", cell="F4") == "sheet TA, cell F4"
    assert place(cell="F4") == "cell F4"
    assert place() == ""
