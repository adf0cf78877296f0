"""The people of the demonstration, whom its sign-in page names. Everybody in it is made up."""

from typing import NamedTuple

from keystage.service.accounts.models import Membership
from keystage.service.accounts.presenters.people import role_words
from keystage.service.design.words import join_words

PASSWORD = "practice makes perfect"  # noqa: S105 - printed for everybody to use
"""Of every made-up person."""


class DemoPerson(NamedTuple):
    """Somebody as whom a newcomer can sign in."""

    roles: str
    name: str
    email: str
    organisation: str


def demo_people() -> list[DemoPerson]:
    """Return the people of practice organisations, and what each is."""
    found: dict[tuple[int, int], tuple[Membership, list[str]]] = {}
    memberships = Membership.objects.filter(organisation__is_practice=True, ended_at=None)
    for each in memberships.select_related("person", "organisation").order_by("pk"):
        _, roles = found.setdefault((each.organisation_id, each.person_id), (each, []))
        roles.append(role_words(each.role, each.classes))
    return [
        DemoPerson(join_words(roles).capitalize(), str(each.person), each.person.email, str(each.organisation))
        for each, roles in found.values()
    ]
