"""Nobody is made to do anything by a page of somebody else: every form asks for the token that only our pages hold."""

import pytest
from django.test import Client

from keystage.service.events.models import Event
from service.addresses import addresses
from service.counties import a_county
from service.made import YEAR

_FOR_PROGRAMS = "api-v1:"
_REFUSED = {403, 404, 405}


@pytest.mark.django_db
def test_without_the_token_of_our_pages_no_form_is_taken() -> None:
    county = a_county()
    there = next(iter(county.schools.values()))
    before = Event.objects.count()
    client = Client(enforce_csrf_checks=True)
    client.force_login(there.manager)
    taken = {}
    for address in addresses():
        if not address.name.startswith(_FOR_PROGRAMS):
            path = address.path(organisation=there.organisation.key, year=YEAR, key=there.gateway_return.key)
            status = client.post(path, {"a": "b"}).status_code
            if status not in _REFUSED:
                taken[address.name] = status
    assert not taken
    assert Event.objects.count() == before
