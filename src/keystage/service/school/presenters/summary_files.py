"""The summary of a year as a file: a page to print, a workbook, and a table for programs."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from keystage.measures import ALL, BREAKDOWNS, MEASURES, Figure, Measure
from keystage.papers.frame import PRACTICE, UNTRIED
from keystage.service.school.presenters import summary_words as words
from keystage.service.school.presenters.summary_paper import pdf
from keystage.service.school.summary import Summary, YearFigures
from keystage.sheets.separated_writer import write_separated
from keystage.sheets.tidy_workbook import Sheet, write_tidy_workbook

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TIDY = (
    "collection_year", "school_number", "measure", "group", "numerator", "denominator", "value", "unit", "hidden",
    "rule", "status",
)  # fmt: skip
"""The columns of the table for programs."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of file, and what the page says of it."""

    text: str
    sort: str
    note: str
    content_type: str


KINDS = {
    "pdf": Kind("One page for governors", "PDF", "With a chart, and the rule beside each figure.", "application/pdf"),
    "xlsx": Kind("Measures, groups and definitions", "Excel", "Every year that is held here.", _XLSX),
    "csv": Kind("The same for programs", "CSV", "A row for each measure, group and year.", "text/csv; charset=utf-8"),
}


@dataclass(frozen=True, slots=True)
class Made:
    """A file to download."""

    name: str
    content_type: str
    content: bytes


def file_of(summary: Summary, kind: str) -> Made:
    """Make one of :data:`KINDS` of a summary that has figures."""
    now = summary.now
    if now is None:
        raise ValueError("There is nothing to make a file of.")
    content = pdf(summary, now) if kind == "pdf" else _workbook(summary) if kind == "xlsx" else _separated(summary)
    name = f"{summary.school_return.number}-summary-{summary.year}.{kind}"
    return Made(f"practice-{name}" if summary.school.is_practice else name, KINDS[kind].content_type, content)


def _separated(summary: Summary) -> bytes:
    sink = BytesIO()
    write_separated(sink, TIDY, (_tidy(*each) for each in _everything(summary)), mark=False)
    return sink.getvalue()


def _everything(summary: Summary) -> Iterator[tuple[YearFigures, Measure, str]]:
    """Yield each measure of each group of each year; groups that nobody is in are left out."""
    for year in summary.years:
        for measure in year.measures:
            for group in (ALL, *(key for each in BREAKDOWNS for key in each.groups)):
                if group == ALL or year.pupils[group] != 0:
                    yield year, measure, group


def _tidy(year: YearFigures, measure: Measure, group: str) -> tuple[str, ...]:
    figure = year.of(measure, group)
    numbers = (_text(figure.numerator), _text(figure.denominator), _text(figure.value))
    hidden = "yes" if figure.is_hidden else "no"
    return (
        *(str(year.year), year.number, measure.key, group),
        *(*numbers, figure.unit, hidden, measure.rule, _status(year)),
    )


def _status(year: YearFigures) -> str:
    return "provisional teacher assessment" if year.is_provisional else "results"


def _text(value: float | None) -> str:
    return "" if value is None else str(value)


def _workbook(summary: Summary) -> bytes:
    sink = BytesIO()
    sheets = (_measures(summary), _groups(summary), _definitions(summary))
    write_tidy_workbook(sheets, sink, title=f"Summary of key stage 2 results {summary.year}")
    return sink.getvalue()


_FIGURE = (("Figure", 10), ("Unit", 14), ("Numerator", 12), ("Denominator", 12))


def _figure(figure: Figure) -> tuple[str | int | float | None, ...]:
    value = words.HIDDEN if figure.is_hidden else figure.value
    return (value, figure.unit, figure.numerator, figure.denominator)


def _measures(summary: Summary) -> Sheet:
    columns = (
        ("Year", 8),
        ("Measure", 44),
        *_FIGURE,
        ("England", 10),
        ("Difference", 12),
        ("Rule", 70),
        ("Status", 30),
    )
    rows = [
        (
            *(year.year.year, measure.name, *_figure(year.of(measure))),
            *(year.national(measure), year.difference(measure), measure.rule, _status(year)),
        )
        for year in reversed(summary.years)
        for measure in year.measures
    ]
    return Sheet("Measures", columns, rows)


def _groups(summary: Summary) -> Sheet:
    columns = (("Year", 8), ("Of", 26), ("Group", 34), ("Measure", 44), *_FIGURE, ("Status", 30))
    rows = [
        (year.year.year, each.name, each.groups[group], measure.name, *_figure(year.of(measure, group)), _status(year))
        for year in reversed(summary.years)
        for each in BREAKDOWNS
        for group in each.groups
        if year.pupils[group] != 0
        for measure in year.measures
    ]
    return Sheet("Groups", columns, rows)


def _definitions(summary: Summary) -> Sheet:
    now = summary.now
    notes = [
        ("School", f"{summary.school.name}, {summary.school_return.number}"),
        ("Source", (words.source_words(now) if now else "") or "The school’s own judgements: provisional."),
        ("Hidden", words.hidden_words(summary.below)),
        ("Not known", "In each breakdown a pupil is in just one group; what the records do not say is “Not known”."),
        *(("England", words.country_status(year.year)) for year in reversed(summary.years)),
        ("Difference", words.ROUNDED),
        ("Not tried", UNTRIED),
    ]
    if summary.school.is_practice:
        notes.insert(0, ("Practice", PRACTICE))
    rules = [(each.name, each.rule) for each in MEASURES]
    return Sheet("Definitions", (("What", 44), ("Means", 110)), [*notes, *rules])
