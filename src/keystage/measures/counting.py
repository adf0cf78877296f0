"""Counting pupils: under which keys each of them counts, all together and group by group."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain

from keystage.measures.counts import NOBODY, PUPILS, Counts
from keystage.measures.groups import groups_of
from keystage.measures.outcomes import Measured, Standing, combined, of_judgement, of_test
from keystage.measures.standards import TESTED, Area, Of
from keystage.returns.results import TestResult
from keystage.years.scores import HIGHER
from keystage.years.subjects import Subject
from keystage.years.year import CollectionYear

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
_NOTHING = TestResult()


def count(pupils: Iterable[Measured], year: CollectionYear) -> dict[str, Counts]:
    """Count pupils, all together (``all``) and group by group (``sex:F`` and so on)."""
    held: dict[str, list[_Of]] = defaultdict(list)
    for pupil in pupils:
        of = _of(pupil, year)
        for group in groups_of(pupil):
            held[group].append(of)
    return {group: _counted(all_) for group, all_ in held.items()}


def _counted(all_: "list[_Of]") -> Counts:
    """Count what pupils come to; sums of nothing are not there."""
    counted = Counter(chain.from_iterable(keys for keys, _ in all_))
    for area, scores in zip(TESTED, zip(*(scores for _, scores in all_), strict=True), strict=True):
        if total := sum(scores):
            counted[f"{area}.score_sum"] = total
    return Counts(counted)


def count_together(pupils: Iterable[Measured], year: CollectionYear) -> Counts:
    """Count pupils, all together and not by group: a sixth of the work."""
    found = [_of(pupil, year) for pupil in pupils]
    return _counted(found) if found else NOBODY


_Of = tuple[tuple[str, ...], list[int]]
"""The keys under which a pupil counts one, and the score of each test that is in its average, 0 where none is."""
_Came = tuple[str, bool, bool]
"""What came back of a test: the outcome, whether the scaled score is 110 or more, and whether there is a score."""


def _of(pupil: Measured, year: CollectionYear) -> _Of:
    came: list[_Came] = []
    scores: list[int] = []
    for test in TESTED.values():
        result = pupil.tests.get(test, _NOTHING)
        scaled = result.scaled
        came.append((result.outcome, scaled is not None and scaled >= HIGHER, scaled is not None))
        scores.append(scaled if scaled is not None and _is_averaged(result.outcome, year) else 0)
    codes = (pupil.ta.get(Subject.WRITING, ""), pupil.ta.get(Subject.SCIENCE, ""))
    return _keys(tuple(came), codes, year), scores


@lru_cache(maxsize=16_384)
def _keys(came: tuple[_Came, ...], codes: tuple[str, str], year: CollectionYear) -> tuple[str, ...]:
    """Return the keys under which everybody counts to whom just this came back: worked out once for all of them."""
    keys, standings = [PUPILS], {}
    for area, (outcome, is_higher, has_score) in zip(TESTED, came, strict=True):
        standings[area] = of_test(outcome, year, is_higher=is_higher)
        keys += _standing(area, standings[area])
        keys += _score(area, outcome, standings[area], has_score=has_score and _is_averaged(outcome, year))
    for (area, subject), code in zip(_JUDGED.items(), codes, strict=True):
        standings[area] = of_judgement(subject, code, year)
        keys += _standing(area, standings[area])
        keys += [f"{area}.no_judgement"] if standings[area].is_counted and code == "A" else []
    return (*keys, *_standing(Area.RWM, combined(*(standings[area] for area in _TOGETHER))))


def _standing(area: Area, standing: Standing) -> list[str]:
    if standing is Standing.LEFT_OUT:
        return [f"{area}.left_out"]
    if standing is Standing.NOT_KNOWN:
        return [f"{area}.not_known"]
    reached = [f"{area}.{Of.EXPECTED}"] if standing.is_reached else []
    higher = [f"{area}.{Of.HIGHER}"] if standing is Standing.HIGHER and area is not Area.SCIENCE else []
    return [f"{area}.counted", *reached, *higher]


def _score(area: Area, outcome: str, standing: Standing, *, has_score: bool) -> list[str]:
    """Return how a test counts among the scores or among those without; special consideration changes neither."""
    if has_score:
        return [f"{area}.scores"]
    return [f"{area}.{why}" for why, codes in UNTESTED.items() if outcome in codes and standing.is_counted]


@lru_cache(maxsize=1024)
def _is_averaged(outcome: str, year: CollectionYear) -> bool:
    """Say whether the scores that stand beside an outcome are in the average."""
    known = year.outcomes.get(outcome)
    return known is not None and bool(known.in_average)
