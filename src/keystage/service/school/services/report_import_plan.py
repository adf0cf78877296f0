"""What a file of words and attendance would write in reports for parents: nothing is done here."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import Any

from keystage.service.school.lines import Line
from keystage.service.school.models import Incoming, Pupil, PupilReport, SchoolReturn
from keystage.service.school.records import Records
from keystage.service.school.report_content import name_of
from keystage.service.school.services.incoming import content_of
from keystage.service.school.services.report_texts import sessions_faults, texts_of
from keystage.sheets.report_texts import NUMBERS, TextLine, TextSheet, read_report_texts


class Becomes(StrEnum):
    """What becomes of a line of the file."""

    NEW = "new"
    """Fills what is empty, and nothing else."""
    DIFFERS = "differs"
    """Would replace something that is written."""
    SAME = "same"
    UNKNOWN = "unknown"
    """Nobody in the return has the UPN."""
    NOT_YOURS = "not yours"
    """Of a class that the person does not write for."""
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class Change:
    """One field that would be otherwise."""

    field: str
    old: str | int | None
    new: str | int


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line of the file, with the pupil it is of and what it would do."""

    number: int
    upn: str
    name: str
    becomes: Becomes
    pupil: Pupil | None = None
    changes: tuple[Change, ...] = ()
    faults: tuple[str, ...] = ()
    held: PupilReport | None = None
    """What is written for the pupil already."""

    @property
    def token(self) -> str:
        """What the form sends for this line."""
        return self.pupil.key if self.pupil else ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would do."""

    sheet: TextSheet
    lines: tuple[PlanLine, ...]

    def of(self, *becomes: str) -> tuple[PlanLine, ...]:
        """Return the lines of which something becomes."""
        return tuple(line for line in self.lines if line.becomes in becomes)

    @property
    def seen(self) -> str:
        """A hash of what the page shows: what was changed after it was shown is not written over."""
        versions = (line.held.version if line.held else 0 for line in self.lines)
        shown = [(line.token, line.becomes, at, *line.changes) for line, at in zip(self.lines, versions, strict=True)]
        return sha256(repr(shown).encode()).hexdigest()


def plan(incoming: Incoming, school_return: SchoolReturn, classes: Collection[str] | None = None) -> Plan:
    """Say what a file would do, without doing it.

    Args:
        incoming: the file.
        school_return: the year.
        classes: the classes that the person may write for; None for all.

    Raises:
        FileRefused: it cannot be read.
        NotAllowedNow: it is not on disk any more.
    """
    sheet = read_report_texts(content_of(incoming), name=incoming.file.name)
    records = Records.of(school_return)
    written = {row.pupil_id: row for row in PupilReport.objects.filter(pupil__school_return=school_return)}
    by_upn = _by_upn(records)
    often = Counter(line.upn for line in sheet.lines)
    lines = (
        _plan_line(line, by_upn.get(line.upn) if line.upn else None, written, often[line.upn], classes)
        for line in sheet.lines
    )
    return Plan(sheet, tuple(lines))


def _by_upn(records: Records) -> dict[str, Line]:
    """Return who is in the return, by UPN; by a former one where nobody has it now. One that two have is nobody's."""
    now = Counter(line.pupil.upn for line in records.lines)
    former = Counter(line.pupil.former_upn for line in records.lines)
    found = {line.pupil.former_upn: line for line in records.lines if former[line.pupil.former_upn] == 1}
    found |= {line.pupil.upn: line for line in records.lines}
    return {upn: line for upn, line in found.items() if upn and now[upn] <= 1}


def _plan_line(
    line: TextLine,
    found: Line | None,
    written: Mapping[int, PupilReport],
    often: int,
    classes: Collection[str] | None,
) -> PlanLine:
    if found is None:
        return PlanLine(line.number, line.upn, line.name, Becomes.UNKNOWN, faults=line.faults)
    pupil = found.pupil
    held = written.get(pupil.pk)
    changes = _changes(line, held)
    made = PlanLine(line.number, line.upn, name_of(pupil), _becomes(changes), pupil, changes, held=held)
    if classes is not None and pupil.class_name not in classes:
        return replace(made, becomes=Becomes.NOT_YOURS, changes=())
    twice = (f"The UPN stands {often} times in the file: it is not known which line counts.",) if often > 1 else ()
    if faults := (*line.faults, *twice, *_of_sessions(changes, held)):
        return replace(made, becomes=Becomes.FAULTY, faults=faults)
    return made


def _changes(line: TextLine, held: PupilReport | None) -> tuple[Change, ...]:
    texts = texts_of(held)
    both = ((field, getattr(texts, field), new) for field, new in line.said.items())
    return tuple(Change(field, old, new) for field, old, new in both if old != new)


def _becomes(changes: tuple[Change, ...]) -> Becomes:
    if not changes:
        return Becomes.SAME
    return Becomes.DIFFERS if any(each.old not in ("", None) for each in changes) else Becomes.NEW


def _of_sessions(changes: tuple[Change, ...], held: PupilReport | None) -> tuple[str, ...]:
    """Return what is wrong with the numbers of sessions taken together, as they would be."""
    numbers: dict[str, Any] = {field: getattr(texts_of(held), field) for field in NUMBERS}
    numbers |= {each.field: each.new for each in changes if each.field in NUMBERS}
    return sessions_faults(**numbers)
