"""What to do about a finding reads right at the gateway, where the file has arrived already."""

import pytest
from django.test import Client

from keystage.checks.catalogue import CATALOGUE
from keystage.checks.finding import Finding, Severity
from keystage.checks.report import Report
from keystage.service.gateway.models import SchoolResults
from keystage.service.gateway.ways_out import at_the_gateway
from service.at_gateway import Gateway, SchoolThere, a_file, a_pupil, send, send_content
from service.at_results import GOOD, loaded, national


def here(code: str, fix: str) -> str:
    """Return what stands at the gateway where the checks say a fix."""
    finding = Finding(
        code, "", Severity.ERROR, None, None, None, None, None, None, None, None, "Something is wrong.", (), fix
    )
    return at_the_gateway(Report(2026, (finding,), (), ())).findings[0].fix


@pytest.mark.parametrize("code", sorted(CATALOGUE))
@pytest.mark.parametrize("phrase", ["keystage repair", " at the gateway", "before you upload", "their own headings"])
def test_no_way_out_leads_to_where_the_reader_is_already_or_to_a_command(code: str, phrase: str) -> None:
    assert phrase not in here(code, CATALOGUE[code].fix)


@pytest.mark.parametrize("code", [code for code in CATALOGUE if code.startswith("R")])
def test_of_results_the_agency_is_told_what_it_can_do(code: str) -> None:
    """It has no records to bring them into, and is the helpdesk itself."""
    fix = here(code, CATALOGUE[code].fix)
    assert not [each for each in ("your records", "helpdesk", "Download the results") if each in fix]


def test_what_needs_nothing_needs_nothing_here(gateway: Gateway) -> None:
    assert here("C05", "Nothing needs doing.") == "Nothing needs doing."


def test_a_school_reads_where_missing_pupils_are_named(there: SchoolThere, manager: Client) -> None:
    sent = send(there, [a_pupil(each) for each in there.pupils[:2]])
    page = manager.get(f"{there.base}files/{sent.key}/").content.decode()
    assert "The page “Numbers” names everybody who is missing or not expected" in page
    assert "change the registration here" in page


def test_a_file_with_an_unusual_name_need_not_be_renamed(there: SchoolThere, manager: Client) -> None:
    _, content = a_file(there)
    sent = send_content(there, "our return.xml", content)
    page = manager.get(f"{there.base}files/{sent.key}/").content.decode()
    assert "Nothing needs doing: the file was read all the same." in page


def test_the_agency_reads_of_results_whom_to_ask(gateway: Gateway, there: SchoolThere) -> None:
    wrong = GOOD.replace("25,100,AS", "25,140,AS", 1)
    loaded(gateway, national(there, results=wrong))
    found = SchoolResults.objects.get().report["findings"]
    assert {each["fix"] for each in found if each["code"] == "R02"} == {
        "Ask whoever made the results file to correct this line, and load the new file."
    }
