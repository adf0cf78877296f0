"""What was put right at the gateway, to be put right in the school's own records too: a list, open until it is done.

What the school's own records say is known from its own Common Transfer Files, whether they counted or not. Where none
has come, nothing is noted: there is nothing to compare with.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from keystage.pupils.matching import match
from keystage.returns.changes import IDENTITY
from keystage.returns.value import Pupil, Return
from keystage.service.accounts.models import Person
from keystage.service.config.ready_query import ReadyQuery
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.record import Done, record_all
from keystage.service.gateway.models import Correction, GatewayReturn, HeldPupil, Submission
from keystage.service.gateway.register import held_of, return_pupil
from keystage.service.gateway.services.locking import lock
from keystage.service.gateway.services.reading import returned_in
from keystage.years.subjects import Subject

PUPIL = "pupil"
ADDED, REMOVED, LEFT_OUT = "added", "removed", "left out"
"""What ``after`` says of a correction whose field is the pupil as a whole."""

_LOOKED_BACK = 10
"""Files of the school's own that are read to know what its records say."""


_WAITING = ReadyQuery(lambda at: Correction.objects.filter(gateway_return=at, done_at=None)[:1])


class Difference(NamedTuple):
    """Where what counts differs from what the school's own records say."""

    held: HeldPupil
    field: str
    before: str
    after: str

    @property
    def key(self) -> tuple[int, str]:
        """What it is about."""
        return self.held.pk, self.field


def note_corrections(
    locked: GatewayReturn, submission: Submission, return_: Return, counts: Sequence[HeldPupil], *, by: Person | None
) -> None:
    """Note what counts otherwise than the school's own files say, once a spreadsheet was applied.

    Of a file of the school's own nothing is opened: what it says is what counts. It closes what it shows.
    """
    if not submission.is_sheet:
        close_what_is_shown(locked, return_)
        return
    own = own_records(locked)
    if own is None:
        return
    wanted = list(differences(own.pupils, counts))
    _close(locked, wanted)
    _open(locked, wanted, submission, since=own.at, by=by)
    _note_left_out(locked, submission, own, counts, by=by)


def _note_left_out(
    locked: GatewayReturn, submission: Submission, own: "OwnRecords", counts: Sequence[HeldPupil], *, by: Person | None
) -> None:
    """Note who is in the last of the school's own files and does not count; of who was removed it is noted already."""
    removed = HeldPupil.objects.filter(gateway_return=locked).exclude(removed_at=None)
    alone = match(own.last, [*counts, *removed]).only_left
    noted = Correction.objects.filter(gateway_return=locked, held=None)
    known = {(each.upn, each.name) for each in noted if each.done_at is None or each.done_at > own.at}
    Correction.objects.bulk_create(
        Correction(
            gateway_return=locked, held=None, upn=pupil.upn[:20], name=pupil.name[:310], field=PUPIL, before="reported",
            after=LEFT_OUT, submission=submission, at=timezone.now(), by=by,
        )
        for pupil in alone
        if (pupil.upn[:20], pupil.name[:310]) not in known
    )  # fmt: skip
    _close_left_out(locked, own.last, counts)


def _close_left_out(locked: GatewayReturn, own: Sequence[Pupil], counts: Sequence[HeldPupil]) -> None:
    """Close of those who were left out whom the school's file has no more, and who count by now."""
    still = {(pupil.upn[:20], pupil.name[:310]) for pupil in match(own, counts).only_left}
    noted = Correction.objects.filter(gateway_return=locked, held=None, done_at=None)
    over = [each.pk for each in noted if (each.upn, each.name) not in still]
    Correction.objects.filter(pk__in=over).update(done_at=timezone.now())


def note_removal(locked: GatewayReturn, held: HeldPupil, *, by: Person | None) -> None:
    """Note that a pupil was removed at the gateway, who may be in the school's own records still."""
    now = timezone.now()
    standing = Correction.objects.filter(held=held, done_at=None)
    standing.update(done_at=now)
    Correction.objects.create(
        gateway_return=locked, held=held, field=PUPIL, before="reported", after=REMOVED, at=now, by=by
    )


def close_what_is_shown(locked: GatewayReturn, return_: Return) -> None:
    """Close what a file of the school's own shows to be done in its records, though it does not count (yet)."""
    if not _WAITING.all(at=locked.pk):
        return
    held = held_of(locked)
    _close(locked, differences(return_.pupils, held))
    _close_left_out(locked, return_.pupils, held)
    gone = Correction.objects.filter(gateway_return=locked, field=PUPIL, after=REMOVED, done_at=None)
    removed = [each.held for each in gone.select_related("held") if each.held]
    still = {pair.right.pk for pair in match(return_.pupils, removed).pairs}
    gone.exclude(held__in=still).update(done_at=timezone.now())


class OwnRecords(NamedTuple):
    """What the school's own records say, as far as its files tell."""

    pupils: Sequence[Pupil]
    last: Sequence[Pupil]
    """The pupils of the last of its own files."""
    at: datetime
    """When the last of its own files came."""


def own_records(gateway_return: GatewayReturn) -> OwnRecords | None:
    """Return the pupils of the school's own files, each as the last file that has them; None where none came."""
    found = Submission.objects.filter(gateway_return=gateway_return, is_sheet=False).exclude(fingerprint="")
    pupils: list[Pupil] = []
    last: Sequence[Pupil] = ()
    files = list(found.select_related("file").order_by("-serial")[:_LOOKED_BACK])
    for each in files:
        each.gateway_return = gateway_return
        return_ = returned_in(each)
        if return_ is not None:
            last = last or return_.pupils
            pupils += match(return_.pupils, pupils).only_left
    return OwnRecords(pupils, last, files[0].received_at) if pupils else None


def differences(own: Sequence[Pupil], counts: Iterable[HeldPupil]) -> Iterator[Difference]:
    """Yield where what counts differs from what the school's own files say."""
    matching = match(list(counts), own)
    for pair in matching.pairs:
        now = return_pupil(pair.left)
        for field in IDENTITY:
            before, after = _text(pair.right, field), _text(now, field)
            if before != after:
                yield Difference(pair.left, field, before, after)
        for subject in Subject:
            if (old := pair.right.code(subject)) != (new := now.code(subject)):
                yield Difference(pair.left, subject, old, new)
    for held in matching.only_left:
        yield Difference(held, PUPIL, "", ADDED)


def _text(pupil: Pupil, field: str) -> str:
    value = getattr(pupil, field)
    return pupil.birth_text if value is None else str(value)


def _close(locked: GatewayReturn, wanted: Iterable[Difference]) -> None:
    found = list(wanted)
    still = {(*each.key, each.after[:200]) for each in found}
    unseen = {each.held.pk for each in found if each.field == PUPIL}
    standing = Correction.objects.filter(gateway_return=locked, held__isnull=False, done_at=None)
    standing = standing.exclude(field=PUPIL, after=REMOVED)
    # Of a pupil who is not in a file, that file says nothing.
    seen = (each for each in standing if each.field == PUPIL or each.held_id not in unseen)
    over = [each.pk for each in seen if (each.held_id, each.field, each.after) not in still]
    Correction.objects.filter(pk__in=over).update(done_at=timezone.now())


def _open(
    locked: GatewayReturn,
    wanted: Iterable[Difference],
    submission: Submission,
    *,
    since: datetime,
    by: Person | None,
) -> None:
    """Open what is not open; what was marked as done since the file it differs from stays done."""
    noted = Correction.objects.filter(gateway_return=locked)
    known = {(each.held_id, each.field, each.after) for each in noted if each.done_at is None or (each.done_at > since)}
    Correction.objects.bulk_create(
        Correction(
            gateway_return=locked, held=each.held, field=each.field, before=each.before[:200], after=each.after[:200],
            submission=submission, at=timezone.now(), by=by,
        )
        for each in wanted
        if (each.held.pk, each.field, each.after[:200]) not in known
    )  # fmt: skip


@transaction.atomic
def mark_done(gateway_return: GatewayReturn, keys: Iterable[str], *, by: Person) -> int:
    """Mark corrections as done in the school's records, and return how many.

    Raises:
        NotAllowedNow: none of them is open.
    """
    locked = lock(gateway_return)
    wanted = set(keys)
    waiting = Correction.objects.filter(gateway_return=locked, done_at=None).select_related("held")
    found = [each for each in waiting if each.key in wanted]
    if not found:
        raise NotAllowedNow("These corrections are done already. Look at the list as it is now.")
    Correction.objects.filter(pk__in=[each.pk for each in found]).update(done_at=timezone.now(), done_by=by)
    done = [Done(each.held.key if each.held else each.key, each.field, {"correction": each.key}) for each in found]
    record_all(Kind.CORRECTION_DONE, done, by=by, organisation=locked.school, year=locked.collection.year)
    return len(found)
