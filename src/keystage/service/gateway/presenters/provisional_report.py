"""A school's provisional report as it is shown, at the gateway and at its authority."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from keystage.measures import ALL, NOBODY, Measure
from keystage.pupils.names import full_name
from keystage.service.design.words import moment_words, plural
from keystage.service.gateway.figures import AreaCounts
from keystage.service.gateway.figures_now import measures_of
from keystage.service.gateway.models import CorrectionRequest, GatewayReturn
from keystage.service.gateway.presenters.measured import Cell, beside, published_words
from keystage.service.gateway.queries import reported_by
from keystage.service.gateway.report_now import Entry, ReportNow
from keystage.service.gateway.reported import NOTHING, is_of_pupil, short_result, tested, words_of_what
from keystage.years.subjects import Subject, Test
from keystage.years.year import CollectionYear

_TESTS = {Test.READING: "Reading test", Test.MATHS: "Maths test", Test.GPS: "GPS test"}


@dataclass(frozen=True, slots=True)
class MeasureShown:
    """A measure of the school, with what it is set beside."""

    cell: Cell
    authority: Cell
    published: str
    here: str


@dataclass(frozen=True, slots=True)
class PupilShown:
    """A pupil's line."""

    key: str
    """Of who counts or is expected; empty for somebody who has results alone, of whom nothing can be reported."""
    name: str
    upn: str
    born: str
    sex: str
    codes: tuple[str, ...]
    """By subject; empty where nothing counts."""
    results: tuple[str, ...]
    """By test; empty while no results are released."""
    note: str
    is_reported: bool


@dataclass(frozen=True, slots=True)
class ReportShown:
    """A provisional report."""

    as_at: datetime
    of_results: str
    """Which results are in it; empty while there are none."""
    counts_words: str
    """Which file counts."""
    around: str
    """What the authority's figures are of."""
    here: str
    measures: tuple[MeasureShown, ...]
    subjects: tuple[str, ...]
    tests: tuple[str, ...]
    pupils: tuple[PupilShown, ...]
    is_lost: bool
    below: int


def report_shown(
    found: GatewayReturn,
    report: ReportNow,
    year: CollectionYear,
    reported: Iterable[CorrectionRequest],
    *,
    below: int,
    now: datetime,
    results: bool,
) -> ReportShown:
    """Return a report as it is shown.

    Args:
        found: the school's return.
        report: what it is made of.
        year: the collection year.
        reported: what the school has reported as wrong.
        below: the least number of pupils of other schools of whom a figure is shown.
        now: the moment that it is of.
        results: whether the reader may see the results of single pupils.
    """
    standing = {(each.upn, each.name) for each in reported if each.closed_at is None}
    tests = tuple(Test) if report.release and results else ()
    release = report.release
    return ReportShown(
        now,
        f"the results released on {moment_words(release.release_at)}" if release else "",
        counting_words(found),
        plural(report.authority.schools, "school"),
        plural(report.country.schools, "school") if release else "",
        tuple(_measures(report, year, below, results=results)),
        tuple(f"{str(subject).capitalize()} TA" for subject in Subject),
        tuple(_TESTS[test] for test in tests),
        tuple(_pupil(each, tests, standing) for each in report.entries),
        report.results_fault and results,
        below,
    )


def counting_words(found: GatewayReturn) -> str:
    """Say which file counts."""
    if found.nil_at:
        return f"The school sent a nil return on {moment_words(found.nil_at)}: there is nobody to report."
    counting = found.counting
    if counting is None:
        return "No file counts at this moment."
    return f"{counting.file.name} counts, accepted on {moment_words(counting.applied_at)}."


def _measures(report: ReportNow, year: CollectionYear, below: int, *, results: bool) -> Iterable[MeasureShown]:
    """Yield each measure; who may not see single results is shown no figure of the school that would tell them."""
    for each in measures_of(report.release):
        is_open = results or report.release is None
        yield MeasureShown(
            Cell(each, report.own.share(each)) if is_open else beside(report.own, NOBODY, each, below),
            _beside(report.authority, report, each, below),
            published_words(each, year),
            _beside(report.country, report, each, below).text if report.release else "",
        )


def _beside(area: AreaCounts, report: ReportNow, measure: Measure, below: int) -> Cell:
    return beside(area.counts.get(ALL, NOBODY), report.own, measure, below)


def _pupil(entry: Entry, tests: Sequence[Test], standing: set[tuple[str, str]]) -> PupilShown:
    who = entry.held or entry.registered or entry.result
    assert who is not None  # noqa: S101 - an entry is of somebody
    there = entry.held or entry.registered
    name = full_name(who.surname, who.forename)
    results = entry.result.tests if entry.result else {}
    return PupilShown(
        there.key if there else "",
        name or "no name",
        who.upn,
        f"{who.birth_date:%d/%m/%Y}" if who.birth_date else "",
        who.sex,
        tuple(getattr(entry.held, subject) for subject in Subject) if entry.held else ("",) * len(Subject),
        tuple(short_result(results.get(test)) for test in tests),
        "" if entry.held else f"Expected, and {NOTHING}" if entry.registered else "In the results alone",
        (who.upn[:20], name[:310]) in standing,
    )


@dataclass(frozen=True, slots=True)
class RequestShown:
    """Something that a school reported as wrong."""

    request: CorrectionRequest
    who: str
    what: str
    shown: str
    """What the report said; empty where the reader may not see it."""
    says: str
    """What the school says; empty where the reader may not see it."""
    answer: str
    """What became of it; empty while it is open."""


def reported_of(found: GatewayReturn, *, results: bool) -> list[RequestShown]:
    """Return what a school reported as wrong, what is open first; ``results`` as in :func:`report_shown`."""
    return [request_shown(each, results=results) for each in reported_by(GatewayReturn.objects.filter(pk=found.pk))]


def request_shown(each: CorrectionRequest, *, results: bool) -> RequestShown:
    """Return something that was reported as it is shown; ``results`` as in :func:`report_shown`."""
    who = (each.name or each.upn) if is_of_pupil(each) else "The school as a whole"
    what = words_of_what(each.what) if is_of_pupil(each) else "The report"
    shown, says = (each.shown, each.says) if may_be_read(each, results=results) else ("", "")
    return RequestShown(each, who, what, shown, says, _answer(each))


def may_be_read(each: CorrectionRequest, *, results: bool) -> bool:
    """Say whether somebody may read a report: what is said of a test is for those who may see results."""
    return results or not tested(each.what)


def _answer(each: CorrectionRequest) -> str:
    if each.closed_at is None:
        return ""
    who, when = each.closed_by or "Keystage", moment_words(each.closed_at)
    if each.closed_how == "marked as right":
        return f"Marked as right by {who} on {when}, because {each.because.rstrip('. ')}."
    if each.closed_how == "taken back":
        return f"Taken back by {who} on {when}."
    if each.closed_how == "removed":
        return f"The pupil was removed from what counts on {when}, by {who}."
    return f"Changed by a file that was accepted on {when}, sent by {who}."
