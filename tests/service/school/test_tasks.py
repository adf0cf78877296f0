"""The home page of a year."""

from django.test import Client

from keystage.service.accounts.roles import Role
from service.made import MadeSchool


def page(client: Client, school: MadeSchool, path: str = "") -> str:
    client.force_login(school.people[Role.DATA_MANAGER])
    response = client.get(school.base + path)
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_year_begins_with_the_roll(client: Client, school: MadeSchool) -> None:
    text = page(client, school)
    assert "Not started." in text
    assert "Next: load the roll" in text


def test_what_is_left_is_counted(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    text = page(client, school)
    assert "Incomplete." in text
    assert "2 judgements left" in text
    assert "Marksheet (2 left)" in text
