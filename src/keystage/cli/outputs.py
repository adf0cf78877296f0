"""The forms in which reports are given: text, JSON, CSV and an Excel workbook, each one report at a time."""

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import IO, Protocol

from keystage import __version__
from keystage.checks.checking import NotChecked
from keystage.checks.report import Report
from keystage.checks.separated import COLUMNS, rows_of
from keystage.checks.totals import Totals
from keystage.cli.faults import fail
from keystage.cli.streams import for_programs, is_colour_wanted
from keystage.cli.text import Text


class Output(Protocol):
    """Something that takes one report after the other, and at the end what could not be checked."""

    def show(self, report: Report) -> None:
        """Take a report."""

    def end(self, left_out: Sequence[NotChecked]) -> None:
        """Finish."""


@contextmanager
def output_for(
    form: str, path: Path | None, *, quiet: bool = False, several: bool = False, year: int | None = None
) -> Iterator[Output]:
    """Open an output in a form, to a file or to standard output."""
    if path is None:
        if form == "xlsx" and sys.stdout.isatty():
            fail("--format xlsx needs --output FILE: a workbook cannot be shown on a terminal.")
        stream = sys.stdout if form == "text" else for_programs()
        yield _output(form, stream, quiet, several, year)
        stream.flush()
        return
    from keystage.cli.writing import replacing

    with replacing(path) as sink:
        stream = TextIOWrapper(sink, encoding="utf-8", errors="backslashreplace", newline="", write_through=True)
        yield _output(form, stream, quiet, several, year)
        stream.detach()


def _output(form: str, stream: IO[str], quiet: bool, several: bool, year: int | None) -> Output:
    match form:
        case "json":
            return _Json(stream, year)
        case "csv":
            return _Csv(stream)
        case "xlsx":
            return _Workbook(stream)
    return _Text(Text(stream, quiet=quiet, colour=is_colour_wanted(stream), several=several))


class _Text:
    def __init__(self, text: Text) -> None:
        self.text = text
        self.show = text.show

    def end(self, left_out: Sequence[NotChecked]) -> None:
        self.text.end(len(files_of(left_out)))


class _Json:
    """The JSON of ``check``, written as it comes, so that a country does not stand in memory."""

    def __init__(self, stream: IO[str], year: int | None) -> None:
        self.stream = stream
        self.year = year
        self.years: set[int] = set()
        self.totals = Totals()
        stream.write(f'{{"keystage": {json.dumps(__version__)}, "files": [\n')

    def show(self, report: Report) -> None:
        self.stream.write(",\n" if self.totals.files else "")
        self.stream.write(json.dumps(report.as_dict(), ensure_ascii=False))
        self.totals.add(report)
        if report.year is not None:
            self.years.add(report.year)

    def end(self, left_out: Sequence[NotChecked]) -> None:
        year = self.year or (self.years.pop() if len(self.years) == 1 else None)
        rest = {
            "year": year,
            "not_checked": [{"file": each.file, "why": each.why} for each in files_of(left_out)],
            "totals": self.totals.as_dict(),
        }
        self.stream.write("\n], " + json.dumps(rest, ensure_ascii=False)[1:] + "\n")


def files_of(left_out: Sequence[NotChecked]) -> list[NotChecked]:
    """Return those on which there is no report."""
    return [each for each in left_out if not each.is_checked]


class _Csv:
    """A row for each finding."""

    def __init__(self, stream: IO[str]) -> None:
        self.writer = csv.writer(stream, lineterminator="\r\n")
        self.writer.writerow(COLUMNS)

    def show(self, report: Report) -> None:
        self.writer.writerows(rows_of(report))

    def end(self, left_out: Sequence[NotChecked]) -> None:
        """Write nothing more: a CSV file holds findings alone."""


class _Workbook:
    """Errors come before queries whatever file they are of, so this form alone keeps all reports."""

    def __init__(self, stream: IO[str]) -> None:
        self.stream = stream
        self.reports: list[Report] = []
        self.show = self.reports.append

    def end(self, left_out: Sequence[NotChecked]) -> None:
        from keystage.checks.workbook import write_workbook

        assert isinstance(self.stream, TextIOWrapper)  # noqa: S101
        not_opened = [(each.file, each.why) for each in files_of(left_out)]
        book = BytesIO()  # whole before it is given away: the reader may be gone by then
        write_workbook(self.reports, book, left_out=not_opened)
        self.stream.buffer.write(book.getvalue())


def is_earlier_report(path: Path, form: str) -> bool:
    """Say whether a file is a report that was made before in the same form, or is empty. A text may be anything."""
    with path.open("rb") as file:
        beginning = file.read(1_000)
    match form:
        case _ if not beginning:
            return True
        case "json":
            return beginning.startswith(b'{"keystage"')
        case "csv":
            return beginning.startswith(",".join(COLUMNS).encode())
        case "xlsx":
            return beginning.startswith(b"PK") and _has_our_sheets(path)
    return False


def _has_our_sheets(path: Path) -> bool:
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive, archive.open("xl/workbook.xml") as file:
            about = file.read(100_000)
    except Exception:  # whatever is wrong with it, it is no workbook of ours
        return False
    return all(b'<sheet name="%b"' % name in about for name in _SHEETS)


_SHEETS = (b"Errors", b"Queries", b"Information", b"Files", b"Not checked")
