"""What revised results change, pupil by pupil, against those that were released before."""

from collections.abc import Iterator, Sequence
from typing import Any

from keystage.pupils.matching import match
from keystage.returns.results import PupilResult, TestResult
from keystage.years.subjects import Subject, Test
from keystage.years.year import CollectionYear

_IDENTITY = (("upn", "UPN"), ("surname", "surname"), ("forename", "forename"))


def changes_of(before: Sequence[PupilResult], now: Sequence[PupilResult], year: CollectionYear) -> list[dict[str, Any]]:
    """Return who changed and in what, by name: plain values, ``state`` being ``changed``, ``new`` or ``gone``."""
    found = match(before, now)
    said = [
        _said(pair.right, "changed", differences)
        for pair in found.pairs
        if (differences := list(_differences(pair.left, pair.right, year)))
    ]
    said += [_said(each, "new", []) for each in found.only_right]
    said += [_said(each, "gone", []) for each in found.only_left]
    return sorted(said, key=lambda each: (each["name"].casefold(), each["upn"]))


def _said(pupil: PupilResult, state: str, differences: list[dict[str, str]]) -> dict[str, Any]:
    return {"upn": pupil.upn, "name": pupil.name, "state": state, "changes": differences}


def _differences(before: PupilResult, now: PupilResult, year: CollectionYear) -> Iterator[dict[str, str]]:
    pairs = [(words, getattr(before, name), getattr(now, name)) for name, words in _IDENTITY]
    pairs.append(("date of birth", before.birth_text, now.birth_text))
    for test in Test:
        name = year.test(test).name
        of = (_values(before.tests.get(test)), _values(now.tests.get(test)))
        pairs += [(f"{name}: {what}", of[0][what], of[1][what]) for what in of[0]]
    pairs += [
        (f"{subject} teacher assessment", before.ta.get(subject, ""), now.ta.get(subject, "")) for subject in Subject
    ]
    return ({"what": what, "before": was, "after": is_} for what, was, is_ in pairs if was != is_)


def _values(result: TestResult | None) -> dict[str, str]:
    held = result or TestResult()
    return {
        "marks": held.raw_text, "scaled score": held.scaled_text, "outcome": held.outcome,
        "special consideration": held.special,
    }  # fmt: skip
