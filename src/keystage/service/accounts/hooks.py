"""What a side tells the room below it: accounts know no pupils and no classes, so whoever does says so here."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from django.dispatch import Signal

from keystage.service.accounts.models import Organisation
from keystage.service.accounts.roles import Permission

ClassNames = Callable[[Organisation], Collection[str]]
Names = Callable[[Organisation, Collection[str]], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Place:
    """A side that an organisation has: where its people can go."""

    text: str
    href: str
    says: str
    """What is done there, in a line."""
    order: int = 0
    side: str = ""
    """The side it is on: ``school``, ``gateway`` or ``authority``."""
    needs: Permission | None = None
    """What somebody must be allowed to do to be let in; None where everybody of the organisation is."""


Places = Callable[[Organisation], Iterable[Place]]

_places: list[Places] = []
_class_names: list[ClassNames] = []
_target_names: list[Names] = []

person_left = Signal()
"""A person was removed from an organisation: sent with ``person``, ``organisation`` and ``by``, in its transaction."""

role_ended = Signal()
"""A person who stays is no longer something there: sent with ``role`` besides, in the transaction of the change."""


def tell_places(hook: Places) -> None:
    """Register a function that returns the places that an organisation has on a side."""
    _places.append(hook)


def places(organisation: Organisation) -> list[Place]:
    """Return the places of an organisation on all sides, in order."""
    return sorted((place for hook in _places for place in hook(organisation)), key=lambda each: each.order)


def place_on(side: str, organisation: Organisation) -> Place | None:
    """Return an organisation's place on a side; None where that side is not served here."""
    return next((place for place in places(organisation) if place.side == side), None)


def tell_class_names(hook: ClassNames) -> None:
    """Register a function that returns the names of an organisation's classes."""
    _class_names.append(hook)


def tell_target_names(hook: Names) -> None:
    """Register a function that returns, by key, the names of what events are about: pupils, files, returns."""
    _target_names.append(hook)


def class_names(organisation: Organisation) -> list[str]:
    """Return the names of an organisation's classes, sorted."""
    return sorted({name for hook in _class_names for name in hook(organisation) if name})


def target_names(organisation: Organisation, keys: Collection[str]) -> dict[str, str]:
    """Return the names of what these keys stand for, as far as anybody knows them."""
    return {key: name for hook in _target_names for key, name in hook(organisation, keys).items()}
