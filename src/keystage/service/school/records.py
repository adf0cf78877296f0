"""A school's records for a year, read once for a page or a save: who is reported, what each owes, what the checks say.

Three queries, however many pupils there are, and one more for the notes on queries where somebody asks for them.
Everything else is worked out by the core.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

from keystage.checks import run
from keystage.checks.london import london_date
from keystage.checks.report import Report
from keystage.pupils.names import fold
from keystage.returns import register as core
from keystage.returns.cohort import Cohort, CohortLine, RollPupil, Verdict, sort_cohort
from keystage.returns.fingerprint import fingerprint
from keystage.returns.judgement import judgement
from keystage.returns.owed import Owed, owed, owed_as_left, owed_unregistered
from keystage.returns.value import Pupil as ReturnPupil
from keystage.returns.value import Return
from keystage.service.config.years import load
from keystage.service.school.findings import Answers, Found, locate
from keystage.service.school.models import Expected, Judgement, Pupil, QueryNote, SchoolReturn
from keystage.years.owed import OwedState
from keystage.years.registration import PupilStatus, TestStatus
from keystage.years.subjects import Subject
from keystage.years.year import CollectionYear


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the marksheet."""

    subject: Subject
    owed: Owed
    code: str = ""
    version: int = 0
    changed_by: str = ""
    changed_at: datetime | None = None

    @property
    def is_missing(self) -> bool:
        """Whether a judgement is still owed here."""
        return self.owed.state is OwedState.REQUIRED and not self.code


@dataclass(frozen=True, slots=True)
class Line:
    """One pupil who is reported, with what stands in each subject."""

    pupil: Pupil
    cohort: "Sorted"
    cells: Mapping[Subject, Cell]

    def cell(self, subject: Subject) -> Cell:
        """Return the cell of a subject."""
        return self.cells[subject]

    @property
    def missing(self) -> int:
        """How many judgements are still owed."""
        return sum(cell.is_missing for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class Sorted:
    """Where a child of the roll or the register belongs, by the rules or by a person's decision."""

    line: CohortLine
    pupil: Pupil | None
    expected: Expected | None

    @property
    def decision(self) -> Verdict | None:
        """What a person decided, where the rules are not followed."""
        decided = self.pupil or self.expected
        return Verdict(decided.decision) if decided and decided.decision else None

    @property
    def verdict(self) -> Verdict:
        """Where the child belongs."""
        return self.decision or self.line.verdict

    @property
    def is_reported(self) -> bool:
        """Whether the child is in the return, as far as is decided."""
        return self.pupil is not None and self.verdict in (Verdict.REPORT, Verdict.REPORT_AS_LEFT)


class Records:
    """Everything that a school's return for a year rests on."""

    def __init__(
        self, school_return: SchoolReturn, pupils: list[Pupil], expected: list[Expected], judgements: list[Judgement]
    ) -> None:
        self.school_return = school_return
        self.year: CollectionYear = load(school_return.year)
        self.pupils = pupils
        self.expected = expected
        self._judgements: dict[int, dict[str, Judgement]] = {}
        for each in judgements:
            self._judgements.setdefault(each.pupil_id, {})[each.subject] = each

    @classmethod
    def of(cls, school_return: SchoolReturn) -> "Records":
        """Read the records of a return."""
        pupils = Pupil.objects.filter(school_return=school_return, removed_at=None)
        judgements = Judgement.objects.filter(pupil__school_return=school_return, pupil__removed_at=None)
        expected = list(Expected.objects.filter(school_return=school_return)) if school_return.has_register else []
        return cls(
            school_return, sorted(pupils, key=_in_order), expected, list(judgements.select_related("changed_by"))
        )

    def after(self, written: Iterable[Judgement]) -> "Records":
        """Return the records as they are after some judgements were written, without reading anything again.

        Only for whoever holds the return locked: nobody else can have changed it meanwhile.
        """
        held = {(row.pupil_id, row.subject): row for rows in self._judgements.values() for row in rows.values()}
        held |= {(row.pupil_id, row.subject): row for row in written}
        made = Records(self.school_return, self.pupils, self.expected, list(held.values()))
        made.__dict__ |= {"register": self.register, "cohort": self.cohort}  # judgements do not bear on these
        return made

    # -- the cohort --------------------------------------------------------------------------------------------------

    @cached_property
    def register(self) -> core.Register | None:
        """The register as the core has it; None where none was loaded."""
        if not self.school_return.has_register:
            return None
        return core.Register(tuple(map(_expected, self.expected)), self.school_return.register_name)

    @cached_property
    def cohort(self) -> tuple[Sorted, ...]:
        """Every child of the roll and of the register, once, with where they belong."""
        by_key = {pupil.key: pupil for pupil in self.pupils}
        by_upn = {entry.upn: entry for entry in self.expected}
        sorted_: Cohort = sort_cohort([_roll_pupil(pupil) for pupil in self.pupils], self.register, self.year)
        return tuple(
            Sorted(
                line,
                by_key[line.pupil.key] if line.pupil else None,
                by_upn[line.expected.upn] if line.expected else None,
            )
            for line in sorted_.lines
        )

    @cached_property
    def undecided(self) -> tuple[Sorted, ...]:
        """Those about whom a person must decide before the return can be made."""
        return tuple(each for each in self.cohort if each.verdict is Verdict.DECIDE)

    # -- the marksheet -----------------------------------------------------------------------------------------------

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The pupils who are reported, by class and name, with their cells."""
        by_pupil = {each.pupil.pk: each for each in self.cohort if each.pupil and each.is_reported}
        return tuple(self._line(by_pupil[pupil.pk]) for pupil in self.pupils if pupil.pk in by_pupil)

    def _line(self, sorted_: Sorted) -> Line:
        pupil = sorted_.pupil
        assert pupil is not None  # noqa: S101 - only pupils on the roll are on the marksheet
        held = self._judgements.get(pupil.pk, {})
        owes = _owes(sorted_, self.year)
        return Line(pupil, sorted_, {each.subject: _cell(each, held.get(each.subject)) for each in owes})

    @cached_property
    def _by_key(self) -> Mapping[str, Line]:
        return {line.pupil.key: line for line in self.lines}

    def line(self, key: str) -> Line | None:
        """Return the line of a pupil; None where the pupil is not on the marksheet."""
        return self._by_key.get(key)

    @property
    def reported(self) -> int:
        """How many pupils are in the return."""
        return len(self.lines)

    @cached_property
    def missing(self) -> int:
        """How many judgements are still owed."""
        return sum(line.missing for line in self.lines)

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """The classes of the pupils who are reported, in order; an empty name for those without one."""
        return tuple(dict.fromkeys(line.pupil.class_name for line in self.lines))

    # -- the return and what the checks say of it --------------------------------------------------------------------

    @cached_property
    def return_(self) -> Return:
        """The return as it stands."""
        return Return(self.school_return.number, self.year.year, tuple(map(_return_pupil, self.lines)))

    def return_of_class(self, class_name: str) -> Return:
        """Return the part of the return that is of one class."""
        lines = (line for line in self.lines if line.pupil.class_name == class_name)
        return Return(self.school_return.number, self.year.year, tuple(map(_return_pupil, lines)))

    @cached_property
    def fingerprint(self) -> str:
        """The fingerprint of the return as it stands."""
        return fingerprint(self.return_)

    @cached_property
    def report(self) -> Report:
        """What the checks say of the return as it stands today."""
        return run(self.return_, year=self.year, register=self.register, today=self.today)

    @cached_property
    def found(self) -> tuple[Found, ...]:
        """What the checks say, each with the pupil it is about."""
        return locate(self.report.findings, [line.pupil for line in self.lines], self.pupils)

    @cached_property
    def answers(self) -> Answers:
        """The notes with which queries were answered. Asking for them is one query of the database."""
        notes = QueryNote.objects.filter(school_return=self.school_return).select_related("person", "pupil")
        return Answers.of(notes.order_by("pk"), self.found)

    @cached_property
    def open_queries(self) -> tuple[Found, ...]:
        """The queries that nobody has answered."""
        queries = [each for each in self.found if each.is_query]
        return tuple(each for each in queries if each.hash not in self.answers.standing) if queries else ()

    @cached_property
    def today(self) -> date:
        """Today in London."""
        return london_date(datetime.now(UTC))


def _in_order(pupil: Pupil) -> tuple[str, str, str, int]:
    return pupil.class_name.casefold(), fold(pupil.surname), fold(pupil.forename), pupil.pk


def _owes(sorted_: Sorted, year: CollectionYear) -> tuple[Owed, ...]:
    if sorted_.verdict is Verdict.REPORT_AS_LEFT:
        return owed_as_left(year)
    return owed(sorted_.line.expected, year) if sorted_.line.expected else owed_unregistered(year)


def _cell(owed_: Owed, held: Judgement | None) -> Cell:
    if held is None:
        return Cell(owed_.subject, owed_)
    who = str(held.changed_by) if held.changed_by else ""
    return Cell(owed_.subject, owed_, held.code, held.version, who, held.changed_at)


def _roll_pupil(pupil: Pupil) -> RollPupil:
    return RollPupil(
        upn=pupil.upn,
        former_upn=pupil.former_upn,
        surname=pupil.surname,
        forename=pupil.forename,
        birth_date=pupil.birth_date,
        sex=pupil.sex,
        class_name=pupil.class_name,
        year_group=pupil.year_group,
        joined=pupil.joined,
        left=pupil.left,
        key=pupil.key,
    )


def _expected(entry: Expected) -> core.Expected:
    return core.Expected(
        entry.upn,
        entry.surname,
        entry.forename,
        entry.birth_date,
        entry.sex,
        entry.former_upn,
        TestStatus(entry.reading),
        TestStatus(entry.maths),
        TestStatus(entry.gps),
        PupilStatus(entry.status),
        entry.date_left,
        entry.moderated_writing,
    )


def _return_pupil(line: Line) -> ReturnPupil:
    pupil = line.pupil
    born = pupil.birth_date.isoformat() if pupil.birth_date else pupil.birth_text
    judgements = tuple(judgement(cell.subject, cell.code) for cell in line.cells.values() if cell.code)
    return ReturnPupil(
        pupil.upn, pupil.surname, pupil.forename, pupil.birth_date, born, pupil.sex, pupil.former_upn, judgements
    )
