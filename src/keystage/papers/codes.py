"""The codes of a year with their meanings, short enough for the foot of a page."""

from collections.abc import Sequence
from itertools import groupby

from keystage.papers.characters import Value
from keystage.years.codes import Code
from keystage.years.subjects import Subject
from keystage.years.year import CollectionYear


def codes_data(year: CollectionYear) -> list[Value]:
    """Return the code lists of a year; subjects with the same list share one."""
    lists: dict[tuple[Code, ...], list[Subject]] = {}
    for subject in Subject:
        lists.setdefault(year.code_table(subject).codes, []).append(subject)
    return [
        {"subjects": " and ".join(subjects).capitalize(), "codes": _entries(codes)} for codes, subjects in lists.items()
    ]


def _entries(codes: Sequence[Code]) -> list[Value]:
    """Return each code and meaning; a run of numbered codes that differ in the number alone is one entry."""
    entries: list[Value] = []
    for _, together in groupby(codes, key=_stem):
        run = list(together)
        entries.append(_run(run) if len(run) > 1 else {"code": run[0].code, "meaning": run[0].meaning})
    return entries


def _stem(each: Code) -> tuple[str, str]:
    figure = each.code[-1]
    if figure.isdigit() and each.meaning.endswith(f" {figure}"):
        return each.code[:-1], each.meaning[:-1]
    return each.code, each.meaning


def _run(run: Sequence[Code]) -> Value:
    low, high = sorted((run[0], run[-1]), key=lambda each: each.code)
    return {"code": f"{low.code}–{high.code[-1]}", "meaning": f"{low.meaning[:-2]}s {low.code[-1]} to {high.code[-1]}"}
