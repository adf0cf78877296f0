"""Results counted: what a set of results comes to, by the one definition of each measure."""

from keystage.measures.comparing import NO_ASSESSMENTS, break_between, difference, national
from keystage.measures.counting import count, count_together
from keystage.measures.counts import (
    NOBODY,
    Counts,
    Share,
    add,
    from_json,
    gap,
    rounded,
    rounded_to_tenth,
    to_json,
    value,
)
from keystage.measures.figures import Figure, figures, pupils
from keystage.measures.groups import ALL, BREAKDOWNS, Breakdown, known
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
    "NO_ASSESSMENTS",
    "Area",
    "Breakdown",
    "Counts",
    "Figure",
    "Measure",
    "Measured",
    "Of",
    "Share",
    "Standing",
    "TestSummary",
    "add",
    "break_between",
    "count",
    "count_together",
    "difference",
    "figures",
    "from_json",
    "gap",
    "hidden",
    "hidden_cells",
    "known",
    "measured",
    "national",
    "pupils",
    "rounded",
    "rounded_to_tenth",
    "summarise",
    "to_json",
    "value",
]
