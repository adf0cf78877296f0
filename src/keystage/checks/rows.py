"""J: rows that are no teacher assessment of this return. They are kept and left alone."""

from collections import Counter
from collections.abc import Iterator

from keystage.checks.case import Case
from keystage.checks.catalogue import Hit, Need, check
from keystage.checks.finding import Severity
from keystage.returns.value import Extra


def _each(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count:,} {what}s"


@check(
    "J11",
    "test-results-in-file",
    Severity.INFO,
    summary="Test results in the file",
    message="The file also holds {count} of the key stage 2 tests, left alone here.",
    fix="Nothing needs doing: test results are not part of this return. To send a smaller file, export teacher"
    " assessments only.",
    needs=(Need.CTF, Need.TEACHER_ASSESSMENT),
)
def test_results_in_file(case: Case) -> Iterator[Hit]:
    """A return holds no results of the tests."""
    tests = [extra for extra in case.return_.extras if extra.kind == "test"]
    if tests:
        yield _once(tests[0], "key stage 2 tests", count=_each(len(tests), "result"))


@check(
    "J12",
    "other-assessments",
    Severity.INFO,
    summary="Other assessments in the file",
    message="The file also holds {count} of another assessment, left alone here: {value}.",
    fix="Nothing needs doing: other assessments are not part of this return.",
    needs=(Need.CTF, Need.TEACHER_ASSESSMENT),
)
def other_assessments(case: Case) -> Iterator[Hit]:
    """A return holds no other assessments, such as phonics or the multiplication tables check."""
    others = [extra for extra in case.return_.extras if extra.kind == "other"]
    first = {extra.name: extra for extra in reversed(others)}
    for name, count in Counter(extra.name for extra in others).items():
        yield _once(first[name], name, count=_each(count, "result"))


def _once(extra: Extra, value: str, **words: object) -> Hit:
    return Hit(value=value, at=extra.at, words=words)


@check(
    "J13",
    "unknown-row",
    Severity.QUERY,
    summary="A result that is not known",
    message="{who} has a result of a kind that is not known here, so it was not read: {value} (stage, subject, method,"
    " component and qualifier).",
    fix="Look the pupil up in the school's system. If it is a judgement of this return, ask the supplier of the system"
    " for an export that the gateway knows. If it belongs to something else, say so in the note.",
    needs=(Need.CTF, Need.TEACHER_ASSESSMENT),
)
def unknown_row(case: Case) -> Iterator[Hit]:
    """Every row is one that the year's tables know."""
    for extra in case.return_.extras:
        if extra.kind == "unknown":
            yield case.hit_extra(extra)
