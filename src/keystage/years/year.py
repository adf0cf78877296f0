"""One collection year: everything the product knows of it, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from keystage.years.codes import CodeTable
from keystage.years.dates import KeyDate
from keystage.years.errors import NotHeld
from keystage.years.explain import Explanation, NotTaCode, RetiredCode, explain
from keystage.years.gateway import Ctf, Gateway
from keystage.years.headings import Headings
from keystage.years.national import National
from keystage.years.outcomes import Outcome, SpecialMarker
from keystage.years.owed import Owed
from keystage.years.papers import TestPapers, Thresholds
from keystage.years.provenance import PartProvenance
from keystage.years.registration import Registration
from keystage.years.rows import Rows
from keystage.years.scores import ScoreTable
from keystage.years.subjects import Subject, Test
from keystage.years.ta_effects import TaEffects


class YearStatus(StrEnum):
    """Where a collection year stands."""

    CLOSED = "closed"
    OPEN = "open"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True, eq=False)
class CollectionYear:
    """The summer in which a return is made, and what it asks: 2026 is the school year 2025/26."""

    year: int
    status: YearStatus
    carried_from: int | None
    sources: Mapping[str, str]
    gateway: Gateway
    ctf: Ctf
    dates: tuple[KeyDate, ...]
    code_tables: Mapping[Subject, CodeTable]
    ta_effects: Mapping[Subject, TaEffects]
    retired: tuple[RetiredCode, ...]
    not_ta: tuple[NotTaCode, ...]
    owed: Owed
    registration: Registration
    tests: tuple[TestPapers, ...]
    outcomes: Mapping[str, Outcome]
    special_consideration: Mapping[str, SpecialMarker]
    rows: Rows
    headings: Headings
    results_headings: Headings
    group_headings: Headings
    """Columns that a results file may have beside those, none of them required and none written."""
    threshold_tables: Mapping[Test, Thresholds]
    score_tables: Mapping[Test, ScoreTable]
    national: National | None
    provenance: tuple[PartProvenance, ...]
    """How sure each table is, and its source: what a page lists as assumed."""

    def __str__(self) -> str:
        return str(self.year)

    @property
    def is_draft(self) -> bool:
        """Whether the year is not published yet."""
        return self.status is YearStatus.DRAFT

    @property
    def start_year(self) -> int:
        """The year in which the school year starts: what `AcademicYear` holds in a CTF."""
        return self.year - 1

    @property
    def label(self) -> str:
        """The school year as people write it: 2025/26."""
        return f"{self.year - 1}/{self.year % 100:02}"

    @property
    def usual_birth_dates(self) -> tuple[date, date]:
        """The first and last date of birth of the year group that usually finishes key stage 2."""
        return date(self.year - 12, 9, 1), date(self.year - 11, 8, 31)

    @property
    def results_lookup(self) -> Mapping[str, str]:
        """Every heading that is read in a results file, reduced, with its field."""
        return {**self.results_headings.lookup, **self.group_headings.lookup}

    def find_date(self, key: str) -> KeyDate | None:
        """Give a key date, or None where it is not known."""
        return next((each for each in self.dates if each.key == key), None)

    def date(self, key: str) -> date:
        """Give the day of a key date. Raises NotHeld where it is not known."""
        found = self.find_date(key)
        if found is None:
            raise NotHeld(f"the date `{key}`", self.year)
        return found.date

    def code_table(self, subject: Subject) -> CodeTable:
        """Give the codes of a subject with what they mean and where they were read."""
        return self.code_tables[subject]

    def codes(self, subject: Subject) -> tuple[str, ...]:
        """Give the codes of a subject, from best to least."""
        return self.code_tables[subject].words

    def meaning(self, subject: Subject, code: str) -> str | None:
        """Say what a code means in a subject; None where it is not valid there."""
        found = self.code_tables[subject].find(code)
        return found.meaning if found else None

    def explain_code(self, subject: Subject, code: str) -> Explanation | None:
        """Say why a code is not valid in a subject; None where it is, or where nothing is known about it."""
        return explain(subject, code, self.code_tables, self.retired, self.not_ta)

    def test(self, test: Test) -> TestPapers:
        """Give the papers and marks of a test."""
        return next(each for each in self.tests if each.test == test)

    def thresholds(self, test: Test) -> Thresholds:
        """Give the raw marks for 100, 110 and 120. Raises NotHeld where they are not known."""
        if test not in self.threshold_tables:
            raise NotHeld(f"the thresholds of the {test} test", self.year)
        return self.threshold_tables[test]

    def scores(self, test: Test) -> ScoreTable:
        """Give the table of scaled scores. Raises NotHeld where it is not known."""
        if test not in self.score_tables:
            raise NotHeld(f"the scaled scores of the {test} test", self.year)
        return self.score_tables[test]
