"""Where a return stands, in words, and the one thing to do next."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils import timezone

from keystage.service.accounts.roles import Permission
from keystage.service.design.words import moment_words, plural
from keystage.service.gateway.models import Correction, ResendRequest, Stage, State
from keystage.service.gateway.presenters.outcome import is_too_late
from keystage.service.gateway.presenters.states import COLOURS
from keystage.service.gateway.queries import open_requests
from keystage.service.gateway.services.attendance import why_closed
from keystage.service.gateway.services.declaring import still_to_submit
from keystage.service.gateway.views.visiting import ReturnVisit

MEANING = {
    State.NOT_STARTED: "Nothing has come that could count.",
    State.INCOMPLETE: "Something has come, but the return is not complete yet.",
    State.IN_ERROR: "The latest file has errors, so it does not count. Nothing counted before it.",
    State.ACCEPTED_WITH_QUERIES: "The return counts. What the checks asked was answered with notes.",
    State.ACCEPTED: "The return counts. Every pupil who is expected is in it.",
    State.REMOVED: "What had counted was taken out again. Nothing counts now.",
}
"""What each state means, for the people of the school."""


class Next(NamedTuple):
    """What to do next."""

    says: str
    action: str = ""
    """What the button says; empty where there is nothing to press."""
    href: str = ""


class Standing(NamedTuple):
    """Where a return stands."""

    state: State
    colour: str
    meaning: str
    next: Next
    requests: Sequence[ResendRequest]
    """Requests to send again that are open."""
    corrections: int
    """Corrections that are to be made in the school's own records."""
    besides: Sequence[tuple[str, str]]
    """What is still to be submitted besides the file, in words, each with where that is done."""


def standing(at: ReturnVisit) -> Standing:
    """Return where a school's return stands."""
    found = at.gateway_return
    state = State(found.state)
    requests = open_requests(found)
    corrections = Correction.objects.filter(gateway_return=found, done_at=None).count()
    return Standing(state, COLOURS[state], meaning(at), _next(at, requests), requests, corrections, _besides(at))


def _besides(at: ReturnVisit) -> list[tuple[str, str]]:
    found = at.gateway_return
    if found.nil_at or why_closed(found):
        return []
    missing = still_to_submit(found)
    tests = sum("attendance" in each for each in missing)
    besides = [("Submit the registration", at.to("gateway:register"))] if len(missing) > tests else []
    if tests:
        besides.append((f"Submit {plural(tests, 'attendance register')}", at.to("gateway:attendance")))
    if not found.declared_at:
        besides.append(("The headteacher’s declaration", at.to("gateway:declaration")))
    return besides


def meaning(at: ReturnVisit) -> str:
    """Return what the state means for this school."""
    found = at.gateway_return
    state = State(found.state)
    if found.nil_at and state is State.ACCEPTED:
        return "Your school sent a nil return: it has no pupils to report."
    if state is State.INCOMPLETE and found.counting_id:
        if found.missing:
            who = plural(found.missing, "expected pupil is", "expected pupils are")
            return f"What you sent counts, but {who} missing from it."
        if found.differing:
            return "What you sent counts, but its writing is not what the moderator judged."
        return "What you sent counts, but it does not fit the register as it is now."
    if state is State.ACCEPTED and found.missing:
        who = plural(found.missing, "pupil who has left is", "pupils who have left are")
        return f"The return counts. {who} on the register and not in it."
    return MEANING[state]


_TO_FILE = {
    Stage.UNREADABLE: ("Your latest file could not be read. See why, and send it again.", "See what is wrong"),
    Stage.IN_ERROR: ("Your latest file has errors. See all of them at once, and put them right.", "See what is wrong"),
    Stage.TO_ANSWER: (
        "Your latest file has queries. Nothing of it counts before they are answered.",
        "Answer the queries",
    ),
    Stage.TO_CONFIRM: ("Your latest file would change what counts. Look at it and confirm.", "See the changes"),
    Stage.RECEIVED: ("Your latest file has arrived and is being checked.", "See the file"),
}


def _next(at: ReturnVisit, requests: Sequence[ResendRequest]) -> Next:
    latest = at.gateway_return.latest
    if not at.dates.is_open:
        return _closed(at)
    if not at.may(Permission.SUBMIT):
        return Next("Files are sent by the data manager or the headteacher. You can see what has come.")
    waiting = _TO_FILE.get(Stage(latest.stage)) if latest else None
    if latest and waiting:
        return Next(*waiting, at.to("gateway:file", key=latest.key))
    if requests:
        return Next("You were asked to send again.", "Send a file", at.to("gateway:send"))
    return _by_state(at)


def _closed(at: ReturnVisit) -> Next:
    if timezone.now() < at.dates.opens_at:
        return Next(f"Files are taken from {moment_words(at.dates.opens_at)}. Until then, check the registration.")
    latest = at.gateway_return.latest
    if latest and is_too_late(latest):
        says = "The collection is closed for your school. Your latest file arrived in time and does not count."
        return Next(says, "See why", at.to("gateway:file", key=latest.key))
    return Next("The collection is closed for your school. If something is wrong, write to the helpdesk.")


def _by_state(at: ReturnVisit) -> Next:
    found = at.gateway_return
    state = State(found.state)
    if state is State.INCOMPLETE and found.missing:
        return Next("See who is missing, and what to do about each.", "See who is missing", at.to("gateway:numbers"))
    if state is State.INCOMPLETE and found.differing:
        says = "Put the moderated judgements in your own records, and send the file again."
        return Next(says, "See the moderated judgements", at.to("gateway:moderation"))
    if state is State.INCOMPLETE:
        return Next("Send a file that fits the register.", "Send a file", at.to("gateway:send"))
    if state in (State.ACCEPTED, State.ACCEPTED_WITH_QUERIES):
        receipt = found.receipts.order_by("-at", "-pk").first()
        if receipt:
            href = at.to("gateway:receipt", number=receipt.number)
            return Next("Your file needs nothing more. Keep the receipt.", "See the receipt", href)
        return Next("Your return needs nothing more.")
    if found.expected == 0 and state is State.NOT_STARTED:
        return Next("Nobody is expected of your school yet. Check the registration before you send a file.",
                    "Send a file", at.to("gateway:send"))  # fmt: skip
    return Next("Send your file: a Common Transfer File, or the template.", "Send a file", at.to("gateway:send"))
