"""Reports as text, for a tired person at 5 pm on deadline day: the verdict first, then what to do, then the rest."""

import shutil
from collections.abc import Iterable, Iterator
from typing import IO

import click

from keystage.checks.finding import Severity
from keystage.checks.report import Report, Verdict
from keystage.checks.totals import Totals, count
from keystage.checks.unrun import Unrun, unrun_in_words
from keystage.cli.entries import entries, wrapped
from keystage.cli.streams import presentable

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
        self.unrun = Unrun()

    def show(self, report: Report) -> None:
        """Write one report."""
        self.totals.add(report)
        if self.quiet:
            self.write([f"{presentable(str(report.file))}: {self.verdict(report)}{_draft(report)}"])
            return
        if self.several:
            self.unrun.add(report)
        self.write(self.block(report))

    def end(self, left_out: int = 0) -> None:
        """Write what all reports come to; ``left_out`` files could not be checked."""
        if not self.several or not (self.totals.files or left_out):
            return
        if not self.quiet:
            self.write(self.what_was_not_checked())
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
        yield from _guide(report, self.width)
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
        for words in unrun_in_words(report):
            yield from wrapped(f"{words}.", self.width, "  ", "    ")

    def what_was_not_checked(self) -> Iterator[str]:
        """Yield what was not checked in several files."""
        for words in self.unrun.in_words():
            yield from wrapped(words, self.width, "", "  ")
        if self.unrun.files:
            yield ""


def _guide(report: Report, width: int) -> Iterator[str]:
    """Say where to read how findings are put right in the system that made the file, where that is known."""
    if not (report.supplier and report.failed):
        return
    from keystage.guides import guide_for

    guide = guide_for(report.supplier)
    if guide and not guide.codes.isdisjoint(report.failed):
        yield ""
        yield from wrapped(
            f"How to put the commonest of these right in {guide.name}: keystage guide {guide.key}", width
        )


def _about(report: Report) -> str:
    if report.pupils is None:
        return ""
    school = f"School {report.school}" if report.school else "School not known"
    return f"{school}, {count(report.pupils, 'pupil')}, checked for the summer of {report.year}{_draft(report)}"


def _draft(report: Report) -> str:
    return f" (the rules for {report.year} are a draft: nearly all of them are assumed)" if report.is_draft else ""
