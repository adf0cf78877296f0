"""The marksheet as the page shows it: pupils by class, their cells, what is left, and what may be changed by whom."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from keystage.returns.cohort import Verdict
from keystage.returns.roll import year_group
from keystage.service.accounts.roles import Permission, Role, roles_with
from keystage.service.design.words import date_words, join_words, name_in_sentence
from keystage.service.school.lines import Cell, Line
from keystage.service.school.presenters.marksheet_left import class_label, errors_by_pupil, verdict_words
from keystage.service.school.presenters.marksheet_show import NO_FILTER, Show
from keystage.service.school.records import Records
from keystage.service.school.services.judgements import why_not_valid
from keystage.service.school.views.visiting import YearVisit
from keystage.years.owed import OwedState
from keystage.years.subjects import Subject

SUBJECTS = tuple(Subject)
_USUAL_YEAR_GROUPS = {"", "6"}

Place = tuple[str, Subject]
"""A cell: the pupil's key and the subject."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a cell after a form was refused there, and why it was."""

    code: str
    why: str


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell as the page shows it."""

    subject: Subject
    name: str
    """Of the input: what the server needs to know of the cell, ``key.subject.version.code``."""
    id: str
    value: str
    state: OwedState
    is_open: bool
    """Whether there is an input."""
    reason: str
    """Why a judgement is wanted, or is not."""
    reason_number: int
    """Of the reason, among those of the page."""
    fault: str
    """What is wrong with what stands here."""
    label: str
    """The subject and the pupil."""

    @property
    def is_missing(self) -> bool:
        """Whether a judgement is still owed here."""
        return self.state is OwedState.REQUIRED and not self.value


@dataclass(frozen=True, slots=True)
class RowView:
    """One pupil."""

    key: str
    name: str
    notes: tuple[str, ...]
    """What is unusual, in words."""
    errors: int
    """How many errors the checks find."""
    cells: tuple[CellView, ...]

    @property
    def missing(self) -> int:
        """How many judgements are still owed."""
        return sum(cell.is_missing for cell in self.cells)

    @property
    def faults(self) -> tuple[CellView, ...]:
        """The cells in which something is wrong."""
        return tuple(cell for cell in self.cells if cell.fault)


@dataclass(frozen=True, slots=True)
class ClassView:
    """The pupils of a class, as far as they are shown."""

    number: int
    name: str
    label: str
    pupils: int
    left: int
    """Judgements still owed in the whole class."""
    read_only: str
    """Why nothing can be changed here; empty where it can."""
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class MarksheetPage:
    """The marksheet."""

    classes: tuple[ClassView, ...]
    """Those with somebody to show."""
    all_classes: tuple[ClassView, ...]
    """Every class, in the order of the page."""
    show: Show
    left: int
    wanted: int
    """How many judgements are owed in all."""
    verdict: str
    """What the checks say."""
    can_change: bool
    """Whether the person may change any cell."""
    closed: tuple[tuple[str, int], ...]
    """Why cells are closed, and how many cells each reason closes."""
    reasons: tuple[str, ...]
    """Why judgements are wanted or not, by number."""

    @property
    def shown(self) -> int:
        """How many pupils are shown."""
        return sum(len(each.rows) for each in self.classes)


def marksheet_page(at: YearVisit, show: Show = NO_FILTER, typed: Mapping[Place, Typed] | None = None) -> MarksheetPage:
    """Return the marksheet of a school's year as somebody sees it."""
    records = at.records
    sheet = _Sheet(at, typed or {})
    every = tuple(sheet.classes())
    shown = (replace(each, rows=tuple(row for row in each.rows if show.row(row))) for each in every if show.of(each))
    states = Counter(cell.owed.state for line in records.lines for cell in line.cells.values())
    return MarksheetPage(
        classes=tuple(each for each in shown if each.rows),
        all_classes=every,
        show=show,
        left=records.missing,
        wanted=states[OwedState.REQUIRED],
        verdict=verdict_words(records),
        can_change=any(not each.read_only for each in every),
        closed=tuple(_closed(records).most_common()),
        reasons=tuple(sheet.reasons),
    )


def classes_to_change(at: YearVisit) -> frozenset[str] | None:
    """Return the classes whose judgements the person may enter; None for all.

    A teacher of some classes enters for those, unless another role of theirs enters for the whole school.
    """
    others = set(roles_with(Permission.ENTER_JUDGEMENTS)) - {Role.TEACHER}
    return None if others & set(at.visit.roles) else at.visit.classes


def cell_id(key: str, subject: str) -> str:
    """Return the id of a cell on the page: what a finding links to."""
    return f"{key}-{subject}"


class _Sheet:
    def __init__(self, at: YearVisit, typed: Mapping[Place, Typed]) -> None:
        self.at = at
        self.records = at.records
        self.typed = typed
        self.own = classes_to_change(at)
        self.errors = errors_by_pupil(self.records)
        self.reasons: dict[str, int] = {}
        self.often = Counter(line.pupil.name for line in self.records.lines)

    def classes(self) -> Iterator[ClassView]:
        names = self.records.classes
        own = self.own or names
        in_order = sorted(names, key=lambda name: name not in own)
        for number, name in enumerate(in_order, 1):
            lines = [line for line in self.records.lines if line.pupil.class_name == name]
            why = self.read_only(name)
            rows = tuple(self.row(line, is_open=not why) for line in lines)
            left = sum(line.missing for line in lines)
            yield ClassView(number, name, class_label(name), len(lines), left, why, rows)

    def read_only(self, class_name: str) -> str:
        if self.at.school_return.is_closed:
            return "The year is closed, so this can only be read."
        if not self.at.may(Permission.ENTER_JUDGEMENTS):
            return "You can read this, but not enter judgements."
        if self.own is not None and class_name not in self.own:
            yours = join_words([class_label(name) for name in sorted(self.own)])
            return f"You enter judgements for {yours}, and can only read this class."
        return ""

    def row(self, line: Line, *, is_open: bool) -> RowView:
        pupil, said = line.pupil, name_in_sentence(line.pupil)
        return RowView(
            pupil.key,
            pupil.name,
            tuple(self.notes(line)),
            self.errors.get(pupil.key, 0),
            tuple(self.cell(pupil.key, said, line.cells[subject], is_open=is_open) for subject in SUBJECTS),
        )

    def notes(self, line: Line) -> Iterator[str]:
        pupil = line.pupil
        if pupil.left:
            yield f"Left {date_words(pupil.left)}"
        elif line.cohort.verdict is Verdict.REPORT_AS_LEFT:
            yield "Reported as left"
        if (group := year_group(pupil.year_group)) not in _USUAL_YEAR_GROUPS:
            yield f"Year {group}"
        if self.often[pupil.name] > 1:
            yield f"Born {date_words(pupil.birth_date)}" if pupil.birth_date else f"UPN {pupil.upn or 'missing'}"

    def cell(self, key: str, said: str, cell: Cell, *, is_open: bool) -> CellView:
        subject, code, state = cell.subject, cell.code, cell.owed.state
        typed = self.typed.get((key, subject))
        is_closed = state is OwedState.CLOSED
        return CellView(
            subject,
            f"{key}.{subject}.{cell.version}.{code}",
            cell_id(key, subject),
            typed.code if typed else code,
            state,
            is_open and (not is_closed or bool(code) or typed is not None),
            cell.owed.reason,
            self.reasons.setdefault(cell.owed.reason, len(self.reasons)),
            typed.why if typed else self.fault(cell),
            f"{subject.capitalize()}, {said}",
        )

    def fault(self, cell: Cell) -> str:
        if not cell.code:
            return ""
        if cell.owed.state is OwedState.CLOSED:
            return f"{cell.owed.reason} Clear it."
        valid = cell.code in self.records.year.codes(cell.subject)
        return "" if valid else why_not_valid(self.records.year, cell.subject, cell.code)


def _closed(records: Records) -> Counter[str]:
    closed = (cell.owed for line in records.lines for cell in line.cells.values())
    return Counter(owed.reason for owed in closed if owed.state is OwedState.CLOSED)
