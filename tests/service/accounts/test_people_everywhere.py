"""People of every kind of organisation: invited, changed, removed, but never the last who can manage them."""

import re
from html import unescape

import pytest
from django.core import mail
from django.test import Client

from keystage.service.accounts.forms.people import ROLE_HINTS
from keystage.service.accounts.models import Membership, Organisation, Person
from keystage.service.accounts.roles import ROLES, OrganisationKind, Permission, Role, allowed
from service.made import a_person

KINDS = tuple(OrganisationKind)
ELSEWHERE = tuple(kind for kind in KINDS if kind != OrganisationKind.SCHOOL)
THE = {
    OrganisationKind.SCHOOL: "the school",
    OrganisationKind.AUTHORITY: "the authority",
    OrganisationKind.TRUST: "the trust",
    OrganisationKind.SECONDARY: "the school",
    OrganisationKind.AGENCY: "the agency",
}


class Place:
    """An organisation, its account manager, and the manager's browser."""

    def __init__(self, kind: OrganisationKind) -> None:
        self.organisation = Organisation.objects.create(kind=kind, name=f"Made-up {kind}")
        self.manager = a_person(self.organisation, Role.ACCOUNT_MANAGER, "Alex Ward")
        self.client = Client()
        self.client.force_login(self.manager)

    def to(self, rest: str = "") -> str:
        return f"/organisations/{self.organisation.key}/people/{rest}"

    def roles_of(self, person: Person) -> set[str]:
        held = Membership.objects.filter(organisation=self.organisation, person=person, ended_at=None)
        return set(held.values_list("role", flat=True))


@pytest.fixture(params=KINDS, ids=str)
def place(request: pytest.FixtureRequest, db: None) -> Place:
    return Place(request.param)


def test_the_roles_offered_are_those_of_the_kind_each_with_what_it_does(place: Place) -> None:
    shown = place.client.get(place.to("invite/")).content.decode()
    assert re.findall(r'name="roles"[^>]*value="([^"]+)"', shown) == [
        str(role) for role in ROLES[OrganisationKind(place.organisation.kind)]
    ]
    for role in ROLES[OrganisationKind(place.organisation.kind)]:
        assert ROLE_HINTS[role] in unescape(shown)


def test_somebody_is_invited_accepts_and_is_let_in(place: Place) -> None:
    role = ROLES[OrganisationKind(place.organisation.kind)][0]
    place.client.post(place.to("invite/"), {"email": "new@work.example", "roles": [role]})
    link = re.search(r"/invitation/\S+", mail.outbox[-1].body)
    assert link
    newcomer = Client()
    newcomer.post(link[0], {"name": "New Comer", "password": "a long made-up password"})
    person = Person.objects.get(email="new@work.example")
    assert place.roles_of(person) == {role}


def test_a_role_of_another_kind_of_organisation_is_refused(place: Place) -> None:
    kind = OrganisationKind(place.organisation.kind)
    for role in set(Role) - set(ROLES[kind]):
        answer = place.client.post(place.to("invite/"), {"email": "new@work.example", "roles": [role]})
        assert answer.status_code == 200, f"{role} was given at a {kind}"
    assert not mail.outbox


def test_somebody_is_changed_and_removed(place: Place) -> None:
    first, *_ = ROLES[OrganisationKind(place.organisation.kind)]
    person = a_person(place.organisation, first, "Some Body")
    place.client.post(place.to(f"{person.key}/"), {"roles": [first, Role.ACCOUNT_MANAGER]})
    assert place.roles_of(person) == {first, Role.ACCOUNT_MANAGER}
    shown = place.client.get(place.to(f"{person.key}/")).content.decode()
    assert f"Remove Some Body from {THE[OrganisationKind(place.organisation.kind)]}<" in shown
    place.client.post(place.to(f"{person.key}/remove/"))
    assert place.roles_of(person) == set()


def test_the_last_person_who_can_manage_stays(place: Place) -> None:
    shown = place.client.post(place.to(f"{place.manager.key}/remove/"), follow=True).content.decode()
    assert "Alex Ward is the last person who can invite and remove people" in shown
    assert place.roles_of(place.manager) == {Role.ACCOUNT_MANAGER}


@pytest.mark.parametrize("kind", ELSEWHERE, ids=str)
def test_the_advice_names_no_role_that_is_not_there(db: None, kind: OrganisationKind) -> None:
    place = Place(kind)
    shown = place.client.post(place.to(f"{place.manager.key}/remove/"), follow=True).content.decode()
    assert "Give somebody else the role of account manager first." in shown
    assert "headteacher" not in shown


def test_the_record_is_read_and_narrowed(place: Place) -> None:
    place.client.post(place.to("invite/"), {"email": "new@work.example", "roles": [Role.ACCOUNT_MANAGER]})
    record = f"/organisations/{place.organisation.key}/record/"
    shown = place.client.get(record).content.decode()
    assert "Alex Ward invited new@work.example as account manager" in shown
    is_school = place.organisation.kind == OrganisationKind.SCHOOL
    assert ('value="judgements"' in shown) == is_school
    for group in re.findall(r'<option value="(\w+)"', shown):
        assert place.client.get(f"{record}?about={group}").status_code == 200
    assert place.client.get(f"{record}download/").status_code == 200


def test_everybody_sees_who_belongs_and_only_some_may_change_it(place: Place) -> None:
    for role in ROLES[OrganisationKind(place.organisation.kind)]:
        client = Client()
        client.force_login(a_person(place.organisation, role, f"{role.title().replace(' ', '')} Person"))
        shown = client.get(place.to()).content.decode()
        assert "Alex Ward" in shown
        assert ("Invite somebody" in shown) == (Permission.MANAGE_PEOPLE in allowed([role]))
