"""Slowing down those who guess, without keeping out those who know."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from keystage.service.accounts.roles import Role
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from service.made import MadeSchool
from service.signing_in import SIGN_IN, enter_code, enter_password, is_signed_in, sign_in

START = "2026-06-26T08:00:00+01:00"


def fail(client: Client, school: MadeSchool, times: int, address: str = "192.0.2.1", role: Role = Role.HEAD) -> str:
    """Try a wrong password some times; return what the last page said."""
    for _ in range(times):
        response = enter_password(client, school.people[role], "wrong", REMOTE_ADDR=address)
    return response.content.decode()


def test_a_hundred_failures_from_one_address_do_not_keep_the_head_out_at_another(school: MadeSchool) -> None:
    fail(Client(), school, 100)
    head = Client(REMOTE_ADDR="198.51.100.7")
    assert enter_password(head, school.people[Role.HEAD]).status_code == 302
    enter_code(head)
    assert is_signed_in(head)


def test_failures_from_the_schools_own_address_do_not_keep_the_head_out_of_the_heads_own_browser(
    school: MadeSchool,
) -> None:
    own = Client()
    sign_in(own, school.people[Role.HEAD])
    own.post("/account/sign-out/")
    fail(Client(), school, 100, address="127.0.0.1")
    assert enter_password(own, school.people[Role.HEAD]).status_code == 302
    assert is_signed_in(own)


@pytest.mark.parametrize("passed_on", ["", "no address", "\xff\xfe", "10.0.1", ", ,"])
@pytest.mark.parametrize("proxies", [1, 3])
def test_a_proxy_that_passes_on_what_is_no_address_stands_for_who_comes_through_it(
    school: MadeSchool, settings: Any, passed_on: str, proxies: int
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    client = Client(REMOTE_ADDR="192.0.2.9", HTTP_X_FORWARDED_FOR=passed_on)
    assert enter_password(client, school.people[Role.HEAD], "wrong").status_code == 200
    assert Event.objects.get(kind=Kind.SIGN_IN_FAILED).data["address"] == "192.0.2.9"


def test_five_failures_cost_nothing_and_the_sixth_a_wait(school: MadeSchool) -> None:
    with time_machine.travel(START, tick=False):
        assert "is not right" in fail(Client(), school, 5)
        assert "Too many attempts have failed from here. Wait 15 seconds" in fail(Client(), school, 1)


def test_during_the_wait_the_right_password_is_not_looked_at_either(school: MadeSchool) -> None:
    with time_machine.travel(START, tick=False) as clock:
        fail(Client(), school, 5)
        guesser = Client(REMOTE_ADDR="192.0.2.1")
        assert enter_password(guesser, school.people[Role.HEAD]).status_code == 200
        clock.shift(timedelta(seconds=15))
        assert enter_password(guesser, school.people[Role.HEAD]).status_code == 302


def test_the_wait_doubles_with_each_failure_up_to_fifteen_minutes(school: MadeSchool) -> None:
    waits = []
    with time_machine.travel(START, tick=False) as clock:
        fail(Client(), school, 5)
        for _ in range(8):
            text = fail(Client(), school, 1)
            waits.append(text.split("Wait ")[1].split(",")[0])
            clock.shift(timedelta(seconds=900))
            assert "is not right" in fail(Client(), school, 1)
    assert waits == [
        *("15 seconds", "30 seconds", "1 minute", "2 minutes", "4 minutes", "8 minutes", "15 minutes", "15 minutes")
    ]


def test_an_address_that_fails_with_many_accounts_is_slowed(school: MadeSchool) -> None:
    client = Client(REMOTE_ADDR="192.0.2.1")
    for number in range(51):
        response = client.post(SIGN_IN, {"login": f"nobody{number}@school.example", "password": "wrong"})
    assert "Too many attempts have failed from here" in response.content.decode()


def test_wrong_codes_count_as_well(school: MadeSchool) -> None:
    client = Client(REMOTE_ADDR="192.0.2.1")
    enter_password(client, school.people[Role.HEAD])
    for _ in range(5):
        client.post("/account/sign-in/code/", {"code": "x"})
    response = enter_password(client, school.people[Role.HEAD])
    assert "Too many attempts have failed from here" in response.content.decode()


def test_both_steps_done_forget_the_failures(school: MadeSchool) -> None:
    client = Client(REMOTE_ADDR="192.0.2.1")
    fail(client, school, 4)
    sign_in(client, school.people[Role.HEAD])
    client.post("/account/sign-out/")
    assert "is not right" in fail(Client(), school, 5)


def test_the_password_alone_does_not_forget_the_failures(school: MadeSchool) -> None:
    client = Client(REMOTE_ADDR="192.0.2.1")
    fail(client, school, 4)
    enter_password(client, school.people[Role.HEAD])
    fail(Client(), school, 1)
    assert "Too many attempts" in fail(Client(), school, 1)


@pytest.mark.parametrize("known", [True, False])
def test_a_failure_says_nothing_of_whether_there_is_an_account(school: MadeSchool, known: bool) -> None:
    email = school.people[Role.HEAD].email if known else "nobody@school.example"
    text = Client().post(SIGN_IN, {"login": email, "password": "wrong"}).content.decode()
    assert "The email address or the password is not right. Check both and try again" in text


def test_a_failure_is_recorded_where_the_address_belongs_to_somebody(school: MadeSchool) -> None:
    fail(Client(), school, 1)
    Client().post(SIGN_IN, {"login": "nobody@school.example", "password": "wrong"})
    event = Event.objects.get(kind=Kind.SIGN_IN_FAILED)
    assert (event.person, event.target) == (None, school.people[Role.HEAD].key)
    assert event.data == {"address": "192.0.2.1", "what": "password"}
    assert event.organisation == school.organisation
