"""The marksheet on paper and as a workbook, from a school's records."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO

from django.utils import timezone

from keystage.papers.classes import Cell, ClassList, PupilLine
from keystage.papers.frame import Frame
from keystage.papers.marksheet import MarksheetPaper, marksheet
from keystage.returns.fingerprint import fingerprint
from keystage.returns.roll import year_group
from keystage.service.accounts.models import Membership
from keystage.service.accounts.roles import Role
from keystage.service.design.words import date_words
from keystage.service.school.lines import Line
from keystage.service.school.presenters.marksheet_left import class_label
from keystage.service.school.presenters.marksheet_show import NO_CLASS
from keystage.service.school.views.visiting import YearVisit
from keystage.sheets.marksheet import Marksheet, MarksheetLine, write_marksheet
from keystage.years.subjects import Subject

KINDS = {"pdf": "application/pdf", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to print."""

    kind: str
    """``pdf`` or ``xlsx``."""
    class_name: str = ""
    """Empty for all classes; :data:`NO_CLASS` for the pupils without one."""
    is_blank: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A file to download."""

    name: str
    content_type: str
    content: bytes


def paper(at: YearVisit, wanted: Wanted) -> Made:
    """Make the marksheet as somebody wants it."""
    groups = {
        name: [line for line in at.records.lines if line.pupil.class_name == name]
        for name in at.records.classes
        if wanted.class_name in ("", name or NO_CLASS)
    }
    content = _pdf(at, groups, wanted) if wanted.kind == "pdf" else _workbook(at, groups, wanted)
    return Made(_file_name(at, wanted), KINDS[wanted.kind], content)


def _file_name(at: YearVisit, wanted: Wanted) -> str:
    """Return a name that every system takes, and that sorts by year: ``marksheet-2026-oak-blank.pdf``."""
    name = "" if wanted.class_name == NO_CLASS else wanted.class_name
    safe = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in name.lower())
    parts = ["marksheet", str(at.school_return.year), "-".join(filter(None, safe.split("-")))[:40]]
    return "-".join(filter(None, [*parts, "blank" if wanted.is_blank else ""])) + f".{wanted.kind}"


def _pdf(at: YearVisit, groups: dict[str, list[Line]], wanted: Wanted) -> bytes:
    teachers = _teachers(at)
    classes = tuple(
        ClassList(class_label(name), teachers.get(name, ""), tuple(map(_pupil_line, lines)))
        for name, lines in groups.items()
    )
    return marksheet(MarksheetPaper(_frame(at, groups, timezone.now()), classes, blank=wanted.is_blank))


def _frame(at: YearVisit, groups: dict[str, list[Line]], made: datetime) -> Frame:
    return Frame(
        at.school.name,
        at.school_return.number,
        at.records.year,
        _fingerprint(at, groups),
        at.school_return.version,
        made,
        practice=at.school.is_practice,
    )


def _fingerprint(at: YearVisit, groups: dict[str, list[Line]]) -> str:
    """Return the fingerprint of what is on the paper: of the return, or of one class of it."""
    if len(groups) == len(at.records.classes):
        return at.records.fingerprint
    pupils = tuple(pupil for name in groups for pupil in at.records.return_of_class(name).pupils)
    return fingerprint(replace(at.records.return_, pupils=pupils))


def _teachers(at: YearVisit) -> dict[str, str]:
    """Return who teaches each class, where people were given classes."""
    teaching = Membership.objects.filter(organisation=at.school, role=Role.TEACHER, ended_at=None)
    found: dict[str, list[str]] = {}
    for each in teaching.select_related("person").order_by("pk"):
        for name in each.classes:
            found.setdefault(name, []).append(str(each.person))
    return {name: ", ".join(people) for name, people in found.items()}


def _pupil_line(line: Line) -> PupilLine:
    pupil = line.pupil
    reading, writing, maths, science = (
        Cell(line.cells[subject].owed.state, line.cells[subject].code) for subject in Subject
    )
    group = year_group(pupil.year_group)
    notes = [f"Left {date_words(pupil.left)}" if pupil.left else "", f"Year {group}" if group not in ("", "6") else ""]
    return PupilLine(
        pupil.surname,
        pupil.forename,
        pupil.upn,
        pupil.birth_date,
        pupil.sex,
        (reading, writing, maths, science),
        ", ".join(filter(None, notes)),
    )


def _workbook(at: YearVisit, groups: dict[str, list[Line]], wanted: Wanted) -> bytes:
    lines = tuple(_workbook_lines(at, groups))
    sink = BytesIO()
    write_marksheet(
        Marksheet(
            at.records.year,
            lines,
            at.school_return.number,
            at.school.name,
            _fingerprint(at, groups),
            str(at.school_return.version),
            wanted.is_blank,
        ),
        sink,
    )
    return sink.getvalue()


def _workbook_lines(at: YearVisit, groups: dict[str, list[Line]]) -> Sequence[MarksheetLine]:
    return [
        MarksheetLine(pupil, name, tuple(line.cells[subject].owed for subject in Subject))
        for name, lines in groups.items()
        for pupil, line in zip(at.records.return_of_class(name).pupils, lines, strict=True)
    ]
