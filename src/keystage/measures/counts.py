"""Counts of pupils: whole numbers that can be added up over schools. A share or an average is made of them last."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from keystage.measures.standards import TESTED, Area, Measure, Of

PUPILS = "pupils"


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


def value(share: Share, measure: Measure) -> int | float | None:
    """Return a figure, rounded last: whole per cent, or an average to one figure after the point; None of nobody."""
    if share.exact is None:
        return None
    return rounded_to_tenth(share.exact) if measure.of is Of.AVERAGE else share.percent


@dataclass(frozen=True, slots=True)
class Counts:
    """What a set of pupils comes to.

    Keys are ``pupils``, and of each area ``reading.counted``, ``reading.expected``, ``reading.higher``,
    ``reading.left_out``, ``reading.not_known``; of a test also ``reading.scores``, ``reading.score_sum`` and
    ``reading.absent`` and the others of :data:`keystage.measures.counting.UNTESTED`; of a judgement also
    ``writing.no_judgement``.
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


def gap(one: Share, other: Share) -> Fraction | None:
    """Return by how many percentage points one share is above another, unrounded; None where either is of nobody."""
    if one.exact is None or other.exact is None:
        return None
    return 100 * (one.exact - other.exact)


def rounded(exact: Fraction) -> int:
    """Round to a whole number, a half away from nought: a gap is as wide from either side."""
    size = abs(exact)
    whole = (2 * size.numerator + size.denominator) // (2 * size.denominator)
    return -whole if exact < 0 else whole


def rounded_to_tenth(exact: Fraction) -> float:
    """Round to one figure after the point, a half away from nought."""
    return rounded(10 * exact) / 10
