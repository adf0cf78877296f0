"""The cohort table as the page shows it: four groups, each pupil with the reason and the date."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from keystage.pupils.names import fold
from keystage.returns.cohort import Verdict
from keystage.service.accounts.models import Person
from keystage.service.design.words import join_words
from keystage.service.school.lines import Sorted
from keystage.service.school.presenters.cohort_words import GROUPS, Group
from keystage.service.school.records import Records
from keystage.years.provenance import Basis
from keystage.years.registration import PupilStatus, Registration, RegistrationStatus, TestStatus

_TESTS = {"reading": "reading", "maths": "maths", "gps": "grammar, punctuation and spelling"}


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided."""

    reason: str
    by: str
    at: datetime | None
    departs: bool
    """Whether the rules say otherwise."""
    rules: str
    """What the rules say."""


@dataclass(frozen=True, slots=True)
class CohortRow:
    """One child, on the roll, on the register or on both."""

    key: str
    """The pupil's, or for one who is only on the register the key of its entry."""
    name: str
    upn: str
    class_name: str
    year_group: str
    verdict: Verdict
    reason: str
    day: date | None
    is_assumed: bool
    on_roll: bool
    on_register: bool
    tests: str
    """Where the pupil stands for the tests, where that is not “sits all of them”."""
    decision: Decision | None

    @property
    def facts(self) -> str:
        """The UPN, the class and the year group, as far as they are known."""
        year = f"Year {self.year_group}" if self.year_group else ""
        return ", ".join(filter(None, (self.upn or "no UPN", self.class_name, year)))


@dataclass(frozen=True, slots=True)
class CohortGroup:
    """The pupils of one group."""

    verdict: Verdict
    words: Group
    rows: tuple[CohortRow, ...]


@dataclass(frozen=True, slots=True)
class CohortTable:
    """The page's table."""

    groups: tuple[CohortGroup, ...]
    counts: tuple[tuple[Group, int, str], ...]
    """Each group with how many are in it, whatever is shown, and the address that shows it alone."""
    shown: int
    total: int
    only_on_register: int


@dataclass(frozen=True, slots=True)
class Shown:
    """Which pupils are to be shown."""

    class_name: str | None = None
    verdict: Verdict | None = None
    name: str = ""

    def shows(self, row: CohortRow) -> bool:
        """Say whether a row is to be shown."""
        if self.class_name is not None and row.class_name != self.class_name:
            return False
        if self.verdict is not None and row.verdict is not self.verdict:
            return False
        wanted = fold(self.name)
        return not wanted or wanted in fold(row.name) or wanted in row.upn.casefold()


def cohort_table(records: Records, shown: Shown) -> CohortTable:
    """Return the table. One query, for the names of those who decided."""
    people = _deciders(records)
    rows = [row_of(each, records.year.registration, people) for each in records.cohort]
    rows.sort(key=lambda row: (row.class_name.casefold(), fold(row.name)))
    counts = Counter(row.verdict for row in rows)
    visible = [row for row in rows if shown.shows(row)]
    groups = tuple(
        CohortGroup(verdict, words, tuple(row for row in visible if row.verdict is verdict))
        for verdict, words in GROUPS.items()
    )
    return CohortTable(
        tuple(group for group in groups if group.rows),
        tuple((words, counts[verdict], f"?{urlencode({'verdict': verdict})}") for verdict, words in GROUPS.items()),
        len(visible),
        len(rows),
        sum(not row.on_roll and row.verdict is Verdict.DECIDE for row in rows),
    )


def _deciders(records: Records) -> Mapping[int, str]:
    lists = (each.pupil or each.expected for each in records.cohort)
    ids = {each.decided_by_id for each in lists if each and each.decided_by_id}
    return {person.pk: str(person) for person in Person.objects.filter(pk__in=ids)} if ids else {}


def row_of(each: Sorted, registration: Registration, people: Mapping[int, str]) -> CohortRow:
    """Return the row of a child."""
    line, pupil, expected = each.line, each.pupil, each.expected
    about = pupil or expected
    assert about is not None  # noqa: S101 - a line is of somebody on one list or the other
    decision = None
    if each.decision:
        by = people.get(about.decided_by_id or 0, "")
        departs = each.decision is not line.verdict
        rules = GROUPS[line.verdict].heading
        decision = Decision(about.decision_reason, by, about.decided_at, departs, rules)
    return CohortRow(
        key=about.key,
        name=line.name or about.upn or "No name",
        upn=about.upn,
        class_name=pupil.class_name if pupil else "",
        year_group=pupil.year_group if pupil else "",
        verdict=each.verdict,
        reason=line.reason,
        day=line.date,
        is_assumed=line.basis is Basis.ASSUMED,
        on_roll=pupil is not None,
        on_register=expected is not None,
        tests=_tests(each, registration),
        decision=decision,
    )


def _tests(each: Sorted, registration: Registration) -> str:
    """Return where somebody stands for the tests: “below: maths”; nothing for one who sits them all."""
    if each.expected is None:
        return ""
    if each.expected.status != PupilStatus.REGISTERED:
        return f"The register says: {_meaning(each.expected.status, registration.pupil)}"
    by_status: dict[str, list[str]] = {}
    for test, words in _TESTS.items():
        status = getattr(each.expected, test)
        if status != TestStatus.REGISTERED:
            by_status.setdefault(status, []).append(words)
    said = "; ".join(
        f"{_meaning(status, registration.test)}: {join_words(tests)}" for status, tests in by_status.items()
    )
    return said[:1].upper() + said[1:]


def _meaning(status: str, statuses: Iterable[RegistrationStatus]) -> str:
    return next((each.meaning for each in statuses if each.word == status), status)
