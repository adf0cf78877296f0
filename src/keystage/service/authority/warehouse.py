"""Judgements and results in a layout that a data warehouse loads: a row for each pupil and subject, or test.

The columns, their types and what may stand in them are said here once: the file and its data dictionary are made of it.
"""

import heapq
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby
from typing import NamedTuple

from keystage.returns.results import PupilResult
from keystage.service.gateway.models import HeldPupil, SchoolResults
from keystage.service.gateway.services.results_preparing import pupils_of
from keystage.years.subjects import Subject, Test
from keystage.years.year import CollectionYear


class Column(NamedTuple):
    """A column, as the data dictionary says it."""

    name: str
    type: str
    meaning: str
    allowed: str
    """What may stand in it, besides nothing where ``may_be_empty``."""
    may_be_empty: bool


TA, TEST = "ta", "test"
_TESTS = ", ".join(Test)
_SUBJECTS = ", ".join(Subject)


def columns(year: CollectionYear) -> tuple[Column, ...]:
    """Return the columns of the file, in order, with the codes of a year."""
    codes = "; ".join(f"{subject}: {' '.join(year.codes(subject))}" for subject in Subject)
    of_test = "where kind is test"
    return (
        Column("collection_year", "integer", "The summer of the return: 2026 is 2025/26", "a year", False),
        Column("authority_number", "text", "The authority of the school", "3 figures", False),
        Column("school_number", "text", "DfE number: authority and establishment", "7 figures", False),
        Column("school_name", "text", "The name of the school", "any", False),
        Column("upn", "text", "Unique pupil number", "13 characters, where it is sound", True),
        Column("surname", "text", "As it was sent", "any", True),
        Column("forename", "text", "As it was sent", "any", True),
        Column("birth_date", "date", "Date of birth", "YYYY-MM-DD", True),
        Column("sex", "text", "As it was sent", "F or M, where it is sound", True),
        Column("kind", "text", "Whether the row is of a teacher assessment or of a test", f"{TA} or {TEST}", False),
        Column("subject", "text", "What was assessed", f"{TA}: {_SUBJECTS}; {TEST}: {_TESTS}", False),
        Column("code", "text", f"The teacher assessment that counts, where kind is {TA}", codes, True),
        Column("raw", "integer", f"Marks, {of_test}; empty where no number came", "0 or more", True),
        Column("scaled", "integer", f"Scaled score, {of_test}; empty where no number came", "80 to 120", True),
        Column("outcome", "text", f"Outcome code, {of_test}", " ".join(year.outcomes), True),
        Column("accepted_at", "timestamp", "When the file was accepted, or the results were released",
               "ISO 8601 in UTC: 2026-06-18T09:30:00Z", False),
        Column("source_file", "text", "The name of the file that it came in", "any", False),
        Column("source_sha256", "text", "SHA-256 of that file", "64 hexadecimal digits", False),
    )  # fmt: skip


Row = tuple[str, ...]


def rows(held: Iterable[HeldPupil], parts: Iterable[SchoolResults], year: CollectionYear) -> Iterator[Row]:
    """Yield the rows school by school, in an order that stays the same for the same data; one school is in memory.

    Args:
        held: who counts, in the order of the schools' numbers.
        parts: the released results, in the same order.
        year: the collection year.
    """
    judged: Iterator[tuple[str, list[HeldPupil] | SchoolResults]]
    came: Iterator[tuple[str, list[HeldPupil] | SchoolResults]]
    judged = ((number, list(some)) for number, some in groupby(held, key=lambda each: each.gateway_return.number))
    came = ((part.number, part) for part in parts)
    ordered = heapq.merge(judged, came, key=lambda each: each[0])
    for _, together in groupby(ordered, key=lambda each: each[0]):
        found: list[tuple[tuple[str, ...], Row]] = []
        for _, each in together:
            found += _of_results(each, year) if isinstance(each, SchoolResults) else _of_judged(each, year)
        yield from (row for _, row in sorted(found, key=lambda pair: pair[0]))


def _of_judged(held: Iterable[HeldPupil], year: CollectionYear) -> Iterator[tuple[tuple[str, ...], Row]]:
    for each in held:
        returned, file = each.gateway_return, each.submission.file
        start = (str(year), returned.authority_number, returned.number, returned.school.name)
        born = each.birth_date.isoformat() if each.birth_date else ""
        who = (each.upn, each.surname, each.forename, born, each.sex)
        end = (utc(each.accepted_at), file.name, file.sha256)
        for at, subject in enumerate(Subject):
            if code := getattr(each, subject):
                yield _order(who, TA, at), (*start, *who, TA, subject, code, "", "", "", *end)


def _of_results(part: SchoolResults, year: CollectionYear) -> Iterator[tuple[tuple[str, ...], Row]]:
    returned, release = part.gateway_return, part.release
    assert returned is not None  # noqa: S101 - asked for by their returns
    assert release.release_at is not None  # noqa: S101 - it is released
    start = (str(year), returned.authority_number, part.number, returned.school.name)
    end = (utc(release.release_at), release.file.name, release.file.sha256)
    for each in pupils_of(part, year):
        who = _who(each)
        for at, test in enumerate(Test):
            if result := each.tests.get(test):
                marks = ("" if value is None else str(value) for value in (result.raw, result.scaled))
                yield _order(who, TEST, at), (*start, *who, TEST, test, "", *marks, result.outcome, *end)


def _who(each: PupilResult) -> tuple[str, ...]:
    return each.upn, each.surname, each.forename, each.birth_date.isoformat() if each.birth_date else "", each.sex


def _order(who: tuple[str, ...], kind: str, at: int) -> tuple[str, ...]:
    return (*who[:3], kind, str(at))


def utc(moment: datetime) -> str:
    """Return a moment as the file has it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
