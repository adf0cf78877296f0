"""What a report's figures are compared with: pupils of the same age in the school and in the country.

The school's own are worked out from the results that count, by the one definition of each measure there is. Figures of
few pupils are left out, so that nobody's result can be told from them; the country's are those that the year holds.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from keystage.measures.counts import Counts, count, rounded_to_tenth
from keystage.measures.groups import ALL
from keystage.measures.outcomes import Measured, measured
from keystage.measures.standards import MEASURES, Measure, Of
from keystage.papers.parent_report import Comparator
from keystage.returns.results import PupilResult
from keystage.service.design.words import plural
from keystage.service.school.records import Records
from keystage.years.frozen import Frozen
from keystage.years.national import National
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


def compare(records: Records, results: Mapping[int, PupilResult], hidden_below: int) -> Compared:
    """Work out what the results of a school are compared with.

    Args:
        records: the school's, for the teacher assessments that were sent.
        results: what came home, by the pupil's number in the database; nothing where there are no results yet.
        hidden_below: figures of fewer pupils than this are left out.
    """
    year = records.year
    counts = count(_everybody(records, results), year)[ALL] if results else None
    shown = {measure: _school(counts, measure, hidden_below) if counts else "" for measure in MEASURES}
    country = {measure: _country(year.national, measure) for measure in MEASURES}
    return Compared(
        Frozen({each.key: Comparator(shown[each], country[each]) for each in MEASURES}),
        national_status(year),
        tuple(each.name for each in MEASURES if counts and _is_hidden(counts, each, hidden_below)),
        hidden_below,
        bool(results),
    )


def _everybody(records: Records, results: Mapping[int, PupilResult]) -> list[Measured]:
    sent = {line.pupil.pk: {s: cell.code for s, cell in line.cells.items() if cell.code} for line in records.lines}
    return [measured(result, ta=sent.get(pupil)) for pupil, result in results.items()]


def _is_hidden(counts: Counts, measure: Measure, hidden_below: int) -> bool:
    return 0 < counts.share(measure).denominator < hidden_below


def _school(counts: Counts, measure: Measure, hidden_below: int) -> str:
    """Return the school's figure in words; nothing where it is of nobody, or of too few."""
    share, average = counts.share(measure), counts.average(measure)
    if average is None or share.denominator < hidden_below:
        return ""
    if measure.of is Of.AVERAGE:
        return f"{rounded_to_tenth(average):.1f}"
    return f"{share.numerator} of {plural(share.denominator, 'pupil')} ({share.percent}%)"


def _country(national: National | None, measure: Measure) -> str:
    if national is None:
        return ""
    held = {Of.EXPECTED: national.expected, Of.HIGHER: national.higher, Of.AVERAGE: national.average}[measure.of]
    figure = held.get(measure.area)
    return "" if figure is None else str(figure) if measure.of is Of.AVERAGE else f"{figure}%"


def national_status(year: CollectionYear) -> str:
    """Return what the country's figures are and how sure; nothing where the year holds none."""
    if year.national is None:
        return ""
    basis = BASIS.get(year.national.provenance.basis, str(year.national.provenance.basis))
    return f"{year.national.status}, {year}: {basis}"
