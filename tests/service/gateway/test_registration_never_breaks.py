"""Whatever is sent to a page about registration, attendance or dates, it answers; and looking changes nothing."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.models.signals import pre_save
from django.test import Client

from keystage.service.accounts.models import Membership, Person
from keystage.service.accounts.roles import ROLES, OrganisationKind, Role
from keystage.service.gateway.models import Collection, GatewayReturn, RegisteredPupil
from keystage.service.gateway.services import loading
from service.addresses import Address, addresses
from service.at_gateway import Gateway, SchoolThere, a_gateway, a_school_there
from service.made import YEAR
from service.test_no_page_breaks import Attacked, no_longer_than_its_column, strict

_OURS = ("register", "attendance", "declar", "nil", "dates", "registration", "load", "school", "open", "extend")


@pytest.fixture
def gateway(db: None) -> Gateway:
    return a_gateway()


@pytest.fixture
def there(gateway: Gateway) -> SchoolThere:
    return a_school_there(gateway)


@pytest.fixture
def everybody(gateway: Gateway, there: SchoolThere) -> Person:
    """Somebody who may do everything at the school and at the agency."""
    person = there.people[Role.HEAD]
    for organisation in (there.organisation, gateway.agency):
        for role in ROLES[OrganisationKind(organisation.kind)]:
            Membership.objects.get_or_create(person=person, organisation=organisation, role=role, ended_at=None)
    return person


@pytest.fixture
def _strict(everybody: Person) -> Iterator[None]:
    pre_save.connect(no_longer_than_its_column)
    with connection.execute_wrapper(strict):
        yield
    pre_save.disconnect(no_longer_than_its_column)


def ours(namespace: str) -> list[Address]:
    return [
        each
        for each in addresses()
        if each.name.startswith(f"{namespace}:") and any(word in each.route for word in _OURS)
    ]


@pytest.mark.usefixtures("_strict")
@pytest.mark.parametrize("namespace", ["gateway", "agency"])
def test_whatever_is_sent_it_answers(gateway: Gateway, there: SchoolThere, everybody: Person, namespace: str) -> None:
    made = loading.take_in(
        gateway.collection, "a.csv", [b"school,upn,surname,forename,dob,sex\n"], agency=gateway.agency, by=everybody
    )
    client = Client()
    client.force_login(everybody)
    organisation = there.organisation if namespace == "gateway" else gateway.agency
    known = {
        "organisation": [organisation.key],
        "year": [str(YEAR)],
        "opening": ["2025", "2027", "1"],
        "school": [there.gateway_return.key],
        "key": [there.pupils[0].key, made.key],
        "test": ["reading", "maths", "gps"],
    }
    attacked = Attacked(client, known, namespace)
    tried = ours(namespace)
    for address in tried:
        attacked.attack(address)
    assert len(tried) > 10
    assert not attacked.broken, "\n".join(attacked.broken)


def test_looking_changes_nothing(gateway: Gateway, there: SchoolThere, everybody: Person) -> None:
    client = Client()
    client.force_login(everybody)
    before = [list(model.objects.values()) for model in (GatewayReturn, Collection, RegisteredPupil)]
    for namespace, organisation in (("gateway", there.organisation), ("agency", gateway.agency)):
        for address in ours(namespace):
            path = address.path(
                organisation=organisation.key, year=YEAR, school=there.gateway_return.key, key=there.pupils[0].key,
                test="maths", opening=2025,
            )  # fmt: skip
            assert client.get(path).status_code in (200, 404, 405), path
    assert [list(model.objects.values()) for model in (GatewayReturn, Collection, RegisteredPupil)] == before
