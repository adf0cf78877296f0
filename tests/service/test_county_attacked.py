"""Whatever is sent to a page of an authority or of the agency, by somebody who may do everything there, it answers."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.models.signals import pre_save
from django.test import Client

from keystage.service.accounts.models import Membership, Organisation, Person
from keystage.service.accounts.roles import ROLES, OrganisationKind
from keystage.service.gateway.models import Receipt
from service.addresses import addresses
from service.counties import County, a_county
from service.made import YEAR
from service.test_no_page_breaks import Attacked, no_longer_than_its_column, strict


@pytest.fixture
def county(db: None) -> Iterator[County]:
    made = a_county()
    pre_save.connect(no_longer_than_its_column)
    with connection.execute_wrapper(strict):
        yield made
    pre_save.disconnect(no_longer_than_its_column)


def attacked(county: County, organisation: Organisation, person: Person) -> Attacked:
    for role in ROLES[OrganisationKind(organisation.kind)]:
        Membership.objects.get_or_create(person=person, organisation=organisation, role=role, ended_at=None)
    returns = [each.now() for each in county.schools.values()]
    known = {
        "organisation": [organisation.key],
        "year": [str(YEAR)],
        "key": [*(each.key for each in returns), county.upload.key],
        "number": [Receipt.objects.all()[0].number],
        "file": [each.latest.key for each in returns if each.latest],
    }
    client = Client()
    client.force_login(person)
    return Attacked(client, known, "whatever")


@pytest.mark.parametrize("namespace", ["authority", "agency"])
def test_nothing_that_is_sent_breaks_a_page(county: County, namespace: str) -> None:
    organisation = county.gateway.authority if namespace == "authority" else county.gateway.agency
    person = next(iter(county.gateway.people.values()))
    attack = attacked(county, organisation, person)
    tried = [each for each in addresses() if each.name.startswith(f"{namespace}:")]
    assert len(tried) > 8
    for address in tried:
        attack.attack(address)
    assert not attack.broken, "\n".join(attack.broken)
