"""What somebody tries who wants in: each of it leads nowhere."""

import re

import pytest
from django.core import mail
from django.test import Client

from keystage.service.accounts.models import Membership, Person
from keystage.service.accounts.roles import Role
from keystage.service.accounts.services.invitations import invite
from service.made import MadeSchool
from service.signing_in import SIGN_IN, enter_code, enter_password, is_signed_in, sign_in

ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "https:evil.example",
    "///evil.example",
    "/%09/evil.example",
    "javascript:alert(1)",
    "http://testserver@evil.example/",
    " https://evil.example/",
)


def is_of_this_site(address: str) -> bool:
    """Say whether a browser that is sent there stays here, whatever it makes of backslashes and control characters."""
    return re.match(r"/(?![/\\])[!-\[\]-~]*$", address) is not None


@pytest.mark.parametrize("address", ELSEWHERE)
def test_signing_in_leads_to_no_other_site(client: Client, school: MadeSchool, address: str) -> None:
    person = school.people[Role.HEAD]
    client.post(f"{SIGN_IN}?next=", {"login": person.email, "password": "a made-up password", "next": address})
    led = enter_code(client).headers["Location"]
    assert is_of_this_site(led), led
    again = client.post(f"/account/again/?next={address}", {"password": "a made-up password", "next": address})
    assert is_of_this_site(again.headers.get("Location", "/"))
    out = client.post("/account/sign-out/", {"next": address})
    assert is_of_this_site(out.headers["Location"])


def test_a_reset_link_leads_to_no_other_host(client: Client, school: MadeSchool) -> None:
    asked = {"email": school.people[Role.HEAD].email}
    forged = client.post("/account/password/forgotten/", asked, headers={"host": "evil.example"})
    assert forged.status_code == 400
    client.post("/account/password/forgotten/", asked, headers={"x-forwarded-host": "evil.example"})
    assert "evil" not in "".join(each.body for each in mail.outbox)
    assert len(mail.outbox) == 1


def test_what_a_visitor_says_of_their_address_does_not_count_without_a_proxy(school: MadeSchool) -> None:
    for number in range(6):
        said = {"x-forwarded-for": f"192.0.2.{number}", "x-real-ip": f"192.0.2.{number}", "forwarded": f"for={number}"}
        found = Client(headers=said).post(SIGN_IN, {"login": school.people[Role.HEAD].email, "password": "wrong"})
    assert "Too many attempts have failed from here" in found.content.decode()


def test_the_session_of_before_is_not_the_session_of_after(client: Client, school: MadeSchool) -> None:
    client.get(SIGN_IN)
    enter_password(client, school.people[Role.HEAD])
    planted = client.cookies["keystage_session"].value
    enter_code(client)
    assert is_signed_in(client)
    other = Client()
    other.cookies["keystage_session"] = planted
    assert not is_signed_in(other)


def test_a_code_of_one_person_is_none_of_anothers(school: MadeSchool) -> None:
    own, other = Client(), Client()
    enter_password(own, school.people[Role.TEACHER])
    code = mail.outbox[-1].subject[:6]
    enter_password(other, school.people[Role.HEAD])
    enter_code(other, code)
    assert not is_signed_in(other)


def test_who_invites_cannot_be_made_to_give_a_role_that_there_is_not(client: Client, school: MadeSchool) -> None:
    client.force_login(school.people[Role.ACCOUNT_MANAGER])
    teacher = school.people[Role.TEACHER]
    base = f"/organisations/{school.organisation.key}/people/"
    sent = {"roles": ["teacher", "superuser"], "is_superuser": "on", "organisation": "zzz"}
    client.post(f"{base}{teacher.key}/", sent)
    client.post(f"{base}invite/", {"email": "a@school.example", **sent})
    assert [each.role for each in Membership.objects.filter(person=teacher)] == [Role.TEACHER]
    assert mail.outbox == []


def test_nobody_gives_themselves_more_by_a_form_of_their_own(client: Client, school: MadeSchool) -> None:
    manager = school.people[Role.DATA_MANAGER]
    sign_in(client, manager)
    more = {"roles": ["headteacher"], "email": "x@school.example", "is_active": "", "key": "zzz", "session_epoch": "9"}
    client.post("/account/name/", {"name": "Dana Marsh", **more})
    assert client.post(f"/organisations/{school.organisation.key}/people/{manager.key}/", more).status_code == 403
    found = Person.objects.get(pk=manager.pk)
    assert (found.email, found.key, found.session_epoch) == (manager.email, manager.key, manager.session_epoch)
    assert [each.role for each in Membership.objects.filter(person=manager)] == [Role.DATA_MANAGER]


def test_of_two_invitations_to_somebody_new_the_second_asks_them_to_sign_in(client: Client, school: MadeSchool) -> None:
    links: list[str] = []

    def link(token: str) -> str:
        links.append(f"/invitation/{token}/")
        return links[-1]

    head = school.people[Role.HEAD]
    invite(school.organisation, "New.Person@school.example", [Role.TEACHER], [], by=head, link=link)
    answers = {"name": "New Person", "password": "a made-up password of theirs"}
    assert client.post(links[0], answers).status_code == 302
    assert Client().post(links[0], answers).status_code == 404
    assert Client().post(f"{links[0]}accept/").status_code == 302
    assert Membership.objects.filter(person__email="new.person@school.example").count() == 1
