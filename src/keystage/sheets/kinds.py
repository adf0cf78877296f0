"""What a spreadsheet is that is no filled template: a register, a list of results, or a report of Keystage's own."""

from enum import Enum
from functools import lru_cache
from pathlib import Path

_HEADINGS_WITHIN = 64_000
"""Bytes at the beginning of a CSV file among which its headings stand."""


class Kind(Enum):
    """The kinds of spreadsheet that are not returns."""

    REGISTER = "a register of expected pupils"
    RESULTS = "a list of results"
    REPORT = "a report that Keystage made"


def kind_of(path: Path) -> Kind | None:
    """Say which kind a spreadsheet is; None for one that may be a return, or that cannot be read."""
    if path.suffix.lower() != ".csv":
        return _kind(path, path.name)
    try:
        with path.open("rb") as file:
            beginning = file.read(_HEADINGS_WITHIN)
    except OSError:
        return None
    return kind_of_csv(beginning)


def kind_of_csv(content: bytes) -> Kind | None:
    """Say which kind the content of a CSV file is."""
    first = content[:2_000].partition(b"\n")[0]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):  # two bytes a letter: lines cannot be told apart so
        return _kind(content[:_HEADINGS_WITHIN], ".csv")
    return _kind_of_line(first) or _kind(b"\n".join(content[:_HEADINGS_WITHIN].splitlines()[:20]), ".csv")


@lru_cache(maxsize=256)
def _kind_of_line(headings: bytes) -> Kind | None:
    """Remember headings, as the registers of a country are mostly made by the same few programs."""
    return _kind(headings, ".csv")


def _kind(source: Path | bytes, name: str) -> Kind | None:
    from keystage.sheets import looks_like_register, looks_like_results, read_table

    try:
        table = read_table(source, name=name)
    except Exception:  # whatever is wrong with it is told when it is checked
        return None
    if looks_like_register(table):
        return Kind.REGISTER
    if {"severity", "slug", "fix"} <= set(table.headings) or {"What is wrong", "What to do"} <= set(table.headings):
        return Kind.REPORT
    return Kind.RESULTS if looks_like_results(table) else None
