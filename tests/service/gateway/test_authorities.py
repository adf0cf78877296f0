"""An authority's own date: within the collection, kept with who and when, and taken back."""

from datetime import timedelta

import pytest

from keystage.service.accounts.roles import Role
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.gateway.dates import authority_settings, dates_of
from keystage.service.gateway.services.authorities import set_authority_date
from service.at_gateway import Gateway, a_gateway, a_school_there


@pytest.fixture
def gateway(db: None) -> Gateway:
    return a_gateway()


def test_an_authoritys_date_is_when_its_schools_are_wanted(gateway: Gateway) -> None:
    there = a_school_there(gateway)
    due = gateway.collection.closes_at - timedelta(days=7)
    set_authority_date(gateway.collection, gateway.authority, due, by=gateway.people[Role.DATA_OFFICER])
    dates = dates_of(there.now(), authority_settings(there.now()))
    assert (dates.wanted_by, dates.closes_at) == (due, gateway.collection.closes_at)
    assert Event.objects.get(kind=Kind.AUTHORITY_DATE_SET).data["after"] == due.isoformat()


def test_a_date_outside_the_collection_is_refused(gateway: Gateway) -> None:
    late = gateway.collection.closes_at + timedelta(seconds=1)
    for due in (late, gateway.collection.opens_at):
        with pytest.raises(NotAllowedNow, match="Your date must be after"):
            set_authority_date(gateway.collection, gateway.authority, due, by=gateway.people[Role.DATA_OFFICER])


def test_a_date_can_be_taken_back(gateway: Gateway) -> None:
    officer = gateway.people[Role.DATA_OFFICER]
    due = gateway.collection.closes_at - timedelta(days=7)
    set_authority_date(gateway.collection, gateway.authority, due, by=officer)
    assert set_authority_date(gateway.collection, gateway.authority, None, by=officer).due_at is None
    assert Event.objects.filter(kind=Kind.AUTHORITY_DATE_SET).count() == 2


def test_the_same_date_again_is_no_event(gateway: Gateway) -> None:
    officer = gateway.people[Role.DATA_OFFICER]
    due = gateway.collection.closes_at - timedelta(days=7)
    for _ in range(2):
        set_authority_date(gateway.collection, gateway.authority, due, by=officer)
    assert Event.objects.filter(kind=Kind.AUTHORITY_DATE_SET).count() == 1
