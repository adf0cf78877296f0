"""Inviting people: sent, sent again, withdrawn, accepted."""

import secrets
from collections.abc import Callable, Collection
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from keystage.service.accounts import mail
from keystage.service.accounts.models import Invitation, Membership, Organisation, Person
from keystage.service.accounts.models.invitations import hash_of
from keystage.service.accounts.roles import OrganisationKind, Role
from keystage.service.accounts.services.people import add_role
from keystage.service.accounts.services.refusals import NotPossible
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record

VALID_FOR = timedelta(days=7)

LinkOf = Callable[[str], str]
"""Returns the address that a token leads to."""

_GONE = "This invitation is not valid any more. Ask the person who invited you to send it again."


@transaction.atomic
def invite(
    organisation: Organisation,
    email: str,
    roles: Collection[Role],
    classes: Collection[str],
    *,
    by: Person,
    link: LinkOf,
) -> Invitation:
    """Invite somebody; an open invitation to the same address is withdrawn for it.

    Raises:
        NotPossible: they are all of that here already.
        MailFailed: the email could not be sent; nobody is invited then.
    """
    email = email.lower()
    has = Membership.objects.filter(organisation=organisation, person__email=email, ended_at=None)
    if has.exists():
        raise NotPossible("This person belongs to the organisation already. Change what they are instead.")
    for earlier in _open(organisation).filter(email=email).select_for_update():
        _withdraw(earlier, by=by)
    token = secrets.token_urlsafe(32)
    made = Invitation.objects.create(
        organisation=organisation,
        email=email,
        roles=[str(role) for role in roles],
        classes=list(classes),
        invited_by=by,
        **_fresh(token),
    )
    record(Kind.INVITED, by=by, organisation=organisation, target=made.key, email=email, roles=made.roles)
    _send(made, link(token))
    return made


@transaction.atomic
def send_again(invitation: Invitation, *, by: Person, link: LinkOf) -> None:
    """Send an invitation once more, with a new link; the old link does not work any more.

    Raises:
        NotPossible: it was accepted or withdrawn.
        MailFailed: the email could not be sent; the old link goes on working.
    """
    locked = _lock(invitation)
    token = secrets.token_urlsafe(32)
    for name, value in _fresh(token).items():
        setattr(locked, name, value)
    locked.save()
    record(Kind.INVITED_AGAIN, by=by, organisation=locked.organisation, target=locked.key, email=locked.email)
    _send(locked, link(token))


@transaction.atomic
def withdraw(invitation: Invitation, *, by: Person) -> None:
    """Take an invitation back: its link does not work any more.

    Raises:
        NotPossible: it was accepted or withdrawn already.
    """
    _withdraw(_lock(invitation), by=by)


def find(token: str) -> Invitation | None:
    """Return the invitation that a link stands for, where it is open and not too old."""
    return (
        Invitation.objects.filter(token_hash=hash_of(token), accepted_at=None, withdrawn_at=None)
        .filter(expires_at__gt=timezone.now())
        .select_related("organisation", "invited_by")
        .first()
    )


@transaction.atomic
def accept_as_new(token: str, name: str, password: str) -> Person:
    """Make the person who was invited.

    Raises:
        NotPossible: the link is not valid any more, or somebody has the address already.
    """
    invitation = _lock_by(token)
    if Person.objects.filter(email=invitation.email).exists():
        raise NotPossible("You have an account already. Sign in, then follow the link of the invitation again.")
    person = Person.objects.create_user(invitation.email, password, name=name)
    _accept(invitation, person)
    return person


@transaction.atomic
def accept(token: str, person: Person) -> Organisation:
    """Let a person who has an account be what they were invited as.

    Raises:
        NotPossible: the link is not valid any more, or is somebody else's.
    """
    invitation = _lock_by(token)
    if invitation.email != person.email:
        raise NotPossible("This invitation was sent to another email address than yours.")
    _accept(invitation, person)
    return invitation.organisation


def _accept(invitation: Invitation, person: Person) -> None:
    organisation = invitation.organisation
    invitation.accepted_at, invitation.accepted_by = timezone.now(), person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    record(Kind.JOINED, by=person, organisation=organisation, target=person.key)
    held = set(person.memberships.filter(organisation=organisation, ended_at=None).values_list("role", flat=True))
    for role in invitation.roles:
        if role not in held:
            add_role(organisation, person, Role(role), invitation.classes, by=invitation.invited_by)


def _open(organisation: Organisation) -> QuerySet[Invitation]:
    return Invitation.objects.filter(organisation=organisation, accepted_at=None, withdrawn_at=None)


def _lock(invitation: Invitation) -> Invitation:
    found = _open(invitation.organisation).select_for_update().filter(pk=invitation.pk).first()
    if found is None:
        raise NotPossible("This invitation has been accepted or withdrawn in the meantime.")
    return found


def _lock_by(token: str) -> Invitation:
    found = find(token)
    if found is None:
        raise NotPossible(_GONE)
    return _lock(found)


def _withdraw(invitation: Invitation, *, by: Person) -> None:
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    record(
        Kind.INVITATION_WITHDRAWN,
        by=by,
        organisation=invitation.organisation,
        target=invitation.key,
        email=invitation.email,
    )


def _fresh(token: str) -> dict[str, object]:
    now = timezone.now()
    return {"token_hash": hash_of(token), "sent_at": now, "expires_at": now + VALID_FOR}


def _send(invitation: Invitation, link: str) -> None:
    mail.send(
        "invitation",
        invitation.email,
        organisation=invitation.organisation.name,
        is_school=invitation.organisation.kind == OrganisationKind.SCHOOL,
        by=invitation.invited_by,
        roles=invitation.roles,
        link=link,
        until=invitation.expires_at,
    )
