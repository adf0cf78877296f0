"""Where a person begins, and how they go from one organisation and place to another."""

import re

import pytest
from django.test import Client

from keystage.service.accounts.models import Membership, Organisation, Person
from keystage.service.accounts.roles import OrganisationKind, Role
from service.made import MadeSchool, a_person, a_school


def an_organisation(kind: OrganisationKind, name: str = "", **fields: object) -> Organisation:
    return Organisation.objects.create(kind=kind, name=name or f"Made-up {kind}", **fields)


def join(person: Person, organisation: Organisation, role: Role) -> None:
    Membership.objects.create(person=person, organisation=organisation, role=role)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def menu(client: Client, address: str) -> str:
    """Return the menu of a page."""
    found = re.search(r'<details class="ks-menu">.*?</details>', client.get(address).content.decode(), re.DOTALL)
    assert found, "there is no menu"
    return found[0]


@pytest.mark.parametrize(
    ("kind", "role", "place"),
    [
        (OrganisationKind.AUTHORITY, Role.DATA_OFFICER, "/authority/{key}/"),
        (OrganisationKind.SECONDARY, Role.RESULTS_READER, "/results/{key}/"),
        (OrganisationKind.AGENCY, Role.HELPDESK, "/agency/{key}/"),
        (OrganisationKind.AGENCY, Role.ACCOUNT_MANAGER, "/organisations/{key}/people/"),
        (OrganisationKind.AUTHORITY, Role.ACCOUNT_MANAGER, "/organisations/{key}/people/"),
    ],
)
def test_who_has_one_place_is_led_there_and_let_in(db: None, kind: OrganisationKind, role: Role, place: str) -> None:
    organisation = an_organisation(kind)
    client = signed_in(a_person(organisation, role, "Some Body"))
    led = client.get("/")
    assert led.headers["Location"] == place.format(key=organisation.key)
    assert client.get(led.headers["Location"]).status_code == 200


def test_a_school_with_two_places_shows_both_with_what_is_done_there(school: MadeSchool) -> None:
    shown = signed_in(school.people[Role.DATA_MANAGER]).get("/").content.decode()
    key = school.organisation.key
    for words in (f'href="/schools/{key}/"', f'href="/gateway/{key}/"', "Registration, upload", "Pupils, marksheet"):
        assert words in shown


def test_a_trust_has_its_schools_and_their_results(db: None) -> None:
    trust = an_organisation(OrganisationKind.TRUST)
    shown = signed_in(a_person(trust, Role.ANALYST, "Jude Penn")).get("/").content.decode()
    for href in (f"/authority/{trust.key}/", f"/results/{trust.key}/"):
        assert f'href="{href}"' in shown


def test_several_organisations_stand_side_by_side(school: MadeSchool) -> None:
    person = school.people[Role.DATA_MANAGER]
    other = a_school(name="Ottermere Primary School", number="9992002").organisation
    join(person, other, Role.TEACHER)
    trust = an_organisation(OrganisationKind.TRUST, "Quell Trust")
    join(person, trust, Role.ANALYST)
    shown = signed_in(person).get("/").content.decode()
    assert re.findall(r'<h2[^>]*id="organisation-\w+">([^<]+)', shown) == [
        "Ottermere Primary School ", "Quell Trust", "Quellbridge Primary School ",
    ]  # fmt: skip
    assert f'href="/results/{trust.key}/"' in shown


def test_who_belongs_nowhere_is_told_whom_to_ask(db: None) -> None:
    shown = signed_in(Person.objects.create_user("a@school.example", None, name="A B")).get("/").content.decode()
    assert "You do not belong to any organisation" in shown


def test_the_menu_leads_to_the_other_place_and_to_the_other_organisations(school: MadeSchool) -> None:
    person = school.people[Role.DATA_MANAGER]
    other = a_school(name="Ottermere Primary School", number="9992002").organisation
    join(person, other, Role.TEACHER)
    found = menu(signed_in(person), school.base)
    key = school.organisation.key
    for href in (
        f"/schools/{key}/",
        f"/gateway/{key}/",
        f"/organisations/{key}/people/",
        f"/schools/{other.key}/",
        "/",
    ):
        assert f'href="{href}"' in found
    assert f'href="/schools/{key}/" aria-current="true"' in found


def test_the_menu_names_no_organisation_that_a_person_has_left(school: MadeSchool) -> None:
    person = school.people[Role.DATA_MANAGER]
    other = a_school(name="Ottermere Primary School", number="9992002").organisation
    join(person, other, Role.TEACHER)
    person.memberships.filter(organisation=other).update(ended_at="2026-01-01T00:00Z")
    assert "Ottermere" not in menu(signed_in(person), school.base)


def test_the_menu_leads_nowhere_where_one_may_not_go(db: None) -> None:
    agency = an_organisation(OrganisationKind.AGENCY)
    client = signed_in(a_person(agency, Role.ACCOUNT_MANAGER, "Alex Ward"))
    found = menu(client, f"/organisations/{agency.key}/people/")
    links = re.findall(r'href="([^"]+)"', found)
    assert f"/agency/{agency.key}/" not in links
    assert [client.get(each).status_code for each in links] == [200] * (len(links) - 1) + [302]


def test_somebody_with_forty_schools_finds_the_rest_on_the_page_of_all(school: MadeSchool) -> None:
    person = school.people[Role.DATA_MANAGER]
    for number in range(40):
        made = an_organisation(OrganisationKind.SCHOOL, f"School {number:02}", number=f"99930{number:02}")
        join(person, made, Role.DATA_MANAGER)
    client = signed_in(person)
    found = menu(client, school.base)
    assert "School 11" in found
    assert "School 12" not in found
    assert "All your organisations (28 more)" in found
    assert "School 39" in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (OrganisationKind.SCHOOL, "Practice school: made-up data."),
        (OrganisationKind.AUTHORITY, "Practice authority: made-up data."),
        (OrganisationKind.AGENCY, "Practice agency: made-up data."),
    ],
)
def test_a_practice_organisation_says_what_it_is(db: None, kind: OrganisationKind, words: str) -> None:
    organisation = an_organisation(kind, is_practice=True)
    client = signed_in(a_person(organisation, Role.ACCOUNT_MANAGER, "Alex Ward"))
    assert words in client.get(f"/organisations/{organisation.key}/people/").content.decode()


@pytest.mark.parametrize("kind", list(OrganisationKind))
def test_who_may_let_programs_in_is_led_to_the_tokens_where_a_program_can_do_something(
    db: None, kind: OrganisationKind
) -> None:
    organisation = an_organisation(kind)
    client = signed_in(a_person(organisation, Role.ACCOUNT_MANAGER, "Some Body"))
    page = client.get(f"/organisations/{organisation.key}/people/").content.decode()
    assert (f'href="/organisations/{organisation.key}/tokens/"' in page) == (kind is not OrganisationKind.AGENCY)
