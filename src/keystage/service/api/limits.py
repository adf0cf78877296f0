"""How often a program may ask: so that one that has run wild takes nothing from the others.

Requests are counted for each token, and failures for each address: a supplier's server may send for a thousand schools
from one address, so an address is slowed only where its tokens are wrong. A process counts by itself and adds to the
shared count in steps, because a write to the database at every request would cost more than it guards. The limit is
exact to a step for each process.
"""

import threading
import time

from django.core.cache import cache

SECONDS = 60
FOR_A_TOKEN = 600
"""Requests of a token within :data:`SECONDS`."""
FAILURES_OF_AN_ADDRESS = 60
"""Requests of an address with a wrong token within :data:`SECONDS`."""
_STEP = 10

_lock = threading.Lock()
_own: dict[str, int] = {}
_window = 0


def seconds_to_wait(what: str, most: int) -> int:
    """Count one request; return after how many seconds the next is welcome, 0 for at once.

    Args:
        what: whose request: ``token:…`` or ``address:…``.
        most: so many are welcome within a minute.
    """
    now = time.time()
    window = int(now // SECONDS)
    own = _counted(what, window)
    if own <= most and own % _STEP == 0 and _add(f"api:{window}:{what}", _STEP) > most:
        own = _counted(what, window, most)  # the others have used it up: it is over here too, until the next minute
    return int((window + 1) * SECONDS - now) + 1 if own > most else 0


def forget() -> None:
    """Forget what this process has counted: for tests."""
    with _lock:
        _own.clear()


def _counted(what: str, window: int, more: int = 1) -> int:
    global _window  # noqa: PLW0603 - the counts of this process
    with _lock:
        if window != _window:
            _own.clear()
            _window = window
        _own[what] = _own.get(what, 0) + more
        return _own[what]


def _add(key: str, count: int) -> int:
    cache.add(key, 0, 2 * SECONDS)
    try:
        return int(cache.incr(key, count))
    except ValueError:  # it was thrown out between the two
        return count
