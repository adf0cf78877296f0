"""Figures as a tidy table: a row for each figure, the same that the page shows. A hidden one has no numbers."""

from collections.abc import Iterator

from keystage.measures import MEASURES, Of, national
from keystage.service.authority.presenters.figures import FiguresPage
from keystage.service.gateway.presenters.measured import Cell, Line
from keystage.sheets.tidy_workbook import Sheet, Value
from keystage.years.year import CollectionYear

HEADINGS = (
    *("collection_year", "status", "as_at", "level", "number", "name", "breakdown", "group"),
    *("measure", "unit", "numerator", "denominator", "value", "is_hidden"),
)
_NARROW = 14
_WIDTHS = {"as_at": 27, "name": 34, "breakdown": 26, "group": 34, "measure": 22}
"""Characters that a column of the workbook is wide, where that is more than most."""
Row = tuple[Value, ...]


def tidy_rows(page: FiguresPage, level: str, number: str, year: CollectionYear) -> Iterator[Row]:
    """Yield a row for each figure of a page.

    Args:
        page: what is shown.
        level: ``authority`` or ``trust``.
        number: of the organisation; empty where it has none.
        year: the collection year.
    """
    as_at = page.as_at.astimezone().isoformat(timespec="seconds")
    start = (year.year, page.status.lower(), as_at)
    yield from _line(start, (level, number, page.total.name, "all", "all"), page.total)
    for each in page.total.cells:
        if (known := national(year, each.measure)) is not None:
            yield (*start, "country as published", "", "", "all", "all", *_measure(each), None, None, known, "no")
    for line in page.schools:
        yield from _line(start, ("school", page.numbers[line.key], line.name, "all", "all"), line)
    for part in page.breakdowns:
        for line in part.lines:
            yield from _line(start, (level, number, page.total.name, part.name, line.name), line)


def _line(start: Row, where: Row, line: Line) -> Iterator[Row]:
    for cell in line.cells:
        top, bottom = cell.share or (None, None)
        is_hidden = "yes" if cell.share is None else "no"
        yield (*start, *where, *_measure(cell), top, bottom, cell.value, is_hidden)


def _measure(cell: Cell) -> tuple[str, str]:
    return cell.measure.key, "scaled score" if cell.measure.of is Of.AVERAGE else "per cent"


def sheets_of(rows: Iterator[Row]) -> tuple[Sheet, Sheet]:
    """Return the sheets of a workbook: the figures, and what each measure is."""
    rules = [(each.key, each.name, each.rule) for each in MEASURES]
    columns = [(heading, _WIDTHS.get(heading, _NARROW)) for heading in HEADINGS]
    named = (("measure", 22), ("name", 44), ("rule", 90))
    return Sheet("Figures", columns, list(rows)), Sheet("Measures", named, rules)
