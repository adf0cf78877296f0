"""Recording what the moderator judged: it stands on the register, and what counts is looked at again at once."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from keystage.service.accounts.models import Person
from keystage.service.accounts.roles import Permission
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.config.years import load
from keystage.service.events.kinds import Kind
from keystage.service.events.record import Done, record_all
from keystage.service.gateway.dates import dates_of
from keystage.service.gateway.mailing import mail_later, people_who_may
from keystage.service.gateway.models import GatewayReturn, ModeratedPupil
from keystage.service.gateway.services.locking import lock
from keystage.service.gateway.services.moderating import ChangedMeanwhile
from keystage.service.gateway.services.register_changed import register_changed
from keystage.years.subjects import Subject


class Judged(NamedTuple):
    """What is to stand of a pupil in the sample."""

    key: str
    """Of the pupil in the sample."""
    code: str
    """The moderated judgement; empty takes it back."""
    note: str
    seen: str
    """The version of what the person saw, as :func:`version_of` gives it."""


def version_of(pupil: ModeratedPupil) -> str:
    """Return a text that changes with every recording of a pupil's judgement."""
    return pupil.judged_at.isoformat() if pupil.judged_at else ""


@transaction.atomic
def record_judgements(gateway_return: GatewayReturn, judged: Iterable[Judged], *, by: Person) -> int:
    """Record moderated judgements in writing, all or none, and return how many changed.

    The school's latest file is checked again, and the school is told by email where its writing differs.

    Raises:
        NotAllowedNow: the school's files are taken no more, a code is not valid, or a pupil is not in the sample.
        ChangedMeanwhile: of a pupil something else was recorded in the meantime.
    """
    locked = lock(gateway_return)
    _must_still_be_taken(locked)
    changes = _changes(locked, list(judged))
    if not changes:
        return 0
    now, before = timezone.now(), locked.differing
    done = [Done(pupil.registered.key, "writing", _apply(pupil, new, by, now)) for pupil, new in changes]
    record_all(Kind.MODERATED, done, by=by, organisation=locked.school, year=locked.collection.year)
    register_changed(locked, by=by)
    _tell(GatewayReturn.objects.select_related("school", "collection").get(pk=locked.pk), before)
    return len(changes)


def _must_still_be_taken(locked: GatewayReturn) -> None:
    """A judgement recorded when the school cannot send any more would leave its return unfinished for good."""
    dates = dates_of(locked)
    if timezone.now() >= dates.closes_at or (dates.is_closed_by_hand and not dates.is_extended):
        raise NotAllowedNow(
            f"The collection is closed for {locked.school}, so its moderated judgements stay as they are. If something"
            " must still be changed, ask the agency to let the school send for longer."
        )


def _changes(locked: GatewayReturn, judged: Sequence[Judged]) -> list[tuple[ModeratedPupil, Judged]]:
    codes = load(locked.collection.year).codes(Subject.WRITING)
    found = ModeratedPupil.objects.filter(gateway_return=locked).select_related("registered")
    sample = {each.key: each for each in found}
    changes = []
    for new in judged:
        pupil = sample.get(new.key)
        if pupil is None:
            raise NotAllowedNow("A pupil is not in the sample any more. Look at the list as it is now.")
        if new.code and new.code not in codes:
            raise NotAllowedNow(f"{new.code} is not a judgement in writing of {locked.collection.year}.")
        if (new.code, new.note.strip()) == (pupil.registered.moderated_writing, pupil.note):
            continue
        if new.seen != version_of(pupil):
            raise ChangedMeanwhile
        changes.append((pupil, new))
    return changes


def _apply(pupil: ModeratedPupil, new: Judged, by: Person, now: datetime) -> dict[str, str]:
    """Write a judgement in the sample and on the register, and return what the record keeps of it."""
    entry = pupil.registered
    before, entry.moderated_writing = entry.moderated_writing, new.code
    pupil.judgement, pupil.note, pupil.judged_by, pupil.judged_at = new.code, new.note.strip()[:300], by, now
    pupil.save(update_fields=["judgement", "note", "judged_by", "judged_at"])
    if before != new.code:
        entry.version += 1
        entry.save(update_fields=["moderated_writing", "version"])
    return {"before": before, "after": new.code}


def _tell(now: GatewayReturn, before: int) -> None:
    if now.differing > before:
        people = people_who_may(Permission.SUBMIT, now.school)
        mail_later(
            "moderation_differs", people, school=now.school.name, year=now.collection.year, differing=now.differing
        )
