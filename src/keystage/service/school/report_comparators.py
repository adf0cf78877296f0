"""What a report's figures are compared with: pupils of the same age in the school and in the country.

The school's own are worked out from the results that count, by the one definition of each measure there is. Figures of
few pupils are left out, so that nobody's result can be told from them; the country's are those that the year holds.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias

from keystage.measures.counts import Counts, count_together, rounded_to_tenth
from keystage.measures.outcomes import Measured, measured
from keystage.measures.standards import MEASURES, Measure, Of
from keystage.papers.parent_report import Comparator, Words
from keystage.returns.results import PupilResult
from keystage.service.school.records import Records
from keystage.years.frozen import Frozen
from keystage.years.year import CollectionYear

BASIS = {"official": "official figures", "published copy": "read on other pages than the official one"}


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


Everybody: TypeAlias = Sequence[tuple[int | None, PupilResult]]
"""Everybody in the results, with the pupil's number in the database; None for who is nobody on the roll."""


def compare(records: Records, results: Everybody, hidden_below: int, words: Words) -> Compared:
    """Work out what the results of a school are compared with.

    Whoever is nobody on the roll counts too, as in the summary of the year and at the gateway: parents and governors
    are told one figure.

    Args:
        records: the school's, for the teacher assessments that were sent.
        results: what came home; nothing where there are no results yet.
        hidden_below: figures of fewer pupils than this are left out.
        words: the wording that figures are put in.
    """
    year = records.year
    say = _Figures(count_together(_everybody(records, results), year) if results else None, year, hidden_below, words)
    return Compared(
        Frozen({each.key: Comparator(say.school(each), say.country(each)) for each in MEASURES}),
        national_status(year),
        tuple(each.name for each in MEASURES if say.is_hidden(each)),
        hidden_below,
        bool(results),
    )


def _everybody(records: Records, results: Everybody) -> list[Measured]:
    sent = {line.pupil.pk: {s: cell.code for s, cell in line.cells.items() if cell.code} for line in records.lines}
    return [measured(result, ta=sent.get(pupil) if pupil else None) for pupil, result in results]


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
        national = self.year.national
        if national is None:
            return ""
        held = {Of.EXPECTED: national.expected, Of.HIGHER: national.higher, Of.AVERAGE: national.average}
        figure = held[measure.of].get(measure.area)
        if figure is None:
            return ""
        return str(figure) if measure.of is Of.AVERAGE else self.words.say("percent", percent=figure)


def national_status(year: CollectionYear) -> str:
    """Return what the country's figures are and how sure; nothing where the year holds none."""
    if year.national is None:
        return ""
    basis = BASIS.get(year.national.provenance.basis, str(year.national.provenance.basis))
    return f"The figures for England are those of {year} ({year.national.status}; {basis})."
