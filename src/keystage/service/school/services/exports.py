"""Making the file: chosen, written, stored, and then checked as the gateway would check it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from keystage.checks.files import Options, check_content
from keystage.checks.finding import Finding, Severity
from keystage.checks.london import london_time
from keystage.ctf.filename import FileName
from keystage.ctf.from_return import from_return
from keystage.ctf.writer import CannotWrite, to_bytes
from keystage.returns.fingerprint import fingerprint
from keystage.service.accounts.models import Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.words import join_words
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.school.findings import Found, locate
from keystage.service.school.models import Export, QueryNote, SchoolReturn, StoredFile
from keystage.service.school.outgoing import MOST_SERIAL, Outgoing, outgoing, why_not_left_out
from keystage.service.school.readiness import before_file
from keystage.service.school.records import Records
from keystage.service.school.services.files import store
from keystage.service.school.services.returns import lock_open
from keystage.service.school.signatures import Signing

_CHANGED = "The return was changed while you were looking at it, so no file was made. Look at it as it is now."
_MADE = "Another file was made while you were looking at this page. Look at that one first."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants in the file, and what they saw when they asked for it."""

    seen: str
    """The fingerprint of the return."""
    serial: int
    """The serial number that the page named."""
    left_out: Mapping[str, str]
    """The keys of pupils to leave out, each with the reason."""
    dropped_note: str = ""
    """Why pupils of the last file are not in this one."""


@dataclass(frozen=True, slots=True)
class Made:
    """What came of it."""

    export: Export | None
    """None where the file is not fit to be sent: then it was kept, and counts as nothing."""
    faults: tuple[Finding, ...] = ()


@transaction.atomic
def make_file(school_return: SchoolReturn, wanted: Wanted, *, by: Person, at: datetime | None = None) -> Made:
    """Make the file for the gateway, and check the very bytes.

    Raises:
        NotAllowedNow: the year is closed, the return is not ready, it is not what the person saw, or somebody cannot
            be left out.
    """
    at = at or timezone.now()
    locked = lock_open(school_return)
    records = Records.of(locked)
    file = outgoing(records, {key: reason.strip() for key, reason in wanted.left_out.items()})
    _may_be_made(file, wanted)
    name = FileName(locked.number, file.destination, file.serial, records.year.ctf.type_token)
    content = _content(file, at)
    stored = store(locked.organisation, str(name), content, by=by)
    findings = _check(file, str(name), content, at)
    if faults := tuple(found.finding for found in findings if not _is_fit(found, file, wanted)):
        record(
            Kind.EXPORT_FAULTY, by=by, organisation=locked.organisation, year=locked.year, target=stored.key,
            checks=sorted({fault.code for fault in faults}),
        )  # fmt: skip
        return Made(None, faults)
    return Made(_keep(file, stored, _notes(findings, file, wanted, by, at), by, at))


def _may_be_made(file: Outgoing, wanted: Wanted) -> None:
    records = file.records
    if records.school_return.nil_reason and not records.lines:
        raise NotAllowedNow("This is a nil return: there is nobody in it, so there is no file to make.")
    if obstacles := before_file(records, Signing.of(records)):
        raise NotAllowedNow(f"The file cannot be made yet: {join_words([each.text for each in obstacles])}.")
    if records.fingerprint != wanted.seen:
        raise NotAllowedNow(_CHANGED)
    if file.serial != wanted.serial:
        raise NotAllowedNow(_MADE)
    if file.serial > MOST_SERIAL:
        raise NotAllowedNow(f"{MOST_SERIAL} files were made for this return, and a file's name has no room for more.")
    _may_be_left_out(file, wanted)


def _may_be_left_out(file: Outgoing, wanted: Wanted) -> None:
    for key, reason in file.left_out.items():
        line = file.records.line(key)
        if line is None:
            raise NotAllowedNow(_CHANGED)
        if why := why_not_left_out(line):
            raise NotAllowedNow(
                f"{line.pupil} {why}. If they should not be in the return, change the registration at the gateway and"
                " load the register again."
            )
        if not reason:
            raise NotAllowedNow(f"Say why {line.pupil} is left out.")
    if not file.lines:
        raise NotAllowedNow("Nobody would be in the file.")
    if file.dropped and not wanted.dropped_note.strip():
        names = join_words([pupil.name for pupil in file.dropped])
        raise NotAllowedNow(f"In the last file and not in this one: {names}. Say why.")


def _content(file: Outgoing, at: datetime) -> bytes:
    school = file.records.school_return.organisation
    made = from_return(
        file.return_, file.records.year, made=london_time(at), school_name=school.name, urn=school.urn,
        destination=file.destination,
    )  # fmt: skip
    try:
        return to_bytes(made)
    except CannotWrite as fault:
        raise NotAllowedNow(str(fault)) from None


def _check(file: Outgoing, name: str, content: bytes, at: datetime) -> tuple[Found, ...]:
    records = file.records
    options = Options(
        year=records.year.year,
        register=records.register,
        previous=file.previous_return,
        destination="gateway" if file.is_for_gateway else "any",
        today=london_time(at).date(),
        school=records.school_return.number,
        years_dir=settings.ENVIRONMENT.years_dir,
    )
    report = check_content(content, name, options)
    return locate(report.findings, [line.pupil for line in file.lines], records.pupils)


def _is_fit(found: Found, file: Outgoing, wanted: Wanted) -> bool:
    """Say whether a finding on the file is one that a person has already answered for."""
    if found.finding.severity is Severity.ERROR:
        return False
    return not found.is_query or bool(_note(found, file, wanted))


def _note(found: Found, file: Outgoing, wanted: Wanted) -> str | QueryNote:
    """Return the answer to a query on the file; empty where there is none."""
    if found.finding.code == "D01":
        return wanted.dropped_note.strip()
    if found.pupil and (reason := file.left_out.get(found.pupil.key)):
        return reason
    return _answers(file.records).get(_about(found), "")


def _about(found: Found) -> tuple[str | int | None, ...]:
    """Return what a query asks about; of somebody who is not on the roll, by whom the check names."""
    asked = found.finding
    who = (found.pupil.pk,) if found.pupil else (asked.upn, asked.pupil)
    return asked.code, asked.subject, asked.value, *who


def _answers(records: Records) -> dict[tuple[str | int | None, ...], QueryNote]:
    """Return the notes by what they are about: in a file a query may name a line, and so read otherwise."""
    return {
        _about(found): note for found in records.found if (note := records.answers.standing.get(found.hash)) is not None
    }


def _notes(findings: Iterable[Found], file: Outgoing, wanted: Wanted, by: Person, at: datetime) -> list[dict[str, Any]]:
    answered = [(found, _note(found, file, wanted)) for found in findings if found.is_query]
    return [
        {
            "code": found.finding.code,
            "pupil": found.pupil.key if found.pupil else "",
            "name": found.finding.pupil or "",
            "upn": found.finding.upn or "",
            "subject": found.finding.subject or "",
            "message": found.finding.message,
            "note": note.text if isinstance(note, QueryNote) else note,
            "by": str(note.person) if isinstance(note, QueryNote) else str(by),
            "at": (note.at if isinstance(note, QueryNote) else at).isoformat(),
        }
        for found, note in answered
    ]


def _keep(file: Outgoing, stored: StoredFile, notes: list[dict[str, Any]], by: Person, at: datetime) -> Export:
    locked = file.records.school_return
    left_out = [
        {"pupil": line.pupil.key, "name": line.pupil.name, "upn": line.pupil.upn, "reason": reason}
        for key, reason in file.left_out.items()
        if (line := file.records.line(key)) is not None
    ]
    made = Export.objects.create(
        school_return=locked,
        serial=file.serial,
        file=stored,
        fingerprint=fingerprint(file.return_),
        version=locked.version,
        pupils=len(file.lines),
        left_out=left_out,
        notes=notes,
        made_by=by,
        at=at,
    )
    record(
        Kind.EXPORTED, by=by, organisation=locked.organisation, year=locked.year, target=made.key, file=stored.name,
        sha256=stored.sha256, fingerprint=made.fingerprint, pupils=made.pupils, left_out=len(left_out),
        destination=file.destination,
    )  # fmt: skip
    return made
