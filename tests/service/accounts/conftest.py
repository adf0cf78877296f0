"""What the tests of people share: nobody has failed to sign in yet."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _nobody_has_failed(request: pytest.FixtureRequest) -> None:
    if "browser" not in request.fixturenames:  # the server that a browser visits has a database of its own
        request.getfixturevalue("db")
        cache.clear()
