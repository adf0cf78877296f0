"""Made-up results for pupils who are expected, as a national file has them; scores come from the year's own tables.

Nothing here is of a real child: the figures are drawn, the same each time for the same UPN. In a school that is to
practise, one pupil comes back as nobody there knows them, and one teacher assessment otherwise than it was sent.
"""

import csv
from collections.abc import Iterable, Mapping
from io import StringIO
from random import Random
from typing import NamedTuple

from keystage.pupils.upn import check_letter
from keystage.returns.register import Expected, Register
from keystage.returns.value import Pupil, Return
from keystage.simulate.groups import made_up_groups
from keystage.simulate.results import put
from keystage.simulate.scores import score
from keystage.years.headings import GROUP_FIELDS, RESULTS_FIELDS
from keystage.years.registration import PupilStatus
from keystage.years.subjects import Subject, Test
from keystage.years.year import CollectionYear

_FIELDS = (*RESULTS_FIELDS, *GROUP_FIELDS)
_AT_THE_STANDARD = {"GDS": 1.0, "EXS": 0.25, "WTS": -0.9}
"""About how able a pupil is whose writing was judged so."""

_REVIEWED = 0.1
"""Of how many pupils the reading test is marked again with another outcome."""
_MORE = 0.15
"""How much abler they then look: a few marks."""
_SHORT = 3


class SchoolToResult(NamedTuple):
    """A school whose results are to be made up."""

    number: str
    """Seven figures."""
    register: Register
    sent: Return | None = None
    """The return that counts: its teacher assessments come back with the results."""
    is_practising: bool = False
    """Whether people of the school import the results: then there is something in them to find out about."""


def national_csv(schools: Iterable[SchoolToResult], year: CollectionYear, *, reviewed: bool = False) -> bytes:
    """Return a made-up national results file: everybody who is expected, school after school.

    Args:
        schools: the schools; the register says who sits which test.
        year: the collection year.
        reviewed: whether they are results after marking reviews: one pupil in ten has a few marks more in reading.
    """
    sink = StringIO(newline="")
    writer = csv.writer(sink)
    writer.writerow([{**year.results_headings.written, **year.group_headings.written}[field] for field in _FIELDS])
    for school in schools:
        sent = _sent(school.sent)
        awaited = [each for each in school.register.pupils if each.status is PupilStatus.REGISTERED]
        rows = [
            _row(school.number, each, year, sent.get(each.upn), is_reviewed=reviewed and _is_reviewed(each))
            for each in awaited
        ]
        if school.is_practising:
            _make_odd(rows)
        writer.writerows([row.get(field, "") for field in _FIELDS] for row in rows)
    return sink.getvalue().encode()


def _is_reviewed(expected: Expected) -> bool:
    return Random(f"reviewed/{expected.upn}").random() < _REVIEWED


def _make_odd(rows: list[dict[str, str]]) -> None:
    """Let one pupil have another UPN and a name mistyped, and another pupil a teacher assessment that was not sent."""
    usual = [row for row in rows if row["upn"][1:].isdecimal() and _may_be_mistyped(row["surname"])]
    for row in usual[:1]:
        body = f"{row['upn'][1:9]}{(int(row['upn'][9:]) + 4_321) % 10_000:04}"
        row["upn"] = check_letter(body) + body
        row["surname"] = row["surname"][:-2] + row["surname"][:-3:-1]
    judged = [row for row in usual[1:] if row.get(f"{Subject.WRITING}.ta") == "EXS"]
    for row in judged[:1]:
        row[f"{Subject.WRITING}.ta"] = "GDS"


def _may_be_mistyped(surname: str) -> bool:
    return len(surname) > _SHORT and surname[-1] != surname[-2]


def _sent(sent: Return | None) -> Mapping[str, Pupil]:
    return {pupil.upn: pupil for pupil in sent.pupils} if sent else {}


def _row(number: str, each: Expected, year: CollectionYear, sent: Pupil | None, *, is_reviewed: bool) -> dict[str, str]:
    fields = {
        "school_lea": number[:3],
        "school_estab": number[3:],
        "upn": each.upn,
        "surname": each.surname,
        "forename": each.forename,
        "birth_date": each.birth_date.isoformat() if each.birth_date else "",
        "sex": each.sex,
    }
    fields |= made_up_groups(Random(f"groups/{each.upn}/{each.surname}"))
    chance = Random(f"1/{each.upn}/{each.surname}")
    able = chance.gauss(_AT_THE_STANDARD.get(sent.code(Subject.WRITING) if sent else "", 0.0), 0.8)
    for test in Test:
        more = _MORE if is_reviewed and test is Test.READING else 0.0
        put(fields, year, test, score(year, test, each.test_statuses[test], able + chance.gauss(0, 0.4) + more))
    for subject in Subject:
        if sent and (code := sent.code(subject)):
            fields[f"{subject}.ta"] = code
    return fields
