"""What ``keystage conformance`` prints: how a program did, check by check, and where it was wrong."""

from collections.abc import Iterator, Sequence
from typing import Any

import click

from keystage import __version__
from keystage.checks import CATALOGUE
from keystage.checks.run import return_checks  # registers the checks on returns
from keystage.checks.run_results import run_results  # and those on results
from keystage.checks.totals import count
from keystage.cli.entries import wrapped
from keystage.cli.streams import presentable, print_json
from keystage.cli.table import table
from keystage.cli.text import width_of_text
from keystage.conformance.pack import Pack
from keystage.conformance.scoring import Key, Marked, Score, Tally

_LOADED = (return_checks, run_results)
_COLUMNS = ("Check", "Name", "To be found", "Found", "Elsewhere", "Missed", "False alarms")
_MOST = 20
"""Cases that are told of in full; JSON has them all."""
_EACH = 4
"""Findings of a case that are told of."""
_OTHERS = "others"


def as_text(score: Score) -> Iterator[str]:
    """Yield the lines for a person."""
    width = width_of_text()
    colour, words = ("green", "FULL MARKS") if score.is_full else ("red", "NOT FULL MARKS")
    yield click.style(f"{words}: {score.right:,} of {count(score.cases, 'file')} right", fg=colour, bold=True)
    if score.unanswered:
        yield f"{count(score.unanswered, 'file')} had no answer that could be read."
    yield ""
    yield from table(_COLUMNS, [*_rows(score), _row("All", "", score.total)], width, indent="")
    for marked in score.wrong[:_MOST]:
        yield ""
        yield from _wrong(marked, width)
    if len(score.wrong) > _MOST:
        yield ""
        yield from wrapped(f"{len(score.wrong) - _MOST:,} more were not right; --format json lists them all.", width)


def _rows(score: Score) -> Iterator[tuple[str, ...]]:
    others = Tally()
    for code in sorted(score.checks):
        if code in CATALOGUE:
            yield _row(code, CATALOGUE[code].slug, score.checks[code])
        else:
            others.add(score.checks[code])
    if others.false_alarms:
        yield _row(_OTHERS, "codes that are not in the catalogue", others)


def _row(code: str, slug: str, tally: Tally) -> tuple[str, ...]:
    numbers = (tally.expected, tally.found, tally.elsewhere, tally.missed, tally.false_alarms)
    return (code, slug, *(f"{number:,}" for number in numbers))


def _wrong(marked: Marked, width: int) -> Iterator[str]:
    yield click.style(presentable(marked.case), bold=True)
    if marked.why:
        yield from wrapped(f"No answer: {presentable(marked.why)}.", width, "  ")
        return
    said = [f"Missed: {_key(key)}" for key in marked.missed]
    said += [f"Elsewhere: {_key(right)}; the answer has {_place(other)}" for right, other in marked.elsewhere]
    said += [f"False alarm: {_key(key)}" for key in marked.false_alarms]
    for words in said[:_EACH]:
        yield from wrapped(words, width, "  ", "    ")
    if len(said) > _EACH:
        yield f"  and {len(said) - _EACH:,} more"


def _key(key: Key) -> str:
    parts = (key.code, key.upn, key.subject, _place(key))
    return ", ".join(presentable(part)[:60] for part in parts if part)


def _place(key: Key) -> str:
    if key.cell:
        return f"cell {presentable(key.cell)[:20]}"
    return f"line {key.line}" if key.line is not None else "no line"


def show_json(score: Score, pack: Pack, words: Sequence[str], *, not_tried: int) -> None:
    """Print the score for programs."""
    values = {
        "keystage": __version__,
        "pack": pack.version,
        "command": list(words),
        "full_marks": score.is_full,
        "cases": {
            "run": score.cases,
            "right": score.right,
            "wrong": score.cases - score.right,
            "unanswered": score.unanswered,
            "not_tried": not_tried,
        },
        "totals": score.total.as_dict(),
        "checks": [{"code": code, **score.checks[code].as_dict()} for code in sorted(score.checks)],
        "wrong": [_as_dict(marked) for marked in score.wrong],
    }
    print_json(values)


def _as_dict(marked: Marked) -> dict[str, Any]:
    return {
        "case": marked.case,
        "year": marked.year,
        "check": marked.check or None,
        "no_answer": marked.why or None,
        "missed": [key._asdict() for key in marked.missed],
        "elsewhere": [{**right._asdict(), "answer": other._asdict()} for right, other in marked.elsewhere],
        "false_alarms": [key._asdict() for key in marked.false_alarms],
    }
