"""How often somebody may do a thing that costs the service something: send a file, write a message.

What was done is counted in the cache that all processes share. Two requests at the very same moment may count as one:
this slows a flood down, and is no lock.
"""

import hashlib
import time
from typing import NamedTuple

from django.core.cache import cache

from keystage.service.accounts.models import Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.words import plural


class Rate(NamedTuple):
    """So many times within so many seconds."""

    times: int
    seconds: int


FILES = Rate(60, 600)
"""Files that one person sends in a browser: more than anybody needs who looks at what came of each."""
MESSAGES = Rate(20, 600)
"""Messages that one person writes."""


def limited(key: str, rate: Rate) -> int:
    """Count one more time under a key, unless there were too many; return the seconds to wait, 0 for none."""
    name = "rate:" + hashlib.sha256(key.encode()).hexdigest()[:32]
    now = time.time()
    times: list[float] = [each for each in cache.get(name) or () if each > now - rate.seconds]
    if len(times) >= rate.times:
        return max(1, round(times[-rate.times] + rate.seconds - now))
    cache.set(name, [*times, now], rate.seconds)
    return 0


def slow_down(person: Person, done: str, one: str, rate: Rate) -> None:
    """Count that a person does something once more.

    Args:
        person: who.
        done: what they did, as a sentence goes on after “You have”: ``sent``.
        one: one of what they did it to: ``file``.
        rate: how often they may.

    Raises:
        NotAllowedNow: too often; its words say when to try again.
    """
    if wait := limited(f"{done} {one} {person.pk}", rate):
        raise NotAllowedNow(
            f"You have {done} {plural(rate.times, one)} within {_minutes(rate.seconds)}, which is as many as are taken."
            f" Wait {_minutes(wait)}, then try again. This one was not {done}."
        )


def _minutes(seconds: int) -> str:
    return plural(seconds, "second") if seconds < 60 else plural(-(-seconds // 60), "minute")
