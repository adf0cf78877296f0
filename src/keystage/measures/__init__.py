"""Results counted: what a set of results comes to."""

from keystage.measures.summary import TestSummary, summarise

__all__ = ["TestSummary", "summarise"]
