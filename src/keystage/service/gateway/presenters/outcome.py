"""What came of a file: whether it counts, and what is to be done."""

from typing import NamedTuple

from keystage.service.design.words import plural
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.gateway.asked import standing_answers
from keystage.service.gateway.dates import dates_of
from keystage.service.gateway.models import Receipt, Stage, Submission
from keystage.service.gateway.presenters.difference import DifferenceShown, difference_shown
from keystage.service.gateway.presenters.findings import Findings, findings_of
from keystage.service.gateway.presenters.states import COLOURS
from keystage.service.gateway.services.checking import OVER, difference_of


class Outcome(NamedTuple):
    """What the page of a file shows."""

    submission: Submission
    heading: str
    says: str
    colour: str
    counts: str
    """Whether it counts, in two or three words."""
    findings: Findings
    difference: DifferenceShown | None
    receipt: Receipt | None
    has_marked: bool
    """Whether the file can be had with the errors marked in it."""
    is_over: bool
    """Whether it is checked no more."""
    register_changed: bool
    """Whether the register has changed since it was checked."""
    why_set_aside: str
    too_late: str
    """Why it does not count, where nothing more can be done with it because files are taken no more; else empty."""
    single: str
    """Where single pupils are accepted and some are in error: who counts."""


def outcome_of(submission: Submission) -> Outcome:
    """Return what came of a file."""
    stage = Stage(submission.stage)
    findings = findings_of(submission, standing_answers(submission.gateway_return))
    difference = difference_of(submission) if stage is Stage.TO_CONFIRM else None
    receipt = Receipt.objects.filter(submission=submission).first()
    is_late = is_too_late(submission)
    heading, says = _said_late(submission, findings) if is_late else _said(submission, findings, receipt)
    return Outcome(
        submission,
        heading,
        says,
        COLOURS[submission.stage],
        _counts(submission),
        findings,
        difference_shown(difference) if difference is not None else None,
        receipt,
        has_marked=stage is not Stage.UNREADABLE and bool(submission.errors or submission.queries),
        is_over=stage in OVER,
        register_changed=submission.register_version != submission.gateway_return.register_version,
        why_set_aside=_why_set_aside(submission) if stage is Stage.SET_ASIDE else "",
        too_late=_TOO_LATE if is_late else "",
        single=_single(submission, receipt),
    )


def _counts(submission: Submission) -> str:
    if submission.stage == Stage.APPLIED:
        return "counts" if submission.gateway_return.counting_id else "counted once"
    return "will not count" if submission.stage in OVER else "does not count yet"


def _said(submission: Submission, findings: Findings, receipt: Receipt | None) -> tuple[str, str]:
    errors, counts = plural(submission.errors, "error"), bool(submission.gateway_return.counting_id)
    before = " What counted before stays as it is." if counts else ""
    if submission.stage == Stage.APPLIED:
        return "Accepted", _accepted(submission, receipt) if receipt else ""
    if submission.stage == Stage.IN_ERROR:
        return f"{errors} to put right", f"The file arrived and is kept, but it does not count.{before}"
    if submission.stage == Stage.TO_ANSWER:
        queries = plural(findings.open_queries, "query", "queries")
        return f"{queries} to answer", f"{_waits(submission, 'every query is answered')}{before}"
    if submission.stage == Stage.TO_CONFIRM:
        return "Confirm the changes", f"{_waits(submission, 'you confirm what it changes')}{before}"
    if submission.stage == Stage.UNREADABLE:
        return "The file could not be read", f"It arrived and is kept, but nothing in it could be used.{before}"
    if submission.stage == Stage.SET_ASIDE:
        return "Set aside", "This file never counted and will not."
    return "Being checked", "The file has arrived. Its result is here in a moment."


def _waits(submission: Submission, until: str) -> str:
    """Say what a file waits for that has no errors; or that has some, where single pupils are accepted."""
    if not submission.errors:
        return f"The file has no errors. It counts once {until}."
    return f"The pupils without errors count once {until}. The others wait until their errors are corrected."


_TOO_LATE = (
    "The collection is closed for your school. Queries cannot be answered, changes cannot be confirmed and files cannot"
    " be sent any more. If this file should count, write to the helpdesk. The agency can let your school go on for"
    " longer, or correct the register: then the file counts if nothing else is against it, because it arrived in time."
)


def is_too_late(submission: Submission) -> bool:
    """Say whether a file arrived in time, waits for somebody, and can be finished no more by the school."""
    is_waiting = submission.stage in (Stage.IN_ERROR, Stage.TO_ANSWER, Stage.TO_CONFIRM)
    return is_waiting and not dates_of(submission.gateway_return).is_open


def _said_late(submission: Submission, findings: Findings) -> tuple[str, str]:
    """Return the heading and what is said of a file that arrived in time and was not finished in time."""
    counts = " What counted before stays as it is." if submission.gateway_return.counting_id else ""
    heading = {
        Stage.IN_ERROR: f"{plural(submission.errors, 'error')} not put right in time",
        Stage.TO_ANSWER: f"{plural(findings.open_queries, 'query', 'queries')} not answered in time",
    }.get(Stage(submission.stage), "Changes not confirmed in time")
    return heading, f"The file arrived in time and is kept, but it does not count.{counts}"


def _accepted(submission: Submission, receipt: Receipt) -> str:
    then, now = receipt.content["counts"]["accepted"], submission.gateway_return.accepted
    if submission.gateway_return.counting_id == submission.pk and then == now:
        return f"{plural(now, 'pupil counts', 'pupils count')}."
    return f"{plural(then, 'pupil')} counted when it was accepted. What counts has changed since: {now:,} now."


def _why_set_aside(submission: Submission) -> str:
    event = Event.objects.filter(kind=Kind.FILE_SET_ASIDE, target=submission.key).order_by("-pk").first()
    if event is None:
        return "A later file was accepted."
    return f"{event.person or 'Somebody'} gave the reason: “{event.data.get('reason', '')}”."


def _single(submission: Submission, receipt: Receipt | None) -> str:
    if submission.stage != Stage.APPLIED or not submission.errors or receipt is None:
        return ""
    counted = sum(1 for each in receipt.content["pupils"] if each["state"] == "accepted")
    left = submission.pupils - counted
    return (
        f"{plural(counted, 'pupil of this file counts', 'pupils of this file count')}."
        f" {plural(left, 'pupil with errors does', 'pupils with errors do')} not count yet."
    )
