"""Made-up results for pupils who are expected, as a national file has them; scores come from the year's own tables.

Nothing here is of a real child: the figures are drawn, the same each time for the same UPN.
"""

import csv
from collections.abc import Iterable, Mapping
from io import StringIO
from random import Random
from typing import NamedTuple

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


class SchoolToResult(NamedTuple):
    """A school whose results are to be made up."""

    number: str
    """Seven figures."""
    register: Register
    sent: Return | None = None
    """The return that counts: its teacher assessments come back with the results."""


def national_csv(schools: Iterable[SchoolToResult], year: CollectionYear, *, seed: int = 1) -> bytes:
    """Return a made-up national results file: everybody who is expected, school after school.

    Args:
        schools: the schools; the register says who sits which test.
        year: the collection year.
        seed: another seed gives other figures, for results after marking reviews say.
    """
    sink = StringIO(newline="")
    writer = csv.writer(sink)
    writer.writerow([{**year.results_headings.written, **year.group_headings.written}[field] for field in _FIELDS])
    for school in schools:
        sent = _sent(school.sent)
        for each in school.register.pupils:
            if each.status is PupilStatus.REGISTERED:
                fields = _row(school.number, each, year, sent.get(each.upn), seed)
                writer.writerow([fields.get(field, "") for field in _FIELDS])
    return sink.getvalue().encode()


def _sent(sent: Return | None) -> Mapping[str, Pupil]:
    return {pupil.upn: pupil for pupil in sent.pupils} if sent else {}


def _row(number: str, each: Expected, year: CollectionYear, sent: Pupil | None, seed: int) -> dict[str, str]:
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
    chance = Random(f"{seed}/{each.upn}/{each.surname}")
    able = chance.gauss(_AT_THE_STANDARD.get(sent.code(Subject.WRITING) if sent else "", 0.0), 0.8)
    for test in Test:
        put(fields, year, test, score(year, test, each.test_statuses[test], able + chance.gauss(0, 0.4)))
    for subject in Subject:
        if sent and (code := sent.code(subject)):
            fields[f"{subject}.ta"] = code
    return fields
