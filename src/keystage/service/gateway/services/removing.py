"""Taking out what counts: one pupil, by the school; or the whole return, by the agency. No file ever does that."""

from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from keystage.service.accounts.models import Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.gateway.models import Correction, GatewayReturn, HeldPupil
from keystage.service.gateway.services.correcting import note_removal
from keystage.service.gateway.services.correction_requests import close_of_removed
from keystage.service.gateway.services.locking import lock, lock_open
from keystage.service.gateway.services.settling import settle


class Ground(StrEnum):
    """Why a pupil is removed. The first three are those that the guidance of 2016 allows."""

    NOT_AT_THE_END = "not at the end of key stage 2"
    NOT_HERE = "not registered at this school in test week"
    DUPLICATE = "the same child as another pupil in the return"
    OTHER = "another reason"


@transaction.atomic
def remove_pupil(gateway_return: GatewayReturn, key: str, ground: Ground, reason: str, *, by: Person) -> HeldPupil:
    """Remove a pupil who counts. They stay on record with the reason, and on the list of corrections.

    Where nobody is left, nothing counts any more.

    Raises:
        NotAllowedNow: the collection is closed, no reason is given, or the pupil does not count (any more).
    """
    if not reason.strip():
        raise NotAllowedNow("Say why the pupil is removed.")
    locked = lock_open(gateway_return)
    held = HeldPupil.objects.filter(gateway_return=locked, key=key, removed_at=None).first()
    if held is None:
        raise NotAllowedNow("This pupil does not count any more: somebody removed them before.")
    words = f"{ground}: {reason.strip()}"[:300]
    held.removed_at, held.removed_reason, held.removed_by = timezone.now(), words, by
    held.save(update_fields=["removed_at", "removed_reason", "removed_by"])
    note_removal(locked, held, by=by)
    close_of_removed(locked, [held], by=by)
    if not HeldPupil.objects.filter(gateway_return=locked, removed_at=None).exists():
        _nothing_counts(locked, words)
    record(
        Kind.HELD_REMOVED, by=by, organisation=locked.school, year=locked.collection.year, target=held.key,
        reason=words,
    )  # fmt: skip
    settle(locked)
    return held


@transaction.atomic
def remove_return(gateway_return: GatewayReturn, reason: str, *, by: Person) -> None:
    """Remove everything that counts of a school's return: for the agency. A later file begins anew.

    Raises:
        NotAllowedNow: no reason is given, or nothing counts.
    """
    if not reason.strip():
        raise NotAllowedNow("Say why the return is removed.")
    locked = lock(gateway_return)
    words = reason.strip()[:300]
    now = timezone.now()
    counted = HeldPupil.objects.filter(gateway_return=locked, removed_at=None)
    removed = list(counted)
    if not counted.update(removed_at=now, removed_reason=words, removed_by=by):
        raise NotAllowedNow("Nothing counts in this return, so there is nothing to remove.")
    Correction.objects.filter(gateway_return=locked, done_at=None).update(done_at=now)
    close_of_removed(locked, removed, by=by)
    _nothing_counts(locked, words)
    record(Kind.RETURN_REMOVED, by=by, organisation=locked.school, year=locked.collection.year, target=locked.key,
           reason=words)  # fmt: skip
    settle(locked)


def _nothing_counts(locked: GatewayReturn, reason: str) -> None:
    locked.counting, locked.removed_at, locked.removed_reason = None, timezone.now(), reason
    locked.save(update_fields=["counting", "removed_at", "removed_reason"])
