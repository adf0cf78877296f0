"""Saving cells of the marksheet: one, or a block that was pasted, filled down, undone or brought in."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from keystage.returns.judgement import tidy
from keystage.service.accounts.models import Person
from keystage.service.events.kinds import Kind
from keystage.service.events.record import Done, record_all
from keystage.service.school.lines import Cell, Line
from keystage.service.school.models import Judgement, SchoolReturn
from keystage.service.school.records import Records
from keystage.service.school.services.returns import content_changed, lock_open
from keystage.years.explain import NotTaCode, OtherSubjectCode, RetiredCode
from keystage.years.owed import OwedState
from keystage.years.subjects import Subject
from keystage.years.year import CollectionYear


class Change(NamedTuple):
    """What somebody wants a cell to hold, and which version of the cell they saw."""

    pupil: str
    """The pupil's key."""
    subject: Subject
    code: str
    """Empty to take the judgement out."""
    version: int
    """0 where the cell was empty and never had anything."""


class Saved(NamedTuple):
    """A cell that now holds what was wanted."""

    pupil: str
    subject: Subject
    code: str
    version: int


class Conflict(NamedTuple):
    """A cell that somebody else changed in the meantime: nothing was saved, and a person must choose."""

    pupil: str
    subject: Subject
    yours: str
    theirs: str
    by: str
    at: datetime | None
    version: int
    """The version of what the other person saved."""


class Refused(NamedTuple):
    """A cell that cannot hold what was wanted."""

    pupil: str
    subject: Subject
    code: str
    why: str
    allowed: tuple[str, ...]


@dataclass(slots=True)
class Outcome:
    """What became of each change."""

    saved: list[Saved] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    records: Records | None = None
    """The school's records as they are after the changes."""


@transaction.atomic
def save(
    school_return: SchoolReturn,
    changes: Iterable[Change],
    *,
    by: Person,
    how: str = "typed",
    file: str = "",
    classes: Collection[str] | None = None,
) -> Outcome:
    """Save what can be saved of some changes, and say what cannot.

    A cell that holds the wanted code already counts as saved: a request whose answer was lost can be sent again.

    Args:
        school_return: the return.
        changes: what is wanted; the last of several for one cell counts.
        by: who wants it.
        how: ``typed``, ``pasted``, ``filled``, ``undone``, ``chosen`` or ``imported``; kept in the history.
        file: the key of the file it came from, where it did.
        classes: the classes whose pupils the person may change; None for all.

    Raises:
        NotAllowedNow: the year is closed.
    """
    locked = lock_open(school_return)
    saving = _Saving(Records.of(locked), classes)
    for change in {(each.pupil, each.subject): each for each in changes}.values():
        saving.take(change)
    if saving.wanted:
        written = _write(locked, saving.wanted, by, how, file)
        content_changed(locked, {line.pupil.class_name for line, _, _ in saving.wanted}, by=by, reaches_others=False)
        saving.outcome.records = saving.records.after(written)
    else:
        saving.outcome.records = saving.records
    return saving.outcome


class _Saving:
    def __init__(self, records: Records, classes: Collection[str] | None) -> None:
        self.records = records
        self.classes = classes
        self.outcome = Outcome()
        self.wanted: list[tuple[Line, Cell, str]] = []

    def take(self, change: Change) -> None:
        code = tidy(change.code)
        line = self.records.line(change.pupil)
        if line is None:
            self.refuse(change, "This pupil is no longer on the marksheet. Load the page again.")
            return
        if self.classes is not None and line.pupil.class_name not in self.classes:
            self.refuse(change, "This pupil is in another class than yours. Ask the data manager.")
            return
        cell = line.cell(change.subject)
        if code == cell.code:
            self.outcome.saved.append(Saved(change.pupil, change.subject, code, cell.version))
        elif change.version != cell.version:
            who = cell.changed_by or "somebody else"
            self.outcome.conflicts.append(
                Conflict(change.pupil, change.subject, code, cell.code, who, cell.changed_at, cell.version)
            )
        elif why := self.fault(cell, code):
            self.refuse(change, why)
        else:
            self.wanted.append((line, cell, code))
            self.outcome.saved.append(Saved(change.pupil, change.subject, code, cell.version + 1))

    def fault(self, cell: Cell, code: str) -> str:
        if code and code not in self.records.year.codes(cell.subject):
            return why_not_valid(self.records.year, cell.subject, code)
        if code and cell.owed.state is OwedState.CLOSED:
            return f"No judgement is wanted here. {cell.owed.reason}"
        return ""

    def refuse(self, change: Change, why: str) -> None:
        allowed = self.records.year.codes(change.subject)
        self.outcome.refused.append(Refused(change.pupil, change.subject, change.code, why, allowed))


def why_not_valid(year: CollectionYear, subject: Subject, code: str) -> str:
    """Say why a code is not valid in a subject."""
    match year.explain_code(subject, code):
        case RetiredCode(was=was, last_year=int(last)):
            return f"“{code}” has not been used since {last}: it was {was}."
        case RetiredCode(was=was):
            return f"“{code}” is no longer used: it was {was}."
        case OtherSubjectCode(subjects=subjects):
            return f"“{code}” is a code for {' and '.join(subjects)}, not for {subject}."
        case NotTaCode(meaning=meaning):
            return f"“{code}” is a result of a test ({meaning}), not a teacher's judgement."
    return f"“{code}” is not a code for {subject}."


def _write(
    locked: SchoolReturn, wanted: list[tuple[Line, Cell, str]], by: Person, how: str, file: str
) -> list[Judgement]:
    now = timezone.now()
    written = Judgement.objects.bulk_create(
        [
            Judgement(
                pupil=line.pupil,
                subject=cell.subject,
                code=code,
                version=cell.version + 1,
                changed_by=by,
                changed_at=now,
            )
            for line, cell, code in wanted
        ],
        update_conflicts=True,
        unique_fields=["pupil", "subject"],
        update_fields=["code", "version", "changed_by", "changed_at"],
    )
    source = {"file": file} if file else {}
    done = [
        Done(line.pupil.key, cell.subject, {"from": cell.code, "to": code, "how": how, **source})
        for line, cell, code in wanted
    ]
    record_all(Kind.JUDGEMENT_CHANGED, done, by=by, organisation=locked.organisation, year=locked.year)
    return written
