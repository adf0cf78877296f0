"""A school's records for a year, read once for a page or a save: who is reported, what each owes, what the checks say.

Three queries, however many pupils there are, and one more for the notes on queries where somebody asks for them.
Everything else is worked out by the core.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cached_property

from keystage.checks import run
from keystage.checks.london import london_date
from keystage.checks.report import Report
from keystage.pupils.names import fold
from keystage.returns import register as core
from keystage.returns.cohort import Cohort, Verdict, sort_cohort
from keystage.returns.fingerprint import fingerprint
from keystage.returns.owed import Owed, owed, owed_as_left, owed_unregistered
from keystage.returns.value import Return
from keystage.service.config.years import load
from keystage.service.school.findings import Answers, Found, locate
from keystage.service.school.lines import Cell, Line, Sorted
from keystage.service.school.models import Expected, Judgement, Pupil, QueryNote, SchoolReturn
from keystage.service.school.reading import Held, Judgements, expected, judgements_of, return_pupil, roll_pupil
from keystage.years.year import CollectionYear


class Records:
    """Everything that a school's return for a year rests on."""

    def __init__(
        self, school_return: SchoolReturn, pupils: list[Pupil], expected: list[Expected], judgements: Judgements
    ) -> None:
        self.school_return = school_return
        self.year: CollectionYear = load(school_return.year)
        self.pupils = pupils
        self.expected = expected
        self._judgements = judgements
        self._owed: dict[tuple[str, ...], tuple[Owed, ...]] = {}

    @classmethod
    def of(cls, school_return: SchoolReturn) -> "Records":
        """Read the records of a return."""
        pupils = Pupil.objects.filter(school_return=school_return, removed_at=None)
        entries = list(Expected.objects.filter(school_return=school_return)) if school_return.has_register else []
        return cls(school_return, sorted(pupils, key=_in_order), entries, judgements_of(school_return))

    def after(self, written: Sequence[Judgement]) -> "Records":
        """Return the records as they are after some judgements were written, without reading anything again.

        Only for whoever holds the return locked: nobody else can have changed it meanwhile.
        """
        held = dict(self._judgements)
        for row in written:
            new = Held(row.code, row.version, str(row.changed_by or ""), row.changed_at)
            held[row.pupil_id] = {**held.get(row.pupil_id, {}), row.subject: new}
        made = Records(self.school_return, self.pupils, self.expected, held)
        made.__dict__ |= {"register": self.register, "cohort": self.cohort}  # judgements do not bear on these
        touched = {row.pupil_id for row in written}
        made.lines = tuple(made._line(line.cohort) if line.pupil.pk in touched else line for line in self.lines)
        return made

    # -- the cohort --------------------------------------------------------------------------------------------------

    @cached_property
    def register(self) -> core.Register | None:
        """The register as the core has it; None where none was loaded."""
        if not self.school_return.has_register:
            return None
        return core.Register(tuple(map(expected, self.expected)), self.school_return.register_name)

    @cached_property
    def cohort(self) -> tuple[Sorted, ...]:
        """Every child of the roll and of the register, once, with where they belong."""
        by_key = {pupil.key: pupil for pupil in self.pupils}
        by_upn = {entry.upn: entry for entry in self.expected}
        sorted_: Cohort = sort_cohort([roll_pupil(pupil) for pupil in self.pupils], self.register, self.year)
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
        owes = self._owes(sorted_)
        return Line(pupil, sorted_, {each.subject: _cell(each, held.get(each.subject)) for each in owes})

    def _owes(self, sorted_: Sorted) -> tuple[Owed, ...]:
        """Return what a pupil owes: worked out once for all who stand alike on the register."""
        entry = sorted_.line.expected
        if sorted_.verdict is Verdict.REPORT_AS_LEFT:
            alike: tuple[str, ...] = (sorted_.verdict,)
        else:
            alike = (entry.status, *entry.test_statuses.values()) if entry else ()
        if alike not in self._owed:
            self._owed[alike] = _owes(sorted_, self.year)
        return self._owed[alike]

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
        return Return(self.school_return.number, self.year.year, tuple(map(return_pupil, self.lines)))

    def return_of_class(self, class_name: str) -> Return:
        """Return the part of the return that is of one class."""
        lines = (line for line in self.lines if line.pupil.class_name == class_name)
        return Return(self.school_return.number, self.year.year, tuple(map(return_pupil, lines)))

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


def _cell(owed_: Owed, held: Held | None) -> Cell:
    return Cell(owed_.subject, owed_, *held) if held else Cell(owed_.subject, owed_)
