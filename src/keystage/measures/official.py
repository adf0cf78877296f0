"""Figures in the tidy layout of the official statistics: a row for each area and group, a column for each indicator.

Names that were read in the official files: ``time_period``, ``geographic_level`` and the other columns of place and
time, all indicators of reading (``t_read_…``), ``pt_rwm_exp``, ``pt_rwm_high``, ``pt_writta_exp``, ``pt_writta_gd`` and
``pt_scita_exp``. Inferred from those: every indicator of maths and of grammar, punctuation and spelling, the other
percentages, the counts of reading, writing and maths together and of teacher assessment, the averages (``avg_…``), and
``breakdown_topic`` and ``breakdown`` with what stands in them.

What is not held is ``x``: the codes of the Office for National Statistics, and regions. What is hidden is ``SUPP``.
Percentages and averages are rounded to whole numbers, as those of the country are in the official files.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from keystage.measures.counts import NOBODY, Counts, rounded
from keystage.measures.groups import ALL, BREAKDOWNS, known
from keystage.measures.hiding import BELOW, hidden_cells
from keystage.measures.standards import BY_KEY, TESTED, Area, Of
from keystage.years.year import CollectionYear

NOT_HELD, HIDDEN = "x", "SUPP"
TOTAL = "Total"
WHERE_AND_WHO = (
    *("time_period", "time_identifier", "geographic_level", "country_code", "country_name"),
    *("region_code", "region_name", "new_la_code", "la_name", "old_la_code"),
    *("breakdown_topic", "breakdown"),
)
"""The columns before the indicators. Together, time, level, authority and breakdown are the key of a row."""
_SHORT = {
    Area.RWM: "rwm", Area.READING: "read", Area.WRITING: "writta", Area.MATHS: "mat", Area.GPS: "gps",
    Area.SCIENCE: "scita",
}  # fmt: skip
_COUNTS = {"eligible_pupils": "counted", "met_expected_standard": "expected", "met_higher_standard": "higher"}
_OF_A_TEST = {
    "working_below_assessment": "below",
    "absent": "absent",
    "unable_to_access_or_just_arrived": "unable_or_arrived",
    "avg_scaled_score_eligible_pupils": "scores",
    "sum_scaled_scores": "score_sum",
}
_PARTS = ("expected", "below", "absent", "unable_or_arrived")


@dataclass(frozen=True, slots=True)
class Place:
    """An authority, or the country, with its counts by group."""

    number: str
    """The authority's three figures; empty for the country."""
    name: str
    counts: Mapping[str, Counts]


def columns() -> tuple[str, ...]:
    """Return the names of all columns, in order."""
    return (*WHERE_AND_WHO, *(name for area in Area for name in _indicators(area, NOBODY)))


def rows(places: Sequence[Place], year: CollectionYear, below: int = BELOW) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the country and its authorities: all pupils first, then group by group where there are any.

    Args:
        places: the country, whose counts are the sums of the others', and the authorities.
        year: the collection year.
        below: figures of fewer pupils than this are hidden, and as many more as that needs.
    """
    unseen = {area: _unseen(places, area, below) for area in Area}
    groups = _groups(places)
    for place in places:
        for topic, breakdown, group in groups:
            of = place.counts.get(group, NOBODY)
            if of.pupils:
                cells = [*_where(place, year), topic, breakdown]
                for area in Area:
                    found = _indicators(area, of)
                    cells += [HIDDEN] * len(found) if (place.number, group) in unseen[area] else found.values()
                yield tuple(cells)


def write(places: Sequence[Place], year: CollectionYear, sink: IO[str], below: int = BELOW) -> None:
    """Write a CSV file: the columns, and a row for each area and group."""
    writer = csv.writer(sink, lineterminator="\r\n")
    writer.writerow(columns())
    writer.writerows(rows(places, year, below))


def time_period(year: CollectionYear) -> str:
    """Return a school year as the official files write it: 202526."""
    return f"{year.start_year}{year.year % 100:02}"


def _where(place: Place, year: CollectionYear) -> tuple[str, ...]:
    at = (time_period(year), "Academic year", "Local authority" if place.number else "National", NOT_HELD, "England")
    return (*at, NOT_HELD, NOT_HELD, NOT_HELD, place.name, place.number) if place.number else (*at, *[""] * 5)


def _groups(places: Sequence[Place]) -> list[tuple[str, str, str]]:
    """Return all pupils, and each group of the breakdowns by which anything at all is known."""
    held = {group for place in places for group, counts in place.counts.items() if counts.pupils}
    found = [(TOTAL, TOTAL, ALL)]
    for each in known(held):
        found += [(each.name, words, group) for group, words in each.groups.items()]
    return found


def _indicators(area: Area, of: Counts) -> dict[str, str]:
    """Return the indicators of an area by name; what cannot be worked out of nobody is ``x``."""
    short = _SHORT[area]
    counts = {name: of[f"{area}.{key}"] for name, key in _COUNTS.items() if f"{area}.{key}" in _KEPT}
    if area in TESTED:
        counts["not_achieved_expected_standard"] = of[f"{area}.counted"] - sum(of[f"{area}.{key}"] for key in _PARTS)
        counts |= {name: of[f"{area}.{key}"] for name, key in _OF_A_TEST.items()}
    found = {f"t_{short}_{name}": str(count) for name, count in counts.items()}
    for what, name in ((Of.EXPECTED, "exp"), (Of.HIGHER, "gd" if area is Area.WRITING else "high")):
        if measure := BY_KEY.get(f"{area}.{what}"):
            percent = of.share(measure).percent
            found[f"pt_{short}_{name}"] = NOT_HELD if percent is None else str(percent)
    if area in TESTED:
        average = of.average(BY_KEY[f"{area}.{Of.AVERAGE}"])
        found[f"avg_{short}_scaled_score"] = NOT_HELD if average is None else str(rounded(average))
    return found


_KEPT = {*BY_KEY, *(f"{area}.counted" for area in Area)}


def _unseen(places: Sequence[Place], area: Area, below: int) -> frozenset[tuple[str, str]]:
    """Return where and of whom the figures of an area are hidden, so that no sum gives them away."""
    groups = [ALL, *(group for each in BREAKDOWNS for group in each.groups)]
    sizes = {
        (place.number, group): place.counts.get(group, NOBODY)[f"{area}.counted"]
        for place in places
        for group in groups
    }
    within = [
        ((place.number, ALL), [(place.number, group) for group in each.groups])
        for place in places
        for each in BREAKDOWNS
    ]
    numbers = [place.number for place in places if place.number]
    over = [(("", group), [(number, group) for number in numbers]) for group in groups]
    return hidden_cells(sizes, [*within, *(over if ("", ALL) in sizes else ())], below)
