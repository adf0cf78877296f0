"""The results of the national tests, pupil by pupil, as they came."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from keystage.pupils.characteristics import NOTHING_KNOWN, Characteristics
from keystage.pupils.names import full_name
from keystage.returns.source import Source
from keystage.years.frozen import Frozen
from keystage.years.subjects import Subject, Test


@dataclass(frozen=True, slots=True)
class TestResult:
    """A pupil's result in one test. A mark or score that is no number is None, and its text says what was there."""

    __test__ = False  # no class of tests, whatever pytest makes of the name

    raw: int | None = None
    """Marks."""
    scaled: int | None = None
    """The scaled score, 80 to 120 where it is sound."""
    outcome: str = ""
    """The outcome code, in capitals."""
    papers: tuple[tuple[str, int | None], ...] = ()
    """The papers with an entry, by key (``paper1`` …), with their marks."""
    special: str = ""
    """The marker of special consideration; empty for nearly everybody."""
    raw_text: str = ""
    scaled_text: str = ""
    paper_texts: tuple[tuple[str, str], ...] = ()


class PupilResult(NamedTuple):
    """A pupil's results. :attr:`Results.source` says where each stands: fields are named like ``reading.raw``."""

    upn: str
    surname: str
    forename: str
    birth_date: date | None
    """None where it is missing or cannot be read; then ``birth_text`` says what was there."""
    birth_text: str
    sex: str
    former_upn: str = ""
    tests: Mapping[Test, TestResult] = Frozen()
    """The tests that have any entry."""
    ta: Mapping[Subject, str] = Frozen()
    """The teacher assessments that came back with the results, in capitals; only those that are there."""
    school: str = ""
    """The seven figures of the DfE number, where the file says."""
    at: int = 0
    """Where the source has this pupil."""
    characteristics: Characteristics = NOTHING_KNOWN
    """What a national file says beside the results, by which figures are broken down; never written anywhere."""

    @property
    def name(self) -> str:
        """The pupil's name as lists show it."""
        return full_name(self.surname, self.forename)


@dataclass(frozen=True, slots=True)
class Results:
    """The test results of a collection year: of a school, or of many."""

    year: int
    pupils: tuple[PupilResult, ...]
    source: Source | None = field(default=None, compare=False)
    """The file they were read from."""

    @property
    def schools(self) -> tuple[str, ...]:
        """The schools that are named, each once, in order."""
        return tuple(dict.fromkeys(pupil.school for pupil in self.pupils if pupil.school))


def mark(text: str) -> int | None:
    """Read a mark or a score: a whole number, also as spreadsheets write it (``32.0``); None for anything else."""
    whole, point, rest = text.strip().partition(".")
    digits = whole[1:] if whole[:1] in ("-", "+") else whole
    is_whole = digits.isascii() and digits.isdecimal() and len(digits) < 10
    return int(whole) if is_whole and (not point or (rest and not rest.strip("0"))) else None
