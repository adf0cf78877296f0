"""The schools that can be reminded, each with what is missing and how many people would be written to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from keystage.service.gateway.models import GatewayReturn
from keystage.service.gateway.presenters.states import capital
from keystage.service.gateway.services.chasing import owes, was_chased_today


@dataclass(frozen=True, slots=True)
class Candidate:
    """A school that has not finished."""

    key: str
    name: str
    number: str
    owes: str
    people: int
    """How many of its people can send files, and are written to."""
    chased_at: datetime | None
    chased_by: str
    is_chased_today: bool
    is_ticked: bool


def candidates(returns: Iterable[GatewayReturn], people: Mapping[int, int], ticked: set[str] | None) -> list[Candidate]:
    """Return the schools that something is missing of.

    Args:
        returns: the schools' returns.
        people: how many people can be written to, by school.
        ticked: the keys that a person ticked; None where nobody has yet: everybody who can be written to and was not
            reminded today.
    """
    return [_candidate(each, people.get(each.school_id, 0), ticked) for each in returns if owes(each)]


def _candidate(found: GatewayReturn, people: int, ticked: set[str] | None) -> Candidate:
    today = was_chased_today(found)
    return Candidate(
        found.key, found.school.name, found.number, capital(owes(found)), people, found.chased_at,
        found.chased_by.name if found.chased_by else "", today,
        people > 0 and (not today if ticked is None else found.key in ticked),
    )  # fmt: skip
