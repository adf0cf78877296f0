"""The measures of a results file, as lines of text and as values for programs."""

from keystage.checks.totals import count
from keystage.measures import ALL, MEASURES, NOBODY, Counts, Figure, Measure, Of, measured
from keystage.measures import count as count_pupils
from keystage.returns.results import Results
from keystage.returns.value import Return
from keystage.years.year import CollectionYear


def counts_of(results: Results, sent: Return | None, year: CollectionYear) -> Counts:
    """Count the pupils of a file.

    A teacher assessment that did not come back is that of the return that was sent, where it is given; there a pupil
    is known by the UPN.
    """
    judged = {
        pupil.upn: {each.subject: each.code for each in pupil.judgements} for pupil in (sent.pupils if sent else ())
    }
    pupils = (measured(each, ta=judged.get(each.upn) if each.upn else None) for each in results.pupils)
    return count_pupils(pupils, year).get(ALL, NOBODY)


def as_values(counts: Counts) -> list[dict[str, object]]:
    """Return each measure by its key, with numerator and denominator; the value is rounded, and null of nobody."""
    return [_as_value(each, counts) for each in MEASURES]


def _as_value(measure: Measure, counts: Counts) -> dict[str, object]:
    found = _figure(measure, counts)
    numbers = {"numerator": found.numerator, "denominator": found.denominator, "value": found.value}
    return {"key": measure.key, **numbers}


def as_lines(counts: Counts) -> list[str]:
    """Return the measures as lines of a table, with those who are not counted where there are any."""
    rows = [(each.name, _shown(_figure(each, counts)), _of(each, counts)) for each in MEASURES]
    wide = max(len(name) for name, _value, _of in rows)
    return [f"  {name:<{wide}}  {value:>5}  {of}".rstrip() for name, value, of in rows]


def _figure(measure: Measure, counts: Counts) -> Figure:
    return Figure(measure, ALL, *counts.share(measure))


def _shown(figure: Figure) -> str:
    if figure.value is None:
        return "–"
    return f"{figure.value:.1f}" if figure.measure.of is Of.AVERAGE else f"{figure.value}%"


def _of(measure: Measure, counts: Counts) -> str:
    share = counts.share(measure)
    points = "points " if measure.of is Of.AVERAGE else ""
    words = [f"{share.numerator:,} {points}of {count(share.denominator, 'pupil')}"]
    uncounted = counts[f"{measure.area}.left_out"], counts[f"{measure.area}.not_known"]
    words += [f"{many:,} {why}" for many, why in zip(uncounted, ("left out", "not known"), strict=True) if many]
    return ", ".join(words)
