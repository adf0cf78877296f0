"""The desk of the page: files are laid on it one after the other, and the findings on all of them can be saved."""

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from keystage import __version__
from keystage.checks.beside import Beside
from keystage.checks.checking import Answer, Checking, LeftAlone, NotChecked
from keystage.checks.faults import in_words
from keystage.checks.files import SPREADSHEETS, Options
from keystage.checks.report import Report
from keystage.checks.separated import COLUMNS, rows_of
from keystage.checks.totals import Totals
from keystage.offline.about import about, compared, held_years
from keystage.offline.repairing import offered, repaired
from keystage.offline.showing import shown
from keystage.offline.words import for_the_page
from keystage.sheets.kinds import kind_of


class Desk:
    """What is being checked. Every answer is JSON, for a page written in another language."""

    def __init__(self) -> None:
        self.checking = Checking(Options())
        self.previous: Path | None = None
        self.reports: list[Report] = []
        self.left_out: list[NotChecked] = []

    def begin(self, asked: str) -> str:
        """Clear the desk, and take what all files are checked with: ``year``, ``register`` and ``previous``, or null.

        The answer is a list of what is wrong with these.
        """
        given = json.loads(asked)
        register, previous = (Path(given[name]) if given[name] else None for name in ("register", "previous"))
        self.checking = Checking(Options(year=given["year"]), Beside(register=register, previous=previous))
        self.previous = previous
        self.reports, self.left_out = [], []
        faults = []
        if previous and previous.suffix.lower() in SPREADSHEETS and (kind := kind_of(previous)):
            faults.append(f"{previous.name}: this looks like {kind.value}, not like a return that was sent before.")
        return json.dumps({"faults": faults})

    def check(self, path: str) -> str:
        """Check what is at a path: one file, or each in a zip."""
        return json.dumps({"answers": list(self._answers(Path(path)))}, ensure_ascii=False)

    def _answers(self, path: Path) -> Iterator[dict[str, Any]]:
        is_zip = path.suffix.lower() == ".zip"
        for answer in self.checking(path):
            yield self._answer(answer, path, is_zip=is_zip)

    def _answer(self, answer: Answer, path: Path, *, is_zip: bool) -> dict[str, Any]:
        folder = f"{path.parent}/"
        if isinstance(answer, LeftAlone):
            return {"left_alone": answer.file.removeprefix(folder)}
        if isinstance(answer, NotChecked):
            why = for_the_page(_without_folders(answer.why, path, self.checking.beside))
            self.left_out.append(NotChecked(answer.file.removeprefix(folder), why))
            return {"not_checked": self.left_out[-1].file, "why": why}
        report = replace(answer, file=(answer.file or "").removeprefix(folder))
        self.reports.append(report)
        found: dict[str, Any] = {"file": report.file, "shown": shown(report), "about": None, "changed": None}
        if not is_zip and not report.unreadable:
            found["about"] = about(path)
            found["changed"] = compared(path, self.previous, report.year) if self.previous else None
        return found

    def repairs(self, path: str) -> str:
        """Return the repairs that can be made to a file, or null."""
        return json.dumps(offered(Path(path)), ensure_ascii=False)

    def repaired(self, path: str, chosen: str) -> tuple[str, bytes]:
        """Return the name and the content of a file with the repairs that were chosen, a list of places."""
        return repaired(Path(path), set(json.loads(chosen)))

    def saved(self, form: str) -> tuple[str, bytes]:
        """Return the findings on every file as ``xlsx``, ``csv`` or ``json``, with a name for the file."""
        content = {"xlsx": self._workbook, "csv": self._csv, "json": self._json}[form]()
        return f"findings.{form}", content

    def _json(self) -> bytes:
        totals = Totals()
        for report in self.reports:
            totals.add(report)
        years = {report.year for report in self.reports if report.year is not None}
        asked = self.checking.options.year
        found = {
            "keystage": __version__,
            "files": [report.as_dict() for report in self.reports],
            "year": asked or (years.pop() if len(years) == 1 else None),
            "not_checked": [{"file": each.file, "why": each.why} for each in self.left_out],
            "totals": totals.as_dict(),
        }
        return json.dumps(found, ensure_ascii=False).encode("utf-8", "replace")

    def _csv(self) -> bytes:
        text = StringIO(newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for report in self.reports:
            writer.writerows(rows_of(report))
        # Excel takes a CSV file for UTF-8 only where it begins with this mark.
        return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")

    def _workbook(self) -> bytes:
        from keystage.checks.workbook import write_workbook

        book = BytesIO()
        write_workbook(self.reports, book, left_out=[(each.file, each.why) for each in self.left_out])
        return book.getvalue()


def _without_folders(words: str, path: Path, beside: Beside) -> str:
    """Name files as a person knows them: where they lie on the desk is nothing to anybody."""
    for each in (path, beside.register, beside.previous):
        if each is not None:
            words = words.replace(f"{each.parent}/", "")
    return words


def about_us() -> str:
    """Return which Keystage this is, and which years it holds."""
    return json.dumps({"keystage": __version__, "years": held_years()})


def fault_in_words(fault: BaseException) -> str:
    """Say what went wrong where an answer could not be given at all."""
    if isinstance(fault, MemoryError):
        return "The browser has no memory left for this file. Check it with “keystage check” on the command line."
    return for_the_page(in_words(fault))
