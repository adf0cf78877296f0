"""Slowing down those who guess, without keeping out those who know.

Failures are counted for an account *and* where they come from: an address, or a browser in which the person has signed
in before. Never for the account alone: then anybody who knows a headteacher's email address could lock the
headteacher out on the last day. What guessing from many addresses still allows is met by the second step.

An address that fails with many accounts is slowed as well; a browser known to the person is not, because a whole
school may share one address.
"""

import hashlib
import time
from typing import NamedTuple

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from keystage.service.accounts.browser import browser_of
from keystage.service.accounts.models import Person

FREE = 5
"""So many failures cost nothing; then each doubles the wait."""
FIRST_WAIT, LONGEST_WAIT = 15, 900
"""Seconds."""
FREE_BY_ADDRESS = 50
"""So many failures of one address, with any accounts, cost nothing."""
REMEMBERED = 24 * 3600
"""Seconds without a failure, after which all is forgotten."""


class _Failures(NamedTuple):
    times: int = 0
    last: float = 0.0


def address_of(request: HttpRequest) -> str:
    """Return the address that a request comes from."""
    return str(get_adapter(request).get_client_ip(request))


def seconds_to_wait(request: HttpRequest, email: str) -> int:
    """Return how long this visitor must wait before the next attempt with an account; 0 for not at all."""
    own, shared = _keys(request, email)
    waits = [_left(_failures(own), FREE)]
    if shared:
        waits.append(_left(_failures(shared), FREE_BY_ADDRESS))
    return max(waits)


def failed(request: HttpRequest, email: str) -> None:
    """Count a failure: a wrong password or a wrong code."""
    for key in filter(None, _keys(request, email)):
        cache.set(key, (_failures(key).times + 1, time.time()), REMEMBERED)


def succeeded(request: HttpRequest, email: str) -> None:
    """Forget the failures of this visitor with this account: the person is in, with both steps."""
    cache.delete(_keys(request, email)[0])


def _keys(request: HttpRequest, email: str) -> tuple[str, str]:
    """Return what failures are counted by: this visitor and account, and the address unless the browser is known."""
    browser = browser_of(request)
    person = Person.objects.filter(email=email.lower()).first()
    address = address_of(request)
    if person and browser.knows(person):
        return _key("browser", browser.key, email), ""
    return _key("address", address, email), _key("address", address)


def _key(*parts: str) -> str:
    return "sign-in:" + hashlib.sha256("\0".join(parts).lower().encode()).hexdigest()[:32]


def _failures(key: str) -> _Failures:
    return _Failures(*(cache.get(key) or ()))


def _left(failures: _Failures, free: int) -> int:
    over = failures.times - free
    if over < 0:
        return 0
    wait: float = min(FIRST_WAIT << min(over, 10), LONGEST_WAIT)
    return max(0, round(failures.last + wait - time.time()))
