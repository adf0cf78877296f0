"""The findings of a report as lines of text: by pupil, and the same fault on many pupils as one entry."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence

import click

from keystage.checks.finding import Finding
from keystage.checks.grouping import Shared, grouped
from keystage.cli.streams import presentable


def entries(findings: Sequence[Finding], width: int) -> Iterator[str]:
    """Say findings of one severity: those of the file, then faults that many pupils have, then pupil by pupil."""
    groups = grouped(findings)
    if groups.of_file:
        yield "  The file"
        for finding in groups.of_file:
            yield from _one(finding, width)
    for fault in groups.of_many:
        yield from _same(fault, width)
    for who, of_pupil in groups.by_pupil:
        yield from (click.style(line, bold=True) for line in wrapped(who, width, "  ", "    "))
        for finding in of_pupil:
            yield from _one(finding, width)


def _one(finding: Finding, width: int) -> Iterator[str]:
    place = f", {finding.place}" if finding.place else ""
    yield from wrapped(f"{finding.message} [{finding.code}{place}]", width, "    ")
    yield from wrapped(finding.fix, width, "    → ")


def _same(fault: Shared, width: int) -> Iterator[str]:
    """Say a fault once, with what is the same in every way out, and then each pupil with what is not."""
    pupils = fault.pupils
    times = f", {len(fault.findings):,} times" if len(fault.findings) > pupils else ""
    what = f"{fault.summary}: {pupils:,} pupils{times} [{fault.code}]"
    yield from (click.style(line, bold=True) for line in wrapped(what, width, "  ", "    "))
    if fault.fix:
        yield from wrapped(fault.fix, width, "    → ")
    for finding, own in zip(fault.findings, fault.own_fixes, strict=True):
        place = f" [{finding.place}]" if finding.place else ""
        yield from wrapped(f"{finding.upn or 'no UPN'}  {finding.message}{place}", width, "    · ")
        if own:
            yield from wrapped(own, width, "      → ")


def wrapped(words: str, width: int, lead: str = "", rest: str | None = None) -> Iterable[str]:
    """Break a text into lines no longer than ``width``, words kept whole."""
    # What stands in square brackets is one place, so it stays together.
    kept = re.sub(r"\[[^][]{1,40}\]$", lambda found: found[0].replace(" ", "\0"), presentable(words))
    lines = textwrap.wrap(
        kept,
        width,
        initial_indent=lead,
        subsequent_indent=" " * len(lead) if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace("\0", " ") for line in lines]
