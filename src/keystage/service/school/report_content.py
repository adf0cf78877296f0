"""Everything that stands on one pupil's report for parents, and its fingerprint, part by part.

The fingerprint of each part is kept with a report that is made: where one differs later, the list of reports says in
words what has changed since, and that the report must be made again.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from keystage.papers.parent_report import ParentReport, ReportText
from keystage.pupils.names import full_name
from keystage.returns.cohort import Verdict
from keystage.returns.results import PupilResult, TestResult
from keystage.service.design.words import name_in_sentence
from keystage.service.school.lines import Line
from keystage.service.school.models import Pupil
from keystage.service.school.services.report_texts import ReportTexts, texts_of
from keystage.years.codes import Kind
from keystage.years.frozen import Frozen
from keystage.years.registration import TestStatus
from keystage.years.subjects import Subject, Test

if TYPE_CHECKING:
    from keystage.service.school.reports import Reports


class Part(StrEnum):
    """A part of a report that may change by itself."""

    PUPIL = "pupil"
    RESULTS = "results"
    JUDGEMENTS = "judgements"
    WORDS = "words"
    ATTENDANCE = "attendance"
    EVERY = "every"
    """What stands on every report of the school."""
    COMPARED = "compared"
    """What the pupil's results are compared with."""


MUST: frozenset[Part] = frozenset(set(Part) - {Part.COMPARED})
"""Parts after whose change a report must be made again: what it says of the pupil is not so any more.

Figures for comparison change when one other pupil's result does: that is said, and a person decides.
"""


@dataclass(frozen=True, slots=True)
class Content:
    """What stands on one pupil's report."""

    line: Line
    report: ParentReport
    texts: ReportTexts
    parts: Mapping[str, str]
    """A short hash of each part."""
    is_engagement: bool = False
    """Whether the pupil is assessed by the engagement model in any subject."""

    @property
    def fingerprint(self) -> str:
        """A hash of everything that stands on the report."""
        return _hash(dict(self.parts))

    @property
    def is_owed(self) -> bool:
        """Whether the school owes parents a report. For a pupil who left it is the new school that does (assumed)."""
        return self.line.cohort.verdict is not Verdict.REPORT_AS_LEFT

    def changed_since(self, parts: Mapping[str, str]) -> tuple[Part, ...]:
        """Return the parts that are otherwise than they were."""
        return tuple(part for part in Part if self.parts[part] != parts.get(part))


def content_of(reports: "Reports", line: Line) -> Content:
    """Return what stands on a pupil's report."""
    texts = texts_of(reports.written.get(line.pupil.pk))
    report = _report(line, reports.results.get(line.pupil.pk), texts)
    return Content(line, report, texts, _parts(reports, report, texts), _is_engagement(reports, report))


def _report(line: Line, result: PupilResult | None, texts: ReportTexts) -> ParentReport:
    entry = line.cohort.line.expected
    return ParentReport(
        result=result,
        name=name_in_sentence(line.pupil) or line.pupil.upn,
        class_name=line.pupil.class_name,
        birth_date=line.pupil.birth_date,
        upn=line.pupil.upn,
        judgements=Frozen(judgements_of(line, result)),
        statuses=Frozen({test: TestStatus(entry.test_statuses[test]) for test in Test} if entry else {}),
        text=_text(texts),
    )


def judgements_of(line: Line, result: PupilResult | None) -> dict[Subject, str]:
    """Return the teacher assessments that count: those that came back with the results, else the school's own."""
    own = {subject: cell.code for subject, cell in line.cells.items() if cell.code}
    return {**own, **{subject: code for subject, code in (result.ta if result else {}).items() if code}}


def _text(texts: ReportTexts) -> ReportText:
    return ReportText(
        progress=texts.progress,
        achievements=texts.achievements,
        engagement=texts.engagement,
        exempt_from=texts.exempt_from,
        reasons=Frozen({Test(test): words for test, words in texts.reasons.items()}),
        possible_sessions=texts.possible_sessions,
        attended_sessions=texts.attended_sessions,
        unauthorised_absences=texts.unauthorised_absences,
    )


def _is_engagement(reports: "Reports", report: ParentReport) -> bool:
    tables = reports.records.year.code_tables
    found = (tables[subject].find(code) for subject, code in report.judgements.items())
    return any(each.kind is Kind.ENGAGEMENT_MODEL for each in found if each)


def name_of(pupil: Pupil) -> str:
    """Return a pupil's name as lists show it, or what there is instead."""
    return full_name(pupil.surname, pupil.forename) or pupil.upn or "A pupil without a name"


def _parts(reports: "Reports", report: ParentReport, texts: ReportTexts) -> dict[str, str]:
    words = (texts.progress, texts.achievements, texts.engagement, texts.exempt_from, dict(texts.reasons))
    sessions = (texts.possible_sessions, texts.attended_sessions, texts.unauthorised_absences)
    return {
        Part.PUPIL: _short((report.name, report.class_name, str(report.birth_date), report.upn)),
        Part.RESULTS: _short(_result(report.result)),
        Part.JUDGEMENTS: _short((report.judgements, report.statuses)),
        Part.WORDS: _short(words),
        Part.ATTENDANCE: _short(sessions),
        **reports.parts_of_every,
    }


def _result(result: PupilResult | None) -> Any:
    return {str(test): _test(each) for test, each in result.tests.items()} if result else None


def _test(result: TestResult) -> tuple[object, ...]:
    return result.raw, result.scaled, result.outcome, result.special, result.raw_text, result.scaled_text


def parts_of_every(reports: "Reports") -> dict[str, str]:
    """Return the parts that are the same on every report of a school."""
    held, school = reports.settings, reports.school_return.organisation
    badge = held.badge.sha256 if held.badge else ""
    said = (school.name, held.arrangements, held.head_name, held.head_words, held.language, badge)
    return {Part.EVERY: _short(said), Part.COMPARED: reports.compared.fingerprint}


def _short(value: Any) -> str:
    return _hash(value)[:16]


def _hash(value: Any) -> str:
    return sha256(json.dumps(value, sort_keys=True, default=_plain).encode()).hexdigest()


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else str(value)
