"""The findings of a report as lines of text: by pupil, and the same fault on many pupils as one entry."""

import re
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import click

from keystage.checks.catalogue import CATALOGUE
from keystage.checks.finding import Finding
from keystage.cli.streams import presentable

_MANY = 3
"""From so many pupils on the same fault is one entry with a list of names."""

_SENTENCE_ENDS = re.compile(r"(?<=[.?!]) (?=[A-Z“])")

_Fault = tuple[str, str | None]
"""A check and a subject: what makes a fault the same."""


def entries(findings: Sequence[Finding], width: int) -> Iterator[str]:
    """Say findings of one severity: those of the file, then faults that many pupils have, then pupil by pupil."""
    of_file = [each for each in findings if not each.pupil and not each.upn]
    if of_file:
        yield "  The file"
        for finding in of_file:
            yield from _one(finding, width)
    of_pupils = [each for each in findings if each.pupil or each.upn]
    common: dict[_Fault, list[Finding]] = defaultdict(list)
    for finding in of_pupils:
        common[finding.code, finding.subject].append(finding)
    many = {fault: group for fault, group in common.items() if len(set(map(_who, group))) >= _MANY}
    for group in many.values():
        yield from _same(group, width)
    rest = sorted((each for each in of_pupils if (each.code, each.subject) not in many), key=_by_name)
    for who, each in groupby(rest, key=_who):
        yield from (click.style(line, bold=True) for line in wrapped(who, width, "  ", "    "))
        for finding in each:
            yield from _one(finding, width)


def _by_name(finding: Finding) -> tuple[str, str]:
    return (finding.pupil or "").casefold(), finding.upn or ""


def _who(finding: Finding) -> str:
    return f"{finding.pupil or 'No name'} ({finding.upn or 'no UPN'})"


def _one(finding: Finding, width: int) -> Iterator[str]:
    place = f", {finding.place}" if finding.place else ""
    yield from wrapped(f"{finding.message} [{finding.code}{place}]", width, "    ")
    yield from wrapped(finding.fix, width, "    → ")


def _same(findings: list[Finding], width: int) -> Iterator[str]:
    """Say a fault once, with what is the same in every way out, and then each pupil with what is not."""
    check, subject = CATALOGUE[findings[0].code], findings[0].subject
    pupils = len(set(map(_who, findings)))
    times = f", {len(findings):,} times" if len(findings) > pupils else ""
    what = f"{check.summary}{f', {subject}' if subject else ''}: {pupils:,} pupils{times} [{check.code}]"
    yield from (click.style(line, bold=True) for line in wrapped(what, width, "  ", "    "))
    fixes = [_SENTENCE_ENDS.split(finding.fix) for finding in findings]
    same = [sentence for sentence in fixes[0] if all(sentence in fix for fix in fixes)]
    if same:
        yield from wrapped(" ".join(same), width, "    → ")
    for finding, fix in zip(findings, fixes, strict=True):
        place = f" [{finding.place}]" if finding.place else ""
        own = " ".join(sentence for sentence in fix if sentence not in same)
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
