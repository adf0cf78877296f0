"""The summary of a school's year for governors: one page, with a chart, and beside each figure what it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from keystage.papers.characters import Value
from keystage.papers.frame import Frame

_WHOLE = 1000
"""What a bar of the whole width is given as: a template takes whole numbers."""


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A measure: the school's figure and what it is of, the country's, the difference, and the rule."""

    name: str
    value: str
    of: str
    country: str
    difference: str
    rule: str


@dataclass(frozen=True, slots=True)
class SummaryBar:
    """A bar of the chart. A share is of 100; None is not drawn."""

    label: str
    words: str
    share: float | None
    country: float | None = None
    country_words: str = ""


@dataclass(frozen=True, slots=True)
class SummaryPaper:
    """What stands on the page. The frame needs no fingerprint."""

    frame: Frame
    source: str
    is_provisional: bool
    notes: Sequence[str]
    """Sentences above the figures."""
    bars: Sequence[SummaryBar]
    rows: Sequence[SummaryRow]
    years: Sequence[str] = ()
    """The years beside each other; empty where there is one alone."""
    by_year: Sequence[tuple[str, Sequence[str]]] = ()
    """Measures, each with its figure of every year."""
    small_print: Sequence[str] = ()


def school_summary(paper: SummaryPaper) -> bytes:
    """Return the summary as a PDF of one page."""
    data: dict[str, Value] = {
        "source": paper.source,
        "is_provisional": paper.is_provisional,
        "notes": list(paper.notes),
        "bars": [_bar(each) for each in paper.bars],
        "says": "; ".join(f"{each.label} {each.words} {each.country_words}".strip() for each in paper.bars),
        "rows": [[r.name, r.value, r.of, r.country, r.difference, r.rule] for r in paper.rows],
        "years": list(paper.years),
        "by_year": [[name, list(cells)] for name, cells in paper.by_year],
        "small_print": list(paper.small_print),
    }
    return paper.frame.typeset("school_summary", "Summary of key stage 2 results", data)


def _bar(each: SummaryBar) -> Value:
    return {
        "label": each.label,
        "words": each.words,
        "share": _part(each.share),
        "country": _part(each.country),
        "country_words": each.country_words,
    }


def _part(share: float | None) -> int | None:
    return None if share is None else round(_WHOLE * min(max(share, 0), 100) / 100)
