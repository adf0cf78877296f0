"""The page of the marksheet."""

from django.test import Client

from keystage.service.accounts.roles import Role
from service.made import MadeSchool


def page(client: Client, school: MadeSchool, query: str = "", role: Role = Role.DATA_MANAGER) -> str:
    client.force_login(school.people[role])
    response = client.get(f"{school.base}marksheet/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_a_school_without_pupils_is_told_to_load_the_roll(client: Client, school: MadeSchool) -> None:
    assert "There are no pupils to enter judgements for" in page(client, school)


def test_each_open_cell_has_an_input_that_says_subject_and_pupil(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    text = page(client, school)
    assert 'aria-label="Writing, Ada Example"' in text
    assert 'aria-label="Reading, Ada Example"' not in text
