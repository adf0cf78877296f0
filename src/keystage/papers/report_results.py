"""The table of results in a report for parents: each test and judgement as it was returned, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from keystage.papers.characters import Value
from keystage.papers.report_comparisons import Comparisons
from keystage.papers.report_values import ParentReport
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

    year: CollectionYear
    words: Words
    comparisons: Comparisons
    report: ParentReport

    def rows(self) -> list[Value]:
        """Return the rows as the template takes them."""
        return [self._row(*row) for row in ROWS]

    def _row(self, key: str, test: Test | None, subject: Subject | None) -> Value:
        lines = [*self._test_lines(test), *self._judgement_lines(subject, is_beside_test=test is not None)]
        return {
            "subject": self.words.say(key),
            "lines": [line.data for line in lines],
            "score": _score(self._result(test)) or self.words.say("none"),
            "compared": self.comparisons.cells(key),
        }

    def _result(self, test: Test | None) -> TestResult:
        held = self.report.result.tests if self.report.result else {}
        return (held.get(test) if test else None) or TestResult()

    def _test_lines(self, test: Test | None) -> Iterator[Line]:
        if test:
            yield self._said("by_test", self._test(test, self._result(test).outcome))

    def _said(self, by: str, line: Line) -> Line:
        return Line(self.words.say(by, result=line.words), line.is_own)

    def _test(self, test: Test, code: str) -> Line:
        known = self.year.outcomes.get(code)
        if known and known.has_score and known.effect:
            return Line(self.words.say("met" if known.effect is Effect.ACHIEVED else "not_met"))
        if own := self.report.text.reasons.get(test, "").strip():
            return Line(self.words.say("not_taken", reason=own), is_own=True)
        if not code:
            return self._no_outcome(test)
        return self._outcome(known) if known else Line(self.words.say("unknown_code", code=code))

    def _outcome(self, known: Outcome) -> Line:
        return self._reason(self.words.outcomes.get(known.code), known.meaning)

    def _no_outcome(self, test: Test) -> Line:
        status = self.report.statuses.get(test, TestStatus.REGISTERED)
        if status is TestStatus.REGISTERED:
            is_before = self.comparisons.paper.is_before_results
            return Line(self.words.say("no_results_yet" if is_before else "no_outcome"))
        meaning = next(each.meaning for each in self.year.registration.test if each.word == status)
        return self._reason(self.words.statuses.get(status), meaning)

    def _reason(self, translated: str | None, meaning: str) -> Line:
        return Line(self.words.say("not_taken", reason=translated or meaning), is_own=translated is None)

    def _judgement_lines(self, subject: Subject | None, *, is_beside_test: bool) -> Iterator[Line]:
        code = self.report.judgements.get(subject, "") if subject else ""
        if subject and code:
            yield self._said("by_teacher", self._judgement(subject, code))
        elif not is_beside_test:
            yield self._said("by_teacher", Line(self.words.say("no_judgement")))

    def _judgement(self, subject: Subject, code: str) -> Line:
        meaning = self.year.meaning(subject, code)
        if meaning is None:
            return Line(self.words.say("unknown_code", code=code))
        translated = self.words.judgements.get(f"{subject}.{code}") or self.words.judgements.get(code)
        return Line(translated or meaning, is_own=translated is None)


def _score(result: TestResult) -> str:
    """Return a scaled score as it came, also one that cannot be."""
    return result.scaled_text or ("" if result.scaled is None else str(result.scaled))
