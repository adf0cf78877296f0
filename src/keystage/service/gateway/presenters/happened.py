"""What happened at the gateway, of many schools at once: a pupil is not named there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from keystage.service.accounts.presenters.sentences import sentence
from keystage.service.events.models import Event


@dataclass(frozen=True, slots=True)
class Happening:
    """One line."""

    at: datetime
    school: str
    """The school, or whoever's record it is in."""
    what: str


def happened_in(events: Iterable[Event]) -> list[Happening]:
    """Return events in words."""
    return [
        Happening(
            each.at, str(each.organisation or ""), sentence(each, str(each.person or "Keystage"), "a pupil or person")
        )
        for each in events
    ]
