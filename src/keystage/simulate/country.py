"""One made-up school after another: its file, its register, what else was asked for, and what must be found in them."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from keystage.returns.register import Register
from keystage.simulate import faults, registers, results
from keystage.simulate.dialects import Dialect
from keystage.simulate.draft import Draft, draft
from keystage.simulate.expect import Entry, Expect
from keystage.simulate.faults import resubmission
from keystage.simulate.faults import results as result_faults
from keystage.simulate.filed import all_rows, register_of
from keystage.simulate.pupils import Calendar
from keystage.simulate.schools import Kind, School, chance_of
from keystage.years import CollectionYear


@dataclass(frozen=True, slots=True)
class MadeSchool:
    """What one made-up school would send and hold."""

    school: School
    dialect: Dialect
    file_name: str
    file: bytes
    """The return: a Common Transfer File, or what stands in its place."""
    pupils: int
    """In the file."""
    register: Register
    register_csv: str
    results_csv: str = ""
    previous: bytes = b""
    """The file that was sent before; empty where none was."""
    previous_name: str = ""
    faults: list[Entry] = field(default_factory=list)
    also: list[Entry] = field(default_factory=list)
    """What must be said of the file though it is no fault."""
    results_faults: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be made of every school."""

    year: CollectionYear
    seed: int = 1
    faults: float = 0.0
    """Faults for each pupil."""
    dialect: Dialect | None = None
    results: bool = False
    previous: bool = False
    pupils: int | None = None
    kind: Kind | None = None

    def draft(self, index: int, serial: int = 1) -> Draft:
        """Make up a school's file and register, without faults."""
        return draft(
            self.seed, index, self.year, dialect=self.dialect, pupils_=self.pupils, kind=self.kind, serial=serial
        )


def make_school(plan: Plan, index: int = 0) -> MadeSchool:
    """Make up the school at a place in the country: always the same, whatever was made before."""
    year, rate = plan.year, plan.faults
    made = plan.draft(index, 2 if plan.previous else 1)
    chance = chance_of(plan.seed, year.year, index, "faults")
    seeded = faults.seed(made, chance, rate) if rate else faults.Seeded([])
    expected, also = list(seeded.expected), []
    data = b"" if seeded.spoilt else made.dialect.encode(made.emission().text)
    if not seeded.spoilt:
        also += of_dialect(made)
    previous = None
    if plan.previous and not expected:
        previous = plan.draft(index)
        more, said = resubmission.seed(made, previous, chance, rate)
        expected += more
        also += said
    csv = _results(plan, made, seeded, index) if plan.results else None
    file, number = f"returns/{made.file_name}", made.school.number
    return MadeSchool(
        made.school,
        made.dialect,
        made.file_name,
        seeded.spoilt.data if seeded.spoilt else data,
        len(made.pupils),
        register_of(made.register, f"{number}_register.csv"),
        registers.text(made.register, year, chance_of(plan.seed, year.year, index, "register")),
        results.text(csv, year) if csv else "",
        previous.dialect.encode(previous.emission().text) if previous else b"",
        previous.file_name if previous else "",
        [expect.entry(file, number) for expect in expected],
        [expect.entry(file, number) for expect in also],
        _results_entries(csv, number) if csv else [],
    )


def today(year: CollectionYear) -> date:
    """Return a date that is after everything made up for a year, to give to the checks of a year yet to come."""
    return Calendar.of(year).deadline + timedelta(days=30)


def of_dialect(made: Draft) -> list[Expect]:
    """Return what must be said of the rows of earlier years, once for each assessment."""
    if not made.dialect.earlier_results:
        return []
    first = {row.other: row for row in reversed(list(all_rows(made.pupils))) if row.other not in ("", "tests")}
    return [Expect("J12", row=row, value=other) for other, row in first.items()]


def _results(plan: Plan, made: Draft, seeded: faults.Seeded, index: int) -> results.ResultsDraft:
    is_received = seeded.spoilt is None or seeded.spoilt.is_read
    drafted = results.results(made, is_received=is_received)
    if plan.faults:
        chance = chance_of(plan.seed, plan.year.year, index, "results")
        result_faults.seed(made, drafted, chance, plan.faults, is_received=is_received)
    return drafted


def _results_entries(drafted: results.ResultsDraft, number: str) -> list[Entry]:
    lines = drafted.lines()
    return [
        {**expect.entry(f"results/{drafted.name}", number), "line": lines[id(row)] if row else None}
        for expect, row in drafted.expected
    ]
