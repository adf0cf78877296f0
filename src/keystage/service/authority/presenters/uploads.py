"""A zip as its page shows it: how far it is, and a line for each file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from keystage.service.gateway.models import AuthorityUpload, Stage, UploadMember
from keystage.service.gateway.presenters.states import COLOURS, capital, stage_words

_STOPPED_AFTER = timedelta(minutes=2)
_DO = {
    Stage.IN_ERROR: "Send a file without these errors",
    Stage.TO_ANSWER: "The school answers the queries",
    Stage.TO_CONFIRM: "The school confirms the difference from what was accepted before",
    Stage.UNREADABLE: "Send a file that can be read",
    Stage.SET_ASIDE: "Nothing: a later file came",
}


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one file."""

    name: str
    school: str
    school_key: str
    """Of the school's return; empty where the file came to none."""
    file_key: str
    outcome: str
    colour: str
    words: str
    """Why it was refused, or what is to be done."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A zip and its files."""

    key: str
    name: str
    by: str
    at: datetime
    total: int | None
    done: int
    finished_at: datetime | None
    has_stopped: bool
    """Whether nothing has been done on it for so long that somebody should let it go on."""
    fault: str
    lines: tuple[Line, ...]
    accepted: int
    waiting: int
    refused: int


def line(member: UploadMember) -> Line:
    """Return the line of a file."""
    submission = member.submission
    if submission is None:
        return Line(member.name, member.school_number, "", "", "Refused", "red", member.words)
    returned = submission.gateway_return
    errors = {Stage.IN_ERROR: submission.errors, Stage.TO_ANSWER: submission.queries}.get(Stage(submission.stage))
    outcome = capital(stage_words(submission.stage)) + (f" ({errors:,})" if errors else "")
    return Line(
        member.name, f"{returned.school} ({returned.number})", returned.key, submission.key, outcome,
        COLOURS[submission.stage], _DO.get(Stage(submission.stage), ""),
    )  # fmt: skip


def shown(upload: AuthorityUpload, members: Iterable[UploadMember]) -> Shown:
    """Return a zip as its page shows it."""
    held = list(members)
    accepted = sum(1 for each in held if each.submission and each.submission.stage == Stage.APPLIED)
    refused = sum(1 for each in held if each.submission is None)
    last = max([upload.at, *(each.at for each in held)])
    return Shown(
        upload.key, upload.file.name, str(upload.by), upload.at, upload.total, len(held), upload.finished_at,
        upload.finished_at is None and timezone.now() - last > _STOPPED_AFTER, upload.fault, tuple(map(line, held)),
        accepted, len(held) - accepted - refused, refused,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Summary:
    """A zip in a list."""

    key: str
    name: str
    by: str
    at: datetime
    words: str


def summary(upload: AuthorityUpload) -> Summary:
    """Return a zip as a list shows it."""
    if upload.finished_at is None:
        words = "Being worked through"
    elif upload.fault and not upload.total:
        words = "Could not be used"
    else:
        words = "Worked through"
    return Summary(upload.key, upload.file.name, str(upload.by), upload.at, words)
