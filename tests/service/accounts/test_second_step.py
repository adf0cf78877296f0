"""The second step: every role does it, once a day in each browser, and nothing is reached before."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.test import Client

from keystage.service.accounts.models import Organisation, Person
from keystage.service.accounts.roles import ROLES, Role
from keystage.service.accounts.services.own import sign_out_everywhere
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from service.made import MadeSchool, a_person
from service.signing_in import PASSWORD, enter_code, enter_password, is_signed_in, last_code, sign_in

LONDON = ZoneInfo("Europe/London")
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105


def app_code() -> str:
    return totp.format_hotp_value(totp.hotp_value(SECRET, next(iter(totp.yield_hotp_counters_from_time())) + 1))


def somebody(school: MadeSchool, role: Role) -> Person:
    """Return somebody with a role: of the school, or of another kind of organisation that has it."""
    if role in school.people:
        return school.people[role]
    kind = next(kind for kind, roles in ROLES.items() if role in roles)
    return a_person(Organisation.objects.create(kind=kind, name=f"A made-up {kind}"), role, role.title())


@pytest.mark.parametrize("role", Role)
def test_every_role_must_do_a_second_step(client: Client, school: MadeSchool, role: Role) -> None:
    response = enter_password(client, somebody(school, role))
    assert response.headers["Location"] == "/account/sign-in/code/"
    assert not is_signed_in(client)
    enter_code(client)
    assert is_signed_in(client)


@pytest.mark.parametrize("role", Role)
def test_no_page_of_the_service_is_reached_between_the_two_steps(
    client: Client, school: MadeSchool, role: Role
) -> None:
    enter_password(client, somebody(school, role))
    people = f"/organisations/{school.organisation.key}/people/"
    for path in (school.base, people, "/account/", "/account/second-step/app/"):
        assert client.get(path).headers["Location"].startswith(("/account/sign-in/", "/account/again/"))
    assert client.get("/account/again/").headers["Location"].startswith("/account/sign-in/")


def test_a_code_has_six_figures_and_comes_by_e_mail(client: Client, school: MadeSchool) -> None:
    person = school.people[Role.HEAD]
    enter_password(client, person)
    (sent,) = mail.outbox
    assert sent.to == [person.email]
    assert re.search(r"is \d{6}\n", sent.body)
    assert "Dear Hilary Fry" in sent.body


def test_a_wrong_code_lets_nobody_in(client: Client, school: MadeSchool) -> None:
    enter_password(client, school.people[Role.HEAD])
    wrong = "000000" if last_code() != "000000" else "111111"
    page = enter_code(client, wrong)
    assert "The code is not right" in page.content.decode()
    assert not is_signed_in(client)


def test_after_five_wrong_codes_the_right_one_is_not_taken_either(client: Client, school: MadeSchool) -> None:
    enter_password(client, school.people[Role.HEAD])
    right = last_code()
    for _ in range(5):
        enter_code(client, "000000" if right != "000000" else "111111")
    enter_code(client, right)
    assert not is_signed_in(client)


def test_a_code_is_valid_for_fifteen_minutes(client: Client, school: MadeSchool) -> None:
    with time_machine.travel(datetime(2026, 6, 24, 9, tzinfo=LONDON), tick=False) as clock:
        enter_password(client, school.people[Role.HEAD])
        clock.shift(timedelta(minutes=15, seconds=1))
        enter_code(client)
        assert not is_signed_in(client)


def test_another_code_can_be_sent_three_times_and_replaces_the_first(client: Client, school: MadeSchool) -> None:
    enter_password(client, school.people[Role.HEAD])
    for _ in range(5):
        client.post("/account/sign-in/code/", {"action": "resend"})
    assert len(mail.outbox) == 4
    enter_code(client)
    assert is_signed_in(client)


def test_the_same_person_in_the_same_browser_is_not_asked_again_that_day(client: Client, school: MadeSchool) -> None:
    with time_machine.travel(datetime(2026, 6, 24, 9, tzinfo=LONDON), tick=False) as clock:
        sign_in(client, school.people[Role.HEAD])
        client.post("/account/sign-out/")
        clock.shift(timedelta(hours=14, minutes=59))
        assert enter_password(client, school.people[Role.HEAD]).headers["Location"] == "/"
        assert is_signed_in(client)


def test_the_day_ends_at_midnight_in_london_and_not_an_hour_later(client: Client, school: MadeSchool) -> None:
    with time_machine.travel(datetime(2026, 6, 24, 23, 30, tzinfo=LONDON), tick=False) as clock:
        sign_in(client, school.people[Role.HEAD])
        client.post("/account/sign-out/")
        clock.shift(timedelta(minutes=31))  # 0:01 in London, 23:01 by universal time
        assert enter_password(client, school.people[Role.HEAD]).headers["Location"] == "/account/sign-in/code/"


def test_another_person_in_the_same_browser_is_asked(client: Client, school: MadeSchool) -> None:
    sign_in(client, school.people[Role.HEAD])
    client.post("/account/sign-out/")
    assert "code" in enter_password(client, school.people[Role.TEACHER]).headers["Location"]


def test_the_same_person_in_another_browser_is_asked(client: Client, school: MadeSchool) -> None:
    sign_in(client, school.people[Role.HEAD])
    assert "code" in enter_password(Client(), school.people[Role.HEAD]).headers["Location"]


def test_a_forged_cookie_of_the_browser_counts_for_nothing(client: Client, school: MadeSchool) -> None:
    sign_in(client, school.people[Role.HEAD])
    other = Client()
    value = client.cookies["keystage_browser"].value
    other.cookies["keystage_browser"] = value[:-1] + ("a" if value[-1] != "a" else "b")
    assert "code" in enter_password(other, school.people[Role.HEAD]).headers["Location"]


def test_after_a_new_password_the_second_step_is_asked_again(client: Client, school: MadeSchool) -> None:
    person = school.people[Role.HEAD]
    sign_in(client, person)
    client.post("/account/sign-out/")
    person.set_password("another made-up password")
    person.save()
    assert "code" in enter_password(client, person, "another made-up password").headers["Location"]


def test_after_signing_out_everywhere_the_second_step_is_asked_again(client: Client, school: MadeSchool) -> None:
    sign_in(client, school.people[Role.HEAD])
    sign_out_everywhere(school.people[Role.HEAD])
    assert "code" in enter_password(client, school.people[Role.HEAD]).headers["Location"]


@pytest.mark.parametrize("role", Role)
def test_who_has_an_authenticator_app_is_asked_for_its_code_and_gets_no_e_mail(
    client: Client, school: MadeSchool, role: Role
) -> None:
    person = somebody(school, role)
    totp.TOTP.activate(person, SECRET)
    assert enter_password(client, person).headers["Location"] == "/account/sign-in/second-step/"
    assert not mail.outbox
    assert not is_signed_in(client)
    client.post("/account/sign-in/second-step/", {"code": app_code()})
    assert is_signed_in(client)


def test_who_has_an_app_cannot_go_by_way_of_the_page_for_the_e_mailed_code(client: Client, school: MadeSchool) -> None:
    totp.TOTP.activate(school.people[Role.HEAD], SECRET)
    enter_password(client, school.people[Role.HEAD])
    client.get("/account/sign-in/code/")
    client.post("/account/sign-in/code/", {"action": "resend"})
    client.post("/account/sign-in/code/", {"code": ""})
    assert not mail.outbox
    assert not is_signed_in(client)


def test_a_code_of_the_app_works_once(client: Client, school: MadeSchool) -> None:
    totp.TOTP.activate(school.people[Role.HEAD], SECRET)
    code = app_code()
    enter_password(client, school.people[Role.HEAD])
    client.post("/account/sign-in/second-step/", {"code": code})
    other = Client()
    enter_password(other, school.people[Role.HEAD])
    other.post("/account/sign-in/second-step/", {"code": code})
    assert not is_signed_in(other)


def test_a_recovery_code_stands_for_the_app_once(client: Client, school: MadeSchool) -> None:
    person = school.people[Role.HEAD]
    totp.TOTP.activate(person, SECRET)
    code = RecoveryCodes.activate(person).get_unused_codes()[0]
    enter_password(client, person)
    client.post("/account/sign-in/second-step/", {"code": code})
    assert is_signed_in(client)
    other = Client()
    enter_password(other, person)
    other.post("/account/sign-in/second-step/", {"code": code})
    assert not is_signed_in(other)


def test_setting_up_an_app_asks_for_the_password_again_and_gives_recovery_codes(
    client: Client, school: MadeSchool, django_capture_on_commit_callbacks: object
) -> None:
    person = school.people[Role.HEAD]
    sign_in(client, person)
    page = client.get("/account/second-step/app/")
    assert page.headers["Location"].startswith("/account/again/")
    client.post("/account/again/?next=/account/second-step/app/", {"password": PASSWORD})
    text = client.get("/account/second-step/app/").content.decode()
    assert 'src="data:image/svg+xml;base64,' in text
    secret = client.session["mfa.totp.secret"]
    assert secret in text
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        answer = client.post("/account/second-step/app/", {"code": code})
    assert answer.headers["Location"] == "/account/second-step/recovery/"
    assert len(re.findall(r"<code>\d{8}</code>", client.get("/account/second-step/recovery/").content.decode())) == 10
    assert Authenticator.objects.filter(user=person, type="totp").exists()
    devices = [event.data["device"] for event in Event.objects.filter(kind=Kind.SECOND_STEP_CHANGED)]
    assert devices == ["authenticator app", "recovery codes"]
    assert mail.outbox[-1].subject == "Your Keystage account: an authenticator app was set up"


def test_a_sign_in_is_recorded_with_its_ways_and_the_address(client: Client, school: MadeSchool) -> None:
    sign_in(client, school.people[Role.HEAD])
    event = Event.objects.get(kind=Kind.SIGNED_IN)
    assert event.data == {"address": "127.0.0.1", "ways": ["password", "code"]}
    assert (event.person, event.organisation) == (school.people[Role.HEAD], school.organisation)
