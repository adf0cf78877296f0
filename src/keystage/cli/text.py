"""Reports as text, for a tired person at 5 pm on deadline day: the verdict first, then what to do, then the rest."""

import shutil
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import IO

import click

from keystage.checks.catalogue import CATALOGUE
from keystage.checks.finding import Finding, Severity
from keystage.checks.report import Report, Verdict

_MANY = 4
"""From so many pupils on the same fault is one entry with a list of names."""

_SAYS = {
    Verdict.ERRORS: ("red", "NOT READY TO SEND"),
    Verdict.UNREADABLE: ("red", "CANNOT BE READ"),
    Verdict.QUERIES: ("yellow", "READY ONCE THE QUERIES ARE ANSWERED"),
    Verdict.CLEAN: ("green", "CLEAN"),
}
_HEADINGS = {
    Severity.ERROR: "Errors: these must be put right",
    Severity.QUERY: "Queries: correct them, or confirm them with a note",
    Severity.INFO: "For your information",
}


def text(stream: IO[str], *, quiet: bool, colour: bool) -> Iterator[Callable[[Report], None]]:
    """Write each report as it comes, and at the end of several what they come to."""
    width = min(shutil.get_terminal_size((100, 24)).columns, 110)
    totals: Counter[str] = Counter()

    def show(report: Report) -> None:
        totals.update(files=1, pupils=report.pupils or 0, errors=report.errors, queries=report.queries)
        totals[report.verdict] += 1
        lines = [] if totals["files"] == 1 or quiet else [""]
        lines += _head(report, quiet) if quiet else [*_head(report, quiet), *_body(report, width)]
        stream.writelines(f"{line if colour else click.unstyle(line)}\n" for line in lines)

    yield show
    if totals["files"] > 1:
        line = click.style(_summary(totals), bold=True)
        stream.write(f"{'' if quiet else chr(10)}{line if colour else click.unstyle(line)}\n")


def _summary(totals: Counter[str]) -> str:
    parts = [f"{_count(totals['files'], 'file')}, {_count(totals['pupils'], 'pupil')}"]
    for verdict, words in (
        (Verdict.CLEAN, "clean"),
        (Verdict.QUERIES, "with queries only"),
        (Verdict.ERRORS, "with errors"),
    ):
        parts.append(f"{totals[verdict]:,} {words}")
    if totals[Verdict.UNREADABLE]:
        parts.append(f"{totals[Verdict.UNREADABLE]:,} that cannot be read")
    return f"{parts[0]}: {', '.join(parts[1:])}."


def _head(report: Report, quiet: bool) -> list[str]:
    colour, words = _SAYS[report.verdict]
    counts = [_count(report.errors, "error")] if report.errors else []
    counts += [_count(report.queries, "query", "queries")] if report.queries else []
    verdict = click.style(f"{words}{': ' + ', '.join(counts) if counts else ''}", fg=colour, bold=True)
    if quiet:
        return [f"{report.file}: {verdict}"]
    return [click.style(str(report.file), bold=True), *_about(report), verdict]


def _about(report: Report) -> list[str]:
    if report.pupils is None:
        return []
    school = f"school {report.school}" if report.school else "school not known"
    draft = " (a draft: most of its rules are assumed)" if report.is_draft else ""
    return [f"{school}, {_count(report.pupils, 'pupil')}, checked for the summer of {report.year}{draft}"]


def _body(report: Report, width: int) -> Iterator[str]:
    yield from (f"Note: {note}" for note in report.notes)
    for severity, heading in _HEADINGS.items():
        findings = [finding for finding in report.findings if finding.severity is severity]
        if findings:
            yield ""
            yield click.style(heading, bold=True, underline=True)
            yield from _findings(findings, width)
    yield from _not_checked(report, width)


def _findings(findings: list[Finding], width: int) -> Iterator[str]:
    common = Counter(finding.code for finding in findings if finding.pupil is not None)
    many = {code for code, count in common.items() if count >= _MANY}
    for code in CATALOGUE:
        if code in many:
            yield from _same_fault([finding for finding in findings if finding.code == code], width)
    rest = [finding for finding in findings if finding.code not in many]
    for (upn, pupil), group in groupby(sorted(rest, key=_by_pupil), key=lambda finding: (finding.upn, finding.pupil)):
        yield f"  {_who(upn, pupil)}"
        for finding in group:
            yield from _one(finding, width)


def _by_pupil(finding: Finding) -> tuple[bool, str, str]:
    return finding.pupil is not None, finding.pupil or "", finding.upn or ""


def _who(upn: str | None, pupil: str | None) -> str:
    if pupil is None and upn is None:
        return "The file"
    return click.style(f"{pupil or 'No name'} ({upn or 'no UPN'})", bold=True)


def _one(finding: Finding, width: int) -> Iterator[str]:
    place = f" [{finding.code}{', ' + finding.place if finding.place else ''}]"
    yield from _wrapped(finding.message + place, width, "    ")
    yield from _wrapped(finding.fix, width, "    → ")


def _same_fault(findings: list[Finding], width: int) -> Iterator[str]:
    check = CATALOGUE[findings[0].code]
    yield click.style(f"  {check.summary}: {len(findings):,} times", bold=True) + f" [{check.code}]"
    fixes = {finding.fix for finding in findings}
    if len(fixes) == 1:
        yield from _wrapped(fixes.pop(), width, "    → ")
        fixes.clear()
    for finding in findings:
        place = f" [{finding.place}]" if finding.place else ""
        yield from _wrapped(f"{finding.upn or 'no UPN'}  {finding.message}{place}", width, "    · ")
        if fixes:
            yield from _wrapped(finding.fix, width, "      → ")


def _wrapped(words: str, width: int, lead: str) -> Iterable[str]:
    return textwrap.wrap(
        words,
        width,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _not_checked(report: Report, width: int) -> Iterator[str]:
    if report.unreadable:
        yield from ("", "Nothing else could be checked, as the file could not be read.")
        return
    by_reason: dict[str, list[str]] = {}
    for code, why in report.not_run:
        by_reason.setdefault(why, []).append(code)
    yield ""
    yield f"Checked: {len(report.ran)} checks, {len(report.passed)} passed."
    for why, codes in by_reason.items():
        yield from _wrapped(f"Not checked: {_codes(codes)}, as {why}.", width, "  ")
    for code, why in report.partly:
        yield from _wrapped(f"Checked in part: {code}, as {why}.", width, "  ")


def _codes(codes: list[str]) -> str:
    """Return ``C01–C10`` for a run of codes, in words where a whole family is meant."""
    families = {code[0]: [each for each in codes if each[0] == code[0]] for code in codes}
    return ", ".join(_family(each) for each in families.values())


def _family(codes: list[str]) -> str:
    whole = [code for code in CATALOGUE if code[0] == codes[0][0]]
    names = {"C": "who is expected", "D": "differences from the last file", "J": "judgements"}
    if sorted(codes) == sorted(whole) and codes[0][0] in names:
        return f"{names[codes[0][0]]} ({codes[0]} to {codes[-1]})"
    return ", ".join(codes)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
