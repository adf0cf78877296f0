"""Whatever is sent to the pages that came with results, where there is one of everything, they answer."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.models.signals import pre_save
from django.test import Client

from keystage.service.accounts.models import Membership, Organisation, Person
from keystage.service.accounts.roles import ROLES, OrganisationKind, Role
from keystage.service.gateway.early import Early
from keystage.service.gateway.services.authorities import set_authority_figures
from keystage.service.gateway.services.correction_requests import Wrong, report_wrong
from keystage.service.gateway.services.moderating import moderate, set_sample
from service.addresses import addresses
from service.at_gateway import Gateway, SchoolThere, a_school_there, send
from service.at_results import national, released
from service.made import YEAR
from service.test_no_page_breaks import Attacked, no_longer_than_its_column, strict

_NEW = (
    "report",
    "correction",
    "right",
    "moderat",
    "figures",
    "chase",
    "download",
    "warehouse",
    "ctf",
    "columns",
    "now",
)


def _attack(organisation: Organisation, person: Person, known: dict[str, list[str]], namespace: str) -> list[str]:
    for role in ROLES[OrganisationKind(organisation.kind)]:
        Membership.objects.get_or_create(person=person, organisation=organisation, role=role, ended_at=None)
    client = Client()
    client.force_login(person)
    attack = Attacked(client, {**known, "organisation": [organisation.key]}, "results")
    tried = [each for each in addresses() if each.name.startswith(namespace) and any(x in each.name for x in _NEW)]
    assert tried
    for address in tried:
        attack.attack(address)
    return attack.broken


@pytest.mark.parametrize("namespace", ["authority:", "agency:", "gateway:"])
def test_nothing_that_is_sent_breaks_a_page(gateway: Gateway, there: SchoolThere, namespace: str) -> None:
    send(there)
    officer = gateway.people[Role.DATA_OFFICER]
    set_authority_figures(gateway.collection, gateway.authority, Early.SCHOOLS, 6, by=officer)
    found, one = there.gateway_return, there.pupils[0]
    moderate(found, datetime(2026, 6, 9, tzinfo=UTC).date(), "", by=officer, noted_by=gateway.authority)
    set_sample(found, [one.key], seen=[], how="by hand", by=officer)
    wrong = report_wrong(found, Wrong("writing", "It is GDS", one.upn, str(one), "EXS"), by=there.manager)
    near = a_school_there(gateway, number="9992002", name="Ashbrook Primary School", pupils=7)
    release = released(gateway, national(there, near))
    pupils = [each.key for each in (*found.held.all(), *there.pupils)]
    keys = [found.key, wrong.key, release.key, *(pupils if namespace == "gateway:" else [])]
    known = {"year": [str(YEAR)], "key": keys, "reported": [wrong.key]}
    whose = {"authority:": gateway.authority, "agency:": gateway.agency, "gateway:": there.organisation}[namespace]
    pre_save.connect(no_longer_than_its_column)
    try:
        with connection.execute_wrapper(strict):
            broken = _attack(whose, there.manager if namespace == "gateway:" else officer, known, namespace)
    finally:
        pre_save.disconnect(no_longer_than_its_column)
    assert not broken, "\n".join(broken)
