"""Signing: a teacher for a class, the headteacher for the return; and letting somebody sign in one's place."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from keystage.service.accounts.models import Membership, Organisation, Person
from keystage.service.accounts.roles import Role
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.words import join_words
from keystage.service.events.kinds import Kind
from keystage.service.events.record import Done, record, record_all
from keystage.service.school.models import Delegation, SchoolReturn, Signature
from keystage.service.school.readiness import Obstacle, before_signing
from keystage.service.school.records import Records
from keystage.service.school.services.returns import lock_open
from keystage.service.school.signatures import Part, Signing
from keystage.service.school.snapshot import take

CHANGED = (
    "The return was changed while you were looking at it, so nothing was signed. Look at it as it is now, and sign"
    " again."
)


@dataclass(frozen=True, slots=True)
class Statement:
    """What a person states: of which part, in which form they saw it, and whether they confirm it."""

    role: Role
    """``TEACHER`` for a class, ``HEAD`` for the whole return."""
    seen: str
    """The fingerprint of what the person saw."""
    is_confirmed: bool = True
    words: str = ""
    """Why it cannot be confirmed; or why the return is signed without the signature of a class."""
    class_name: str = ""
    in_place_of: Person | None = None


@transaction.atomic
def state(
    school_return: SchoolReturn, statement: Statement, *, by: Person, classes: Collection[str] | None = None
) -> Signature:
    """Keep what a person states of a class or of the return, with everything that it is stated of.

    Args:
        school_return: the return.
        statement: what is stated.
        by: who states it.
        classes: the classes that the person may sign for; None for all.

    Raises:
        NotAllowedNow: the year is closed, it is not what the person saw, or it is not ready to be signed.
    """
    locked = lock_open(school_return)
    signing = Signing.of(Records.of(locked))
    part = signing.part(statement.role, statement.class_name)
    if part is None:
        raise NotAllowedNow(f"There is no class {statement.class_name} any more. Nothing was signed.")
    if statement.role is Role.TEACHER and classes is not None and statement.class_name not in classes:
        raise NotAllowedNow("You may sign for your own classes only.")
    if part.fingerprint != statement.seen:
        raise NotAllowedNow(CHANGED)
    if statement.is_confirmed:
        _may_be_signed(signing, part, statement)
    elif not statement.words.strip():
        raise NotAllowedNow("Say why you cannot confirm it.")
    job_title = _job_title(locked.organisation, by, statement)
    _void(part.statements, locked, by)
    return _keep(locked, signing, part, statement, by, job_title)


def _may_be_signed(signing: Signing, part: Part, statement: Statement) -> None:
    if part.signed is not None:
        raise NotAllowedNow(f"{part.signed.person} has signed this already, and it still stands.")
    if obstacles := before_signing(part.records, part.of_class):
        raise NotAllowedNow(f"This cannot be signed yet: {_listed(obstacles)}.")
    if statement.role is Role.HEAD and signing.unsigned_classes and not statement.words.strip():
        names = join_words([each.name for each in signing.unsigned_classes])
        raise NotAllowedNow(f"Not signed by a class teacher: {names}. Say why you sign without, or wait for them.")


def _listed(obstacles: Iterable[Obstacle]) -> str:
    return join_words([each.text for each in obstacles])


def _job_title(organisation: Organisation, by: Person, statement: Statement) -> str:
    """Return as what a person signs; somebody who signs for another must still be allowed to."""
    if statement.role is Role.TEACHER:
        return "Class teacher"
    if statement.in_place_of is None:
        return "Headteacher"
    found = delegations(organisation).filter(deputy=by, head=statement.in_place_of).first()
    if found is None:
        raise NotAllowedNow("You may no longer sign in place of the headteacher.")
    return found.job_title


def _void(statements: Iterable[Signature], locked: SchoolReturn, by: Person) -> None:
    """Void earlier signatures on the same part: the latest statement is the one that counts."""
    void = [each for each in statements if each.is_confirmed and each.voided_at is None]
    Signature.objects.filter(pk__in=[each.pk for each in void]).update(voided_at=timezone.now())
    done = [Done(each.key, each.role, {"class": each.class_name, "version": locked.version}) for each in void]
    record_all(Kind.SIGNATURE_VOIDED, done, by=by, organisation=locked.organisation, year=locked.year)


def _keep(
    locked: SchoolReturn, signing: Signing, part: Part, statement: Statement, by: Person, job_title: str
) -> Signature:
    made = Signature.objects.create(
        school_return=locked,
        role=statement.role,
        class_name=statement.class_name,
        person=by,
        in_place_of=statement.in_place_of,
        at=timezone.now(),
        is_confirmed=statement.is_confirmed,
        words=statement.words.strip(),
        fingerprint=part.fingerprint,
        version=locked.version,
        content={
            **take(signing.records, part.of_class),
            "job_title": job_title,
            "signatures": _signatures(signing) if statement.role is Role.HEAD else [],
        },
    )
    kind = Kind.SIGNED if statement.is_confirmed else Kind.NOT_CONFIRMED
    record(
        kind, by=by, organisation=locked.organisation, year=locked.year, target=made.key, part=statement.role,
        fingerprint=part.fingerprint, version=locked.version, **{"class": statement.class_name},
        in_place_of=statement.in_place_of.key if statement.in_place_of else "",
    )  # fmt: skip
    return made


def _signatures(signing: Signing) -> list[dict[str, Any]]:
    """Return what the class teachers had stated, as plain values, for the paper of the whole return."""
    return [
        {
            "who": str(each.person),
            "role": each.content.get("job_title", "Class teacher"),
            "at": each.at.isoformat(),
            "confirmed": each.is_confirmed,
            "words": each.words,
            "class": part.class_name,
        }
        for part in signing.classes
        if (each := part.signed or part.refused) is not None
    ]


# -- in the headteacher's place --------------------------------------------------------------------------------------


def delegations(organisation: Organisation) -> QuerySet[Delegation]:
    """Return the delegations that hold: not ended, and by somebody who is still headteacher."""
    heads = Membership.objects.filter(organisation=organisation, role=Role.HEAD, ended_at=None).values("person")
    members = Membership.objects.filter(organisation=organisation, ended_at=None).values("person")
    found = Delegation.objects.filter(organisation=organisation, ended_at=None, head__in=heads, deputy__in=members)
    return found.select_related("head", "deputy").order_by("pk")


@transaction.atomic
def delegate(organisation: Organisation, deputy: Person, job_title: str, *, by: Person) -> Delegation:
    """Let a member of the school sign the return in the headteacher's place, until that is ended.

    Raises:
        NotAllowedNow: they are not a member, are the headteacher themselves, or may sign already.
    """
    if deputy == by:
        raise NotAllowedNow("You sign as yourself already.")
    if not Membership.objects.filter(organisation=organisation, person=deputy, ended_at=None).exists():
        raise NotAllowedNow(f"{deputy} does not belong to the school any more.")
    if delegations(organisation).filter(deputy=deputy, head=by).exists():
        raise NotAllowedNow(f"{deputy} may sign in your place already.")
    made = Delegation.objects.create(organisation=organisation, head=by, deputy=deputy, job_title=job_title.strip())
    record(Kind.SIGNING_DELEGATED, by=by, organisation=organisation, target=deputy.key, job_title=made.job_title)
    return made


@transaction.atomic
def end_delegations_of(person: Person, organisation: Organisation, *, by: Person | None) -> None:
    """End every delegation that somebody gave or was given, because they left the school."""
    standing = Delegation.objects.filter(organisation=organisation, ended_at=None)
    for found in standing.filter(Q(head=person) | Q(deputy=person)).select_related("deputy"):
        Delegation.objects.filter(pk=found.pk).update(ended_at=timezone.now())
        record(Kind.DELEGATION_ENDED, by=by, organisation=organisation, target=found.deputy.key)


@transaction.atomic
def end_delegation(organisation: Organisation, delegation: int, *, by: Person) -> None:
    """End a delegation; what was signed under it stands.

    Raises:
        NotAllowedNow: it was ended already.
    """
    standing = Delegation.objects.filter(organisation=organisation, pk=delegation, ended_at=None)
    found = standing.select_related("deputy").first()
    if found is None or not standing.update(ended_at=timezone.now()):
        raise NotAllowedNow("This was ended already.")
    record(Kind.DELEGATION_ENDED, by=by, organisation=organisation, target=found.deputy.key)
