"""A school's provisional report, at the gateway, its authority and the agency; reporting something in it as wrong."""

import pytest
from django.test import Client
from django.utils import timezone

from keystage.service.accounts.models import Person
from keystage.service.accounts.roles import Role
from keystage.service.gateway.early import Early
from keystage.service.gateway.models import Collection, CorrectionRequest, GatewayReturn, HeldPupil
from keystage.service.gateway.services.authorities import set_authority_figures
from keystage.service.gateway.services.correction_requests import Wrong, report_wrong
from keystage.years.subjects import Subject
from service.at_gateway import GOOD, Gateway, SchoolThere, a_pupil, a_school_there, expect, send
from service.at_results import a_trust, national, released
from service.made import YEAR


@pytest.fixture(autouse=True)
def _seen_early(gateway: Gateway, there: SchoolThere) -> None:
    """Schools see their reports before the release; three pupils count, the first in greater depth."""
    first, *others = there.pupils
    send(there, [a_pupil(first, {**GOOD, Subject.WRITING: "GDS"}), *(a_pupil(each) for each in others)])
    set_authority_figures(gateway.collection, gateway.authority, Early.SCHOOLS, 6, by=gateway.people[Role.DATA_OFFICER])


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return " ".join(response.content.decode().split())


def held(there: SchoolThere, at: int = 0) -> HeldPupil:
    return HeldPupil.objects.get(gateway_return=there.gateway_return, upn=there.pupils[at].upn)


def wrong(there: SchoolThere, at: int = 0) -> str:
    return f"{there.base}report/pupil/{held(there, at).key}/wrong/"


def authority(gateway: Gateway, there: SchoolThere) -> str:
    return f"/authority/{gateway.authority.key}/{YEAR}/school/{there.gateway_return.key}/report/"


def test_the_report_says_that_it_is_provisional_when_it_is_of_and_which_file_counts(
    there: SchoolThere, manager: Client
) -> None:
    page = text(manager, f"{there.base}report/")
    assert "PROVISIONAL, as on" in page
    assert "9992001_KS2_NAALLLL_001.xml counts, accepted on" in page
    assert "3 of 3 pupils" in page
    assert "1 of 3 pupils" in page
    for each in there.pupils:
        assert str(each) in page
        assert each.upn in page


def test_the_authority_sees_the_same_report(gateway: Gateway, there: SchoolThere) -> None:
    page = text(client_of(gateway.people[Role.DATA_OFFICER]), authority(gateway, there))
    assert "PROVISIONAL, as on" in page
    assert str(there.pupils[0]) in page
    assert "Something is wrong" not in page


def test_who_is_expected_and_does_not_count_is_in_the_report(there: SchoolThere, manager: Client) -> None:
    expect(there, 9)
    page = text(manager, f"{there.base}report/")
    assert "Expected, and nothing counts" in page


def test_figures_of_other_schools_are_not_shown_by_taking_ones_own_away(
    gateway: Gateway, there: SchoolThere, manager: Client
) -> None:
    send(a_school_there(gateway, number="9992002", name="Ashbrook Primary School", pupils=5))
    assert text(manager, f"{there.base}report/").count(">hidden<") == 3
    send(a_school_there(gateway, number="9992003", name="Larkhollow Primary School", pupils=1))
    page = text(manager, f"{there.base}report/")
    assert ">hidden<" not in page
    assert "11%" in page, "one of nine in greater depth"


def test_after_the_release_results_are_in_it_of_the_school_its_authority_and_the_gateway(
    gateway: Gateway, there: SchoolThere, manager: Client
) -> None:
    near = a_school_there(gateway, number="9992002", name="Ashbrook Primary School", pupils=7)
    released(gateway, national(there, near))
    page = text(manager, f"{there.base}report/")
    assert ">100, AS<" in page
    assert "Reading: average scaled score" in page
    assert "300 points over 3 pupils" in page
    assert "All schools at this gateway" in page
    assert "marking reviews may still change" in page
    assert str(near.pupils[4]) not in page


def test_a_school_without_results_in_the_release_has_its_judgements_still(
    gateway: Gateway, there: SchoolThere, manager: Client
) -> None:
    released(gateway, national(a_school_there(gateway, number="9992002", name="Ashbrook Primary School", pupils=7)))
    page = text(manager, f"{there.base}report/")
    assert "Writing: greater depth" in page
    assert "Reading: average" not in page


def test_before_the_release_a_school_is_told_why_it_sees_nothing(
    gateway: Gateway, there: SchoolThere, manager: Client
) -> None:
    officer = gateway.people[Role.DATA_OFFICER]
    set_authority_figures(gateway.collection, gateway.authority, Early.AUTHORITY, 6, by=officer)
    page = text(manager, f"{there.base}report/")
    assert "Your report is shown once the results are released" in page
    assert str(there.pupils[0]) not in page
    answer = manager.post(wrong(there), {"what": "writing", "says": "x"})
    assert answer.status_code == 302
    assert not CorrectionRequest.objects.exists()


def test_an_empty_school_has_an_empty_report(gateway: Gateway) -> None:
    empty = a_school_there(gateway, number="9992002", name="Ashbrook Primary School", pupils=0)
    page = text(client_of(empty.manager), f"{empty.base}report/")
    assert "The gateway holds nobody of this school." in page
    assert "No file counts at this moment." in page


def test_a_school_reports_something_of_a_pupil_in_words(gateway: Gateway, there: SchoolThere, manager: Client) -> None:
    page = manager.post(wrong(there), {"what": "", "says": ""}).content.decode()
    assert "Select what it is about" in page
    assert "Enter what is wrong" in page
    answer = manager.post(wrong(there), {"what": "writing", "says": "It is EXS"}, follow=True).content.decode()
    assert "It is reported. If it is wrong in your records" in answer
    made = CorrectionRequest.objects.get()
    first = there.pupils[0]
    assert (made.upn, made.name, made.what, made.shown, made.says) == (
        first.upn, str(first), "writing", "GDS", "It is EXS",
    )  # fmt: skip
    assert "Reported as wrong" in answer
    officer = client_of(gateway.people[Role.DATA_OFFICER])
    for path in (authority(gateway, there), f"/authority/{gateway.authority.key}/{YEAR}/corrections/",
                 authority(gateway, there).removesuffix("report/")):  # fmt: skip
        assert "“It is EXS” The report said: GDS." in text(officer, path), path
    agency = f"/agency/{gateway.agency.key}/{YEAR}/schools/{there.gateway_return.key}/"
    assert "“It is EXS” The report said: GDS." in text(client_of(gateway.people[Role.HELPDESK]), agency)


def test_something_of_the_whole_school_is_reported(there: SchoolThere, manager: Client) -> None:
    answer = manager.post(f"{there.base}report/wrong/", {"says": "Two are missing"}, follow=True).content.decode()
    assert "The school as a whole" in answer
    assert CorrectionRequest.objects.get().upn == ""


def test_what_was_typed_stays_where_it_was_reported_already(there: SchoolThere, manager: Client) -> None:
    for _ in range(2):
        page = manager.post(wrong(there), {"what": "writing", "says": "It is EXS"}).content.decode()
    assert "You have reported this already" in page
    assert "It is EXS" in page
    assert CorrectionRequest.objects.count() == 1


def test_a_test_is_reported_only_once_there_are_results(gateway: Gateway, there: SchoolThere, manager: Client) -> None:
    assert "test:reading" not in text(manager, wrong(there))
    released(gateway, national(there))
    answer = manager.post(wrong(there), {"what": "test:reading", "says": "She scored 104"}, follow=True)
    assert "No file that you send changes a test result" in answer.content.decode()
    assert CorrectionRequest.objects.get().shown == "scaled score 100, AS"


def test_after_the_collection_has_closed_it_is_said_whom_to_ask(
    gateway: Gateway, there: SchoolThere, manager: Client
) -> None:
    Collection.objects.update(closes_at=timezone.now())
    assert "write to the helpdesk" in text(manager, f"{there.base}report/")
    assert "write to the helpdesk" in text(manager, wrong(there))
    answer = manager.post(wrong(there), {"what": "writing", "says": "It is EXS"}, follow=True).content.decode()
    assert "write to the helpdesk too" in answer
    assert CorrectionRequest.objects.get().closed_at is None


def test_it_is_marked_as_right_by_the_authority_and_the_school_reads_why(
    gateway: Gateway, there: SchoolThere, manager: Client
) -> None:
    made = report_wrong(there.gateway_return, Wrong("writing", "It is EXS", "A1", "Ada", "GDS"), by=there.manager)
    officer = client_of(gateway.people[Role.DATA_OFFICER])
    path = f"/authority/{gateway.authority.key}/{YEAR}/corrections/{made.key}/right/"
    assert "Enter why it is right" in officer.post(path, {"because": ""}).content.decode()
    officer.post(path, {"because": "It was moderated."})
    page = text(manager, f"{there.base}report/")
    assert "Marked as right by Data Quellshire on" in page
    assert "because It was moderated." in page
    answer = officer.post(path, {"because": "Again"}).content.decode()
    assert "closed already" in answer
    made.refresh_from_db()
    assert made.because == "It was moderated."


def test_it_is_marked_as_right_by_the_agency(gateway: Gateway, there: SchoolThere) -> None:
    made = report_wrong(there.gateway_return, Wrong("writing", "It is EXS", "A1", "Ada", "GDS"), by=there.manager)
    base = f"/agency/{gateway.agency.key}/{YEAR}/schools/{there.gateway_return.key}/"
    client = client_of(gateway.people[Role.HELPDESK])
    client.post(f"{base}reported/{made.key}/right/", {"because": "It was moderated"})
    assert "Marked as right by Helpdesk Made-up on" in text(client, base)


def test_what_a_school_says_of_a_result_is_for_those_who_may_see_results(gateway: Gateway, there: SchoolThere) -> None:
    said = Wrong("test:reading", "It was 104", "A1", "Ada", "scaled score 99, AS")
    made = report_wrong(there.gateway_return, said, by=there.manager)
    base = f"/agency/{gateway.agency.key}/{YEAR}/schools/{there.gateway_return.key}/"
    right = f"{base}reported/{made.key}/right/"
    helpdesk, operator = (client_of(gateway.people[role]) for role in (Role.HELPDESK, Role.OPERATOR))
    assert ["It was 104" in text(each, base) for each in (helpdesk, operator)] == [False, True]
    assert ["scaled score 99" in text(each, base) for each in (helpdesk, operator)] == [False, True]
    assert ["Mark as right" in text(each, base) for each in (helpdesk, operator)] == [False, True]
    helpdesk.post(right, {"because": "It was moderated"})
    made.refresh_from_db()
    assert made.closed_at is None
    operator.post(right, {"because": "It was marked again"})
    made.refresh_from_db()
    assert made.because == "It was marked again"


def test_it_is_taken_back(there: SchoolThere, manager: Client) -> None:
    made = report_wrong(there.gateway_return, Wrong("writing", "It is EXS", "A1", "Ada", "GDS"), by=there.manager)
    path = f"{there.base}report/wrong/{made.key}/back/"
    assert "It is taken back." in manager.post(path, follow=True).content.decode()
    assert "closed already" in manager.post(path, follow=True).content.decode()


MAY_REPORT = {Role.DATA_MANAGER: True, Role.HEAD: True, Role.TEACHER: False, Role.ACCOUNT_MANAGER: False}


@pytest.mark.parametrize("role", MAY_REPORT)
def test_everybody_at_the_school_reads_the_report_and_who_sends_files_reports(there: SchoolThere, role: Role) -> None:
    client = client_of(there.people[role])
    page = text(client, f"{there.base}report/")
    assert ("Something is wrong" in page) is MAY_REPORT[role]
    status = client.post(wrong(there), {"what": "writing", "says": "No"}).status_code
    assert status == (302 if MAY_REPORT[role] else 403)


MAY_ANSWER = {Role.DATA_OFFICER: 302, Role.MODERATION_MANAGER: 403, Role.ANALYST: 404}


@pytest.mark.parametrize("role", MAY_ANSWER)
def test_who_answers_for_the_authority(gateway: Gateway, there: SchoolThere, role: Role) -> None:
    trust, analyst = a_trust([there])
    made = report_wrong(there.gateway_return, Wrong("writing", "It is EXS", "A1", "Ada", "GDS"), by=there.manager)
    organisation = trust if role is Role.ANALYST else gateway.authority
    client = client_of(analyst if role is Role.ANALYST else gateway.people[role])
    base = f"/authority/{organisation.key}/{YEAR}/corrections/"
    page = text(client, base)
    assert "It is EXS" in page
    assert ("Mark as right" in page) is (MAY_ANSWER[role] == 302)
    assert client.post(f"{base}{made.key}/right/", {"because": "x"}).status_code == MAY_ANSWER[role]


def test_nothing_of_a_foreign_school_is_reached(gateway: Gateway, there: SchoolThere, manager: Client) -> None:
    far = a_school_there(gateway, number="9982001", name="Farbridge Primary School")
    send(far)
    made = report_wrong(far.gateway_return, Wrong("writing", "It is EXS", "A1", "Ada", "GDS"), by=far.manager)
    officer = client_of(gateway.people[Role.DATA_OFFICER])
    base = f"/authority/{gateway.authority.key}/{YEAR}/"
    key = held(far).key
    tried = [
        (officer, authority(gateway, far)), (officer, f"{base}corrections/{made.key}/right/"),
        (manager, f"{there.base}report/pupil/{key}/wrong/"), (manager, f"{there.base}report/wrong/{made.key}/back/"),
        (client_of(gateway.people[Role.OPERATOR]),
         f"/agency/{gateway.agency.key}/{YEAR}/schools/{there.gateway_return.key}/reported/{made.key}/right/"),
    ]  # fmt: skip
    for client, path in tried:
        found = {client.get(path).status_code}
        found.add(client.post(path, {"because": "x", "what": "writing", "says": "x"}).status_code)
        assert 404 in found, path
        assert found <= {404, 405}, path
    assert "It is EXS" not in text(officer, f"{base}corrections/")
    assert "Farbridge" not in text(officer, f"{base}figures/")
    made.refresh_from_db()
    assert made.closed_at is None


def test_a_report_of_a_removed_pupil_cannot_be_opened_by_its_old_address(there: SchoolThere, manager: Client) -> None:
    path = wrong(there)
    HeldPupil.objects.filter(pk=held(there).pk).update(removed_at=timezone.now())
    GatewayReturn.objects.update(accepted=2)
    assert manager.post(path, {"what": "writing", "says": "x"}).status_code == 404
