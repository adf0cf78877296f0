"""One case of the pack: the files to be read, and what a right program finds in them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypedDict

from keystage.checks import CATALOGUE
from keystage.simulate.expect import Entry


class Task(StrEnum):
    """What is to be done with a case's file. The words are those of the command line."""

    CHECK = "check"
    RESULTS = "results"


class Found(TypedDict):
    """A finding that must come. The names are those of the JSON of ``keystage check``."""

    code: str
    slug: str
    severity: str
    upn: str | None
    pupil: str | None
    subject: str | None
    value: str | None
    line: int | None
    sheet: str | None
    cell: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """One case; every file by the path it has in the case's own folder."""

    name: str
    """Its folder in the pack: ``2026/J03/not-a-code``, ``2026/good/dialect-arbor``."""
    year: int
    check: str
    """The check whose fault was seeded; empty for a good file."""
    title: str
    """What is wrong in it, or why it is right, in a sentence."""
    task: Task
    file: str
    files: Mapping[str, bytes]
    today: str
    school: str
    findings: tuple[Found, ...]
    register: str | None = None
    previous: str | None = None
    sent: str | None = None
    about: tuple[str, ...] = field(default=())
    """What else a reader of its page should know."""

    def as_dict(self) -> dict[str, Any]:
        """Return the case as its ``expected.json`` has it: all but the files themselves."""
        return {
            "case": self.name,
            "year": self.year,
            "check": self.check or None,
            "title": self.title,
            "task": str(self.task),
            "file": self.file,
            "register": self.register,
            "previous": self.previous,
            "sent": self.sent,
            "today": self.today,
            "school": self.school,
            "findings": list(self.findings),
        }


def found(entries: Iterable[Entry]) -> tuple[Found, ...]:
    """Return the simulation's entries as the findings of a case."""
    return tuple(
        Found(
            code=each["code"],
            slug=each["slug"],
            severity=each["severity"],
            upn=each["upn"],
            pupil=each["pupil"],
            subject=each["subject"],
            value=each["value"],
            line=each["line"],
            sheet=None,
            cell=None,
        )
        for each in entries
    )


def numbers(received: int) -> Found:
    """Return what is said of every return that has a register: the expected numbers (C05)."""
    check = CATALOGUE["C05"]
    return Found(
        code=check.code,
        slug=check.slug,
        severity=str(check.severity),
        upn=None,
        pupil=None,
        subject=None,
        value=str(received),
        line=None,
        sheet=None,
        cell=None,
    )


def sentence(docstring: str | None) -> str:
    """Return the first line of a docstring: how the simulation says a fault."""
    return (docstring or "").strip().split("\n")[0]


def slugged(name: str) -> str:
    """Return a function's name as a folder's."""
    return name.strip("_").replace("_", "-")
