"""What a report's figures are compared with: pupils of the same age in the school and in the country.

The school's own are worked out from the results that count, by the one definition of each measure there is. Figures of
few pupils are left out, so that nobody's result can be told from them; the country's are those that the year holds.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from keystage.measures.comparing import national
from keystage.measures.counts import Counts, rounded_to_tenth
from keystage.measures.standards import MEASURES, Measure, Of
from keystage.papers.parent_report import Comparator, Words
from keystage.years.frozen import Frozen
from keystage.years.provenance import Basis
from keystage.years.year import CollectionYear

_BASIS = {
    Basis.OFFICIAL: "basis_official",
    Basis.PUBLISHED_COPY: "basis_published_copy",
    Basis.ASSUMED: "basis_assumed",
}
_HEADLINE = "July headline"
"""What a year's data call the figures that come out in July; other remarks on them are in English only."""


@dataclass(frozen=True, slots=True)
class Compared:
    """The figures for comparison, as they are printed."""

    comparators: Mapping[str, Comparator]
    national_status: str
    """Empty where nothing of the country is held."""
    hidden: tuple[str, ...] = ()
    """The measures of the school that are left out because they are of too few pupils, by name."""
    hidden_below: int = 0
    has_results: bool = False

    @property
    def fingerprint(self) -> str:
        """A short hash of what is printed."""
        said = {key: (each.school, each.country) for key, each in self.comparators.items()}
        return sha256(json.dumps([said, self.national_status], sort_keys=True).encode()).hexdigest()[:16]


def compare(counts: Counts | None, year: CollectionYear, hidden_below: int, words: Words) -> Compared:
    """Work out what the results of a school are compared with.

    Args:
        counts: what the results that count come to; None where there are no results yet.
        year: the collection year.
        hidden_below: figures of fewer pupils than this are left out.
        words: the wording that figures are put in.
    """
    say = _Figures(counts, year, hidden_below, words)
    return Compared(
        Frozen({each.key: Comparator(say.school(each), say.country(each)) for each in MEASURES}),
        national_status(year, words),
        tuple(each.name for each in MEASURES if say.is_hidden(each)),
        hidden_below,
        counts is not None,
    )


@dataclass(frozen=True, slots=True)
class _Figures:
    counts: Counts | None
    year: CollectionYear
    hidden_below: int
    words: Words

    def is_hidden(self, measure: Measure) -> bool:
        """Say whether the school's figure is of some pupils, and of too few."""
        return self.counts is not None and 0 < self.counts.share(measure).denominator < self.hidden_below

    def school(self, measure: Measure) -> str:
        """Return the school's figure in words; nothing where it is of nobody."""
        average = self.counts.average(measure) if self.counts else None
        if self.counts is None or average is None:
            return ""
        if self.is_hidden(measure):
            return "" if measure.of is Of.AVERAGE else self.words.say("too_few", least=self.hidden_below)
        if measure.of is Of.AVERAGE:
            return f"{rounded_to_tenth(average):.1f}".replace(".", self.words.decimal)
        share = self.counts.share(measure)
        return self.words.say("share", count=share.numerator, of=share.denominator, percent=share.percent)

    def country(self, measure: Measure) -> str:
        """Return the country's figure in words; nothing where none is held."""
        figure = national(self.year, measure)
        if figure is None:
            return ""
        return str(figure) if measure.of is Of.AVERAGE else self.words.say("percent", percent=figure)


def national_status(year: CollectionYear, words: Words) -> str:
    """Return what the country's figures are and how sure, in the report's language; nothing where the year has none."""
    if year.national is None:
        return ""
    status = year.national.status
    remark = words.say("july_headline") if status == _HEADLINE else status if words.code == "en" else ""
    how = "; ".join(filter(None, (remark, words.say(_BASIS[year.national.provenance.basis]))))
    return words.say("country_figures", year=year, how=how)
