"""The pages about personal data: who sees them, what they say, and that erasing asks twice."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from keystage.service.accounts.roles import Role
from keystage.service.events.models import Erasure
from keystage.service.gateway.models import Collection, RegisteredPupil
from keystage.service.personal.models import LegalHold
from keystage.service.school.models import Pupil
from service.at_gateway import Gateway, SchoolThere, a_gateway, a_school_there, send
from service.made import MadeSchool, upn
from service.personal.everything import unpacked


@pytest.fixture
def head(closed: MadeSchool, client: Client) -> Client:
    client.force_login(closed.people[Role.HEAD])
    return client


def of(school: MadeSchool, page: str, forename: str = "Ada") -> str:
    return f"{school.base}pupils/{school.pupils[forename].key}/{page}"


def test_the_pupils_page_leads_to_what_is_held(head: Client, closed: MadeSchool) -> None:
    assert of(closed, "data/") in head.get(of(closed, "")).text
    page = head.get(of(closed, "data/")).text
    assert "What is held about" in page
    assert "Judgements" in page


def test_the_copy_is_downloaded_and_kept_nowhere_on_the_way(head: Client, closed: MadeSchool) -> None:
    answer = head.post(of(closed, "data/"), {"what": "copy"})
    assert answer["Cache-Control"] == "private, no-store"
    assert set(unpacked(answer.content)) >= {"read me first.html", "data.json"}


def test_a_data_manager_may_give_out_and_may_not_erase(closed: MadeSchool, client: Client) -> None:
    client.force_login(closed.people[Role.DATA_MANAGER])
    page = client.get(of(closed, "data/")).text
    assert "Download the copy" in page
    assert "Legal hold" not in page
    client.post(of(closed, "data/"), {"what": "hold", "reason": "Mine"})
    assert not LegalHold.objects.exists()
    assert client.get(of(closed, "erase/")).status_code == 403


def test_a_teacher_sees_no_link_and_no_page(closed: MadeSchool, client: Client) -> None:
    client.force_login(closed.people[Role.TEACHER])
    assert "Everything that is held" not in client.get(of(closed, "")).text
    assert client.get(of(closed, "data/")).status_code == 403


def test_erasing_shows_what_goes_asks_why_asks_again_and_then_does_it(head: Client, closed: MadeSchool) -> None:
    first = head.get(of(closed, "erase/")).text
    assert "What goes" in first
    assert "What stays, and why" in first
    second = head.post(of(closed, "erase/"), {"reason": "Asked for in writing"}).text
    assert "for good?" in second
    assert Pupil.objects.count() == 3
    answer = head.post(of(closed, "erase/"), {"reason": "Asked for in writing", "sure": "erase"})
    assert answer.status_code == 302
    assert Pupil.objects.count() == 2
    assert head.get(of(closed, "")).status_code == 404


@pytest.mark.parametrize("sent", [{"reason": ""}, {"reason": "x", "sure": ""}, {"reason": "x", "sure": "yes"}])
def test_nothing_is_erased_without_a_reason_and_the_word(
    head: Client, closed: MadeSchool, sent: dict[str, str]
) -> None:
    assert head.post(of(closed, "erase/"), sent).status_code == 422
    assert Pupil.objects.count() == 3


def test_a_hold_is_set_and_ended_on_the_pupils_page(head: Client, closed: MadeSchool) -> None:
    head.post(of(closed, "data/"), {"what": "hold", "reason": "Complaint 17"})
    page = head.get(of(closed, "erase/")).text
    assert "Complaint 17" in page
    assert "Continue" not in page
    head.post(of(closed, "erase/"), {"reason": "x", "sure": "erase"})
    assert Pupil.objects.count() == 3
    head.post(of(closed, "data/"), {"what": "end", "hold": LegalHold.objects.get().key})
    assert "Continue" in head.get(of(closed, "erase/")).text


def test_the_schools_page_says_what_is_deleted_when_and_who_was_erased(head: Client, closed: MadeSchool) -> None:
    where = f"/schools/{closed.organisation.key}/personal/"
    head.post(of(closed, "erase/"), {"reason": "Asked for in writing", "sure": "erase"})
    page = head.get(where).text
    assert "1 September 2033" in page
    assert "Asked for in writing" in page
    head.post(where, {"what": "hold", "reason": "Inquiry 3"})
    page = head.get(where).text
    assert "but not while there is a legal hold" in page
    head.post(where, {"what": "end", "hold": LegalHold.objects.get().key})
    assert "but not" not in head.get(where).text


def test_a_hold_of_another_school_is_not_ended(head: Client, closed: MadeSchool) -> None:
    from keystage.service.personal.holds import set_hold
    from service.made import a_school

    other = set_hold(a_school(number="9992009", name="Ottermere").organisation, "Theirs", by=None)
    head.post(f"/schools/{closed.organisation.key}/personal/", {"what": "end", "hold": other.key})
    other.refresh_from_db()
    assert other.ended_at is None


@pytest.fixture
def gateway(db: None) -> Gateway:
    return a_gateway()


@pytest.fixture
def over(gateway: Gateway) -> SchoolThere:
    there = a_school_there(gateway)
    send(there)
    Collection.objects.update(closes_at=timezone.now() - timedelta(days=1))
    return there


def test_the_operator_finds_a_pupil_by_upn_that_stands_in_no_address(gateway: Gateway, over: SchoolThere) -> None:
    client = Client()
    client.force_login(gateway.people[Role.OPERATOR])
    where = f"/agency/{gateway.agency.key}/personal/"
    answer = client.post(where, {"upn": f" {upn(1).lower()} "})
    assert answer.status_code == 302
    assert upn(1) not in answer["Location"]
    assert "The register" in client.get(answer["Location"]).text
    assert "Nobody at the gateway" in client.post(where, {"upn": upn(900)}).text
    assert "A UPN has 13 characters" in client.post(where, {"upn": "Ada"}).text


def test_the_operator_erases_a_pupil_and_the_page_lists_it(gateway: Gateway, over: SchoolThere) -> None:
    client = Client()
    client.force_login(gateway.people[Role.OPERATOR])
    where = f"/agency/{gateway.agency.key}/personal/"
    found = client.post(where, {"upn": upn(1)})["Location"]
    assert "What goes" in client.get(f"{found}erase/").text
    assert client.post(f"{found}erase/", {"reason": "Asked for", "sure": "erase"})["Location"] == where
    assert RegisteredPupil.objects.count() == 2
    assert Erasure.objects.get().organisation == gateway.agency
    page = client.get(where).text
    assert "Asked for" in page
    assert "1 September 2033" in page


def test_the_helpdesk_may_not(gateway: Gateway, over: SchoolThere) -> None:
    client = Client()
    client.force_login(gateway.people[Role.HELPDESK])
    assert client.get(f"/agency/{gateway.agency.key}/personal/").status_code == 403
    assert "Personal data" not in client.get(f"/agency/{gateway.agency.key}/").text
