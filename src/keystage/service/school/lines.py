"""A line of the marksheet: a pupil who is reported, where they belong and why, and what stands in each subject."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from keystage.returns.cohort import CohortLine, Verdict
from keystage.returns.owed import Owed
from keystage.service.school.models import Expected, Pupil
from keystage.years.owed import OwedState
from keystage.years.subjects import Subject


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


@dataclass(frozen=True, slots=True)
class Line:
    """One pupil who is reported, with what stands in each subject."""

    pupil: Pupil
    cohort: Sorted
    cells: Mapping[Subject, Cell]

    def cell(self, subject: Subject) -> Cell:
        """Return the cell of a subject."""
        return self.cells[subject]

    @property
    def missing(self) -> int:
        """How many judgements are still owed."""
        return sum(cell.is_missing for cell in self.cells.values())
