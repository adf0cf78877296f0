"""A gateway with a school, and a program of the school's."""

import pytest
from django.core.cache import cache

from keystage.service.accounts.models import Scope
from keystage.service.accounts.roles import Role
from keystage.service.api import limits
from service.api.asking import Program
from service.at_gateway import Gateway, SchoolThere, a_gateway, a_school_there


@pytest.fixture(autouse=True)
def _nobody_has_asked(db: None) -> None:
    cache.clear()
    limits.forget()


@pytest.fixture
def gateway(db: None) -> Gateway:
    return a_gateway()


@pytest.fixture
def there(gateway: Gateway) -> SchoolThere:
    return a_school_there(gateway)


@pytest.fixture
def program(there: SchoolThere) -> Program:
    return Program(there.organisation, there.people[Role.HEAD], *Scope)
