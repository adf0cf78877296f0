"""What a file of results says beside the records: who is who, who is missing, what came back otherwise than sent.

Nothing is written, and nothing is altered: a result is kept as it came, or the whole file is left.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

from keystage.checks.finding import Finding
from keystage.checks.report import Report
from keystage.checks.run_results import run_results
from keystage.pupils.matching import match
from keystage.returns.cohort import Verdict
from keystage.returns.results import PupilResult as CoreResult
from keystage.service.school.lines import Sorted
from keystage.service.school.models import Pupil, ResultsLoad
from keystage.service.school.reading import roll_pupil
from keystage.service.school.records import Records
from keystage.service.school.services.incoming_results_matching import Matcher, ResultLine, as_own
from keystage.service.school.services.incoming_results_reading import FileOfResults
from keystage.service.school.services.incoming_results_sent import SentReturn
from keystage.years.subjects import Subject


class TaDifference(NamedTuple):
    """A teacher assessment that came back otherwise than it was sent."""

    line: ResultLine
    subject: Subject
    sent: str
    """Empty where none was sent."""
    returned: str
    """Empty where none came back."""


@dataclass(frozen=True)
class ResultsPlan:
    """What the whole file says."""

    file: FileOfResults
    lines: tuple[ResultLine, ...]
    """Everybody in the file, in its order."""
    missing: tuple[Sorted, ...]
    """Expected here, and no result in the file."""
    not_expected: tuple[Sorted, ...]
    """On the register, without a result, and none is expected of them: they left, or sit the tests another year."""
    expected: int
    """How many pupils here are expected to have results."""
    sent: SentReturn
    differences: tuple[TaDifference, ...]
    report: Report
    """What the checks say of the results."""
    current: ResultsLoad | None
    """The results that are in force now, and would not be any more."""
    is_current: bool = False
    """Whether the very file is in force already."""

    @property
    def matched(self) -> tuple[ResultLine, ...]:
        """Those in the file who are known here."""
        return tuple(line for line in self.lines if line.own is not None)

    @property
    def unmatched(self) -> tuple[ResultLine, ...]:
        """Those in the file who are not known here."""
        return tuple(line for line in self.lines if line.own is None)

    @property
    def asked(self) -> tuple[ResultLine, ...]:
        """Those about whom a person may say who they are: not known, known by name and birth date, or said already."""
        return tuple(line for line in self.lines if line.is_asked)

    @property
    def has_ta(self) -> bool:
        """Whether teacher assessments came back with the results."""
        return any(line.result.ta for line in self.lines)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the checks say and no other part of the page does."""
        told = {line.result.upn for line in self.unmatched}
        told |= {who.upn for each in self.missing for who in (each.pupil, each.expected) if who}
        return tuple(
            each
            for each in self.report.findings
            if each.code != "R06" and not (each.code == "R01" and each.upn in told)
        )

    @property
    def said(self) -> dict[str, int]:
        """The page in numbers, to be kept with what is accepted."""
        return {
            "expected": self.expected,
            "received": len(self.lines),
            "matched": len(self.matched),
            "unmatched": len(self.unmatched),
            "missing": len(self.missing),
            "ta_differs": len(self.differences),
            "errors": self.report.errors,
            "queries": self.report.queries,
        }

    @cached_property
    def seen(self) -> str:
        """All that the page says, in one short text that a form sends back: nothing unseen is accepted."""
        told = [
            [(line.number, line.own.key if line.own else "", line.matched_by, line.result) for line in self.lines],
            [each.pupil.key if each.pupil else "" for each in self.missing],
            [(each.line.number, each.subject, each.sent, each.returned) for each in self.differences],
            [each.message for each in self.report.findings],
            self.current.key if self.current else "",
        ]
        return sha256(repr(told).encode("utf-8", "backslashreplace")).hexdigest()[:16]


def plan_results(
    file: FileOfResults,
    records: Records,
    pupils: Sequence[Pupil],
    who: Mapping[int, str],
    sent: SentReturn,
    current: ResultsLoad | None = None,
) -> ResultsPlan:
    """Set a file of results beside the records.

    Args:
        file: what was read.
        records: the school's.
        pupils: everybody who is or was on the roll this year.
        who: what a person said: pupils of the file, by their place from 1, with the key of the pupil here; an empty key
            for one who is to stay without.
        sent: the return that was sent.
        current: the results that are in force.
    """
    lines = Matcher(file.results.pupils, records, pupils, who).lines()
    known = {line.own.pk for line in lines if line.own}
    gone = [each for each in records.cohort if each.pupil is None or each.pupil.pk not in known]
    results = [as_own(line) for line in lines]
    return ResultsPlan(
        file,
        lines,
        tuple(each for each in gone if each.verdict is Verdict.REPORT),
        tuple(each for each in gone if each.pupil and each.expected and each.verdict is not Verdict.REPORT),
        sum(each.verdict is Verdict.REPORT for each in records.cohort),
        sent,
        tuple(_differences(lines, sent, pupils)),
        _report(file, results, records, sent),
        current,
    )


def _report(file: FileOfResults, pupils: Sequence[CoreResult], records: Records, sent: SentReturn) -> Report:
    results = replace(file.results, pupils=tuple(pupils))
    return run_results(results, year=records.year, register=records.register, sent=sent.return_)


def _differences(lines: Sequence[ResultLine], sent: SentReturn, pupils: Sequence[Pupil]) -> list[TaDifference]:
    """Compare what came back with what was sent, in the subjects that came back of anybody."""
    present = sorted(pupils, key=lambda pupil: pupil.removed_at is not None)
    pairs = match(sent.return_.pupils, [roll_pupil(pupil) for pupil in present])
    sent_of = {pair.right.key: pair.left for pair in pairs.pairs}
    subjects = [subject for subject in Subject if any(subject in line.result.ta for line in lines)]
    found = []
    for line in lines:
        mine = sent_of.get(line.own.key) if line.own else None
        for subject in subjects if line.own else ():
            was, is_ = mine.code(subject) if mine else "", line.result.ta.get(subject, "")
            if was != is_:
                found.append(TaDifference(line, subject, was, is_))
    return found
