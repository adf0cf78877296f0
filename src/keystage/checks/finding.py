"""What a check says: one fault, of one pupil where there is one, at its place, with the way out."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from keystage.returns.source import Place


def place_in_words(place: Place) -> str:
    """Return a place as a sentence has it; empty where there is none."""
    return place.in_words


class Severity(StrEnum):
    """What follows from a finding."""

    ERROR = "error"
    """The return cannot be accepted."""
    QUERY = "query"
    """It may be right: a person confirms it with a note."""
    INFO = "info"
    """Said, and blocks nothing."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found. The fields are those of the JSON that ``keystage check`` prints."""

    code: str
    slug: str
    severity: Severity
    upn: str | None
    """The pupil's UPN as given."""
    pupil: str | None
    """The pupil's name as given: ``Surname, Forename``."""
    subject: str | None
    value: str | None
    """What was found."""
    line: int | None
    column: int | None
    sheet: str | None
    cell: str | None
    message: str
    """What is wrong, and for whom."""
    allowed: tuple[str, ...]
    """The values that could stand there, where there is a list of them."""
    fix: str
    """What a person can do."""

    @property
    def place(self) -> str:
        """The place in words: ``line 57`` or ``sheet TA, cell F4``; empty where there is none."""
        return place_in_words(Place(self.line, self.column, self.sheet, self.cell))

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as plain values for JSON."""
        return {**asdict(self), "severity": str(self.severity), "allowed": list(self.allowed)}
