"""What a made-up file and register say: values that faults may change before they are written.

A value that is ``None`` is left out; an empty text is written as an empty element. After writing, each knows its lines.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from keystage.pupils.birthdays import parse_iso
from keystage.pupils.names import full_name
from keystage.returns.register import Expected, Register
from keystage.simulate.pupils import MadePupil
from keystage.years import Subject
from keystage.years.registration import PupilStatus, TestStatus

Text = str | None


class RowText(NamedTuple):
    """The parts of a ``StageAssessment``, in their order in the file, after the stage it stands under."""

    stage: str
    locale: Text
    year: Text
    subject: Text
    method: Text
    component: Text
    status: Text
    qualifier: Text
    result: Text
    date: Text


@dataclass(slots=True, eq=False)
class FiledRow:
    """One result row of a file."""

    text: RowText
    subject: Subject | None = None
    """The subject of a teacher assessment of this return; None for any other row."""
    other: str = ""
    """What else it is: the name that the year's data give to another assessment, or ``tests``."""
    line: int = 0
    offsets: dict[str, int] = field(default_factory=dict)
    """How many lines below the row each of its parts begins."""

    def place(self, part: str) -> int:
        """Return the line of a part; of the row, where it has no such part."""
        return self.line + self.offsets.get(part, 0)

    @property
    def code(self) -> str:
        """The result as it is read: in capitals, without spaces."""
        return (self.text.result or "").strip().upper()


@dataclass(slots=True, eq=False)
class RegisterRow:
    """One pupil of a register file."""

    upn: str
    surname: str
    forename: str
    born: date
    sex: str
    tests: dict[str, TestStatus]
    status: PupilStatus = PupilStatus.REGISTERED
    former_upn: str = ""
    date_left: date | None = None
    moderated: str = ""
    made: MadePupil | None = None
    """The pupil it is about; None for one who is there by mistake."""

    @property
    def is_awaited(self) -> bool:
        """Whether results of this pupil will come: neither left nor registered by mistake."""
        return self.status is PupilStatus.REGISTERED and set(self.tests.values()) != {TestStatus.LEFT}

    @property
    def expected(self) -> Expected:
        """The row as a register holds it."""
        return Expected(
            self.upn,
            self.surname,
            self.forename,
            self.born,
            self.sex,
            self.former_upn,
            self.tests["reading"],
            self.tests["maths"],
            self.tests["gps"],
            self.status,
            self.date_left,
            self.moderated,
        )

    @property
    def name(self) -> str:
        """The pupil's name as lists show it."""
        return full_name(self.surname, self.forename)


@dataclass(slots=True, eq=False)
class FiledPupil:
    """One pupil of a file."""

    made: MadePupil
    upn: Text
    surname: Text
    forename: Text
    born: Text
    sex: Text
    former_upn: str
    rows: list[FiledRow]
    expected: RegisterRow
    """The pupil's row on the register."""
    is_faulty: bool = False
    line: int = 0
    places: dict[str, int] = field(default_factory=dict)
    """The line of each part that was written."""

    def place(self, part: str) -> int:
        """Return the line of a part; of the pupil, where there is no such part."""
        return self.places.get(part, self.line)

    @property
    def name(self) -> str:
        """The pupil's name as lists show it."""
        return full_name(self.surname or "", self.forename or "")

    def row(self, subject: Subject) -> FiledRow | None:
        """Return the first row of a subject."""
        return next((row for row in self.rows if row.subject is subject), None)

    def judged(self, subject: Subject) -> FiledRow:
        """Return the first row of a subject in which the pupil has one.

        Raises:
            LookupError: there is none.
        """
        row = self.row(subject)
        if row is None:
            raise LookupError(f"{self.name} has no row in {subject}")
        return row

    @property
    def birth_date(self) -> date | None:
        """The date of birth, where it can be read."""
        return parse_iso(self.born or "")


@dataclass(slots=True, eq=False)
class FiledHeader:
    """The header of a file: elements by name, in order."""

    fields: dict[str, Text]
    source: dict[str, Text] | None
    destination: dict[str, Text] | None
    second_source: dict[str, Text] | None = None
    tags: dict[str, str] = field(default_factory=dict)
    """Elements that are written under another name."""
    root_attributes: str = ""
    places: dict[str, int] = field(default_factory=dict)
    """Lines, by path below ``Header``."""

    def place(self, path: str) -> int:
        """Return the line of the deepest element of a path that was written."""
        while path and path not in self.places:
            path = path.rpartition("/")[0]
        return self.places[path]


def register_of(rows: list[RegisterRow], name: str = "") -> Register:
    """Return rows as a register."""
    return Register(tuple(row.expected for row in rows), name)


def all_rows(pupils: list[FiledPupil]) -> Iterator[FiledRow]:
    """Yield every result row of a file, in order of pupils."""
    return (row for pupil in pupils for row in pupil.rows)
