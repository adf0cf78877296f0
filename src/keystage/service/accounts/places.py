"""Where somebody can go: the organisations that they belong to, and the places that each has for them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from keystage.service.accounts.hooks import Place, places
from keystage.service.accounts.models import Membership, Organisation
from keystage.service.accounts.roles import Permission, Role, allowed
from keystage.service.accounts.services.tokens import scopes_for

_COMMON = (
    ("People", "accounts:people", "Who belongs here, and what each may do", Permission.SEE_PEOPLE),
    ("Record", "accounts:audit", "Who did what", Permission.SEE_AUDIT),
)
_TOKENS = ("Programs", "accounts:tokens", "Tokens with which programs work for it", Permission.MANAGE_TOKENS)
"""For organisations for which a program can do something."""


@dataclass(frozen=True, slots=True)
class Belonging:
    """An organisation that somebody belongs to, and where they can go in it."""

    organisation: Organisation
    places: tuple[Place, ...]
    """Where its work is done; none for somebody who only looks after its people."""
    others: tuple[Place, ...]
    """Its people, and its record."""

    @property
    def href(self) -> str:
        """Where one begins: the first place that there is."""
        return (*self.places, *self.others)[0].href

    @property
    def about(self) -> str:
        """What tells it from another of the same name: its number, and whether it is made up."""
        practice = "practice" if self.organisation.is_practice else ""
        return ", ".join(part for part in (self.organisation.number, practice) if part)


def belongings(memberships: Iterable[Membership]) -> list[Belonging]:
    """Return what somebody with these memberships belongs to, by name."""
    held: dict[int, tuple[Organisation, list[Role]]] = {}
    for each in sorted(memberships, key=lambda each: (each.organisation.name.casefold(), each.organisation_id)):
        held.setdefault(each.organisation_id, (each.organisation, []))[1].append(Role(each.role))
    return [belonging(organisation, allowed(roles)) for organisation, roles in held.values()]


def belonging(organisation: Organisation, permissions: frozenset[Permission]) -> Belonging:
    """Return where somebody with these permissions can go in an organisation."""
    where = {"organisation": organisation.key}
    pages = (*_COMMON, _TOKENS) if scopes_for(organisation) else _COMMON
    common = [Place(text, reverse(name, kwargs=where), says, 9, needs=needed) for text, name, says, needed in pages]
    return Belonging(organisation, _open(places(organisation), permissions), _open(common, permissions))


def _open(found: Iterable[Place], permissions: frozenset[Permission]) -> tuple[Place, ...]:
    return tuple(place for place in found if place.needs is None or place.needs in permissions)
