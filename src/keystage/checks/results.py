"""R: results. Are they of our pupils, possible in themselves, and in keeping with what was sent?"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from keystage.checks.case import in_a_sentence, with_upn
from keystage.checks.catalogue import Hit, Need, check
from keystage.checks.finding import Severity
from keystage.pupils.matching import Match, Matching, match
from keystage.returns.register import Expected, Register
from keystage.returns.results import PupilResult, Results, TestResult
from keystage.returns.value import Pupil, Return
from keystage.years.errors import NotHeld
from keystage.years.registration import TestStatus
from keystage.years.scores import EXPECTED, LEAST, MOST
from keystage.years.subjects import Subject, Test
from keystage.years.year import CollectionYear

_NAMES = {"gps": "grammar, punctuation and spelling"}
_JUDGED = {Test.READING: Subject.READING, Test.MATHS: Subject.MATHS}


@dataclass(frozen=True)
class ResultsCase:
    """A set of results to be checked."""

    results: Results
    year: CollectionYear
    register: Register | None = None
    sent: Return | None = None

    @cached_property
    def cohort(self) -> Matching[PupilResult, Expected]:
        """Who in the results is who on the register."""
        assert self.register is not None
        return match(self.results.pupils, self.register.pupils)

    @cached_property
    def with_sent(self) -> tuple[Match[PupilResult, Pupil], ...]:
        """Who in the results is who in the return that was sent."""
        return match(self.results.pupils, self.sent.pupils).pairs if self.sent else ()

    @property
    def has_ta(self) -> bool:
        """Whether teacher assessments came back with the results."""
        return any(pupil.ta for pupil in self.results.pupils)

    def each(self) -> Iterator[tuple[PupilResult, Test, TestResult]]:
        """Yield every result of every pupil."""
        return ((pupil, test, result) for pupil in self.results.pupils for test, result in pupil.tests.items())


def _hit(pupil: PupilResult, field: str, value: str, **words: object) -> Hit:
    subject = field.partition(".")[0] or None
    words = {"test": _NAMES.get(subject or "", subject), **words}
    return Hit(pupil.upn, pupil.name, in_a_sentence(pupil), subject, value, pupil.at, field, words=words)


@check(
    "R01",
    "unmatched",
    Severity.QUERY,
    summary="Results and register do not match",
    message="{named} {problem}.",
    fix="Look for the same child under another UPN or name, here and on the register. If there is none, write to the"
    " gateway's helpdesk and send them this line.",
    needs=(Need.REGISTER,),
)
def unmatched(case: ResultsCase) -> Iterator[Hit]:
    """Every pupil in the results is on the register, and every expected pupil has a result."""
    for pupil in case.cohort.only_left:
        yield _hit(pupil, "", pupil.upn, named=with_upn(pupil), problem="has results but is not on the register")
    problem = "is registered to sit a test but has no results"
    for pair in case.cohort.pairs:
        if not pair.left.tests and _sits(pair.right):
            yield _hit(pair.left, "", pair.left.upn, named=with_upn(pair.left), problem=problem)
    for expected in case.cohort.only_right:
        if _sits(expected):
            words = {"named": with_upn(expected), "problem": problem}
            yield Hit(expected.upn, expected.name, in_a_sentence(expected), words=words)


def _sits(expected: Expected) -> bool:
    is_here = expected.is_expected and not expected.has_left
    return is_here and TestStatus.REGISTERED in expected.test_statuses.values()


@check(
    "R02",
    "score-range",
    Severity.ERROR,
    summary="A mark or score that cannot be",
    message="{who} has {what} “{value}” in {test}, which {problem}.",
    fix="Do not bring this result into your records. Download the results again; if it is still so, write to the"
    " gateway's helpdesk and send them this line.",
)
def score_range(case: ResultsCase) -> Iterator[Hit]:
    """A scaled score is from 80 to 120, and a raw mark from 0 to the most that the test gives."""
    for pupil, test, result in case.each():
        most = case.year.test(test).max_mark
        if result.raw_text and (result.raw is None or not 0 <= result.raw <= most):
            problem = f"is not a mark from 0 to {most}"
            yield _hit(pupil, f"{test}.raw", result.raw_text, what="the raw mark", problem=problem)
        if result.scaled_text and (result.scaled is None or not LEAST <= result.scaled <= MOST):
            problem = f"is not a score from {LEAST} to {MOST}"
            yield _hit(pupil, f"{test}.scaled", result.scaled_text, what="the scaled score", problem=problem)


@check(
    "R03",
    "score-table",
    Severity.QUERY,
    summary="Mark and score do not go together",
    message="{who} has {raw} marks in {test}, for which the table of {year} gives {right}, but the score is {value}.",
    fix="Find out whether the marks were changed by a review or by special consideration. If they were not, write to"
    " the gateway's helpdesk and send them this line.",
    needs=(Need.SCORE_TABLE,),
)
def score_table(case: ResultsCase) -> Iterator[Hit]:
    """Raw mark and scaled score agree with the year's table."""
    for pupil, test, result in case.each():
        if result.raw is None or result.scaled is None:
            continue
        try:
            right = case.year.scores(test).scaled(result.raw)
        except (NotHeld, ValueError):
            continue
        if right != result.scaled:
            yield _hit(
                pupil,
                f"{test}.scaled",
                result.scaled_text,
                raw=result.raw,
                right=f"the score {right}" if right else "no score",
            )


@check(
    "R04",
    "outcome-score",
    Severity.ERROR,
    summary="Outcome and score contradict each other",
    message="{who} has the outcome {value} in {test} with the score {score}, but {problem}.",
    fix="Do not bring this result into your records. Download the results again; if it is still so, write to the"
    " gateway's helpdesk and send them this line.",
)
def outcome_score(case: ResultsCase) -> Iterator[Hit]:
    """AS goes with 100 or more, NS with less, and a code for no result with no score."""
    for pupil, test, result in case.each():
        if result.scaled is None:
            continue
        problem = _contradiction(case.year, result.outcome, result.scaled)
        if problem:
            yield _hit(pupil, f"{test}.outcome", result.outcome, score=result.scaled, problem=problem)


def _contradiction(year: CollectionYear, outcome: str, score: int) -> str:
    if outcome == "AS" and score < EXPECTED:
        return f"AS (achieved the standard) needs {EXPECTED} or more"
    if outcome == "NS" and score >= EXPECTED:
        return f"NS (did not achieve the standard) needs less than {EXPECTED}"
    known = year.outcomes.get(outcome)
    return f"{outcome} ({known.meaning}) goes with no score" if known and known.has_score is False else ""


@check(
    "R05",
    "below-without-ta",
    Severity.QUERY,
    summary="Below the standard of the test, without a teacher assessment",
    message="{who} has the outcome B in {subject} (below the standard of the test), but no {subject} teacher assessment"
    " is held.",
    fix="Look whether a pre-key stage standard or the engagement model was sent for {subject}. If not, send it; if the"
    " collection has closed, write to the gateway's helpdesk and send them this line.",
    needs=(Need.TA,),
)
def below_without_ta(case: ResultsCase) -> Iterator[Hit]:
    """A pupil who was below the standard of the reading or maths test has a teacher assessment in it."""
    sent = {id(pair.left): pair.right for pair in case.with_sent}
    for pupil, test, result in case.each():
        subject = _JUDGED.get(test)
        if result.outcome != "B" or subject is None:
            continue
        mine = sent.get(id(pupil))
        if not pupil.ta.get(subject) and not (mine and mine.code(subject)):
            yield _hit(pupil, f"{test}.outcome", "B")


@check(
    "R06",
    "ta-differs",
    Severity.QUERY,
    summary="Teacher assessment came back otherwise than it was sent",
    message="{who} has {value} in {subject} in the results, but {sent} was sent.",
    fix="Find out which is right. If what was sent is wrong, correct the school's records. If the results are wrong,"
    " write to the gateway's helpdesk and send them this line.",
    needs=(Need.SENT, Need.TA_RETURNED),
)
def ta_differs(case: ResultsCase) -> Iterator[Hit]:
    """The teacher assessment in the results is the one that was sent."""
    for pair in case.with_sent:
        pupil, sent = pair.left, pair.right
        for subject, code in pupil.ta.items():
            if code != sent.code(subject):
                yield _hit(pupil, f"{subject}.ta", code, sent=sent.code(subject) or "nothing")
