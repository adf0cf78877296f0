"""The home page of a year."""

from django.test import Client

from keystage.service.accounts.roles import Role
from keystage.service.school.models import Stage
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


def test_a_nil_return_asks_for_no_pupils(client: Client, school: MadeSchool) -> None:
    school.school_return.nil_reason = "There is no Year 6."
    school.school_return.save()
    text = page(client, school)
    assert "Next: headteacher signs the return" in text
    assert text.count("Not needed") == 7, "the roll, the register, who is in, marksheet, checks, the file, the results"


def test_a_return_that_was_changed_after_it_was_sent_says_so(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    school.school_return.stage = Stage.SENT
    school.school_return.save()
    assert "Sent, and changed since." in page(client, school)


def test_a_way_leads_back_to_the_years_the_people_and_the_settings(client: Client, school: MadeSchool) -> None:
    years = school.base.removesuffix(f"{school.school_return.year}/")
    assert page(client, school).count(f'href="{years}"') == 2, "from above the heading, and from the school's name"
    assert f'href="{years}"' in page(client, school, "pupils/")
