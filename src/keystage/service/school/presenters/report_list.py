"""The list of reports for parents: for each pupil what is written, what is missing, and what was made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from keystage.service.design.words import date_words, join_words
from keystage.service.school.models import IssuedReport
from keystage.service.school.report_content import MUST, Content, Part, name_of
from keystage.service.school.reports import Reports

NOT_MADE, MADE, AGAIN = "not made", "made", "again"

PART_WORDS = {
    Part.PUPIL: "the pupil’s details",
    Part.RESULTS: "the results",
    Part.JUDGEMENTS: "the teacher assessments",
    Part.WORDS: "the words",
    Part.ATTENDANCE: "the attendance",
    Part.EVERY: "what stands on every report",
    Part.COMPARED: "the figures for comparison",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One pupil on the list."""

    key: str
    name: str
    class_name: str
    missing: tuple[str, ...]
    """What the report must hold and does not yet, in words."""
    results: str
    state: str
    """One of :data:`NOT_MADE`, :data:`MADE` and :data:`AGAIN`."""
    why: str
    """Why it must be made again, or what else has changed; empty where nothing has."""
    is_owed: bool
    is_same: bool = True
    """Whether everything on the report that was made is as it was, the figures for comparison too."""
    made_at: datetime | None = None
    is_without_results: bool = False
    """Whether results are held, and say nothing of the pupil."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of the reports that are owed stand where."""

    owed: int
    missing: int
    not_made: int
    made: int
    again: int
    printable: int
    """Made and quite the same, so that it can be printed once more."""
    compared: int
    """Made, and only the figures for comparison have changed."""


def rows_of(reports: Reports) -> list[Row]:
    """Return the pupils in the return, by class and name."""
    return [_row(reports, reports.content(line)) for line in reports.lines()]


def counted(rows: Sequence[Row]) -> Counted:
    """Count the reports that are owed."""
    owed = [row for row in rows if row.is_owed]
    states = [row.state for row in owed]
    return Counted(
        len(owed),
        sum(bool(row.missing) for row in owed),
        states.count(NOT_MADE),
        states.count(MADE),
        states.count(AGAIN),
        sum(row.state == MADE and row.is_same for row in rows),
        sum(row.state == MADE and not row.is_same for row in rows),
    )


def _row(reports: Reports, content: Content) -> Row:
    pupil, made = content.line.pupil, reports.made(content.line)
    state, why = standing(content, made)
    return Row(
        pupil.key,
        name_of(pupil),
        pupil.class_name,
        missing(content),
        _results(reports, content),
        state,
        why,
        content.is_owed,
        made is None or made.fingerprint == content.fingerprint,
        made.at if made else None,
        reports.load is not None and content.report.result is None,
    )


def missing(content: Content) -> tuple[str, ...]:
    """Return what the report must hold and does not yet: what a person of the school still has to write."""
    texts = content.texts
    wanted = {
        "general progress": texts.progress,
        "achievements": texts.achievements,
        "account by area of engagement": texts.engagement or not content.is_engagement,
        "attendance": texts.possible_sessions is not None and texts.attended_sessions is not None,
    }
    return tuple(words for words, found in wanted.items() if not found)


def standing(content: Content, made: IssuedReport | None) -> tuple[str, str]:
    """Return where a report stands, and in words what has changed since it was made."""
    if made is None:
        return NOT_MADE, ""
    changed = content.changed_since(made.parts)
    if MUST.isdisjoint(changed):
        why = f"Only the figures for comparison have changed since {date_words(made.at)}" if changed else ""
        return MADE, why
    return AGAIN, _why([part for part in changed if part in MUST], is_before_results=made.load_id is None)


def _why(changed: Sequence[Part], *, is_before_results: bool) -> str:
    """Say what has changed of what a report says; of the results, that they came, where they were not there."""
    came = is_before_results and Part.RESULTS in changed
    others = [part for part in changed if not (came and part is Part.RESULTS)]
    verb = "has" if len(others) == 1 and others[0] in (Part.ATTENDANCE, Part.EVERY) else "have"
    words = f"{join_words([PART_WORDS[part] for part in others])} {verb} changed" if others else ""
    if not came:
        return f"Since it was made, {words}"
    return f"It was made before the results came{f', and {words}' if words else ''}"


def _results(reports: Reports, content: Content) -> str:
    if reports.load is None:
        return "No results yet"
    return "Held" if content.report.result is not None else "Not in the results"
