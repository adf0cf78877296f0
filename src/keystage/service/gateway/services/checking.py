"""Checking a file against the register and what is held; it counts at once where there is nothing to answer."""

from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from keystage.checks.report import Report, Verdict
from keystage.returns.changes import Changes, changes
from keystage.returns.fingerprint import fingerprint
from keystage.returns.value import Return
from keystage.service.accounts.models import Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.gateway.asked import queries_in, standing_answers, unanswered
from keystage.service.gateway.mailing import tell_of_file
from keystage.service.gateway.models import GatewayReturn, Stage, Submission
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
    submission = Submission.objects.select_related("file").get(pk=submission.pk)
    submission.gateway_return = locked
    if Stage(submission.stage) in OVER:
        return submission
    is_new = submission.stage == Stage.RECEIVED
    held, registered = held_of(locked) if locked.counting_id else [], registered_of(locked)
    return_, report = read_file(submission, locked, held, registered)
    _keep_report(submission, locked, return_, report)
    counts = sound_return(submission, return_) if return_ is not None else None
    difference = _difference(return_of(locked, held), submission, return_) if return_ is not None and held else None
    version = fingerprint(return_of(locked, held)) if held else ""
    stage = _stage(submission, locked, report, difference, is_confirmed=bool(confirmed) and confirmed == version)
    if stage is Stage.APPLIED:
        submission.applied_at, submission.applied_by = timezone.now(), by
    _move(submission, stage, version)
    if stage is Stage.APPLIED and counts is not None:
        # What counts is just what was found to be without errors, unless something counted before.
        is_sound = not held and not report.errors
        held = apply(submission, locked, counts, held, registered, by=by)
        settle(locked, held, registered, is_sound=is_sound, also=CHANGED)
    else:
        if return_ is not None and not submission.is_sheet:
            close_what_is_shown(locked, return_)
        settle(locked, held, registered)
    if stage is not Stage.APPLIED:  # that it was accepted stands in the record already
        record(
            Kind.FILE_CHECKED, by=by, organisation=locked.school, year=locked.collection.year, target=submission.key,
            file=submission.file.name, stage=stage, errors=report.errors, queries=report.queries,
        )  # fmt: skip
    if is_new:
        tell_of_file(submission)
    return submission


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
    submission.save()


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
