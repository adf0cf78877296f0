"""How long a session lasts, and what ends it."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from keystage.service.accounts.models import Membership, Organisation
from keystage.service.accounts.roles import OrganisationKind, Role
from keystage.service.accounts.services.people import remove
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from service.made import MadeSchool
from service.signing_in import PASSWORD, is_signed_in, sign_in

START = "2026-06-26T08:00:00+01:00"


def test_a_session_ends_after_an_hour_without_use(client: Client, school: MadeSchool) -> None:
    with time_machine.travel(START, tick=False) as clock:
        sign_in(client, school.people[Role.TEACHER])
        clock.shift(timedelta(minutes=59))
        assert is_signed_in(client)
        clock.shift(timedelta(minutes=59))
        assert is_signed_in(client)
        clock.shift(timedelta(minutes=60))
        assert not is_signed_in(client)


def test_what_a_page_asks_by_itself_keeps_no_session_alive(client: Client, school: MadeSchool) -> None:
    with time_machine.travel(START, tick=False) as clock:
        sign_in(client, school.people[Role.TEACHER])
        for _ in range(3):
            clock.shift(timedelta(minutes=20))
            client.get(school.base, headers={"X-Background": "yes"})
        assert not is_signed_in(client)


def test_a_session_ends_after_twelve_hours_however_much_it_is_used(client: Client, school: MadeSchool) -> None:
    with time_machine.travel(START, tick=False) as clock:
        sign_in(client, school.people[Role.TEACHER])
        for _ in range(23):
            clock.shift(timedelta(minutes=31))
            assert is_signed_in(client)
        clock.shift(timedelta(minutes=7))
        assert not is_signed_in(client)


def test_the_page_says_why_somebody_must_sign_in_again(client: Client, school: MadeSchool) -> None:
    with time_machine.travel(START, tick=False) as clock:
        sign_in(client, school.people[Role.TEACHER])
        clock.shift(timedelta(minutes=61))
        text = client.get(school.base, follow=True).content.decode()
    assert "You were signed out. What was saved is kept." in text
    assert Event.objects.get(kind=Kind.SIGNED_OUT).data == {"how": "ended"}


def test_a_script_is_told_in_its_own_way_that_the_session_is_over(client: Client, school: MadeSchool) -> None:
    response = client.post(school.base, json.dumps({}), content_type="application/json")
    assert response.status_code == 401
    assert "Sign in again in another tab" in response.json()["why"]


def test_use_costs_no_write_more_than_once_a_minute(
    client: Client, school: MadeSchool, django_assert_num_queries: object
) -> None:
    with time_machine.travel(START, tick=False) as clock:
        client.force_login(school.people[Role.TEACHER])
        clock.shift(timedelta(seconds=59))
        with django_assert_num_queries(2):  # type: ignore[operator]
            client.get("/account/name/")


def test_signing_out_is_by_post_alone(client: Client, school: MadeSchool) -> None:
    sign_in(client, school.people[Role.TEACHER])
    assert client.get("/account/sign-out/").status_code == 200
    assert is_signed_in(client)
    assert client.post("/account/sign-out/").headers["Location"] == "/account/sign-in/"
    assert not is_signed_in(client)


def test_signing_out_everywhere_ends_the_sessions_of_all_browsers(client: Client, school: MadeSchool) -> None:
    other = Client()
    sign_in(client, school.people[Role.TEACHER])
    sign_in(other, school.people[Role.TEACHER])
    client.post("/account/sign-out-everywhere/")
    assert not is_signed_in(client)
    assert not is_signed_in(other)


def test_changing_the_password_ends_the_other_sessions_and_keeps_this_one(client: Client, school: MadeSchool) -> None:
    other = Client()
    sign_in(client, school.people[Role.TEACHER])
    sign_in(other, school.people[Role.TEACHER])
    answer = client.post("/account/password/", {"oldpassword": PASSWORD, "password1": "quite another tractor"})
    assert answer.status_code == 302
    assert is_signed_in(client)
    assert not is_signed_in(other)


def test_being_removed_from_the_last_organisation_ends_every_session_at_once(
    client: Client, school: MadeSchool
) -> None:
    teacher = school.people[Role.TEACHER]
    sign_in(client, teacher)
    remove(school.organisation, teacher, by=school.people[Role.HEAD])
    assert not is_signed_in(client)
    assert Membership.objects.filter(person=teacher).count() == 1  # the history stays


def test_being_removed_from_one_of_two_takes_effect_on_the_next_page(client: Client, school: MadeSchool) -> None:
    teacher = school.people[Role.TEACHER]
    second = Organisation.objects.create(kind=OrganisationKind.SCHOOL, name="Ottermere School", number="9992002")
    Membership.objects.create(person=teacher, organisation=second, role=Role.TEACHER)
    sign_in(client, teacher)
    assert client.get(school.base).status_code == 200
    remove(school.organisation, teacher, by=school.people[Role.HEAD])
    assert client.get(school.base).status_code == 404
    assert is_signed_in(client)


def test_a_closed_account_is_signed_out(client: Client, school: MadeSchool) -> None:
    teacher = school.people[Role.TEACHER]
    sign_in(client, teacher)
    teacher.is_active = False
    teacher.save()
    assert not is_signed_in(client)


@pytest.mark.parametrize("path", ["/account/sign-up/", "/account/signup/", "/account/social/signup/"])
def test_nobody_can_make_an_account_by_themselves(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 404


def test_who_was_signed_out_while_sending_a_form_comes_back_to_its_page(client: Client, school: MadeSchool) -> None:
    form = f"{school.base}checks/answer/"
    response = client.post(form, headers={"referer": f"http://testserver{school.base}checks/?a=b"})
    assert response.headers["Location"] == f"/account/sign-in/?next={school.base}checks/%3Fa%3Db"
    response = client.post(form, headers={"referer": "https://elsewhere.example/checks/"})
    assert response.headers["Location"] == "/account/sign-in/?next=/"


def test_the_address_of_a_form_says_that_there_is_no_page(client: Client, school: MadeSchool) -> None:
    client.force_login(school.people[Role.DATA_MANAGER])
    years = school.base.removesuffix(f"{school.school_return.year}/")
    response = client.get(f"{years}open/")
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]
    assert "There is no page here" in response.content.decode()
