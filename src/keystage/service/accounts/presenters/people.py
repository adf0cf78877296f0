"""The people of an organisation, as its page lists them."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.utils import timezone

from keystage.service.accounts.models import Invitation, Membership, Organisation, Person
from keystage.service.accounts.roles import Role

_DEVICES = {Authenticator.Type.TOTP: "Authenticator app", Authenticator.Type.WEBAUTHN: "Passkey"}


@dataclass(slots=True)
class Row:
    """Somebody who belongs to the organisation."""

    key: str
    name: str
    email: str
    last_sign_in: datetime | None
    roles: list[str] = field(default_factory=list)
    second_step: str = "Code by email"


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who was invited and has not come yet."""

    key: str
    email: str
    roles: str
    sent_at: datetime
    expires_at: datetime
    is_over: bool


@dataclass(frozen=True, slots=True)
class PeopleOf:
    """Everybody of an organisation."""

    rows: list[Row]
    invited: list[Invited]


def people_of(organisation: Organisation) -> PeopleOf:
    """Return who belongs to an organisation, by name, and who is invited: three queries."""
    memberships = Membership.objects.filter(organisation=organisation, ended_at=None).select_related("person")
    rows: dict[int, Row] = {}
    for each in sorted(memberships, key=lambda each: (str(each.person).casefold(), each.person_id, each.role)):
        row = rows.setdefault(each.person_id, _row(each.person))
        row.roles.append(role_words(each.role, each.classes))
    devices: dict[int, set[str]] = defaultdict(set)
    for user, kind in Authenticator.objects.filter(user__in=rows).values_list("user", "type"):
        if kind in _DEVICES:
            devices[user].add(_DEVICES[kind])
    for pk, names in devices.items():
        rows[pk].second_step = ", ".join(sorted(names)).capitalize()
    return PeopleOf(list(rows.values()), _invited(organisation))


def role_words(role: str, classes: list[str]) -> str:
    """Return a role as people say it: ``Teacher of Oak, Elm``."""
    words = str(role).capitalize()
    return f"{words} of {', '.join(classes)}" if role == Role.TEACHER and classes else words


def _row(person: Person) -> Row:
    return Row(person.key, str(person), person.email, person.last_login)


def _invited(organisation: Organisation) -> list[Invited]:
    now = timezone.now()
    return [
        Invited(
            key=each.key,
            email=each.email,
            roles=", ".join(role_words(role, each.classes) for role in each.roles),
            sent_at=each.sent_at,
            expires_at=each.expires_at,
            is_over=each.expires_at <= now,
        )
        for each in Invitation.objects.filter(organisation=organisation, accepted_at=None, withdrawn_at=None).order_by(
            "email"
        )
    ]
