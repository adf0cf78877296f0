"""The attendance register of each test: a code for everybody who did not sit it; it moves what the pupil owes."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from keystage.service.accounts.models import Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.config.years import load
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.events.record import Done, record, record_all
from keystage.service.gateway.dates import dates_of
from keystage.service.gateway.models import AttendanceRegister, GatewayReturn, RegisteredPupil
from keystage.service.gateway.services.locking import lock
from keystage.service.gateway.services.register_changed import register_changed
from keystage.years.registration import PupilStatus, RegistrationStatus
from keystage.years.subjects import Test
from keystage.years.year import CollectionYear


class Attended(NamedTuple):
    """What a person wants the register of a test to say of a pupil."""

    pupil: str
    """The pupil's key."""
    code: str
    """Empty for present."""
    seen: str
    """What the person saw there before."""


class Saved(NamedTuple):
    """What came of it."""

    changed: int
    conflicts: tuple[RegisteredPupil, ...]
    """Pupils whose code somebody else changed meanwhile: it was left as it is."""


def codes_of(year: CollectionYear) -> Mapping[str, RegistrationStatus]:
    """Return the codes of the attendance register with what each means, as the year's data has them."""
    return {each.letter: each for each in year.registration.test if each.letter}


def on_attendance(registered: Iterable[RegisteredPupil]) -> list[RegisteredPupil]:
    """Return who stands on the attendance registers: everybody but those who are registered by mistake."""
    return [each for each in registered if each.status != PupilStatus.UNREGISTERED]


@transaction.atomic
def save_attendance(
    gateway_return: GatewayReturn, test: Test, wanted: Iterable[Attended], *, by: Person, for_agency: bool = False
) -> Saved:
    """Write the codes of a test. A code that somebody else has changed meanwhile is not written over.

    Raises:
        NotAllowedNow: the collection is closed, or a code is none of the year's.
    """
    locked = _lock_open(gateway_return, for_agency=for_agency)
    known, field = codes_of(load(locked.collection.year)), f"attended_{test}"
    there = {each.key: each for each in RegisteredPupil.objects.filter(gateway_return=locked)}
    changed: list[RegisteredPupil] = []
    conflicts: list[RegisteredPupil] = []
    done: list[Done] = []
    for pupil, code, seen in wanted:
        row = there.get(pupil)
        if row is None or code == seen or getattr(row, field) == code:
            continue
        if code and code not in known:
            raise NotAllowedNow(f"“{code}” is no code of the attendance register.")
        if (before := getattr(row, field)) != seen:
            conflicts.append(row)
            continue
        setattr(row, field, code)
        row.version += 1
        changed.append(row)
        done.append(Done(row.key, test, {"from": before, "to": code}))
    if changed:
        RegisteredPupil.objects.bulk_update(changed, [field, "version"])
        record_all(
            Kind.ATTENDANCE_CHANGED, done, by=by, organisation=locked.school, year=locked.collection.year
        )  # fmt: skip
        register_changed(locked, by=by, for_agency=for_agency)
    return Saved(len(changed), tuple(conflicts))


@transaction.atomic
def submit_attendance(gateway_return: GatewayReturn, test: Test, *, by: Person, for_agency: bool = False) -> None:
    """Submit the attendance register of a test: whoever has no code was present.

    Raises:
        NotAllowedNow: the collection is closed.
    """
    locked = _lock_open(gateway_return, for_agency=for_agency)
    AttendanceRegister.objects.update_or_create(
        gateway_return=locked, test=test, defaults={"submitted_at": timezone.now(), "submitted_by": by}
    )
    record(
        Kind.ATTENDANCE_SUBMITTED, by=by, organisation=locked.school, year=locked.collection.year, part=test,
        register_version=locked.register_version,
    )  # fmt: skip


def changed_since(gateway_return: GatewayReturn, submitted: AttendanceRegister) -> bool:
    """Say whether a code was changed after the register of its test was submitted."""
    return Event.objects.filter(
        organisation=gateway_return.school, year=gateway_return.collection.year, kind=Kind.ATTENDANCE_CHANGED,
        part=submitted.test, at__gt=submitted.submitted_at,
    ).exists()  # fmt: skip


def why_closed(gateway_return: GatewayReturn) -> str:
    """Say why a school cannot change its attendance registers now; nothing where it can."""
    dates = dates_of(gateway_return)
    is_over = timezone.now() >= dates.closes_at or (dates.is_closed_by_hand and not dates.is_extended)
    return (
        "The collection is closed, so only the agency can still change this. Write to the helpdesk." if is_over else ""
    )


def _lock_open(gateway_return: GatewayReturn, *, for_agency: bool) -> GatewayReturn:
    locked = lock(gateway_return)
    if not for_agency and (why := why_closed(locked)):
        raise NotAllowedNow(f"{why} Nothing was changed.")
    return locked
