"""Writes ``docs/checks.md`` from the catalogue: ``python docs/checks_page.py``. A test says when it is out of date.

What a school reads is shown with a real finding: that of the first case of the conformance pack in which the check
fires, by the code of the file that must be found in it.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from keystage.checks import CATALOGUE
from keystage.checks.catalogue import Check, Stage
from keystage.checks.finding import Finding
from keystage.conformance.case import Case
from keystage.conformance.cases import IN_NO_FILE, cases

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))
from conformance.checking import report_on

PAGE = Path(__file__).with_name("checks.md")
YEAR = 2026
"""The collection year whose cases are shown: the latest that is no draft."""

_TITLES = {
    Stage.FILE: "The file",
    Stage.HEADER: "The header",
    Stage.PUPILS: "The pupils",
    Stage.JUDGEMENTS: "The judgements",
    Stage.COHORT: "The cohort",
    Stage.RESUBMISSION: "The file sent before",
    Stage.SIGN_OFF: "The signatures",
    Stage.RESULTS: "Results",
}

_HEAD = """\
# The checks

Made from the catalogue by `docs/checks_page.py`; do not edit.

An **error** must be put right: the return cannot be accepted. A **query** may be right: a person confirms it with a
note. An **info** blocks nothing. The report says which checks ran, which passed, and which could not be run and why.

The official rule book was not available. The rules here follow what authorities and suppliers publish of it, and what
is worked out from that: “assumed” says that nobody states the rule in a page that was read. Keystage has not been tried
against the real national portal.

Under each code stands what must be so, and what a school reads where it is not: the finding in a made-up file of the
[conformance pack](conformance.md). Nobody in it is real.
"""


def page() -> str:
    """Return the page as it should be."""
    found = examples()
    return "".join([_HEAD, *_contents(), *(part for stage in _TITLES for part in _family(stage, found))])


def _contents() -> Iterator[str]:
    yield "\n| About | Checks | |\n|---|---|---|\n"
    for stage, title in _TITLES.items():
        links = " · ".join(f"[{each.code}](#{each.code.lower()})" for each in _of(stage))
        yield f"| [{title}](#{title.lower().replace(' ', '-')}) | {links} | {len(_of(stage))} |\n"


def _of(stage: Stage) -> list[Check]:
    return sorted((each for each in CATALOGUE.values() if each.stage is stage), key=lambda each: each.code)


def _family(stage: Stage, found: dict[str, tuple[Case, Finding]]) -> Iterator[str]:
    yield f"\n## {_TITLES[stage]}\n"
    for check in _of(stage):
        yield f"\n### {check.code}\n\n**{check.summary}** (`{check.slug}`, {check.severity})\n\n{check.purpose}\n"
        if check.code in found:
            yield from _example(*found[check.code])
        else:
            yield f"\n{IN_NO_FILE[check.code]}\n"
        yield f"\n*How sure:* {check.grounds.basis}: {check.grounds.source}.\n"
        if check.needs:
            yield f"\n*Not run where* {'; '.join(each.value for each in check.needs)}.\n"


def _example(case: Case, finding: Finding) -> Iterator[str]:
    yield f"\nIn a made-up file: {case.title[:1].lower()}{case.title[1:]}\n"
    place = f" ({finding.place})" if finding.place else ""
    yield f"\n> {_plain(finding.message)}{place}\n>\n> → {_plain(finding.fix)}\n"
    if finding.allowed:
        yield f"\n*Allowed there:* {', '.join(f'`{each}`' for each in finding.allowed)}.\n"


def _plain(text: str) -> str:
    """Keep what looks like a mark of Markdown or HTML as it is."""
    return text.replace("*", r"\*").replace("<", r"\<")


def examples() -> dict[str, tuple[Case, Finding]]:
    """Return, for each check, the first case that was made for it, else the first of all, and what is found there."""
    shown: dict[str, tuple[Case, Finding]] = {}
    for case in sorted(cases([YEAR]), key=lambda each: not each.check):  # those that were made for a check come first
        wanted = {each["code"] for each in case.findings} - set(shown)
        if case.check in wanted or (wanted and not case.check):
            for finding in report_on(case).findings:
                if finding.code == case.check or (not case.check and finding.code in wanted):
                    shown.setdefault(finding.code, (case, finding))
    return shown


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
