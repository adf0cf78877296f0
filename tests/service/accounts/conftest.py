"""What the tests of people share: nobody has failed to sign in yet."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _nobody_has_failed(db: None) -> Iterator[None]:
    cache.clear()
    yield
