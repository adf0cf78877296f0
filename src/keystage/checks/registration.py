"""C: each pupil's judgements, against where the register says that the pupil stands."""

from collections.abc import Iterator

from keystage.checks.case import Case, words_of
from keystage.checks.catalogue import Hit, Need, check
from keystage.checks.finding import Severity
from keystage.returns.register import Expected
from keystage.years.registration import TestStatus
from keystage.years.subjects import Subject, Test

_WITH_TA = (Need.REGISTER, Need.TEACHER_ASSESSMENT)
_BOTH = (Subject.WRITING, Subject.SCIENCE)
_ELSEWHEN = {TestStatus.FUTURE: "F", TestStatus.PREVIOUS: "P"}
_TEST_NAMES = {Test.READING: "reading", Test.MATHS: "maths", Test.GPS: "grammar, punctuation and spelling"}


def _tested(expected: Expected, status: TestStatus) -> list[Subject]:
    """Return the subjects in whose test the pupil has a status, of those that have a teacher assessment too."""
    found = [Subject.READING] if expected.reading is status else []
    return [*found, Subject.MATHS] if expected.maths is status else found


@check(
    "C06",
    "left-but-assessed",
    Severity.QUERY,
    summary="Left in one place and not in the other",
    message="{who}: {problem}.",
    fix="{way_out}",
    needs=_WITH_TA,
)
def left_but_assessed(case: Case) -> Iterator[Hit]:
    """A pupil has L in the return exactly where the register says that the pupil left."""
    for pupil, expected in case.matched:
        codes = case.codes(pupil)
        gone = expected.has_left or not expected.is_expected
        if not gone and "L" not in codes.values():
            continue
        other = next((subject for subject in Subject if codes.get(subject, "L") != "L"), None)
        left = next((subject for subject in Subject if codes.get(subject) == "L"), None)
        if gone and other:
            problem = f"the register says {_says(expected)}, and the return has {codes[other]} in {other}"
            yield case.hit_code(pupil, other, problem=problem, way_out=_LEFT if expected.has_left else _UNREGISTERED)
        elif expected.has_left and not left:
            problem = f"the register says {_says(expected)}, and the return does not have L"
            yield case.hit(pupil, problem=problem, way_out=_LEFT)
        elif left and not expected.has_left:
            problem = f"the return has L (has left) in {left}, and the register does not say that the pupil left"
            yield case.hit_code(pupil, left, problem=problem, way_out=_LEFT)
    for expected in case.cohort.only_right:
        if expected.has_left:
            problem = f"the register says {_says(expected)}, and the pupil is not in the return"
            yield case.hit_expected(expected, problem=problem, way_out=_LEFT)


_LEFT = (
    "Find out when the pupil left. If it was before test week, enter L in writing and science here and Left at the"
    " gateway. If it was later, or the pupil is still here, enter the judgements, and keep the pupil registered."
)
_UNREGISTERED = (
    "If the pupil finishes key stage 2 here this year, register them at the gateway. If not, they do not belong in"
    " the return."
)


def _says(expected: Expected) -> str:
    if not expected.has_left:
        return "Unregistered (on the list by mistake)"
    return f"Left (on {expected.date_left:%d/%m/%Y})" if expected.date_left else "Left"


@check(
    "C07",
    "below-without-judgement",
    Severity.ERROR,
    summary="Below the standard of the test, without a judgement",
    message="{who} is registered as below the standard of the {subject} test, so a {subject} judgement is needed, but"
    " there is {found}.",
    fix="Ask the teacher, enter one of {codes} in {subject}, and export the file again. If the pupil did sit the test,"
    " correct the registration at the gateway.",
    lists_allowed=True,
    needs=_WITH_TA,
)
def below_without_judgement(case: Case) -> Iterator[Hit]:
    """A pupil who is below the standard of the reading or maths test has a judgement in that subject."""
    for pupil, expected in case.still_here:
        for subject in _tested(expected, TestStatus.BELOW):
            allowed = case.year.codes(subject)
            code = pupil.code(subject)
            if code not in allowed:
                found = f"“{code}”, which is not one" if code else "none"
                yield case.hit_code(pupil, subject, allowed=allowed, codes=words_of(allowed), found=found)


@check(
    "C08",
    "sitting-with-judgement",
    Severity.QUERY,
    summary="A judgement for a pupil who sits the test",
    message="{who} is registered to sit the {subject} test, so no {subject} judgement is wanted, but the return has"
    " {value}.",
    fix="Leave the {subject} judgement out and export the file again. If the pupil did not sit the test, being below"
    " its standard, correct the registration at the gateway.",
    needs=_WITH_TA,
)
def sitting_with_judgement(case: Case) -> Iterator[Hit]:
    """A pupil who sits the reading or maths test has no judgement in that subject."""
    for pupil, expected in case.still_here:
        codes = case.codes(pupil)
        for subject in _tested(expected, TestStatus.REGISTERED):
            if subject in codes:
                yield case.hit_code(pupil, subject)


@check(
    "C09",
    "future-or-previous",
    Severity.QUERY,
    summary="Registered for another year, without F or P",
    message="{who} is registered as {status} for {tests}, but has {found} in {subject}, not {expected} ({meaning}).",
    fix="If the pupil's {subject} belongs to that other year too, enter {expected} and export the file again. If it is"
    " judged this year, say so in the note. If the registration is wrong, correct it at the gateway.",
    lists_allowed=True,
    needs=_WITH_TA,
)
def future_or_previous(case: Case) -> Iterator[Hit]:
    """A pupil who takes tests in a future or took them in a previous year has F or P in writing and science."""
    for pupil, expected in case.still_here:
        statuses = expected.test_statuses
        if _ELSEWHEN.keys().isdisjoint(statuses.values()):
            continue
        status = next(status for status in statuses.values() if status in _ELSEWHEN)
        tests = [_TEST_NAMES[test] for test in statuses if statuses[test] is status]
        for subject in _BOTH:
            if pupil.code(subject) not in _ELSEWHEN.values():
                yield case.hit_code(
                    pupil, subject, allowed=tuple(_ELSEWHEN.values()), status=status.title(),
                    tests=words_of(tests, "and"), found=pupil.code(subject) or "no judgement",
                    expected=_ELSEWHEN[status], meaning=case.year.meaning(subject, _ELSEWHEN[status]),
                )  # fmt: skip


@check(
    "C10",
    "moderated-differs",
    Severity.ERROR,
    summary="Writing differs from the moderated judgement",
    message="{who} has {value} in writing, but the moderator's judgement is {moderated}.",
    fix="Enter {moderated} in the school's system and export the file again. If the record of the moderation is"
    " wrong, ask the authority's moderation manager to correct it.",
    lists_allowed=True,
    needs=_WITH_TA,
)
def moderated_differs(case: Case) -> Iterator[Hit]:
    """The writing judgement of a moderated pupil is the moderated one."""
    for pupil, expected in case.matched:
        moderated = expected.moderated_writing
        if moderated and pupil.code(Subject.WRITING) not in ("", moderated):
            yield case.hit_code(pupil, Subject.WRITING, allowed=(moderated,), moderated=moderated)
