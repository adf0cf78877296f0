"""A file counts: its pupils refresh what is held, none is removed, all in one transaction with the receipt."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from keystage.returns.value import Pupil, Return
from keystage.service.accounts.models import Person
from keystage.service.config.keys import new_key
from keystage.service.config.ready_query import ReadyQuery
from keystage.service.config.rows import insert, update
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.gateway.dates import dates_of
from keystage.service.gateway.models import GatewayReturn, HeldPupil, RegisteredPupil, ResendRequest, Stage, Submission
from keystage.service.gateway.same import same
from keystage.service.gateway.services.correcting import note_corrections
from keystage.service.gateway.services.correction_requests import close_what_changed
from keystage.service.gateway.services.receipts import give_receipt
from keystage.service.gateway.tasks.receipts import email_receipt
from keystage.years.subjects import Subject

_ASKED = ReadyQuery(lambda at: ResendRequest.objects.filter(gateway_return=at, answered_at=None))
_FIELDS = ("upn", "former_upn", "surname", "forename", "birth_date", "sex", *map(str, Subject))
_BLANK = {each.attname: None if each.name == "key" else each.get_default() for each in HeldPupil._meta.concrete_fields}
CHANGED = ("counting", "removed_at", "removed_reason", "nil_reason", "nil_at", "nil_by")
"""What a file that counts changes of the return itself; whoever settles the return writes it."""


def apply(
    submission: Submission,
    locked: GatewayReturn,
    return_: Return,
    held: list[HeldPupil],
    registered: list[RegisteredPupil],
    *,
    by: Person | None,
) -> list[HeldPupil]:
    """Let a file count, in the caller's transaction that holds the return locked; return everybody who counts now.

    ``return_`` is what of the file counts (:func:`sound_return`). What it changes of the return at the gateway
    (:data:`CHANGED`) is written when the caller settles it.
    """
    now = submission.applied_at or timezone.now()
    pupils = return_.pupils
    touched = _refresh(locked, submission, pupils, held, registered)
    counts = _together(held, touched)
    if submission.serial > 1:
        _set_aside_what_came_before(submission, locked)
    locked.counting, locked.removed_at, locked.removed_reason = submission, None, ""
    locked.nil_reason, locked.nil_at, locked.nil_by = "", None, None
    for request in _ASKED.all(at=locked.pk):
        request.answered_at, request.answered_by = now, submission
        update(request, ["answered_at", "answered_by"])
    note_corrections(locked, submission, return_, counts, by=by)
    close_what_changed(locked, counts, submission, by=by)
    receipt = give_receipt(locked, submission, counts, registered, by=by, at=now)
    email_receipt.enqueue(receipt.number)
    record(
        Kind.FILE_APPLIED, by=by, organisation=locked.school, year=locked.collection.year, target=submission.key,
        file=submission.file.name, pupils=len(pupils), fingerprint=submission.fingerprint,
        errors=submission.errors, queries=submission.queries, **_late(locked, now),
    )  # fmt: skip
    return counts


def _late(locked: GatewayReturn, now: datetime) -> dict[str, Any]:
    """Return what the record keeps of a file that came in time and counts only after files are taken no more."""
    return {} if dates_of(locked).is_open_at(now) else {"late": True}


def _set_aside_what_came_before(submission: Submission, locked: GatewayReturn) -> None:
    """Set earlier files aside that never counted; one that was not looked at yet still gets its report."""
    Submission.objects.filter(gateway_return=locked, serial__lt=submission.serial).exclude(
        stage__in=(Stage.RECEIVED, Stage.APPLIED, Stage.UNREADABLE, Stage.SET_ASIDE)
    ).update(stage=Stage.SET_ASIDE)


def sound_return(submission: Submission, return_: Return) -> Return:
    """Return what of a file can count: all of it, unless single pupils are accepted and some are in error.

    Pupils who share a UPN, or a name where there is no UPN, are told apart by nothing: where one of them is in error,
    none counts.
    """
    wrong = pupils_in_error(submission)
    upns = {upn for upn, _ in wrong if upn}
    sound = (
        pupil
        for pupil in return_.pupils
        if pupil.upn not in upns and (pupil.upn or None, pupil.name or None) not in wrong
    )
    return replace(return_, pupils=tuple(sound)) if wrong else return_


def pupils_in_error(submission: Submission) -> set[tuple[str | None, str | None]]:
    """Return the UPNs and names of the pupils of whom the report of a file says an error."""
    said = submission.report.get("findings", ())
    return {(each["upn"], each["pupil"]) for each in said if each["severity"] == "error"}


def _refresh(
    locked: GatewayReturn,
    submission: Submission,
    pupils: Sequence[Pupil],
    held: Sequence[HeldPupil],
    registered: Sequence[RegisteredPupil],
) -> list[HeldPupil]:
    """Write the pupils of a file over those that are held: the same child stays one, whatever was corrected of them."""
    now = timezone.now()
    before = {id(pupil): row for pupil, row in same(pupils, held).pairs}
    entries = {id(pupil): entry.pk for pupil, entry in same(pupils, registered).pairs}
    changed: list[HeldPupil] = []
    added: list[HeldPupil] = []
    for pupil in pupils:
        row = before.get(id(pupil))
        (added if row is None else changed).append(row := row or _new(locked))
        for field in _FIELDS[:6]:
            setattr(row, field, getattr(pupil, field))
        for subject in Subject:
            setattr(row, subject, pupil.code(subject))
        row.submission_id, row.accepted_at, row.registered_id = submission.pk, now, entries.get(id(pupil))
    if changed:
        HeldPupil.objects.bulk_update(changed, [*_FIELDS, "submission", "accepted_at", "registered"])
    insert(added)
    return [*changed, *added]


def _new(locked: GatewayReturn) -> HeldPupil:
    """Return a row for a pupil of whom nothing is known yet: by place, which takes a third of the time of by name."""
    values = _BLANK | {"key": new_key(), "gateway_return_id": locked.pk}
    return HeldPupil(*values.values())


def _together(held: Sequence[HeldPupil], touched: Sequence[HeldPupil]) -> list[HeldPupil]:
    """Return everybody who counts after a file was applied."""
    known = {each.pk for each in touched}
    return [*(each for each in held if each.pk not in known), *touched]
