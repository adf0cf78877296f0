"""Figures in words: on the page, on paper and in files alike."""

from keystage.measures import Area, Figure, Measure, Of
from keystage.service.design.words import moment_words, plural
from keystage.service.school.summary import Summary, YearFigures
from keystage.years.provenance import Basis
from keystage.years.year import CollectionYear

COUNTRY = "England"
NOT_HELD = "not held"
NOBODY = "no pupils"
HIDDEN = "hidden"


def value_words(figure: Figure) -> str:
    """Return a figure as it is read: ``72%``, ``104.7``, ``hidden``, ``no pupils``."""
    if figure.is_hidden:
        return HIDDEN
    return amount(figure.value, figure.measure) or NOBODY


def of_words(figure: Figure) -> str:
    """Return what a figure is of: ``13 of 18 pupils``, ``1,990 points of 19 pupils``; nothing where it is hidden."""
    if figure.is_hidden or figure.numerator is None or not figure.denominator:
        return ""
    points = " points" if figure.measure.of is Of.AVERAGE else ""
    return f"{figure.numerator:,}{points} of {plural(figure.denominator, 'pupil')}"


def amount(value: float | None, measure: Measure) -> str:
    """Return a percentage or a score as it is read; nothing of nothing."""
    if value is None:
        return ""
    return f"{value:.1f}" if measure.of is Of.AVERAGE else f"{value}%"


def country_words(value: int | None, measure: Measure) -> str:
    """Return the country's figure, which is published as a whole number."""
    if value is None:
        return NOT_HELD
    return str(value) if measure.of is Of.AVERAGE else f"{value}%"


def difference_words(value: float | None, measure: Measure) -> str:
    """Return a difference in words: ``3 points above``, ``the same``; nothing where there is none to be had."""
    if value is None:
        return ""
    if not value:
        return "the same"
    size = f"{abs(value):.1f}" if measure.of is Of.AVERAGE else f"{abs(value)}"
    point = "point" if size in ("1", "1.0") else "points"
    return f"{size} {point} {'above' if value > 0 else 'below'}"


def short(area: Area) -> str:
    """Return the name of a subject as a narrow column shows it."""
    return _SHORT[area]


_SHORT = {
    Area.RWM: "Reading, writing and maths",
    Area.READING: "Reading",
    Area.WRITING: "Writing",
    Area.MATHS: "Maths",
    Area.GPS: "GPS",
    Area.SCIENCE: "Science",
}


def source_words(year: YearFigures) -> str:
    """Say which results the figures are of; nothing where there are only the school's own judgements."""
    load = year.load
    if load is None:
        return ""
    which = "First results" if year.ordinal == 1 else f"Revised results (number {year.ordinal})"
    return f"{which}, from the file {load.incoming.file.name}, accepted on {moment_words(load.accepted_at)}."


def hidden_words(below: int) -> str:
    """Say what is hidden, and why."""
    few = plural(below, "pupil")
    return f"Hidden: figures of fewer than {few}, and figures from which such a one could be worked out."


def one_pupil_words(now: YearFigures) -> str:
    """Say how much one pupil is in a percentage; nothing where the number of pupils is hidden."""
    measure = now.measures[0]
    counted = now.of(measure).denominator
    if not counted:
        return ""
    points = 100 / counted
    size = f"{points:.0f}" if points >= 10 else f"{points:.1f}"
    said = f"Of {plural(counted, 'pupil')}, one pupil is {size} percentage points."
    if counted <= _FEW:
        said += " Smaller differences than a few pupils’ mean little: read the figures with the pupils in mind."
    return said


_FEW = 30


def country_status(year: CollectionYear) -> str:
    """Say which figures of the country are shown, and how sure they are."""
    held = year.national
    if held is None:
        return f"The country’s figures of {year} are not held here."
    sure = {
        Basis.OFFICIAL: "read on an official page",
        Basis.PUBLISHED_COPY: "read on a page that copies the official one",
        Basis.ASSUMED: "assumed",
    }[held.provenance.basis]
    return (
        f"{COUNTRY} {year}: {held.status}, {sure} ({year.sources.get(held.provenance.source, held.provenance.source)})."
    )


ROUNDED = (
    "The country’s figures are published as whole numbers, so a difference may be half a point out. Differences are"
    " worked out before the school’s figure is rounded."
)


def who_is_left_out(summary: Summary, now: YearFigures) -> tuple[str, ...]:
    """Say which pupils are in the figures only in part, or not at all."""
    said = []
    if now.unmatched:
        said.append(
            f"{plural(now.unmatched, 'pupil')} of the results {_is(now.unmatched)} not on the school’s roll: counted."
            " What only the roll says (disadvantage, special educational needs, first language) is “Not known” of them."
        )
    if summary.without_result:
        said.append(
            f"{plural(summary.without_result, 'pupil')} of the return {_is(summary.without_result)} not in the results,"
            " and counted nowhere here."
        )
    return tuple(said)


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
