"""Who may not take results is not shown those of single pupils beside what they may see."""

import pytest
from django.test import Client

from keystage.service.accounts.models import Person
from keystage.service.accounts.roles import Role
from keystage.service.gateway.services.correction_requests import Wrong, report_wrong
from service.at_gateway import Gateway, SchoolThere, a_school_there, send
from service.at_results import a_trust, national, released
from service.made import YEAR, a_person


@pytest.fixture(autouse=True)
def near(gateway: Gateway, there: SchoolThere) -> SchoolThere:
    """Make three pupils with a score of 100 in each test, one reported as wrong; return a school of seven."""
    send(there)
    near = a_school_there(gateway, number="9992002", name="Ashbrook Primary School", pupils=7)
    released(gateway, national(there, near))
    one = there.pupils[0]
    wrong = Wrong("test:reading", "Her paper was mixed up", one.upn, str(one), "scaled score 100, AS")
    report_wrong(there.gateway_return, wrong, by=there.manager)
    return near


def page(person: Person, path: str) -> str:
    client = Client()
    client.force_login(person)
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return " ".join(response.content.decode().split())


def moderator(gateway: Gateway) -> Person:
    return a_person(gateway.authority, Role.MODERATION_MANAGER, "Mo Reader")


def test_the_account_manager_of_a_school_sees_no_pupils_result(there: SchoolThere) -> None:
    found = page(there.people[Role.ACCOUNT_MANAGER], f"{there.base}report/")
    assert str(there.pupils[0]) in found
    assert "100, AS" not in found
    assert "300 points" not in found
    assert "100, AS" in page(there.manager, f"{there.base}report/")


@pytest.mark.parametrize("what", ["school/{key}/report/", "school/{key}/", "corrections/"])
def test_a_moderation_manager_sees_no_pupils_result(gateway: Gateway, there: SchoolThere, what: str) -> None:
    path = f"/authority/{gateway.authority.key}/{YEAR}/{what.format(key=there.gateway_return.key)}"
    found = page(moderator(gateway), path)
    assert "100, AS" not in found
    assert "300 points" not in found
    assert "100, AS" in page(gateway.people[Role.DATA_OFFICER], path)


def test_figures_of_the_gateway_do_not_show_a_few_pupils_elsewhere_to_a_trust(near: SchoolThere) -> None:
    trust, analyst = a_trust([near])
    found = page(analyst, f"/authority/{trust.key}/{YEAR}/figures/")
    assert "7 of 7 pupils" in found
    assert ">hidden<" in found, "of ten pupils here all but three are the trust’s own"
