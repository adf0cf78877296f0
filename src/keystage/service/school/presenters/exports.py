"""The files of a return: what was made, what is in it, what differs, and what to do now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from keystage.papers.frame import Frame
from keystage.papers.receipt import ExceptionLine, ExportPaper, Sent
from keystage.returns.changes import Changes, changes
from keystage.returns.value import Return
from keystage.service.design.words import date_words
from keystage.service.school.models import Export
from keystage.service.school.outgoing import last_sent, return_in
from keystage.service.school.services.sent import DIRECTLY
from keystage.service.school.views.visiting import YearVisit
from keystage.years.year import CollectionYear

_FIELDS = {
    "upn": "UPN",
    "surname": "surname",
    "forename": "forename",
    "birth_date": "date of birth",
    "sex": "sex",
}


@dataclass(frozen=True, slots=True)
class PupilExceptions:
    """A pupil of whom something is to be said, with every message whole."""

    name: str
    upn: str
    messages: tuple[tuple[str, str], ...]
    """What the check asked, and the answer."""


@dataclass(frozen=True, slots=True)
class Log:
    """The log of a file."""

    export: Export
    processed: int
    left_out: int
    exceptions: tuple[PupilExceptions, ...]
    previous: Export | None
    differences: tuple[str, ...] | None
    """In words; None where there was no file before, or one of the two is not on disk any more."""
    is_latest_content: bool


def log_of(export: Export, at: YearVisit) -> Log:
    """Return the log of a file."""
    previous = last_sent(at.school_return, before=export)
    return Log(
        export,
        export.pupils + len(export.left_out),
        len(export.left_out),
        exceptions(export),
        previous,
        _differences(export, previous, at.records.year),
        export.version == at.school_return.version,
    )


def exceptions(export: Export) -> tuple[PupilExceptions, ...]:
    """Return who was left out and which queries were answered, pupil by pupil."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for each in export.left_out:
        found.setdefault((each["name"], each["upn"]), []).append(("Left out of the file by choice.", each["reason"]))
    for each in export.notes:
        answer = f"{each['note']} ({each['by']})"
        found.setdefault((each["name"], each["upn"]), []).append((each["message"], answer))
    return tuple(PupilExceptions(name, upn, tuple(said)) for (name, upn), said in found.items())


def _differences(export: Export, previous: Export | None, year: CollectionYear) -> tuple[str, ...] | None:
    if previous is None:
        return None
    before, now = return_in(previous, year), return_in(export, year)
    return compare(before, now) if before and now else None


def compare(before: Return, now: Return) -> tuple[str, ...]:
    """Return what differs from one return to another, in words."""
    return tuple(in_words(changes(before, now)))


def in_words(found: Changes) -> Iterator[str]:
    """Yield each change in words."""
    yield from (f"{pupil.name} is new" for pupil in found.added)
    yield from (f"{pupil.name} is no longer in it" for pupil in found.dropped)
    for identity in found.identities:
        before, after = (_shown(identity.field, text) for text in (identity.before, identity.after))
        yield f"{identity.pupil.name}: {_FIELDS[identity.field]} was {before}, is now {after}"
    for judged in found.judgements:
        yield (
            f"{judged.pupil.name}, {judged.subject}: was {judged.before or 'empty'}, is now {judged.after or 'empty'}"
        )


def _shown(field: str, text: str) -> str:
    if field == "birth_date" and len(text) == len("2015-03-01"):
        try:
            return date_words(date.fromisoformat(text))
        except ValueError:
            pass
    return text or "empty"


def paper_of(export: Export, at: YearVisit) -> ExportPaper:
    """Return the record of an export, for printing."""
    school = at.school
    frame = Frame(
        school.name, at.school_return.number, at.records.year, export.fingerprint, export.version, export.at,
        practice=school.is_practice,
    )  # fmt: skip
    return ExportPaper(
        frame,
        export.file.name,
        export.file.sha256,
        export.at,
        str(export.made_by),
        export.pupils,
        export.pupils + len(export.left_out),
        len(export.left_out),
        _sent(export),
        tuple(
            ExceptionLine(each.name, each.upn, f"{message} {answer}")
            for each in exceptions(export)
            for message, answer in each.messages
        ),
    )


def _sent(export: Export) -> tuple[Sent, ...]:
    if export.sent_at is None:
        return ()
    way = "Sent to the gateway" if export.sent_how == DIRECTLY else "Uploaded by hand"
    return (Sent(way, export.sent_at, str(export.sent_by), export.receipt_words),)


def file_rows(exports: list[Export], href: Any) -> list[list[Any]]:
    """Return the rows of the table of files."""
    return [
        [
            {"text": str(each), "href": href(each), "about": "log"},
            f"{date_words(each.at)}, {each.made_by}",
            str(each.pupils),
            f"{date_words(each.sent_at)}, {each.sent_how}" if each.sent_at else "Not sent",
        ]
        for each in exports
    ]
