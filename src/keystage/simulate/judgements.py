"""Made-up judgements: a pupil's abilities, what the pupil does about the tests, and the codes that follow.

The shares are those of the year's national figures where they are held, else those of 2025 (schoolsweek-2025-results
and hillborough-school, in the year's data). Codes hang together as a sound return's do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from statistics import NormalDist
from typing import NamedTuple

from keystage.years import CollectionYear, Subject, Test
from keystage.years.registration import TestStatus

_ENGAGEMENT_MODEL = 0.005
_PRE_KEY_STAGE = {Subject.READING: 0.055, Subject.WRITING: 0.065, Subject.MATHS: 0.05}
_USUAL = {"writing": 72, "science": 82}
_USUAL_HIGHER = {"writing": 13}
_LOST_IN_SCIENCE = 2.6
"""Percentage of pupils able to meet the standard in science who do not: too far below it in writing, or not judged."""
_SHARED = 0.85  # how far the subjects of one pupil go together
_OWN = (1 - _SHARED**2) ** 0.5


class Standing(StrEnum):
    """What a pupil does about the tests, as far as the return is concerned."""

    SITS = "sits"
    LEFT_BEFORE = "left before test week"
    LEFT_AFTER = "left after test week"
    FUTURE = "future"
    PREVIOUS = "previous"
    ABSENT = "absent"
    UNABLE = "unable"
    JUST_ARRIVED = "just arrived"
    TOO_LITTLE_EVIDENCE = "too little evidence"


_STANDINGS = {
    Standing.SITS: 0.9675,
    Standing.LEFT_BEFORE: 0.011,
    Standing.LEFT_AFTER: 0.006,
    Standing.FUTURE: 0.003,
    Standing.PREVIOUS: 0.0015,
    Standing.ABSENT: 0.003,
    Standing.UNABLE: 0.002,
    Standing.JUST_ARRIVED: 0.003,
    Standing.TOO_LITTLE_EVIDENCE: 0.003,
}
_STANDING_WORDS = tuple(_STANDINGS)
_STANDING_SHARES = tuple(sum(list(_STANDINGS.values())[: n + 1]) for n in range(len(_STANDINGS)))


class Abilities(NamedTuple):
    """How good a pupil is, in standard deviations from the average of the country."""

    general: float
    reading: float
    maths: float
    gps: float
    writing: float
    science: float


Codes = dict[Subject, str]
Statuses = dict[Test, TestStatus]


def abilities(chance: Random, average: float) -> Abilities:
    """Make up the abilities of a pupil of a school with this average."""
    gauss = chance.gauss
    general = average + 0.97 * gauss(0, 1)
    base = _SHARED * general
    return Abilities(general, *(base + _OWN * gauss(0, 1) for _ in range(5)))


def standing(chance: Random) -> Standing:
    """Make up what a pupil does about the tests."""
    return chance.choices(_STANDING_WORDS, cum_weights=_STANDING_SHARES)[0]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The abilities at which the codes of a year begin."""

    exs: float
    gds: float
    science: float
    below: dict[Subject, float]
    engagement_model: float


def thresholds(year: CollectionYear) -> Thresholds:
    """Return where the codes of a year begin, by the national shares."""
    held = year.national
    expected = {**_USUAL, **(held.expected if held else {})}
    higher = {**_USUAL_HIGHER, **(held.higher if held else {})}
    at: Callable[[float], float] = NormalDist().inv_cdf
    return Thresholds(
        exs=at(1 - expected["writing"] / 100),
        gds=at(1 - higher["writing"] / 100),
        science=at(1 - (expected["science"] + _LOST_IN_SCIENCE) / 100),
        below={subject: at(share) for subject, share in _PRE_KEY_STAGE.items()},
        engagement_model=at(_ENGAGEMENT_MODEL),
    )


def statuses(chance: Random, able: Abilities, stands: Standing, from_: Thresholds) -> Statuses:
    """Return where a pupil stands for each test on the register."""
    whole = _WHOLE.get(stands)
    if whole:
        return dict.fromkeys(Test, whole)
    if stands is Standing.LEFT_BEFORE:  # a register says so of the pupil as a whole, or of every test
        return dict.fromkeys(Test, chance.choice((TestStatus.LEFT, TestStatus.REGISTERED)))
    if able.general < from_.engagement_model:
        return dict.fromkeys(Test, TestStatus.BELOW)
    below = {
        Test.READING: able.reading < from_.below[Subject.READING],
        Test.MATHS: able.maths < from_.below[Subject.MATHS],
        Test.GPS: able.gps < from_.below[Subject.READING],
    }
    did_not_sit = _SOME.get(stands)
    return {
        test: TestStatus.BELOW
        if is_below
        else did_not_sit
        if did_not_sit and chance.random() < 0.7
        else TestStatus.REGISTERED
        for test, is_below in below.items()
    }


_WHOLE = {Standing.FUTURE: TestStatus.FUTURE, Standing.PREVIOUS: TestStatus.PREVIOUS}
_SOME = {
    Standing.ABSENT: TestStatus.ABSENT,
    Standing.UNABLE: TestStatus.UNABLE,
    Standing.JUST_ARRIVED: TestStatus.JUST_ARRIVED,
}
_NO_JUDGEMENT = {
    Standing.LEFT_BEFORE: "L",
    Standing.FUTURE: "F",
    Standing.PREVIOUS: "P",
    Standing.TOO_LITTLE_EVIDENCE: "A",
}


def codes(chance: Random, able: Abilities, stands: Standing, tests: Statuses, from_: Thresholds) -> Codes:
    """Return a pupil's codes, in the order of the subjects: what is owed, and no more than may be given."""
    word = _NO_JUDGEMENT.get(stands)
    engaged = able.general < from_.engagement_model
    found: Codes = {}
    for subject, test, ability in (
        (Subject.READING, Test.READING, able.reading),
        (Subject.WRITING, None, able.writing),
        (Subject.MATHS, Test.MATHS, able.maths),
    ):
        if test is None:
            found[subject] = word or ("EM" if engaged else writing(ability, from_))
        elif tests[test] is TestStatus.BELOW:
            found[subject] = "EM" if engaged else pre_key_stage(ability, from_.below[subject])
        elif tests[test] in _SOME.values() and chance.random() < 0.5:
            found[subject] = "A"
    below = found[Subject.WRITING].startswith(("PK", "EM"))
    found[Subject.SCIENCE] = word or ("EXS" if able.science >= from_.science and not below else "HNM")
    return found


def writing(ability: float, from_: Thresholds) -> str:
    """Return the writing judgement of an ability."""
    if ability >= from_.exs:
        return "GDS" if ability >= from_.gds else "EXS"
    below = from_.below[Subject.WRITING]
    return "WTS" if ability >= below else pre_key_stage(ability, below)


def pre_key_stage(ability: float, below: float) -> str:
    """Return a pre-key stage standard, lower the farther an ability lies below where the test begins."""
    return f"PK{max(1, 6 - int((below - ability) / 0.2))}"
