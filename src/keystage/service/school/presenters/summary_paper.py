"""The summary of a year on paper."""

from django.utils import timezone

from keystage.measures import NAMES, Measure, Of
from keystage.papers.frame import Frame
from keystage.papers.school_summary import SummaryBar, SummaryPaper, SummaryRow, school_summary
from keystage.service.school.presenters import summary_words as words
from keystage.service.school.presenters.summary import bar_of, row_of
from keystage.service.school.presenters.summary_years import YearCell, years_of
from keystage.service.school.summary import Summary, YearFigures

_MOST_YEARS = 5
"""As many years beside each other as stay on the page; the workbook has all."""


def pdf(summary: Summary, now: YearFigures) -> bytes:
    """Return the page for governors."""
    has_country = summary.year.national is not None
    years, by_year = _years(summary)
    left_out = words.who_is_left_out(summary, now)
    return school_summary(
        SummaryPaper(
            frame=_frame(summary),
            source=words.source_words(now),
            is_provisional=now.is_provisional,
            notes=tuple(filter(None, (words.one_pupil_words(now), *left_out, _uncounted(now)))),
            bars=tuple(_bar(now, each) for each in now.measures if each.of is Of.EXPECTED),
            rows=tuple(_row(now, each, summary.below, has_country) for each in now.measures),
            years=years,
            by_year=by_year,
            small_print=_small_print(summary, has_country),
        )
    )


def _frame(summary: Summary) -> Frame:
    school = summary.school
    number = summary.school_return.number
    return Frame(school.name, number, summary.year, "", 0, timezone.now(), practice=school.is_practice)


def _small_print(summary: Summary, has_country: bool) -> tuple[str, ...]:
    said = [words.country_status(summary.year)]
    if has_country:
        said += [words.ROUNDED, "The line across a bar is England’s figure."]
    return (*said, words.hidden_words(summary.below), "Groups of pupils are on the page and in the workbook.")


def _bar(now: YearFigures, measure: Measure) -> SummaryBar:
    bar = bar_of(now, measure)
    return SummaryBar(bar.label, bar.words, bar.value, bar.beside, bar.beside_words)


def _row(now: YearFigures, measure: Measure, below: int, has_country: bool) -> SummaryRow:
    row = row_of(now, measure, below)
    country, difference = (row.country, row.difference or "–") if has_country else ("–", "–")
    # “points” stands once, in the heading of the column; “pupils” in the rule.
    short = difference.replace(" points", "").replace(" point", "")
    return SummaryRow(
        measure.name, row.value, row.of.removesuffix(" pupils").removesuffix(" pupil"), country, short, row.rule
    )


def _uncounted(now: YearFigures) -> str:
    """Say in one sentence who of those who count has no result, subject by subject."""
    each = [f"{NAMES[area.area]} {area.not_assessed}" for area in now.areas if area.not_assessed is not None]
    return f"Counted and not assessed: {', '.join(each)}." if each else ""


def _years(summary: Summary) -> tuple[tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]:
    found = years_of(summary)
    if found is None:
        return (), ()
    rows = [
        (NAMES[measure.area], tuple(map(_year_cell, cells[-_MOST_YEARS:])))
        for measure, cells in found.rows
        if measure.of is Of.EXPECTED
    ]
    return found.labels[-_MOST_YEARS:], tuple(rows)


def _year_cell(cell: YearCell) -> str:
    return f"{cell.value} ({cell.country})" if cell.country else cell.value
