"""One's own account: name, email address, password."""

import re

import pytest
from django.core import mail
from django.test import Client

from keystage.service.accounts import new_email
from keystage.service.accounts.models import Membership
from keystage.service.accounts.roles import Role
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from service.made import MadeSchool
from service.signing_in import PASSWORD, enter_password, is_signed_in, last_code, sign_in

NEW = "hilary.elsewhere@school.example"


@pytest.fixture
def head(client: Client, school: MadeSchool) -> Client:
    """The headteacher, signed in, who has just entered the password again."""
    sign_in(client, school.people[Role.HEAD])
    client.post("/account/again/", {"password": PASSWORD})
    return client


def test_the_page_shows_the_account(head: Client, school: MadeSchool) -> None:
    text = head.get("/account/").content.decode()
    for words in ("Hilary Fry", school.people[Role.HEAD].email, "Authenticator app", "headteacher"):
        assert words in text


def test_a_name_is_changed(head: Client, school: MadeSchool) -> None:
    head.post("/account/name/", {"name": "Hilary  Fry-Marsh"})
    school.people[Role.HEAD].refresh_from_db()
    assert school.people[Role.HEAD].name == "Hilary Fry-Marsh"
    assert Event.objects.get(kind=Kind.NAME_CHANGED).data == {"before": "Hilary Fry", "after": "Hilary Fry-Marsh"}


def test_an_address_changes_once_the_code_sent_to_it_is_entered(head: Client, school: MadeSchool) -> None:
    person = school.people[Role.HEAD]
    old = person.email
    head.post("/account/email/", {"email": NEW.upper()})
    assert mail.outbox[-1].to == [NEW]
    person.refresh_from_db()
    assert person.email == old
    head.post("/account/email/code/", {"code": last_code()})
    person.refresh_from_db()
    assert person.email == NEW
    assert mail.outbox[-1].to == [old]
    assert mail.outbox[-1].subject == "Your Keystage account: the email address of your account was changed"
    assert enter_password(Client(), person).status_code == 302


def test_the_old_address_signs_nobody_in_any_more(head: Client, school: MadeSchool) -> None:
    old = school.people[Role.HEAD].email
    head.post("/account/email/", {"email": NEW})
    head.post("/account/email/code/", {"code": last_code()})
    assert Client().post("/account/sign-in/", {"login": old, "password": PASSWORD}).status_code == 200


def test_an_address_needs_the_password_again(client: Client, school: MadeSchool) -> None:
    sign_in(client, school.people[Role.HEAD])
    assert client.post("/account/email/", {"email": NEW}).headers["Location"].startswith("/account/again/")
    assert mail.outbox[-1].to != [NEW]


def test_after_five_wrong_codes_the_right_one_is_not_taken(head: Client, school: MadeSchool) -> None:
    head.post("/account/email/", {"email": NEW})
    right = last_code()
    for _ in range(5):
        head.post("/account/email/code/", {"code": "000000" if right != "000000" else "111111"})
    head.post("/account/email/code/", {"code": right})
    school.people[Role.HEAD].refresh_from_db()
    assert school.people[Role.HEAD].email != NEW


def test_of_more_codes_than_are_sent_none_can_be_guessed(head: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new_email, "get_random_string", lambda *_: "123456")
    for _ in range(new_email.MOST_CODES + 1):
        head.post("/account/email/", {"email": "new@school.example"})
    answer = head.post("/account/email/code/", {"code": "123456"})
    assert "The code is not right" in answer.content.decode()
    assert len(mail.outbox) == 1 + new_email.MOST_CODES


def test_an_address_that_somebody_has_looks_the_same_and_is_never_given(head: Client, school: MadeSchool) -> None:
    taken = school.people[Role.TEACHER].email
    answer = head.post("/account/email/", {"email": taken})
    assert answer.headers["Location"] == "/account/email/code/"
    assert mail.outbox[-1].to == [taken]
    assert not re.search(r"\d{6}", mail.outbox[-1].subject + mail.outbox[-1].body)
    head.post("/account/email/code/", {"code": ""})
    head.post("/account/email/code/", {"code": "000000"})
    school.people[Role.HEAD].refresh_from_db()
    assert school.people[Role.HEAD].email != taken


def test_a_forgotten_password_is_chosen_anew_with_a_link(client: Client, school: MadeSchool) -> None:
    person = school.people[Role.HEAD]
    open_elsewhere = Client()
    sign_in(open_elsewhere, person)
    client.post("/account/password/forgotten/", {"email": person.email})
    found = re.search(r"http://testserver(/account/password/new/\S+)", mail.outbox[-1].body)
    assert found
    page = client.get(found[1], follow=True)
    assert "Choose a new password" in page.content.decode()
    client.post(page.request["PATH_INFO"], {"password1": "quite another tractor"})
    assert not is_signed_in(open_elsewhere)
    assert not is_signed_in(client)
    assert enter_password(client, person).status_code == 200
    assert enter_password(client, person, "quite another tractor").status_code == 302
    assert "not valid any more" in Client().get(found[1], follow=True).content.decode()
    assert Event.objects.get(kind=Kind.PASSWORD_CHANGED).data == {"how": "reset"}


def test_asking_for_a_link_does_not_reveal_whether_an_address_is_known(client: Client, school: MadeSchool) -> None:
    known = client.post("/account/password/forgotten/", {"email": school.people[Role.HEAD].email}, follow=True)
    unknown = client.post("/account/password/forgotten/", {"email": "nobody@school.example"}, follow=True)
    assert known.request["PATH_INFO"] == unknown.request["PATH_INFO"] == "/account/password/forgotten/sent/"
    without_token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert without_token.sub("", known.content.decode()) == without_token.sub("", unknown.content.decode())
    assert mail.outbox[-1].subject == "You have no account with Keystage"


def test_a_new_password_must_be_good_too(head: Client, school: MadeSchool) -> None:
    text = head.post("/account/password/", {"oldpassword": PASSWORD, "password1": "short"}).content.decode()
    assert "Password must have at least 12 characters" in text
    text = head.post("/account/password/", {"oldpassword": "wrong", "password1": "quite another tractor"})
    assert "The current password is not right" in text.content.decode()


def test_where_the_code_cannot_be_sent_the_page_says_so(client: Client, school: MadeSchool, settings: object) -> None:
    settings.EMAIL_BACKEND = "service.accounts.no_server.NoServer"  # type: ignore[attr-defined]
    response = enter_password(client, school.people[Role.HEAD])
    assert response.status_code == 503
    assert "The email could not be sent" in response.content.decode()


def test_a_school_is_listed_once_with_all_that_one_is_there(client: Client, school: MadeSchool) -> None:
    head = school.people[Role.HEAD]
    Membership.objects.create(person=head, organisation=school.organisation, role=Role.TEACHER, classes=["Oak", "Elm"])
    sign_in(client, head)
    page = " ".join(client.get("/account/").content.decode().split())
    assert page.count("Quellbridge Primary School</a>") == 1
    assert "(9992001): headteacher, teacher of Oak and Elm</li>" in page
