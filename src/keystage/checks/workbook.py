"""Reports as an Excel workbook: errors first, every finding by itself, ready to be filtered and ticked off."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import IO, Any

import xlsxwriter

from keystage.checks.catalogue import CATALOGUE
from keystage.checks.finding import Finding, Severity
from keystage.checks.report import Report

_COLUMNS: tuple[tuple[str, int], ...] = (
    ("School", 10),
    ("UPN", 16),
    ("Pupil", 26),
    ("Subject", 10),
    ("Found", 14),
    ("What is wrong", 60),
    ("Allowed", 24),
    ("What to do", 60),
    ("Where", 18),
    ("Check", 8),
    ("File", 32),
)
_SHEETS = {Severity.ERROR: "Errors", Severity.QUERY: "Queries", Severity.INFO: "Information"}
_MOST_ROWS = 1_048_000
"""A sheet cannot hold more; what is left over goes on in a further sheet."""


def write_workbook(reports: Sequence[Report], sink: IO[bytes], *, left_out: Sequence[tuple[str, str]] = ()) -> None:
    """Write reports as one workbook: errors, queries, information, files, and what was not checked.

    ``left_out`` names files that could not be opened, each with the reason.
    """
    with xlsxwriter.Workbook(sink, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": "Keystage check", "created": datetime(2000, 1, 1)})  # noqa: DTZ001 - repeatable
        styles = {
            "head": book.add_format({"bold": True, "bg_color": "#1d4f91", "font_color": "#ffffff", "valign": "top"}),
            "cell": book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
        }
        for severity, name in _SHEETS.items():
            rows = [
                _row(report, finding)
                for report in reports
                for finding in report.findings
                if finding.severity is severity
            ]
            for part in range(0, max(len(rows), 1), _MOST_ROWS):
                title = name if part == 0 else f"{name} {part // _MOST_ROWS + 1}"
                _sheet(book, styles, title, _COLUMNS, rows[part : part + _MOST_ROWS])
        _sheet(book, styles, "Files", _FILES, [*map(_file, reports), *map(_file_left_out, left_out)])
        _sheet(book, styles, "Not checked", _NOT_CHECKED, _not_checked(reports))


_FILES = (
    ("File", 40),
    ("School", 10),
    ("Year", 8),
    ("Pupils", 8),
    ("Verdict", 12),
    ("Errors", 8),
    ("Queries", 8),
    ("Notes", 60),
    ("SHA-256", 66),
)
_NOT_CHECKED = (("Check", 8), ("What it looks for", 60), ("Why it was not run", 60), ("Files", 8))


def _row(report: Report, finding: Finding) -> tuple[str, ...]:
    return (
        report.school or "",
        finding.upn or "",
        finding.pupil or "",
        finding.subject or "",
        finding.value or "",
        finding.message,
        ", ".join(finding.allowed),
        finding.fix,
        finding.place,
        finding.code,
        report.file or "",
    )


def _file_left_out(each: tuple[str, str]) -> tuple[object, ...]:
    file, why = each
    return (file, "", "", "", "not opened", "", "", why, "")


def _file(report: Report) -> tuple[object, ...]:
    return (
        report.file or "",
        report.school or "",
        report.year or "",
        report.pupils if report.pupils is not None else "",
        str(report.verdict),
        report.errors,
        report.queries,
        " ".join(_notes(report)),
        report.sha256 or "",
    )


def _notes(report: Report) -> Iterator[str]:
    if report.is_draft:
        yield f"The rules of {report.year} are a draft: most of them are assumed."
    yield from report.notes
    yield from (f"{each.code} was run in part only: {each.why}." for each in report.partly)


def _not_checked(reports: Sequence[Report]) -> list[tuple[object, ...]]:
    files: dict[tuple[str, str], int] = {}
    for report in reports:
        for each in report.not_run:
            files[each] = files.get(each, 0) + 1
    return [(code, CATALOGUE[code].purpose, why, count) for (code, why), count in files.items()]


def _sheet(
    book: Any, styles: dict[str, Any], name: str, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[object]]
) -> None:
    sheet = book.add_worksheet(name)
    for column, (heading, width) in enumerate(columns):
        sheet.set_column(column, column, width, styles["cell"])
        sheet.write_string(0, column, heading, styles["head"])
    for row, values in enumerate(rows, start=1):
        for column, value in enumerate(values):
            if isinstance(value, int):
                sheet.write_number(row, column, value, styles["cell"])
            else:
                sheet.write_string(row, column, str(value)[:32_000], styles["cell"])
    if not rows:
        sheet.write_string(1, 0, "None.", styles["cell"])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
