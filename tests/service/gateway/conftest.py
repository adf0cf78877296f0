"""A made-up gateway, and a school with three pupils who are expected."""

import pytest
from django.test import Client

from keystage.service.accounts.roles import Role
from service.at_gateway import Gateway, SchoolThere, a_gateway, a_school_there


@pytest.fixture
def gateway(db: None) -> Gateway:
    return a_gateway()


@pytest.fixture
def there(gateway: Gateway) -> SchoolThere:
    return a_school_there(gateway)


@pytest.fixture
def manager(there: SchoolThere) -> Client:
    """The school's data manager, signed in."""
    client = Client()
    client.force_login(there.manager)
    return client


@pytest.fixture
def teacher(there: SchoolThere) -> Client:
    """A teacher of the school, signed in, who may look and change nothing."""
    client = Client()
    client.force_login(there.people[Role.TEACHER])
    return client
