"""The register of expected pupils as a CSV file, or as a workbook with the same columns."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, NamedTuple, TypeVar

from keystage.pupils.birthdays import parse
from keystage.pupils.sexes import letter
from keystage.returns.register import Expected, Register
from keystage.sheets.cells import cell_name
from keystage.sheets.headings import REGISTER, REGISTER_COLUMNS, looks_like_register, looks_like_results, match_headings
from keystage.sheets.looks import Kind
from keystage.sheets.separated_writer import write_separated
from keystage.sheets.table import Row, Table, read_table
from keystage.years import CollectionYear, Subject
from keystage.years.registration import PupilStatus, TestStatus

__all__ = [
    "RegisterFault",
    "RegisterRefused",
    "looks_like_register",
    "looks_like_results",
    "read_register",
    "write_register",
]

_NEEDED = ("upn", "surname", "forename", "dob", "sex")
_WHAT = {
    "dob": "a date of birth",
    "date_left": "a date of leaving",
    "date_joined": "a date of joining",
    "status": "a status of a pupil",
    **{test: f"a status for {words}" for test, words in (("reading", "reading"), ("maths", "maths"), ("gps", "GPS"))},
}
"""What an entry that is read must be, as a message names it."""

_DATES = "a date such as 2015-03-09 or 09/03/2015"
_Read = TypeVar("_Read")


class RegisterFault(NamedTuple):
    """One thing that is wrong in a register."""

    where: str
    """The place in words: ``line 4``, or ``sheet “Pupils”, cell C14``."""
    wrong: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.where[:1].upper()}{self.where[1:]}: {self.wrong} Allowed: {self.allowed}."


@dataclass(eq=False)
class RegisterRefused(Exception):
    """A register was read and cannot be used: everything that is wrong with it, at once."""

    name: str
    """The file's name."""
    faults: tuple[RegisterFault, ...]

    def __str__(self) -> str:
        things = "one thing" if len(self.faults) == 1 else f"{len(self.faults)} things"
        return "\n".join(
            (f"The register {self.name} has {things} to put right:".replace("  ", " "), *map(str, self.faults))
        )


def read_register(source: Path | bytes | Table, year: CollectionYear, *, name: str = "") -> Register:
    """Read the register of a collection year. Columns beyond those of a register are ignored.

    Raises:
        RegisterRefused: a needed column is missing, or some rows cannot be read; says all faults at once.
        FileRefused: F01, F02 or F08: the file cannot be read, is no spreadsheet, or is too large.
        OSError: the path cannot be opened.
    """
    table = source if isinstance(source, Table) else read_table(source, name=name, known=REGISTER)
    reading = RegisterReading(table, year)
    pupils = tuple(reading.pupils())
    if reading.faults:
        raise RegisterRefused(name or table.name, tuple(reading.faults))
    return Register(pupils, name or table.name)


class RegisterReading:
    """One pass over a register: gathers faults and goes on."""

    def __init__(self, table: Table, year: CollectionYear, headings: Mapping[str, str] = REGISTER) -> None:
        self.table = table
        self.year = year
        self.matched = match_headings(table, headings)
        self.faults: list[RegisterFault] = []
        self.first_with: dict[str, Row] = {}

    def pupils(self) -> Iterator[Expected]:
        """Yield the pupils of the table."""
        self.look_at_headings(_NEEDED)
        if not self.faults:
            yield from map(self.pupil, filter(self.is_filled, self.table.rows))

    def look_at_headings(self, needed: Sequence[str]) -> None:
        """Note which columns are missing, and which stand twice."""
        heading = Row(self.table.heading_row, self.table.headings)
        for column in self.matched.missing(needed):
            self.fault(heading, "", f"The column “{column}” is missing.", f"the columns {', '.join(needed)}, and more")
        for column, _at in self.matched.repeated:
            self.fault(heading, column, f"There are two columns for “{column}”.", "each column once")

    def is_filled(self, row: Row) -> bool:
        """Say whether anything stands in a row's columns that are read."""
        return any(self.text(row, column) for column in self.matched.columns)

    def pupil(self, row: Row) -> Expected:
        """Return the pupil of a row; what cannot be read is noted and left out."""
        return Expected(
            self.upn(row),
            self.text(row, "surname"),
            self.text(row, "forename"),
            self.date(row, "dob"),
            letter(self.text(row, "sex")),
            self.text(row, "former_upn"),
            reading=self.test(row, "reading"),
            maths=self.test(row, "maths"),
            gps=self.test(row, "gps"),
            status=self.status(row),
            date_left=self.date(row, "date_left"),
            moderated_writing=self.moderated(row),
        )

    def test(self, row: Row, column: str) -> TestStatus:
        """Return where a pupil stands for a test."""
        registration = self.year.registration
        words = ", ".join(each.word for each in registration.test)
        status = self.read(row, column, registration.test_status, f"{words}, or blank for registered")
        return status or TestStatus.REGISTERED

    def status(self, row: Row) -> PupilStatus:
        registration = self.year.registration
        words = ", ".join(each.word for each in registration.pupil)
        status = self.read(row, "status", registration.pupil_status, f"{words}, or blank for registered")
        return status or PupilStatus.REGISTERED

    def upn(self, row: Row) -> str:
        upn = self.text(row, "upn")
        if not upn:
            self.fault(row, "upn", "The UPN is missing.", "a UPN in every row")
        elif (first := self.first_with.setdefault(upn, row)) is not row:
            where = self.where(first, "upn")
            self.fault(row, "upn", f"The UPN {upn} stands here again; it is on {where} too.", "each UPN once")
        return upn

    def moderated(self, row: Row) -> str:
        code = self.text(row, "moderated_writing").upper()
        codes = self.year.codes(Subject.WRITING)
        if code and code not in codes:
            wrong = f"“{code}” is no code for writing."
            self.fault(row, "moderated_writing", wrong, f"{', '.join(codes)}, or blank where writing was not moderated")
        return code

    def date(self, row: Row, column: str) -> date | None:
        """Return the day in a cell; None where it is blank, or cannot be read, which is noted."""
        if not self.text(row, column):
            return None
        return self.read(row, column, parse, f"{_DATES}, or blank")

    def read(self, row: Row, column: str, reader: Callable[[str], _Read | None], allowed: str) -> _Read | None:
        text = self.text(row, column)
        value = reader(text)
        if value is None:
            self.fault(row, column, f"“{text}” is not {_WHAT[column]}.", allowed)
        return value

    def text(self, row: Row, column: str) -> str:
        """Return what stands in a cell, without spaces around it."""
        return row.cell(self.matched.columns.get(column)).strip()

    def fault(self, row: Row, column: str, wrong: str, allowed: str) -> None:
        """Note something that is wrong in a row."""
        self.faults.append(RegisterFault(self.where(row, column), wrong, allowed))

    def where(self, row: Row, column: str) -> str:
        if self.table.kind is Kind.CSV:
            return f"line {row.number}"
        at = self.matched.columns.get(column)
        place = f"row {row.number}" if at is None else f"cell {cell_name(row.number, at)}"
        return f"sheet “{self.table.sheet}”, {place}"


def write_register(register: Register, sink: IO[bytes]) -> None:
    """Write a register as a CSV file (UTF-8 without a byte order mark), every column in order, dates in ISO form."""
    write_separated(sink, REGISTER_COLUMNS, map(register_texts, register.pupils), mark=False)


def register_texts(pupil: Expected) -> tuple[str, ...]:
    """Return an entry as a line of a register has it, in the order of its columns."""
    dates = [each.isoformat() if each else "" for each in (pupil.birth_date, pupil.date_left)]
    names = (pupil.upn, pupil.surname, pupil.forename, dates[0], pupil.sex)
    return (
        *names,
        pupil.reading,
        pupil.maths,
        pupil.gps,
        pupil.status,
        pupil.former_upn,
        dates[1],
        pupil.moderated_writing,
    )
