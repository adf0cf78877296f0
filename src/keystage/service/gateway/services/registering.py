"""Changing who is expected: pupils are added and changed, and nobody is deleted. Each change counts at once."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from keystage.pupils.names import full_name
from keystage.service.accounts.models import Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.words import moment_words
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.gateway.dates import is_registration_open
from keystage.service.gateway.models import Collection, GatewayReturn, RegisteredPupil
from keystage.service.gateway.services.locking import lock
from keystage.service.gateway.services.register_changed import register_changed
from keystage.years.registration import PupilStatus, TestStatus


@dataclass(frozen=True, slots=True)
class Entry:
    """What the register says of a pupil."""

    upn: str = ""
    former_upn: str = ""
    surname: str = ""
    forename: str = ""
    birth_date: date | None = None
    sex: str = ""
    reading: str = TestStatus.REGISTERED
    maths: str = TestStatus.REGISTERED
    gps: str = TestStatus.REGISTERED
    status: str = PupilStatus.REGISTERED
    date_joined: date | None = None
    date_left: date | None = None
    next_school: str = ""

    @property
    def name(self) -> str:
        """The pupil's name as lists show it."""
        return full_name(self.surname, self.forename)


FIELDS = tuple(field.name for field in fields(Entry))
"""The fields of an entry that people and files change."""
_SAID = frozenset({"reading", "maths", "gps", "status"})
"""Fields whose values stand in the record; of the others, which tell who a pupil is, only that they changed."""


class ChangedMeanwhile(Exception):
    """Somebody else changed the pupil after the page was shown: both are to be seen, and a person chooses."""

    def __init__(self, theirs: RegisteredPupil) -> None:
        super().__init__("Somebody else has changed this pupil in the meantime.")
        self.theirs = theirs


def entry_of(pupil: RegisteredPupil) -> Entry:
    """Return what the register says of a pupil."""
    return Entry(**{name: getattr(pupil, name) for name in FIELDS})


def why_closed(collection: Collection) -> str:
    """Say why schools cannot change their register now; nothing where they can."""
    if is_registration_open(collection):
        return ""
    opens = collection.registration_opens_at
    if opens is not None and timezone.now() < opens:
        return f"Registration opens on {moment_words(opens)}."
    return "Registration is closed, so only the agency can still change the register. Write to the helpdesk."


@transaction.atomic
def add(
    gateway_return: GatewayReturn, entry: Entry, *, by: Person, reason: str = "", for_agency: bool = False
) -> RegisteredPupil:
    """Put a pupil on the register.

    Raises:
        NotAllowedNow: registration is not open, the UPN is on the register already, or a reason is missing.
    """
    locked = _lock_open(gateway_return, for_agency=for_agency)
    _is_sound(locked, entry, reason, own=None)
    made = RegisteredPupil.objects.create(gateway_return=locked, **asdict(entry))
    record(
        Kind.EXPECTED_ADDED, by=by, organisation=locked.school, year=locked.collection.year, target=made.key,
        how="typed", **_of_agency(for_agency), **_why(entry, reason),
    )  # fmt: skip
    register_changed(locked, by=by)
    return made


@transaction.atomic
def change(
    gateway_return: GatewayReturn,
    key: str,
    entry: Entry,
    *,
    version: int,
    by: Person,
    reason: str = "",
    for_agency: bool = False,
) -> RegisteredPupil:
    """Change what the register says of a pupil. Saying again what it says already changes nothing.

    Args:
        gateway_return: the return.
        key: the pupil's.
        entry: what the register is to say.
        version: the version of the pupil that the person saw.
        by: who changes it.
        reason: why the pupil is on the list by mistake, where that is said now.
        for_agency: whether it is done for the agency, which can when the school cannot any more.

    Raises:
        NotAllowedNow: registration is not open, the pupil is not there, the UPN is another's, or a reason is missing.
        ChangedMeanwhile: the pupil has another version now.
    """
    locked = _lock_open(gateway_return, for_agency=for_agency)
    pupil = RegisteredPupil.objects.filter(gateway_return=locked, key=key).first()
    if pupil is None:
        raise NotAllowedNow("This pupil is not on the register.")
    changed = [name for name in FIELDS if getattr(pupil, name) != getattr(entry, name)]
    if not changed:
        return pupil
    if pupil.version != version:
        raise ChangedMeanwhile(pupil)
    _is_sound(locked, entry, reason if "status" in changed else "as before", own=pupil)
    why = _of_agency(for_agency) | (_why(entry, reason) if "status" in changed else {})
    _write(locked, pupil, entry, changed, by=by, **why)
    register_changed(locked, by=by)
    return pupil


def _write(
    locked: GatewayReturn, pupil: RegisteredPupil, entry: Entry, changed: list[str], *, by: Person, **why: Any
) -> None:
    """Write some fields of an entry over what the register says of a pupil, with the event."""
    said = {name: [getattr(pupil, name), getattr(entry, name)] for name in changed if name in _SAID}
    for name in changed:
        setattr(pupil, name, getattr(entry, name))
    pupil.version += 1
    pupil.save()
    record(
        Kind.EXPECTED_CHANGED, by=by, organisation=locked.school, year=locked.collection.year, target=pupil.key,
        how="typed", fields=changed, changes=said, **why,
    )  # fmt: skip


@transaction.atomic
def submit_registration(gateway_return: GatewayReturn, *, by: Person, for_agency: bool = False) -> None:
    """Submit the registration: the school says that its register is right. It can still be changed, and counts at once.

    Raises:
        NotAllowedNow: registration is not open.
    """
    locked = _lock_open(gateway_return, for_agency=for_agency)
    locked.registration_submitted_at, locked.registration_submitted_by = timezone.now(), by
    locked.save(update_fields=["registration_submitted_at", "registration_submitted_by"])
    record(
        Kind.REGISTRATION_SUBMITTED, by=by, organisation=locked.school, year=locked.collection.year,
        expected=locked.expected, register_version=locked.register_version, **_of_agency(for_agency),
    )  # fmt: skip


def _lock_open(gateway_return: GatewayReturn, *, for_agency: bool) -> GatewayReturn:
    locked = lock(gateway_return)
    if not for_agency and (why := why_closed(locked.collection)):
        raise NotAllowedNow(f"{why} Nothing was changed.")
    return locked


def _is_sound(locked: GatewayReturn, entry: Entry, reason: str, *, own: RegisteredPupil | None) -> None:
    others = RegisteredPupil.objects.filter(gateway_return=locked, upn=entry.upn)
    if other := (others.exclude(pk=own.pk) if own else others).first():
        raise NotAllowedNow(f"{other} has the UPN {entry.upn} already: change that entry instead.")
    if entry.status == PupilStatus.UNREGISTERED and not reason.strip():
        raise NotAllowedNow("Say why the pupil is on the register by mistake.")


def _why(entry: Entry, reason: str) -> dict[str, str]:
    return {"reason": reason.strip()[:300]} if entry.status == PupilStatus.UNREGISTERED else {}


def _of_agency(for_agency: bool) -> dict[str, Any]:
    return {"by_agency": True} if for_agency else {}
