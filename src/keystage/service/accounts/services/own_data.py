"""What is held about somebody who uses the service: given out to them, and their account closed."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from keystage.service.accounts import recording, sessions
from keystage.service.accounts.models import ApiToken, Invitation, KeptEmail, Membership, Organisation, Person
from keystage.service.accounts.presenters.sentences import sentence
from keystage.service.accounts.services.people import remove
from keystage.service.events import erasing
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Erasure, Event

NOBODY = "Somebody whose account is closed"
"""The name of a person after the years in which what they did must be answered for."""
_AS_SEEN = 200


def events_of(person: Person) -> QuerySet[Event]:
    """Return what somebody did and what was done to them, the newest first."""
    return Event.objects.filter(Q(person=person) | Q(target=person.key)).select_related("person").order_by("-pk")


def own_data(person: Person) -> dict[str, Any]:
    """Return everything that is held about a person as plain values; what they did to pupils without whose it was."""
    return {
        "name": person.name,
        "email": person.email,
        "has_password": person.has_usable_password(),
        "account_made": _moment(person.created_at),
        "last_signed_in": _moment(person.last_login),
        "roles": [
            {
                "organisation": each.organisation.name,
                "role": each.role,
                "classes": each.classes,
                "since": _moment(each.since),
                "until": _moment(each.ended_at),
            }
            for each in Membership.objects.filter(person=person).select_related("organisation").order_by("since")
        ],
        "invitations": [
            {"organisation": each.organisation.name, "sent": _moment(each.sent_at)}
            for each in _invitations(person).select_related("organisation")
        ],
        "second_steps": [
            {"kind": each.type, "since": _moment(each.created_at), "last_used": _moment(each.last_used_at)}
            for each in Authenticator.objects.filter(user=person)
        ],
        "sign_in_elsewhere": list(SocialAccount.objects.filter(user=person).values_list("provider", flat=True)),
        "tokens_made": list(ApiToken.objects.filter(made_by=person).values_list("name", flat=True)),
        "emails_kept": list(KeptEmail.objects.filter(to=person.email).values_list("subject", flat=True)),
        "record": [_line(each, person) for each in events_of(person)],
    }


@transaction.atomic
def copied(person: Person) -> None:
    """Record that somebody took what is held about them."""
    recording.of_person(Kind.OWN_COPIED, person, by=person)


def lines_of(person: Person) -> list[str]:
    """Return the newest of what is on record about a person, in words."""
    return [_line(each, person) for each in list(events_of(person)[:_AS_SEEN])]


@transaction.atomic
def close(person: Person) -> Erasure:
    """Close one's own account: nobody can sign in with it, and the address is free again.

    The name stays with what was signed and done, until the record's words go (``KEYSTAGE_KEEP_EVENT_YEARS``): a school
    must be able to say who signed.

    Raises:
        NotPossible: somewhere nobody would be left who can manage people.
    """
    here = Organisation.objects.filter(memberships__person=person, memberships__ended_at=None).distinct()
    for organisation in here.order_by("pk"):
        remove(organisation, person, by=person)
    invited = _invitations(person)
    erasure = erasing.begin(
        Kind.ACCOUNT_CLOSED, "account", by=person, targets=[person.key, *invited.values_list("key", flat=True)]
    )
    for model in (Authenticator, EmailAddress, SocialAccount):
        model.objects.filter(user=person).delete()
    KeptEmail.objects.filter(to=person.email).delete()
    count = invited.delete()[0]
    person.email, person.is_active, person.last_login = f"{person.key}@closed.invalid", False, None
    person.set_unusable_password()
    person.save(update_fields=["email", "is_active", "last_login", "password"])
    sessions.end_all(person)
    words = erasing.take_words_out(erasure, erasing.of_targets(erasure))
    erasing.finish(erasure, {"events": words, "invitations": count})
    return erasure


def _invitations(person: Person) -> QuerySet[Invitation]:
    return Invitation.objects.filter(Q(email=person.email) | Q(accepted_by=person))


def _line(event: Event, person: Person) -> str:
    who = person.name if event.person_id == person.pk else "Somebody else" if event.person_id else "Keystage"
    target = person.name if event.target == person.key else "somebody"
    return f"{_moment(event.at)}: {sentence(event, who, target)}"


def _moment(value: Any) -> str:
    return timezone.localtime(value).isoformat(timespec="minutes") if value else ""
