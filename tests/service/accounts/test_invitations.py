"""Inviting people: the link works once, for a week, for the address it went to."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client

from keystage.service.accounts.models import Invitation, Membership, Person
from keystage.service.accounts.roles import Role
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from service.made import MadeSchool
from service.signing_in import enter_code, is_signed_in, sign_in

NEW = "terry.new@school.example"
START = "2026-06-01T09:00:00+01:00"


def invite(client: Client, school: MadeSchool, email: str = NEW, roles: tuple[str, ...] = ("teacher",)) -> str:
    """Invite somebody as the headteacher does; return the path of the link in the email."""
    client.force_login(school.people[Role.HEAD])
    address = f"/organisations/{school.organisation.key}/people/invite/"
    response = client.post(address, {"email": email, "roles": roles})
    assert response.status_code == 302, response.content.decode()
    return link()


def link() -> str:
    found = re.search(r"http://testserver(/invitation/\S+)", mail.outbox[-1].body)
    assert found
    return found[1]


def accept(client: Client, path: str) -> None:
    client.post(path, {"name": " Terry   New ", "password": "quite another tractor"})


def test_somebody_new_chooses_a_name_and_a_password_and_is_what_they_were_invited_as(
    client: Client, school: MadeSchool
) -> None:
    path = invite(client, school, roles=("teacher", "data manager"))
    assert mail.outbox[-1].to == [NEW]
    guest = Client()
    assert "Make your account" in guest.get(path).content.decode()
    accept(guest, path)
    person = Person.objects.get(email=NEW)
    assert person.name == "Terry New"
    assert person.check_password("quite another tractor")
    held = person.memberships.values_list("role", flat=True)
    assert sorted(held) == ["data manager", "teacher"]


def test_somebody_new_does_a_second_step_like_anybody(client: Client, school: MadeSchool) -> None:
    guest = Client()
    accept(guest, invite(client, school))
    assert not is_signed_in(guest)
    enter_code(guest)
    assert is_signed_in(guest)


def test_a_link_works_once(client: Client, school: MadeSchool) -> None:
    path = invite(client, school)
    accept(Client(), path)
    assert Client().get(path).status_code == 404
    assert "not valid any more" in Client().get(path).content.decode()


def test_a_link_is_valid_for_seven_days(client: Client, school: MadeSchool) -> None:
    with time_machine.travel(START, tick=False) as clock:
        path = invite(client, school)
        clock.shift(timedelta(days=7) - timedelta(seconds=1))
        assert Client().get(path).status_code == 200
        clock.shift(timedelta(seconds=1))
        assert Client().get(path).status_code == 404
        accept(Client(), path)
    assert not Person.objects.filter(email=NEW).exists()


def test_the_database_does_not_hold_the_link(client: Client, school: MadeSchool) -> None:
    token = invite(client, school).split("/")[2]
    assert token not in str(Invitation.objects.values())


def test_a_withdrawn_invitation_does_not_work(client: Client, school: MadeSchool) -> None:
    path = invite(client, school)
    key = Invitation.objects.get().key
    client.post(f"/organisations/{school.organisation.key}/people/invitations/{key}/withdraw/")
    assert Client().get(path).status_code == 404


def test_sent_again_the_new_link_works_and_the_old_one_does_not(client: Client, school: MadeSchool) -> None:
    old = invite(client, school)
    key = Invitation.objects.get().key
    client.post(f"/organisations/{school.organisation.key}/people/invitations/{key}/again/")
    assert Client().get(old).status_code == 404
    assert Client().get(link()).status_code == 200


def test_inviting_the_same_address_again_replaces_the_first_invitation(client: Client, school: MadeSchool) -> None:
    old = invite(client, school)
    new = invite(client, school, roles=("headteacher",))
    assert Client().get(old).status_code == 404
    accept(Client(), new)
    assert [each.role for each in Membership.objects.filter(person__email=NEW)] == ["headteacher"]


def test_who_has_an_account_signs_in_and_accepts(client: Client, school: MadeSchool) -> None:
    person = Person.objects.create_user("terry.new@school.example", "a made-up password", name="Terry New")
    path = invite(client, school)
    guest = Client()
    assert "You have an account already" in guest.get(path).content.decode()
    accept(guest, path)
    assert person.memberships.count() == 0
    sign_in(guest, person)
    assert "Accept" in guest.get(path).content.decode()
    guest.post(path + "accept/")
    assert [each.role for each in person.memberships.all()] == ["teacher"]


def test_nobody_accepts_what_was_sent_to_somebody_else(client: Client, school: MadeSchool) -> None:
    path = invite(client, school)
    teacher = school.people[Role.TEACHER]
    client.force_login(teacher)
    assert "Sign out, then follow the link again" in client.get(path).content.decode()
    client.post(path + "accept/")
    accept(client, path)
    assert Membership.objects.filter(person=teacher).count() == 1
    assert Invitation.objects.get().accepted_at is None


def test_who_belongs_to_the_school_is_not_invited(client: Client, school: MadeSchool) -> None:
    client.force_login(school.people[Role.HEAD])
    address = f"/organisations/{school.organisation.key}/people/invite/"
    email = school.people[Role.TEACHER].email.upper()
    text = client.post(address, {"email": email, "roles": ["headteacher"]}).content.decode()
    assert "belongs to the organisation already" in text
    assert not Invitation.objects.exists()


def test_where_the_e_mail_cannot_be_sent_nobody_is_invited(
    client: Client, school: MadeSchool, settings: object
) -> None:
    settings.EMAIL_BACKEND = "service.accounts.no_server.NoServer"  # type: ignore[attr-defined]
    client.force_login(school.people[Role.HEAD])
    address = f"/organisations/{school.organisation.key}/people/invite/"
    text = client.post(address, {"email": NEW, "roles": ["teacher"]}).content.decode()
    assert "The email could not be sent, so nothing has changed" in text
    assert not Invitation.objects.exists()
    assert not Event.objects.filter(kind=Kind.INVITED).exists()


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "Password must have at least 12 characters"),
        ("terry.new@school", "Choose a password that is less like your name or email address"),
        ("qwertyuiop123456789", None),
        ("1q2w3e4r5t6y", "Choose a password that is harder to guess"),
    ],
)
def test_a_weak_password_is_not_taken(client: Client, school: MadeSchool, password: str, why: str | None) -> None:
    guest = Client()
    text = guest.post(invite(client, school), {"name": "Terry New", "password": password}).content.decode()
    assert (why or "") in text
    assert Person.objects.filter(email=NEW).exists() is (why is None)


def test_each_step_of_an_invitation_is_recorded(client: Client, school: MadeSchool) -> None:
    invite(client, school)
    key = Invitation.objects.get().key
    client.post(f"/organisations/{school.organisation.key}/people/invitations/{key}/again/")
    accept(Client(), link())
    kinds = [event.kind for event in Event.objects.filter(organisation=school.organisation).order_by("id")]
    assert [kind for kind in kinds if kind.startswith("person.") and "code" not in kind] == [
        "person.invited",
        "person.invited-again",
        "person.joined",
        "person.role-given",
    ]
