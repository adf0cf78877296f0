"""Made-up test scores, spread as in the country, by the year's own tables where they are held."""

from functools import cache
from statistics import NormalDist
from typing import NamedTuple

from keystage.years import CollectionYear, NotHeld, Test
from keystage.years.registration import TestStatus

_EXPECTED_SCORE, _HIGHER_SCORE, _LEAST, _MOST = 100, 110, 80, 120
_USUAL = {Test.READING: (75, 33), Test.MATHS: (74, 26), Test.GPS: (73, 30)}
"""Percentages at the expected and the higher standard in 2025 (schoolsweek-2025-results and hillborough-school)."""
_USUAL_MARKS = (0.5, 0.8)
_OUTCOMES = {
    TestStatus.BELOW: "B",
    TestStatus.FUTURE: "F",
    TestStatus.PREVIOUS: "P",
    TestStatus.LEFT: "L",
    TestStatus.ABSENT: "A",
    TestStatus.UNABLE: "U",
    TestStatus.JUST_ARRIVED: "J",
}


class Score(NamedTuple):
    """A pupil's result in one test; a pupil who did not sit it has an outcome alone."""

    outcome: str
    raw: int | None = None
    scaled: int | None = None


class Line(NamedTuple):
    """The straight line from ability to raw mark, through the marks for the expected and the higher standard."""

    most: int
    least: int
    for_100: int
    for_110: int
    mean: float
    spread: float


@cache
def _line(most: int, least: int, for_100: int, for_110: int, shares: tuple[int, int]) -> Line:
    expected, higher = (NormalDist().inv_cdf(1 - share / 100) for share in shares)
    spread = (for_110 - for_100) / (higher - expected)
    return Line(most, least, for_100, for_110, for_100 - expected * spread, spread)


def line(year: CollectionYear, test: Test) -> Line:
    """Return how abilities turn into marks in a test of a year."""
    papers, held = year.test(test), year.threshold_tables.get(test)
    usual_100, usual_110 = (round(part * papers.max_mark) for part in _USUAL_MARKS)
    for_100 = held.raw_for_100 if held else usual_100
    for_110 = (held.raw_for_110 if held else None) or max(usual_110, for_100 + 10)
    expected, higher = _USUAL[test]
    if year.national:
        expected = year.national.expected.get(test, expected)
        higher = year.national.higher.get(test, higher)
    return _line(papers.max_mark, papers.min_mark_for_score, for_100, for_110, (expected, higher))


def score(year: CollectionYear, test: Test, status: TestStatus, ability: float) -> Score:
    """Return the result of a pupil of this ability, who stands so on the register."""
    if status in _OUTCOMES:
        return Score(_OUTCOMES[status])
    by = line(year, test)
    raw = max(0, min(by.most, round(by.mean + by.spread * ability)))
    scaled = scaled_score(year, test, raw, by)
    return Score("N" if scaled is None else "AS" if scaled >= _EXPECTED_SCORE else "NS", raw, scaled)


def scaled_score(year: CollectionYear, test: Test, raw: int, by: Line) -> int | None:
    """Return the scaled score by the year's table; near it, where the table does not hold the mark."""
    if raw < by.least:
        return None
    try:
        return year.scores(test).scaled(raw)
    except NotHeld:
        step = (_HIGHER_SCORE - _EXPECTED_SCORE) / (by.for_110 - by.for_100)
        near = round(_EXPECTED_SCORE + (raw - by.for_100) * step)
        floor, top = (_EXPECTED_SCORE, _MOST) if raw >= by.for_100 else (_LEAST, _EXPECTED_SCORE - 1)
        return max(floor, min(top, near))


def in_table(year: CollectionYear, test: Test, raw: int) -> bool:
    """Say whether the year's table holds a mark."""
    return test in year.score_tables and raw in year.score_tables[test].marks
