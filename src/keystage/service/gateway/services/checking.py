"""Checking a file against the register and what is held; it counts at once where there is nothing to answer."""

from dataclasses import replace
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from keystage.checks.report import Report, Verdict
from keystage.returns.changes import Changes, changes
from keystage.returns.fingerprint import fingerprint
from keystage.returns.value import Return
from keystage.service.accounts.models import Person
from keystage.service.config.ready_query import ReadyQuery
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.config.rows import update
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.gateway.asked import queries_in, standing_answers, unanswered
from keystage.service.gateway.mailing import tell_of_file
from keystage.service.gateway.models import GatewayReturn, HeldPupil, RegisteredPupil, Stage, Submission
from keystage.service.gateway.models.submissions import STAGES
from keystage.service.gateway.register import held_of, registered_of, return_of
from keystage.service.gateway.services.applying import CHANGED, apply, sound_return
from keystage.service.gateway.services.correcting import close_what_is_shown
from keystage.service.gateway.services.locking import lock
from keystage.service.gateway.services.reading import read_file
from keystage.service.gateway.services.settling import settle
from keystage.sheets.sheet_file import SheetFile

OVER = frozenset({Stage.APPLIED, Stage.SET_ASIDE, Stage.UNREADABLE})
"""Stages in which a file is not checked again."""

_ARRIVED = ReadyQuery(lambda key: Submission.objects.filter(pk=key).select_related("file"))
_FOUND = (
    *("checked_at", "register_version", "base", "verdict", "pupils", "errors", "queries", "infos", "report"),
    *("fingerprint", "is_sheet", "applied_at", "applied_by", "stage", "held_version"),
)
"""What checking a file writes of it."""


class Looked(NamedTuple):
    """A file as it was read just now, beside what counts and who is on the register."""

    return_: Return | None
    """None where it cannot be read."""
    report: Report
    held: list[HeldPupil]
    registered: list[RegisteredPupil]


@transaction.atomic
def check(submission: Submission, *, by: Person | None, confirmed: str = "") -> Submission:
    """Check a file that came in, or check it again; apply it where nothing stands in the way.

    Args:
        submission: the file; one that counts or is set aside is left as it is.
        by: who asks.
        confirmed: the fingerprint of what was held when the difference was shown to whoever confirms it; empty where
            nobody does.

    Returns:
        the submission as it is now.
    """
    locked = lock(submission.gateway_return)
    submission = _again(submission, locked)
    if Stage(submission.stage) in OVER:
        return submission
    is_new = submission.stage == Stage.RECEIVED
    held, registered = held_of(locked) if locked.counting_id else [], registered_of(locked)
    looked = Looked(*read_file(submission, locked, held, registered), held, registered)
    _keep_report(submission, locked, looked.return_, looked.report)
    _decide(submission, locked, looked, by=by, confirmed=confirmed)
    _act(submission, locked, looked, by=by)
    if submission.stage != Stage.APPLIED:  # that it was accepted stands in the record already
        _write_down(submission, locked, by=by)
    if is_new:
        tell_of_file(submission)
    return submission


def _write_down(submission: Submission, locked: GatewayReturn, *, by: Person | None) -> None:
    record(
        Kind.FILE_CHECKED, by=by, organisation=locked.school, year=locked.collection.year, target=submission.key,
        file=submission.file.name, stage=submission.stage, errors=submission.errors, queries=submission.queries,
    )  # fmt: skip


def _again(submission: Submission, locked: GatewayReturn) -> Submission:
    """Return a file as it is now, with the return that is locked."""
    found = _ARRIVED.first(key=submission.pk)
    if found is None:
        raise Submission.DoesNotExist
    found.gateway_return = locked
    return found


def _decide(
    submission: Submission, locked: GatewayReturn, looked: Looked, *, by: Person | None, confirmed: str
) -> None:
    """Decide what becomes of a file, and write that down with its report."""
    now = return_of(locked, looked.held) if looked.held else None
    difference = _difference(now, submission, looked.return_) if now and looked.return_ is not None else None
    version = fingerprint(now) if now else ""
    is_confirmed = bool(confirmed) and confirmed == version
    stage = _stage(submission, locked, looked.report, difference, is_confirmed=is_confirmed)
    if stage is Stage.APPLIED:
        submission.applied_at, submission.applied_by = timezone.now(), by
    _move(submission, stage, version)


def _act(submission: Submission, locked: GatewayReturn, looked: Looked, *, by: Person | None) -> None:
    """Let a file count where that was decided; settle the return either way."""
    return_, held, registered = looked.return_, looked.held, looked.registered
    if submission.stage != Stage.APPLIED or return_ is None:
        if return_ is not None and not submission.is_sheet:
            close_what_is_shown(locked, return_)
        settle(locked, held, registered)
        return
    # What counts is just what was found to be without errors, unless something counted before.
    is_sound = not held and not looked.report.errors
    counts = apply(submission, locked, sound_return(submission, return_), held, registered, by=by)
    settle(locked, counts, registered, is_sound=is_sound, also=CHANGED)


def difference_of(submission: Submission) -> Changes | None:
    """Return what a file would change of what is held; None where nothing is held or it cannot be read."""
    gateway_return = submission.gateway_return
    held = held_of(gateway_return)
    return_, _ = read_file(submission, gateway_return, held, registered_of(gateway_return))
    if return_ is None or not held:
        return None
    return _difference(return_of(gateway_return, held), submission, return_)


def _difference(before: Return, submission: Submission, return_: Return) -> Changes:
    """Return what a file changes; a pupil who is in it in error is neither changed nor gone."""
    sound = sound_return(submission, return_)
    found = changes(before, sound)
    return found if sound is return_ else replace(found, dropped=changes(before, return_).dropped)


def _keep_report(submission: Submission, locked: GatewayReturn, return_: Return | None, report: Report) -> None:
    submission.checked_at = timezone.now()
    submission.register_version = locked.register_version
    submission.base = locked.counting
    submission.verdict = report.verdict
    submission.pupils = report.pupils or 0
    submission.errors, submission.queries, submission.infos = report.errors, report.queries, report.infos
    submission.report = report.as_dict()
    submission.fingerprint = fingerprint(return_) if return_ is not None else ""
    submission.is_sheet = return_ is not None and isinstance(return_.source, SheetFile)


def _stage(
    submission: Submission, locked: GatewayReturn, report: Report, difference: Changes | None, *, is_confirmed: bool
) -> Stage:
    if report.verdict is Verdict.UNREADABLE:
        return Stage.UNREADABLE
    if report.errors and not (locked.collection.accepts_single_pupils and _has_sound_pupils(report)):
        return Stage.IN_ERROR
    if report.queries and unanswered(queries_in(submission.report), standing_answers(locked)):
        return Stage.TO_ANSWER
    if difference and not is_confirmed:
        return Stage.TO_CONFIRM
    return Stage.APPLIED


def _has_sound_pupils(report: Report) -> bool:
    """Say whether no error is of the file as a whole, so that each pupil can be looked at alone."""
    errors = [finding for finding in report.findings if finding.severity == "error"]
    in_error = {(finding.upn, finding.pupil) for finding in errors if finding.code != "C01"}
    return (None, None) not in in_error and len(in_error) < (report.pupils or 0)


def _move(submission: Submission, stage: Stage, version: str) -> None:
    before = Stage(submission.stage)
    if stage not in STAGES[before]:
        raise NotAllowedNow(f"A file that is {before} cannot become {stage}.")
    submission.stage, submission.held_version = stage, version
    update(submission, _FOUND)


def recheck_waiting(gateway_return: GatewayReturn, by: Person | None) -> Submission | None:
    """Check the latest file once more where it does not count yet: the register has changed, and with it what is asked.

    Returns:
        the file as it is now; None where none waits, or its content is not in the store any more.
    """
    latest = Submission.objects.filter(gateway_return=gateway_return).order_by("-serial").first()
    if latest is None or Stage(latest.stage) in OVER:
        return None
    try:
        return check(latest, by=by)
    except NotAllowedNow:
        return None
