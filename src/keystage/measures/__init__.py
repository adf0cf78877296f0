"""Results counted: what a set of results comes to, by the one definition of each measure."""

from keystage.measures.counts import (
    NOBODY,
    Counts,
    Share,
    add,
    count,
    from_json,
    gap,
    rounded,
    rounded_to_tenth,
    to_json,
)
from keystage.measures.groups import ALL, BREAKDOWNS, Breakdown
from keystage.measures.hiding import BELOW, hidden, hidden_cells
from keystage.measures.outcomes import Measured, Standing, measured
from keystage.measures.standards import BY_KEY, MEASURES, NAMES, Area, Measure, Of
from keystage.measures.summary import TestSummary, summarise

__all__ = [
    "ALL",
    "BELOW",
    "BREAKDOWNS",
    "BY_KEY",
    "MEASURES",
    "NAMES",
    "NOBODY",
    "Area",
    "Breakdown",
    "Counts",
    "Measure",
    "Measured",
    "Of",
    "Share",
    "Standing",
    "TestSummary",
    "add",
    "count",
    "from_json",
    "gap",
    "hidden",
    "hidden_cells",
    "measured",
    "rounded",
    "rounded_to_tenth",
    "summarise",
    "to_json",
]
