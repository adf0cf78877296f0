"""Reports as text, for a tired person at 5 pm on deadline day: the verdict first, then what to do, then the rest."""

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import IO

import click

from keystage.checks.catalogue import CATALOGUE
from keystage.checks.finding import Severity
from keystage.checks.report import Report, Verdict
from keystage.cli.entries import entries, wrapped
from keystage.cli.streams import presentable
from keystage.cli.totals import Totals, count

_SAYS = {
    Verdict.ERRORS: ("red", "NOT READY TO SEND"),
    Verdict.UNREADABLE: ("red", "CANNOT BE READ"),
    Verdict.QUERIES: ("yellow", "READY ONCE THE QUERIES ARE ANSWERED"),
    Verdict.CLEAN: ("green", "CLEAN"),
}
_OF_RESULTS = {
    **_SAYS,
    Verdict.ERRORS: ("red", "ERRORS IN THE RESULTS"),
    Verdict.QUERIES: ("yellow", "QUERIES ABOUT THE RESULTS"),
}
_HEADINGS = {
    Severity.ERROR: "Errors: these must be put right",
    Severity.QUERY: "Queries: correct them, or confirm them with a note",
    Severity.INFO: "For your information",
}
_NARROWEST, _WIDEST = 30, 100


def width_of_text() -> int:
    """Return how wide text is to be: as the terminal, within reason."""
    return max(_NARROWEST, min(shutil.get_terminal_size((_WIDEST, 24)).columns, _WIDEST))


class Text:
    """Writes each report as it comes, and at the end of several what they come to."""

    def __init__(
        self,
        stream: IO[str],
        *,
        quiet: bool = False,
        colour: bool = False,
        several: bool = False,
        results: bool = False,
    ) -> None:
        self.stream = stream
        self.quiet = quiet
        self.colour = colour
        self.several = several
        self.says = _OF_RESULTS if results else _SAYS
        self.width = width_of_text()
        self.totals = Totals()
        self.not_checked: Counter[str] = Counter()

    def show(self, report: Report) -> None:
        """Write one report."""
        self.totals.add(report)
        if self.quiet:
            self.write([f"{presentable(str(report.file))}: {self.verdict(report)}{_draft(report)}"])
            return
        if self.several:
            self.not_checked.update(_not_checked(report))
        self.write(self.block(report))

    def end(self, left_out: int = 0) -> None:
        """Write what all reports come to; ``left_out`` files could not be checked."""
        if not self.several or not (self.totals.files or left_out):
            return
        if not self.quiet:
            self.write(self.not_checked_in_words())
        self.write(wrapped(self.totals.in_words(left_out), self.width))

    def write(self, lines: Iterable[str]) -> None:
        """Write lines, in colour or plain."""
        self.stream.writelines(f"{line if self.colour else click.unstyle(line)}\n" for line in lines)

    def verdict(self, report: Report) -> str:
        """Return the verdict with the numbers of errors and queries."""
        colour, words = self.says[report.verdict]
        counts = [count(report.errors, "error")] if report.errors else []
        counts += [count(report.queries, "query", "queries")] if report.queries else []
        return click.style(f"{words}{': ' if counts else ''}{', '.join(counts)}", fg=colour, bold=True)

    def block(self, report: Report) -> Iterator[str]:
        """Yield the lines on one file."""
        yield self.verdict(report)
        yield click.style(presentable(str(report.file)), bold=True)
        yield from wrapped(_about(report), self.width)
        for note in report.notes:
            yield from wrapped(f"Note: {note}", self.width)
        for severity, heading in _HEADINGS.items():
            findings = [finding for finding in report.findings if finding.severity is severity]
            if findings:
                yield ""
                yield click.style(heading, bold=True, underline=True)
                yield from entries(findings, self.width)
        if not self.several:
            yield from self.what_was_checked(report)
        else:
            yield ""

    def what_was_checked(self, report: Report) -> Iterator[str]:
        """Yield which checks ran, and which did not and why."""
        yield ""
        if report.unreadable:
            yield from wrapped("Nothing else could be checked, as the file could not be read.", self.width)
            return
        made = f"{count(len(report.ran), 'check was', 'checks were')} made; {len(report.passed)} found nothing wrong."
        yield from wrapped(made, self.width)
        for words in _not_checked(report):
            yield from wrapped(f"{words}.", self.width, "  ", "    ")

    def not_checked_in_words(self) -> Iterator[str]:
        """Yield what was not checked in several files."""
        for words, files in self.not_checked.items():
            yield from wrapped(f"{words} ({count(files, 'file')}).", self.width, "", "  ")
        if self.not_checked:
            yield ""


def _about(report: Report) -> str:
    if report.pupils is None:
        return ""
    school = f"School {report.school}" if report.school else "School not known"
    return f"{school}, {count(report.pupils, 'pupil')}, checked for the summer of {report.year}{_draft(report)}"


def _draft(report: Report) -> str:
    return f" (the rules for {report.year} are a draft: nearly all of them are assumed)" if report.is_draft else ""


def _not_checked(report: Report) -> Iterator[str]:
    if report.unreadable:
        yield "Nothing else was checked, as the file could not be read"
        return
    by_reason: dict[str, list[str]] = {}
    for code, why in report.not_run:
        by_reason.setdefault(why, []).append(code)
    for why, codes in by_reason.items():
        yield f"Not checked, as {why}{_WAYS_OUT.get(why, '')}: {_in_words(codes)}"
    for code, why in report.partly:
        yield f"Checked in part, as {why}: {_in_words([code])}"


_WAYS_OUT = {
    "no register was given": " (--register FILE)",
    "no file sent before was given": " (--previous FILE)",
    "the return that was sent was not given": " (--sent FILE)",
}
_FAMILIES = {
    "F": "the file",
    "H": "its header",
    "P": "pupils",
    "J": "judgements",
    "C": "who is expected",
    "D": "changes since the last file",
    "R": "results",
}
_COLUMNS = ["F10", "F11"]


def _in_words(codes: list[str]) -> str:
    """Say which checks are meant: several by what they are about, one alone by what it looks for."""
    by_family: dict[str, list[str]] = {}
    for code in codes:
        by_family.setdefault(code[0], []).append(code)
    return ", ".join(_family(family, each) for family, each in by_family.items())


def _family(family: str, codes: list[str]) -> str:
    if codes == _COLUMNS:
        return "the columns of a spreadsheet (F10, F11)"
    if len(codes) == 1:
        summary = CATALOGUE[codes[0]].summary
        return f"{summary if summary[:3].isupper() else summary[:1].lower() + summary[1:]} ({codes[0]})"
    return f"{_FAMILIES[family]} ({', '.join(_runs(sorted(codes)))})"


def _runs(codes: list[str]) -> Iterator[str]:
    """Shorten three or more codes that follow one another: ``C01 to C10``."""
    order = sorted(CATALOGUE)
    runs: list[list[str]] = []
    for code in codes:
        if runs and order.index(code) == order.index(runs[-1][-1]) + 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    for run in runs:
        yield from [f"{run[0]} to {run[-1]}"] if len(run) > 2 else run
