"""What is left to do on the marksheet, and what the checks say of it: for the page and for its script."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypedDict

from keystage.checks.finding import Finding, Severity
from keystage.service.design.words import join_words, plural
from keystage.service.school.lines import Line
from keystage.service.school.records import Records


class Left(TypedDict):
    """How many judgements are still owed, in all and by the name of the class."""

    total: int
    classes: dict[str, int]


class Checks(TypedDict):
    """What the checks say."""

    errors: int
    queries: int
    words: str


def left(records: Records) -> Left:
    """Count what is still owed."""
    counts = Counter(dict.fromkeys(records.classes, 0))
    for line in records.lines:
        counts[line.pupil.class_name] += line.missing
    return {"total": records.missing, "classes": dict(counts)}


def checks(records: Records) -> Checks:
    """Return the verdict of the checks."""
    return {
        "errors": records.report.errors,
        "queries": len(records.open_queries),
        "words": verdict_words(records),
    }


def errors_by_pupil(records: Records) -> dict[str, int]:
    """Count the errors of each pupil who has any, by the pupil's key; an empty cell, which is seen, is not counted."""
    found: dict[tuple[str | None, str | None], list[Finding]] = {}
    for each in records.report.findings:
        if each.severity is Severity.ERROR:
            found.setdefault((each.upn, each.pupil), []).append(each)
    counts = {line.pupil.key: _errors(line, found) for line in records.lines} if found else {}
    return {key: count for key, count in counts.items() if count}


def _errors(line: Line, found: Mapping[tuple[str | None, str | None], Sequence[Finding]]) -> int:
    empty = {str(cell.subject) for cell in line.cells.values() if cell.is_missing}
    return sum(each.subject not in empty for each in found.get((line.pupil.upn or None, line.pupil.name), ()))


def verdict_words(records: Records) -> str:
    """Return the verdict of the checks in a few words: the errors, and the queries that nobody has answered."""
    errors, queries = records.report.errors, len(records.open_queries)
    found = [plural(errors, "error")] if errors else []
    found += [plural(queries, "query", "queries")] if queries else []
    return join_words(found) or "all in order"


def class_label(name: str) -> str:
    """Return a class as headings name it."""
    return name or "No class"
