"""Figures as pages show them: each measure with what it is made of, by group, and how far apart groups are.

Rounding comes last, here: counts are added up before, and gaps are between figures that are not rounded.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from keystage.measures import (
    BY_KEY,
    MEASURES,
    NAMES,
    Breakdown,
    Counts,
    Measure,
    Of,
    gap,
    national,
    rounded,
    rounded_to_tenth,
    value,
)
from keystage.measures.standards import TESTED, Area
from keystage.service.gateway.presenters.measured import figure_words, known_in
from keystage.years.year import CollectionYear

NOTHING = "–"
"""What stands in place of a figure of nobody."""
IN_TABLES = tuple(
    BY_KEY[key]
    for key in ("rwm.expected", "rwm.higher", "reading.expected", "writing.expected", "maths.expected", "gps.expected",
                "science.expected", "reading.average", "maths.average", "gps.average")
)  # fmt: skip
"""The measures of the tables by group and by authority."""
_NARROW = {Area.RWM: "All three", Area.GPS: "GPS"}
GLOSS = (
    "Each column is the share of pupils at the expected standard, unless it says “higher” (the higher standard) or"
    " “score” (the average scaled score). “All three” is reading, writing and maths together; GPS is grammar,"
    " punctuation and spelling."
)
"""What the heads of narrow columns mean."""
_SHORT = {Of.EXPECTED: "", Of.HIGHER: ", higher", Of.AVERAGE: " score"}
_WHY = {
    "below": "Below the standard of the test",
    "absent": "Absent",
    "unable_or_arrived": "Unable to take it, or just arrived",
    "annulled": "Annulled",
    "too_few_marks": "Too few marks for a score",
    "left_out": "Left, or missing: not counted",
    "not_known": "No result, or one whose effect is not known: not counted",
}


def short_name(measure: Measure) -> str:
    """Return a measure's name as the head of a narrow column; :data:`GLOSS` says what is meant."""
    return f"{_NARROW.get(measure.area, NAMES[measure.area])}{_SHORT[measure.of]}"


def figure(counts: Counts, measure: Measure) -> str:
    """Return the figure of a measure: whole per cent, or an average to one figure after the point."""
    found = value(counts.share(measure), measure)
    return NOTHING if found is None else figure_words(measure, found)


def apart(one: Counts, other: Counts, measure: Measure) -> str:
    """Return by how much one figure is above another, worked out before either is rounded."""
    if measure.of is Of.AVERAGE:
        first, second = one.average(measure), other.average(measure)
        return NOTHING if first is None or second is None else signed(first - second, 1)
    points = gap(one.share(measure), other.share(measure))
    return NOTHING if points is None else signed(points)


def signed(exact: Fraction, places: int = 0) -> str:
    """Return a difference with its sign, rounded."""
    size = rounded_to_tenth(exact) if places else rounded(exact)
    return f"{abs(size):.{places}f}" if not size else f"{'+' if size > 0 else '−'}{abs(size):.{places}f}"


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure of the country."""

    name: str
    rule: str
    numerator: str
    denominator: str
    figure: str
    official: str
    difference: str


@dataclass(frozen=True, slots=True)
class GroupTable:
    """A breakdown: its groups, and how far the first two are apart where both are known."""

    name: str
    rows: list[list[str]]


def measure_rows(counts: Counts, year: CollectionYear) -> list[MeasureRow]:
    """Return every measure with its numerator, its denominator, and the official figure where the year has it."""
    return [_measure_row(counts, measure, year) for measure in MEASURES]


def _measure_row(counts: Counts, measure: Measure, year: CollectionYear) -> MeasureRow:
    share, official = counts.share(measure), national(year, measure)
    is_average = measure.of is Of.AVERAGE
    difference = NOTHING
    if official is not None and share.exact is not None:
        difference = signed(share.exact - official, 1) if is_average else signed(100 * share.exact - official)
    return MeasureRow(
        measure.name, measure.rule, f"{share.numerator:,}", f"{share.denominator:,}", figure(counts, measure),
        NOTHING if official is None else figure_words(measure, official), difference,
    )  # fmt: skip


def without_rows(counts: Counts) -> list[list[str]]:
    """Return, for each test, how many have no score and why."""
    return [[words, *(f"{counts[f'{area}.{why}']:,}" for area in TESTED)] for why, words in _WHY.items()]


def group_tables(table: Mapping[str, Counts]) -> list[GroupTable]:
    """Return each breakdown of which anything is known."""
    return [_group_table(each, table) for each in known_in(table)]


def _group_table(breakdown: Breakdown, table: Mapping[str, Counts]) -> GroupTable:
    found = {group: table[group] for group in breakdown.groups if group in table}
    rows = [
        [breakdown.groups[group], f"{counts.pupils:,}", *(figure(counts, measure) for measure in IN_TABLES)]
        for group, counts in found.items()
    ]
    first, second = list(breakdown.groups)[:2]
    if first in found and second in found and len(breakdown.groups) == 3:
        gaps = [apart(found[first], found[second], measure) for measure in IN_TABLES]
        rows.append([f"Gap ({breakdown.groups[first]} less {breakdown.groups[second]})", "", *gaps])
    return GroupTable(breakdown.name, rows)
