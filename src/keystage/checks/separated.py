"""Findings as rows of a CSV file, one each."""

from collections.abc import Iterator

from keystage.checks.report import Report
from keystage.sheets.guard import guard

COLUMNS = (
    *("file", "school", "code", "slug", "severity", "upn", "pupil", "subject", "value"),
    *("line", "column", "sheet", "cell", "message", "allowed", "fix"),
)


def rows_of(report: Report) -> Iterator[list[str]]:
    """Yield a row for each finding, safe to be opened in a spreadsheet program."""
    for finding in report.findings:
        values = {
            **finding.as_dict(),
            "file": report.file,
            "school": report.school,
            "allowed": " ".join(finding.allowed),
        }
        yield ["" if values[name] is None else guard(str(values[name])) for name in COLUMNS]
