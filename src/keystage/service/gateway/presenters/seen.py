"""A school's return as its authority, its trust and the agency see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from keystage.service.design.words import until_words
from keystage.service.gateway.dates import Dates, dates_of
from keystage.service.gateway.models import (
    AuthoritySettings,
    GatewayReturn,
    HeldPupil,
    Receipt,
    RegisteredPupil,
    ResendRequest,
    Route,
    Submission,
)
from keystage.service.gateway.presenters.found import Kind, kinds_in
from keystage.service.gateway.presenters.states import COLOURS, capital, stage_words
from keystage.service.gateway.queries import files_of, requests_of, who_of


@dataclass(frozen=True, slots=True)
class Row:
    """A school's line in a list of many."""

    key: str
    name: str
    number: str
    state: str
    colour: str
    expected: int
    received: int
    missing: int
    unexpected: int
    latest_at: datetime | None
    wanted_on: datetime
    """A moment of the last day on which it is wanted."""
    is_late: bool
    """Whether the date has passed on which it was wanted, and it is not accepted."""
    is_moderated: bool
    visit_on: date | None
    is_asked: bool
    """Whether the school was asked to send again, and has not."""


def row_of(found: GatewayReturn, settings: AuthoritySettings | None, now: datetime) -> Row:
    """Return the line of a school."""
    wanted_by = dates_of(found, settings).wanted_by
    is_done = found.state in ("accepted", "accepted with queries")
    return Row(
        found.key, found.school.name, found.number, capital(found.state), COLOURS[found.state], found.expected,
        found.received, found.missing, found.unexpected, found.latest.received_at if found.latest else None,
        wanted_by - timedelta(seconds=1), now >= wanted_by and not is_done, found.is_moderated, found.visit_on,
        getattr(found, "is_asked", False),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file's line."""

    key: str
    name: str
    received_at: datetime
    how: str
    stage: str
    colour: str
    pupils: int
    errors: int
    queries: int


def file_line(submission: Submission) -> FileLine:
    """Return the line of a file."""
    how = capital(submission.route)
    if submission.route == Route.AUTHORITY:
        how = f"{how}, {submission.file.organisation}"
    elif submission.by:
        how = f"{how}, {submission.by}"
    return FileLine(
        submission.key, submission.file.name, submission.received_at, how, stage_words(submission.stage),
        COLOURS[submission.stage], submission.pupils, submission.errors, submission.queries,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything that a page shows of one school's return."""

    found: GatewayReturn
    state: str
    colour: str
    dates: Dates
    wanted_by: str
    closes_at: str
    missing: Sequence[RegisteredPupil]
    unexpected: Sequence[HeldPupil]
    files: Sequence[FileLine]
    kinds: Sequence[Kind]
    """What was found in the latest file."""
    requests: Sequence[ResendRequest]
    receipts: Sequence[Receipt]


def seen(found: GatewayReturn, settings: AuthoritySettings | None) -> Seen:
    """Return what a page shows of a return."""
    who, dates = who_of(found), dates_of(found, settings)
    receipts = Receipt.objects.filter(gateway_return=found).select_related("submission__file", "by")
    return Seen(
        found,
        capital(found.state),
        COLOURS[found.state],
        dates,
        capital(until_words(dates.wanted_by)),
        capital(until_words(dates.closes_at)),
        who.only_right,
        who.only_left,
        [file_line(each) for each in files_of(found)],
        kinds_in(found.latest.report) if found.latest else [],
        list(requests_of(found)),
        list(receipts.defer("content", "submission__report").order_by("-pk")),
    )
