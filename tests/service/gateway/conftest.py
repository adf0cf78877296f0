"""A made-up gateway, and a school with three pupils who are expected."""

import pytest

from service.at_gateway import Gateway, SchoolThere, a_gateway, a_school_there


@pytest.fixture
def gateway(db: None) -> Gateway:
    return a_gateway()


@pytest.fixture
def there(gateway: Gateway) -> SchoolThere:
    return a_school_there(gateway)
