"""A made-up school for the tests of the service."""

import pytest

from service.made import MadeSchool, a_school


@pytest.fixture
def school(db: None) -> MadeSchool:
    """A school with its people and a register, and nobody on the roll yet."""
    return a_school()
