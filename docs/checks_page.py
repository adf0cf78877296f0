"""Writes ``docs/checks.md`` from the catalogue: ``python docs/checks_page.py``. A test says when it is out of date."""

from pathlib import Path

from keystage.checks import CATALOGUE
from keystage.checks.catalogue import Check, Stage

PAGE = Path(__file__).with_name("checks.md")

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

_COLUMNS = "| Code | Name | | What must be so | How sure | Not run where |\n|---|---|---|---|---|---|\n"
_COLUMNS = "| Code | Name | | What must be so | How sure | Not run where |\n|---|---|---|---|---|---|\n"
_HEAD = """\
# The checks

Made from the catalogue by `docs/checks_page.py`; do not edit.

An **error** must be put right: the return cannot be accepted. A **query** may be right: a person confirms it with a
note. An **info** blocks nothing. The report says which checks ran, which passed, and which could not be run and why.

The official rule book was not available. The rules here follow what authorities and suppliers publish of it, and what
is worked out from that: “assumed” says that nobody states the rule in a page that was read. Keystage has not been tried
against the real national portal.
"""


def page() -> str:
    """Return the page as it should be."""
    parts = [_HEAD]
    for stage, title in _TITLES.items():
        parts.append(f"\n## {title}\n\n{_COLUMNS}")
        parts += [_row(check) for check in sorted(CATALOGUE.values(), key=_code) if check.stage is stage]
    return "".join(parts)


def _code(check: Check) -> str:
    return check.code


def _row(check: Check) -> str:
    needs = "; ".join(need.value for need in check.needs)
    how_sure = f"{check.grounds.basis}: {check.grounds.source}"
    return f"| {check.code} | {check.slug} | {check.severity} | {check.purpose} | {how_sure} | {needs} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
