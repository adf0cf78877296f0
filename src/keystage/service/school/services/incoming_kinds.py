"""What a file that comes in is, by its content: one brought in at the wrong place is named, and the way shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from keystage.checks.rolls import is_ctf
from keystage.returns.refused import FileRefused
from keystage.service.school.models.files import IncomingKind
from keystage.sheets import looks_like_register, looks_like_results, read_table
from keystage.sheets.headings import REGISTER
from keystage.sheets.roll import ROLL
from keystage.sheets.table import Table
from keystage.years.headings import plain
from keystage.years.subjects import Subject
from keystage.years.year import CollectionYear


class Looks(StrEnum):
    """What a file looks like, as a sentence names it."""

    CTF = "a Common Transfer File"
    RESULTS = "a list of test results"
    REGISTER = "the register of expected pupils"
    JUDGEMENTS = "a sheet of teacher assessments"
    ROLL = "a roll of pupils"
    PUPILS = "a list of pupils"
    """Pupils with who they are and nothing else: a roll or a register."""
    OTHER = "something else"


@dataclass(eq=False)
class WrongKind(Exception):
    """A file that can be read and is not what was asked for: what it is, and what a person can do."""

    what: str
    fix: str

    def __str__(self) -> str:
        return f"{self.what} {self.fix}"


_PLACES = {
    Looks.REGISTER: "Bring it in with “Load the register” on the page “Pupils”.",
    Looks.JUDGEMENTS: "Bring it in with “Import judgements”.",
    Looks.ROLL: "Bring it in with “Load the roll” on the page “Pupils”.",
    Looks.RESULTS: "Bring it in with “Import results” on the page “Results”.",
    Looks.PUPILS: "Bring in the file of results as it was downloaded from the gateway.",
    Looks.CTF: "A register is a CSV file or a sheet: export the list of expected pupils as one of these.",
}
_WRONG: Mapping[IncomingKind, frozenset[Looks]] = {
    IncomingKind.ROLL: frozenset({Looks.REGISTER, Looks.RESULTS}),
    IncomingKind.REGISTER: frozenset({Looks.CTF, Looks.RESULTS, Looks.JUDGEMENTS, Looks.ROLL}),
    IncomingKind.JUDGEMENTS: frozenset({Looks.REGISTER, Looks.RESULTS}),
    IncomingKind.RESULTS: frozenset({Looks.REGISTER, Looks.JUDGEMENTS, Looks.ROLL, Looks.PUPILS}),
}
_WANTED = {
    IncomingKind.ROLL: "the roll of the school",
    IncomingKind.REGISTER: "the register of expected pupils",
    IncomingKind.JUDGEMENTS: "teacher assessments",
    IncomingKind.RESULTS: "the results of the tests",
}
_ONLY_IN_ROLLS = {"class_name", "year_group", "joined"}
_STATUSES = {"reading", "maths", "gps", "status"}


def refuse_other_kinds(kind: IncomingKind, content: bytes, name: str, year: CollectionYear) -> Looks:
    """Return what a file looks like, unless it is plainly not what is wanted.

    Raises:
        WrongKind: it is something else.
        FileRefused: it cannot be read.
    """
    found = looks(content, name, year)
    if found in _WRONG[kind]:
        raise WrongKind(f"This looks like {found}, not like {_WANTED[kind]}.", _PLACES[found])
    return found


def looks(content: bytes, name: str, year: CollectionYear) -> Looks:
    """Say what a file looks like.

    Raises:
        FileRefused: it cannot be read.
    """
    if is_ctf(content):
        return Looks.CTF
    try:
        return _sheet(read_table(content, name=name), year)
    except FileRefused:
        if content.lstrip()[:1] == b"<":
            return Looks.OTHER  # the reader of the place it was meant for says what is wrong with it
        raise


def _sheet(table: Table, year: CollectionYear) -> Looks:
    headings = [plain(heading) for heading in table.headings]
    if looks_like_results(table):
        return Looks.RESULTS
    judged = {year.headings.field(heading) for heading in table.headings} & set(Subject)
    roll = {ROLL.get(heading) for heading in headings}
    statuses = {REGISTER.get(heading) for heading in headings} & _STATUSES
    if judged & {Subject.WRITING, Subject.SCIENCE} or (judged and not statuses):
        return Looks.JUDGEMENTS
    if looks_like_register(table) and statuses and not roll & _ONLY_IN_ROLLS:
        return Looks.REGISTER
    if "upn" in roll and roll & _ONLY_IN_ROLLS:
        return Looks.ROLL
    return Looks.PUPILS if "upn" in roll else Looks.OTHER
