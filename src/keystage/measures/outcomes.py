"""Where a pupil stands for each subject: what an outcome or a teacher assessment code does to the measures.

Nothing is judged here. A test counts by the outcome that came back, never by what its score would suggest; a judgement
by the code that was returned; and what a code does is in the year's data. Source: DfE, as quoted in the year's data.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from keystage.pupils.characteristics import NOTHING_KNOWN, Characteristics
from keystage.returns.results import PupilResult, TestResult
from keystage.years.outcomes import Effect
from keystage.years.subjects import Subject, Test
from keystage.years.year import CollectionYear


class Standing(StrEnum):
    """Where a pupil stands in a subject."""

    HIGHER = "higher"
    """Reached the higher standard, and so the expected one too."""
    EXPECTED = "expected"
    NOT_REACHED = "not reached"
    LEFT_OUT = "left out"
    """Not counted at all, by rule."""
    NOT_KNOWN = "not known"
    """No result came, or what its code does to the measures is not known: not counted, and said."""

    @property
    def is_counted(self) -> bool:
        """Whether the pupil is in the denominator."""
        return self not in (Standing.LEFT_OUT, Standing.NOT_KNOWN)

    @property
    def is_reached(self) -> bool:
        """Whether the expected standard is reached: the higher standard is part of it."""
        return self in (Standing.EXPECTED, Standing.HIGHER)


class Measured(NamedTuple):
    """What the measures need to know of a pupil."""

    tests: Mapping[Test, TestResult]
    ta: Mapping[Subject, str]
    """The teacher assessments that count, in capitals."""
    sex: str = ""
    birth_month: int | None = None
    characteristics: Characteristics = NOTHING_KNOWN


def measured(
    result: PupilResult,
    *,
    ta: Mapping[Subject, str] | None = None,
    sex: str = "",
    characteristics: Characteristics | None = None,
) -> Measured:
    """Return a pupil of a results file as the measures see them.

    Args:
        result: what came back.
        ta: the teacher assessments that were sent, used in a subject for which none came back.
        sex: what the school's records say, used where the file says nothing.
        characteristics: what the school's records say, in place of what the file says.
    """
    judged = {**(ta or {}), **{subject: code for subject, code in result.ta.items() if code}}
    month = result.birth_date.month if result.birth_date else None
    return Measured(result.tests, judged, result.sex or sex, month, characteristics or result.characteristics)


def of_test(outcome: str, year: CollectionYear, *, is_higher: bool) -> Standing:
    """Return where a pupil stands by a test: expected by the outcome, higher by that and the scaled score.

    Args:
        outcome: the code that came back; empty where none did.
        year: the collection year.
        is_higher: whether there is a scaled score of 110 or more.
    """
    known = year.outcomes.get(outcome)
    if known is None or known.effect is None:
        return Standing.NOT_KNOWN
    if known.effect is Effect.LEFT_OUT:
        return Standing.LEFT_OUT
    if known.effect is Effect.NOT_ACHIEVED:
        return Standing.NOT_REACHED
    return Standing.HIGHER if is_higher else Standing.EXPECTED


def of_judgement(subject: Subject, code: str, year: CollectionYear) -> Standing:
    """Return where a pupil stands by a teacher assessment of writing or science."""
    effects = year.ta_effects[subject]
    effect = effects.effect.get(code)
    if effect is None:
        return Standing.NOT_KNOWN
    if effect is Effect.LEFT_OUT:
        return Standing.LEFT_OUT
    if effect is Effect.NOT_ACHIEVED:
        return Standing.NOT_REACHED
    return Standing.HIGHER if code in effects.higher else Standing.EXPECTED


def combined(*standings: Standing) -> Standing:
    """Return where a pupil stands in several subjects together: each standard has to be reached in every one of them.

    Somebody who is not counted in one of the subjects is not counted in all together.
    """
    for uncounted in (Standing.LEFT_OUT, Standing.NOT_KNOWN):
        if uncounted in standings:
            return uncounted
    for least in (Standing.NOT_REACHED, Standing.EXPECTED):
        if least in standings:
            return least
    return Standing.HIGHER
