"""Schools are reminded by email: what is missing by number, no pupil named, and not twice a day by accident."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from keystage.service.accounts.models import Membership
from keystage.service.accounts.roles import Role
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.gateway.models import GatewayReturn
from keystage.service.gateway.services.chasing import chase, owes
from service.at_gateway import send
from service.counties import County, a_county


@pytest.fixture
def county(db: None) -> County:
    made = a_county()
    mail.outbox.clear()
    return made


@pytest.fixture
def officer(county: County) -> Client:
    client = Client()
    client.force_login(county.officer)
    return client


def key(county: County, name: str) -> str:
    return county.schools[name].gateway_return.key


def test_what_is_missing_is_said_by_number(county: County) -> None:
    assert (
        owes(county.schools["Ottermere"].now()) == "the latest file has 3 errors to put right, and nothing counts yet"
    )
    assert owes(county.schools["Larkhollow"].now()) == "nothing has come that counts, and 3 pupils are expected"
    assert owes(county.schools["Quellbridge"].now()) == ""
    differs = county.schools["Quellbridge"].now()
    differs.state, differs.differing = "incomplete", 2
    assert owes(differs) == "in writing, 2 pupils have another judgement than the moderated one"


def test_only_schools_that_owe_something_are_there_and_are_ticked(county: County, officer: Client) -> None:
    page = officer.get(f"{county.base}chase/").content.decode()
    for name in ("Ottermere", "Larkhollow"):
        assert f'id="school-{key(county, name)}" checked' in page
    assert "Quellbridge" not in page
    assert "Larkhollow" not in officer.get(f"{county.base}chase/?state=in+error").content.decode()


def test_the_message_is_looked_at_before_it_is_sent(county: County, officer: Client) -> None:
    answer = officer.post(f"{county.base}chase/", {"message": "Dear [school]: [what is missing]. By [date]!",
                                                   "school": [key(county, "Larkhollow")]})  # fmt: skip
    page = answer.content.decode()
    assert "Dear Larkhollow Primary School: nothing has come that counts, and 3 pupils are expected. By " in page
    assert "1 school, 2 people" in page
    assert mail.outbox == []
    assert not Event.objects.filter(kind=Kind.SCHOOL_CHASED).exists()


def test_each_school_gets_its_own_numbers_and_it_is_recorded(
    county: County, officer: Client, django_capture_on_commit_callbacks
) -> None:
    keys = [key(county, name) for name in ("Larkhollow", "Ottermere")]
    with django_capture_on_commit_callbacks(execute=True):
        answer = officer.post(
            f"{county.base}chase/",
            {"message": "[school]: [what is missing].", "school": keys, "send": "yes"},
            follow=True,
        )
    assert "2 schools have been reminded by email" in answer.content.decode()
    assert len(mail.outbox) == 4, "the data manager and the headteacher of each"
    bodies = {each.body.partition(".")[0] for each in mail.outbox}
    assert bodies == {
        "Larkhollow Primary School: nothing has come that counts, and 3 pupils are expected",
        "Ottermere Primary School: the latest file has 3 errors to put right, and nothing counts yet",
    }
    names = {each.surname for there in county.schools.values() for each in there.pupils}
    assert not any(name in each.body for each in mail.outbox for name in names)
    events = Event.objects.filter(kind=Kind.SCHOOL_CHASED)
    assert {each.organisation for each in events} == {
        county.schools[n].organisation for n in ("Larkhollow", "Ottermere")
    }
    page = officer.get(f"{county.base}school/{keys[0]}/").content.decode()
    assert f"by {county.officer.name}" in page.partition("Reminded on")[2][:120]
    assert f"by {county.officer.name}" in officer.get(f"{county.base}?q=larkhollow").content.decode()
    assert "reminded the school of its return" in officer.get(f"{county.base}lately/").content.decode()


def test_nobody_is_reminded_twice_a_day_without_saying_so(county: County, officer: Client) -> None:
    sent = {"message": "Please.", "school": [key(county, "Larkhollow")], "send": "yes"}
    officer.post(f"{county.base}chase/", sent)
    page = officer.get(f"{county.base}chase/").content.decode()
    assert f'id="school-{key(county, "Larkhollow")}" checked' not in page, "not ticked by itself"
    answer = officer.post(f"{county.base}chase/", sent)
    assert answer.status_code == 422
    assert "1 school that you ticked was reminded today already" in answer.content.decode()
    assert Event.objects.filter(kind=Kind.SCHOOL_CHASED).count() == 1
    assert officer.post(f"{county.base}chase/", {**sent, "again": "on"}).status_code == 302
    assert Event.objects.filter(kind=Kind.SCHOOL_CHASED).count() == 2


def test_two_who_remind_at_once_write_once(county: County) -> None:
    found = county.schools["Larkhollow"].gateway_return  # as both saw it, not reminded yet
    chase(found, "Please.", by=county.officer, asked_for=county.gateway.authority, again=False)
    with pytest.raises(NotAllowedNow, match="reminded today already"):
        chase(found, "Please.", by=county.officer, asked_for=county.gateway.authority, again=False)


def test_who_has_sent_meanwhile_is_not_reminded_and_that_is_said(county: County, officer: Client) -> None:
    found = county.schools["Larkhollow"]
    send(found)
    with pytest.raises(NotAllowedNow, match="accepted by now"):
        chase(found.gateway_return, "Please.", by=county.officer, asked_for=county.gateway.authority, again=False)


def test_a_school_where_nobody_can_send_cannot_be_ticked(county: County, officer: Client) -> None:
    found = county.schools["Larkhollow"]
    Membership.objects.filter(organisation=found.organisation).update(ended_at=timezone.now())
    assert "Nobody can be written to" in officer.get(f"{county.base}chase/").content.decode()
    answer = officer.post(
        f"{county.base}chase/", {"message": "x", "school": [key(county, "Larkhollow")], "send": "yes"}
    )
    assert "Tick the schools that are to be reminded" in answer.content.decode()


def test_an_empty_message_is_said_and_the_ticks_stay(county: County, officer: Client) -> None:
    answer = officer.post(
        f"{county.base}chase/", {"message": " ", "school": [key(county, "Larkhollow")], "send": "yes"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Enter the message" in page
    assert f'id="school-{key(county, "Larkhollow")}" checked' in page
    assert f'id="school-{key(county, "Ottermere")}" checked' not in page


def test_a_school_of_another_authority_is_not_reminded(county: County, officer: Client) -> None:
    GatewayReturn.objects.filter(pk=county.foreign.gateway_return.pk).update(state="not started")
    foreign = county.foreign.gateway_return.key
    answer = officer.post(f"{county.base}chase/", {"message": "x", "school": [foreign], "send": "yes"})
    assert "Tick the schools" in answer.content.decode()
    assert not Event.objects.filter(kind=Kind.SCHOOL_CHASED).exists()


def test_who_only_moderates_and_a_trust_remind_nobody(county: County) -> None:
    trusts = county.base.replace(county.gateway.authority.key, county.trust.key)
    for person, path, status in (
        (county.gateway.people[Role.MODERATION_MANAGER], f"{county.base}chase/", 403),
        (county.analyst, f"{trusts}chase/", 404),
    ):
        client = Client()
        client.force_login(person)
        assert client.get(path).status_code == status
        assert "by email" not in client.get(path.removesuffix("chase/")).content.decode()


def test_a_flood_of_reminders_is_slowed_down_and_the_message_stays(county: County, officer: Client) -> None:
    cache.clear()
    said = {"message": "Please send it. Thank you", "school": [key(county, "Ottermere")], "again": "on", "send": "1"}
    answers = [officer.post(f"{county.base}chase/", said) for _ in range(21)]
    assert [each.status_code for each in answers[:20]] == [302] * 20
    assert answers[20].status_code == 422
    assert "Please send it. Thank you" in answers[20].content.decode()
    cache.clear()
