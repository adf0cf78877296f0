"""What people are in an organisation: given, changed, taken away. Nothing is deleted; what was stays readable."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from keystage.service.accounts import sessions
from keystage.service.accounts.hooks import person_left, role_ended
from keystage.service.accounts.models import Invitation, Membership, Organisation, Person
from keystage.service.accounts.roles import ROLES, OrganisationKind, Permission, Role, roles_with
from keystage.service.accounts.services.refusals import NotPossible
from keystage.service.design.words import join_words
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record

_LAST = "{name} is the last person who can invite and remove people. Give somebody else the role of {roles} first."


@transaction.atomic
def give_roles(
    organisation: Organisation, person: Person, roles: Collection[Role], classes: Collection[str], *, by: Person
) -> None:
    """Make a person exactly these things in an organisation.

    Raises:
        NotPossible: nobody would be left who can manage people, or no role is given.
    """
    if not roles:
        raise NotPossible(f"Choose at least one role. To take a person out of {organisation.in_words}, remove them.")
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    held = {Role(each.role): each for each in _current(organisation, person)}
    for role in set(held) - set(roles):
        _end(held[role], by=by)
        role_ended.send(sender=Person, person=person, organisation=organisation, role=role, by=by)
    for role in roles:
        if role not in held:
            add_role(organisation, person, role, classes, by=by)
        elif role is Role.TEACHER and held[role].classes != list(classes):
            _change_classes(held[role], list(classes), by=by)
    _somebody_can_manage(organisation, person)


def add_role(
    organisation: Organisation, person: Person, role: Role, classes: Collection[str], *, by: Person | None
) -> None:
    """Give a person one role more, in the caller's transaction."""
    taught = list(classes) if role is Role.TEACHER else []
    Membership.objects.create(person=person, organisation=organisation, role=role, classes=taught)
    record(Kind.ROLE_GIVEN, by=by, organisation=organisation, target=person.key, part=role, classes=taught)


@transaction.atomic
def remove(organisation: Organisation, person: Person, *, by: Person) -> None:
    """Take a person out of an organisation; of the last one they belong to, every session of theirs ends at once.

    Raises:
        NotPossible: nobody would be left who can manage people.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    roles = [str(membership.role) for membership in _current(organisation, person)]
    now = timezone.now()
    _current(organisation, person).update(ended_at=now)
    _somebody_can_manage(organisation, person)
    Invitation.objects.filter(
        organisation=organisation, email=person.email, accepted_at=None, withdrawn_at=None
    ).update(withdrawn_at=now)
    record(Kind.REMOVED, by=by, organisation=organisation, target=person.key, roles=roles)
    person_left.send(sender=Person, person=person, organisation=organisation, by=by)
    if not person.memberships.filter(ended_at=None).exists():
        sessions.end_all(person)


def _current(organisation: Organisation, person: Person) -> QuerySet[Membership]:
    return Membership.objects.filter(organisation=organisation, person=person, ended_at=None)


def _end(membership: Membership, *, by: Person) -> None:
    Membership.objects.filter(pk=membership.pk).update(ended_at=timezone.now())
    record(
        Kind.ROLE_REMOVED,
        by=by,
        organisation=membership.organisation,
        target=membership.person.key,
        part=membership.role,
    )


def _change_classes(membership: Membership, classes: list[str], *, by: Person) -> None:
    before, membership.classes = membership.classes, classes
    membership.save(update_fields=["classes"])
    record(
        Kind.CLASSES_CHANGED,
        by=by,
        organisation=membership.organisation,
        target=membership.person.key,
        before=before,
        after=classes,
    )


def _somebody_can_manage(organisation: Organisation, person: Person) -> None:
    there = ROLES[OrganisationKind(organisation.kind)]
    managing = [role for role in roles_with(Permission.MANAGE_PEOPLE) if role in there]
    left = Membership.objects.filter(organisation=organisation, ended_at=None, role__in=managing)
    if not left.filter(person__is_active=True).exists():
        raise NotPossible(_LAST.format(name=person, roles=join_words(sorted(managing, reverse=True), "or")))
