"""Setting figures beside those of the country and of other years, where that may be done."""

from collections.abc import Mapping
from fractions import Fraction

from keystage.measures.counts import rounded, rounded_to_tenth
from keystage.measures.standards import Area, Measure, Of
from keystage.years.year import CollectionYear

NO_ASSESSMENTS = (2020, 2021)
"""Years without national assessments."""
_BREAKS: Mapping[Area, tuple[int, str]] = {
    Area.WRITING: (2018, "Writing in 2016 and 2017 cannot be compared with later years."),
    Area.SCIENCE: (2019, "Science before 2019 cannot be compared with later years."),
}
"""From which year on a subject can be compared. Source: the published notes on the official statistics."""


def national(year: CollectionYear, measure: Measure) -> int | None:
    """Return the country's figure for a measure; None where it is not held."""
    if year.national is None:
        return None
    held = {
        Of.EXPECTED: year.national.expected,
        Of.HIGHER: year.national.higher,
        Of.AVERAGE: year.national.average,
    }
    return held[measure.of].get(str(measure.area))


def difference(exact: Fraction | None, other: Fraction | int | None, measure: Measure) -> int | float | None:
    """Return how far a figure is above another, worked out on what was not rounded and rounded last; below is negative.

    A half is rounded away from nothing, so that being above and being below are said alike.
    """
    if exact is None or other is None:
        return None
    found = exact - other
    size = rounded_to_tenth(abs(found)) if measure.of is Of.AVERAGE else rounded(abs(found))
    return -size if found < 0 and size else size


def break_between(area: Area, one: int, other: int) -> str:
    """Say why the figures of two years cannot be compared; empty where they can."""
    since, why = _BREAKS.get(area, (0, ""))
    return why if min(one, other) < since <= max(one, other) else ""
