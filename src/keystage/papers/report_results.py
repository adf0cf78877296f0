"""The table of results in a report for parents: each test and judgement as it was returned, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from keystage.papers.characters import Value
from keystage.papers.report_values import Comparator, ParentReport, ReportsPaper
from keystage.papers.report_words import Words
from keystage.returns.results import TestResult
from keystage.years.outcomes import Effect, Outcome
from keystage.years.registration import TestStatus
from keystage.years.subjects import Subject, Test
from keystage.years.year import CollectionYear

ROWS: tuple[tuple[str, Test | None, Subject | None], ...] = (
    ("reading", Test.READING, Subject.READING),
    ("writing", None, Subject.WRITING),
    ("gps", Test.GPS, None),
    ("maths", Test.MATHS, Subject.MATHS),
    ("science", None, Subject.SCIENCE),
)
"""What stands in the table, in order: the key of its measures, its test, and its teacher assessment."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words, and whether they are the school's or the year's own, which are in English."""

    words: str
    is_own: bool = False

    @property
    def data(self) -> Value:
        """The line as a template takes it."""
        return {"words": self.words, "own": self.is_own}


@dataclass(frozen=True, slots=True)
class ResultTable:
    """Makes the rows of one pupil's table."""

    paper: ReportsPaper
    words: Words
    report: ParentReport

    @property
    def year(self) -> CollectionYear:
        """The year whose codes are told."""
        return self.paper.frame.year

    def rows(self) -> list[Value]:
        """Return the rows as the template takes them."""
        return [self._row(*row) for row in ROWS]

    def _row(self, key: str, test: Test | None, subject: Subject | None) -> Value:
        lines = list(self._test_lines(test)) if test else []
        lines += self._judgement_lines(subject, is_beside_test=test is not None) if subject else []
        school, country = self._compared(key)
        return {
            "subject": self.words.say(key),
            "how": self.words.say("by_test" if test else "by_teacher"),
            "lines": [line.data for line in lines],
            "score": _score(self._result(test)) or self.words.say("none"),
            "school": school,
            "country": country,
        }

    def _result(self, test: Test | None) -> TestResult:
        held = self.report.result.tests if self.report.result else {}
        return (held.get(test) if test else None) or TestResult()

    def _test_lines(self, test: Test) -> Iterator[Line]:
        code = self._result(test).outcome
        known = self.year.outcomes.get(code)
        if known and known.has_score and known.effect:
            yield Line(self.words.say("met" if known.effect is Effect.ACHIEVED else "not_met"))
        elif own := self.report.text.reasons.get(test, "").strip():
            yield Line(self.words.say("not_taken", reason=own), is_own=True)
        elif code:
            yield self._outcome(code, known)
        else:
            yield self._no_outcome(test)

    def _outcome(self, code: str, known: Outcome | None) -> Line:
        if known is None:
            return Line(self.words.say("unknown_code", code=code))
        return self._reason(self.words.outcomes.get(code), known.meaning)

    def _no_outcome(self, test: Test) -> Line:
        status = self.report.statuses.get(test, TestStatus.REGISTERED)
        if status is TestStatus.REGISTERED:
            return Line(self.words.say("no_outcome"))
        meaning = next(each.meaning for each in self.year.registration.test if each.word == status)
        return self._reason(self.words.statuses.get(status), meaning)

    def _reason(self, translated: str | None, meaning: str) -> Line:
        return Line(self.words.say("not_taken", reason=translated or meaning), is_own=translated is None)

    def _judgement_lines(self, subject: Subject, *, is_beside_test: bool) -> Iterator[Line]:
        code = self.report.judgements.get(subject, "")
        if code:
            line = self._judgement(subject, code)
            yield Line(self.words.say("also_by_teacher", meaning=line.words), line.is_own) if is_beside_test else line
        elif not is_beside_test:
            yield Line(self.words.say("no_judgement"))

    def _judgement(self, subject: Subject, code: str) -> Line:
        meaning = self.year.meaning(subject, code)
        if meaning is None:
            return Line(self.words.say("unknown_code", code=code))
        translated = self.words.judgements.get(f"{subject}.{code}") or self.words.judgements.get(code)
        return Line(translated or meaning, is_own=translated is None)

    def _compared(self, key: str) -> tuple[list[Value], list[Value]]:
        share = self.paper.comparators.get(f"{key}.expected", Comparator())
        average = self.paper.comparators.get(f"{key}.average", Comparator())
        school = [share.school or self.words.say("not_worked_out")]
        country = [share.country or self.words.say("not_published")]
        for column, figure in ((school, average.school), (country, average.country)):
            if figure:
                column.append(self.words.say("average", average=figure))
        return [*school], [*country]


def _score(result: TestResult) -> str:
    """Return a scaled score as it came, also one that cannot be."""
    return result.scaled_text or ("" if result.scaled is None else str(result.scaled))
