"""Counts of pupils: whole numbers that can be added up over schools. A share or an average is made of them last."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from keystage.measures.groups import groups_of
from keystage.measures.outcomes import Measured, Standing, combined, of_judgement, of_test
from keystage.measures.standards import TESTED, Area, Measure, Of
from keystage.returns.results import TestResult
from keystage.years.subjects import Subject
from keystage.years.year import CollectionYear

PUPILS = "pupils"
UNTESTED: Mapping[str, tuple[str, ...]] = {
    "below": ("B",),
    "absent": ("A",),
    "unable_or_arrived": ("U", "T", "J"),
    "annulled": ("Q", "H"),
    "too_few_marks": ("N",),
}
"""Why somebody who counts has no scaled score, by the outcome codes that say so."""
_JUDGED = {Area.WRITING: Subject.WRITING, Area.SCIENCE: Subject.SCIENCE}
_TOGETHER = (Area.READING, Area.WRITING, Area.MATHS)


class Share(NamedTuple):
    """So many of so many."""

    numerator: int
    denominator: int

    @property
    def exact(self) -> Fraction | None:
        """The share, unrounded, from 0 to 1; None of nobody."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def percent(self) -> int | None:
        """The share in whole per cent, a half rounded up; None of nobody."""
        exact = self.exact
        return None if exact is None else rounded(100 * exact)


@dataclass(frozen=True, slots=True)
class Counts:
    """What a set of pupils comes to.

    Keys are ``pupils``, and of each area ``reading.counted``, ``reading.expected``, ``reading.higher``,
    ``reading.left_out``, ``reading.not_known``; of a test also ``reading.scores``, ``reading.score_sum`` and
    ``reading.absent`` and the others of :data:`UNTESTED`; of a judgement also ``writing.no_judgement``.
    """

    held: Mapping[str, int]

    def __getitem__(self, key: str) -> int:
        return self.held.get(key, 0)

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(Counter(self.held) + Counter(other.held))

    @property
    def pupils(self) -> int:
        """How many pupils there are, counted or not."""
        return self[PUPILS]

    def share(self, measure: Measure) -> Share:
        """Return the share of a standard; of an average, the sum of the scores and how many there are."""
        if measure.of is Of.AVERAGE:
            return Share(self[f"{measure.area}.score_sum"], self[f"{measure.area}.scores"])
        return Share(self[measure.key], self[f"{measure.area}.counted"])

    def average(self, measure: Measure) -> Fraction | None:
        """Return the mean scaled score, unrounded; None where nobody has a score."""
        return self.share(measure).exact

    def not_assessed(self, area: Area) -> int:
        """Return how many pupils count and took no test, or had no judgement: below, absent, unable, arrived; or A."""
        if area in TESTED:
            return sum(self[f"{area}.{why}"] for why in ("below", "absent", "unable_or_arrived"))
        return self[f"{area}.no_judgement"]

    def as_json(self) -> dict[str, int]:
        """Return the counts that are not nothing, as plain values."""
        return {key: value for key, value in sorted(self.held.items()) if value}


NOBODY = Counts({})


def count(pupils: Iterable[Measured], year: CollectionYear) -> dict[str, Counts]:
    """Count pupils, all together (``all``) and group by group (``sex:F`` and so on)."""
    alike: dict[tuple[str, ...], Counter[str]] = {}
    for pupil in pupils:  # those in the very same groups first: nearly everybody is like many others
        alike.setdefault(groups_of(pupil), Counter()).update(_of(pupil, year))
    held: dict[str, Counter[str]] = {}
    for groups, counted in alike.items():
        for group in groups:
            held.setdefault(group, Counter()).update(counted)
    return {group: Counts(counted) for group, counted in held.items()}


def count_together(pupils: Iterable[Measured], year: CollectionYear) -> Counts:
    """Count pupils, all together and not by group: a sixth of the work."""
    held: Counter[str] = Counter()
    for pupil in pupils:
        held.update(_of(pupil, year))
    return Counts(held)


def add(tables: Iterable[Mapping[str, Counts]]) -> dict[str, Counts]:
    """Add up the counts of several schools, group by group."""
    held: dict[str, Counter[str]] = {}
    for table in tables:
        for group, counts in table.items():
            held.setdefault(group, Counter()).update(counts.held)
    return {group: Counts(counted) for group, counted in held.items()}


def to_json(table: Mapping[str, Counts]) -> dict[str, dict[str, int]]:
    """Return counts by group as plain values."""
    return {group: counts.as_json() for group, counts in sorted(table.items())}


def from_json(table: Mapping[str, Mapping[str, int]]) -> dict[str, Counts]:
    """Read what :func:`to_json` gave."""
    return {group: Counts(counts) for group, counts in table.items()}


def rounded(exact: Fraction) -> int:
    """Round to a whole number, a half up."""
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def rounded_to_tenth(exact: Fraction) -> float:
    """Round to one figure after the point, a half up."""
    return rounded(10 * exact) / 10


def _of(pupil: Measured, year: CollectionYear) -> dict[str, int]:
    standings = {area: of_test(pupil.tests.get(test), year) for area, test in TESTED.items()}
    standings |= {area: of_judgement(subject, pupil.ta.get(subject, ""), year) for area, subject in _JUDGED.items()}
    standings[Area.RWM] = combined(*(standings[area] for area in _TOGETHER))
    found = {PUPILS: 1}
    for area, standing in standings.items():
        found |= _standing(area, standing)
    for area, test in TESTED.items():
        found |= _score(area, pupil.tests.get(test), standings[area], year)
    for area, subject in _JUDGED.items():
        if standings[area].is_counted and pupil.ta.get(subject) == "A":
            found[f"{area}.no_judgement"] = 1
    return found


@cache
def _standing(area: Area, standing: Standing) -> Mapping[str, int]:
    if standing is Standing.LEFT_OUT:
        return {f"{area}.left_out": 1}
    if standing is Standing.NOT_KNOWN:
        return {f"{area}.not_known": 1}
    found = {f"{area}.counted": 1}
    if standing.is_reached:
        found[f"{area}.{Of.EXPECTED}"] = 1
    if standing is Standing.HIGHER and area is not Area.SCIENCE:
        found[f"{area}.{Of.HIGHER}"] = 1
    return found


def _score(area: Area, result: TestResult | None, standing: Standing, year: CollectionYear) -> dict[str, int]:
    """Return what a test adds to the average and to those without a score; special consideration changes neither."""
    if result is None or not standing.is_counted:
        return {}
    outcome = year.outcomes[result.outcome]
    if result.scaled is not None and outcome.in_average:
        return {f"{area}.scores": 1, f"{area}.score_sum": result.scaled}
    why = next((why for why, codes in UNTESTED.items() if result.outcome in codes), None)
    return {f"{area}.{why}": 1} if why else {}
