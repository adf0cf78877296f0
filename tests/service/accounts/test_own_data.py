"""What is held about a person is given to them, and their account can be closed."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from keystage.service.accounts.models import Membership, Person
from keystage.service.accounts.roles import Role
from keystage.service.accounts.services.own_data import NOBODY, close
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.work import retention
from service.made import MadeSchool
from service.ready import fill, sign_everything
from service.signing_in import PASSWORD, enter_password, sign_in


@pytest.fixture
def teacher(client: Client, school: MadeSchool) -> Client:
    """The teacher, signed in, who has just entered the password again."""
    sign_in(client, school.people[Role.TEACHER])
    client.post("/account/again/", {"password": PASSWORD})
    return client


def test_the_page_shows_what_is_held(teacher: Client, school: MadeSchool) -> None:
    page = teacher.get("/account/data/").text
    for words in ("Tamsin Ash", "teacher at Quellbridge Primary School", "signed in with"):
        assert words in page


def test_what_is_downloaded_names_no_pupil(teacher: Client, school: MadeSchool) -> None:
    fill(school)
    sign_everything(school)
    text = teacher.post("/account/data/download/").text
    held = json.loads(text)
    assert held["email"] == school.people[Role.TEACHER].email
    assert any("signed the return of 2026 for Oak" in line for line in held["record"])
    assert "Example" not in text
    assert Event.objects.get(kind=Kind.OWN_COPIED).person == school.people[Role.TEACHER]


def test_a_closed_account_is_gone_but_for_the_name_under_what_was_signed(teacher: Client, school: MadeSchool) -> None:
    fill(school)
    sign_everything(school)
    person = school.people[Role.TEACHER]
    email = person.email
    assert teacher.post("/account/close/", {"sure": "close"}).status_code == 302
    person.refresh_from_db()
    assert (person.name, person.is_active) == ("Tamsin Ash", False)
    assert person.email != email
    assert not Membership.objects.filter(person=person, ended_at=None).exists()
    assert not Event.objects.filter(target=person.key, data__has_key="address").exists()
    assert teacher.get("/account/").status_code == 302
    person.email = email
    assert enter_password(Client(), person).status_code == 200
    Person.objects.create_user(email, name="Tamsin Ash")  # the address is free again


@pytest.mark.parametrize("sent", [{}, {"sure": "yes"}])
def test_nothing_is_closed_without_the_word(teacher: Client, school: MadeSchool, sent: dict[str, str]) -> None:
    assert teacher.post("/account/close/", sent).status_code == 422
    assert Person.objects.get(pk=school.people[Role.TEACHER].pk).is_active


def test_the_last_who_can_manage_people_is_told_to_give_that_over_first(client: Client, school: MadeSchool) -> None:
    Membership.objects.filter(person=school.people[Role.HEAD]).delete()
    person = school.people[Role.ACCOUNT_MANAGER]
    sign_in(client, person)
    client.post("/account/again/", {"password": PASSWORD})
    answer = client.post("/account/close/", {"sure": "close"})
    assert "the last person who can invite and remove people" in answer.text
    assert Person.objects.get(pk=person.pk).is_active
    assert Membership.objects.filter(person=person, ended_at=None).exists()


def test_the_name_goes_when_the_records_words_do(school: MadeSchool) -> None:
    close(school.people[Role.TEACHER])
    retention.run(timezone.now() + timedelta(days=365 * 7 - 5), all_rules=True)
    assert Person.objects.get(pk=school.people[Role.TEACHER].pk).name == "Tamsin Ash"
    retention.run(timezone.now() + timedelta(days=366 * 7), all_rules=True)
    assert Person.objects.get(pk=school.people[Role.TEACHER].pk).name == NOBODY
    assert Person.objects.get(pk=school.people[Role.HEAD].pk).name == "Hilary Fry"
