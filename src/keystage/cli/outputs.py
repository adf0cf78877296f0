"""The forms in which reports are given: text, JSON, CSV and an Excel workbook, each one report at a time."""

import csv
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from keystage import __version__
from keystage.checks.report import Report
from keystage.cli.faults import fail

Show = Callable[[Report], None]


@contextmanager
def output_for(form: str, path: Path | None, *, quiet: bool = False, year: int | None = None) -> Iterator[Show]:
    """Open an output; what it gives takes one report after the other."""
    if form == "xlsx":
        if path is None and sys.stdout.isatty():
            fail("--format xlsx needs --output FILE: a workbook cannot be shown on a terminal.")
        yield from _xlsx(path)
        return
    with _stream(path) as stream:
        match form:
            case "json":
                yield from _json(stream, year)
            case "csv":
                yield from _csv(stream)
            case _:
                from keystage.cli.text import text

                yield from text(stream, quiet=quiet, colour=path is None and sys.stdout.isatty())


@contextmanager
def _stream(path: Path | None) -> Iterator[IO[str]]:
    if path is None:
        yield sys.stdout
        return
    with path.open("w", encoding="utf-8", newline="") as stream:
        yield stream


def _json(stream: IO[str], year: int | None) -> Iterator[Show]:
    totals: Counter[str] = Counter(files=0, pupils=0, errors=0, queries=0, infos=0)
    years: set[int | None] = set()

    def show(report: Report) -> None:
        stream.write(",\n" if totals["files"] else "")
        stream.write(json.dumps(report.as_dict(), ensure_ascii=False))
        years.add(report.year)
        totals.update(
            files=1, pupils=report.pupils or 0, errors=report.errors, queries=report.queries, infos=report.infos
        )

    stream.write(f'{{"keystage": {json.dumps(__version__)}, "files": [\n')
    yield show
    known = years - {None}
    of_all = year or (known.pop() if len(known) == 1 else None)
    stream.write(f'\n], "year": {json.dumps(of_all)}, "totals": {json.dumps(totals)}}}\n')


COLUMNS = (
    *("file", "school", "code", "slug", "severity", "upn", "pupil", "subject", "value"),
    *("line", "column", "sheet", "cell", "message", "allowed", "fix"),
)


def _csv(stream: IO[str]) -> Iterator[Show]:
    from keystage.sheets.guard import guard

    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)

    def show(report: Report) -> None:
        for finding in report.findings:
            row = {
                **finding.as_dict(),
                "file": report.file,
                "school": report.school,
                "allowed": " ".join(finding.allowed),
            }
            writer.writerow(["" if row[name] is None else guard(str(row[name])) for name in COLUMNS])

    yield show


def _xlsx(path: Path | None) -> Iterator[Show]:
    from keystage.checks.workbook import write_workbook

    reports: list[Report] = []
    yield reports.append
    if path is None:
        write_workbook(reports, sys.stdout.buffer)
        return
    with path.open("wb") as sink:
        write_workbook(reports, sink)
