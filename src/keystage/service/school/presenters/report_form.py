"""What the page on which a pupil's report is written shows beside its fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from keystage.service.school.lines import Line
from keystage.service.school.models import PupilReport, ReportSettings
from keystage.service.school.presenters.report_words import FIELD_WORDS, TEST_WORDS
from keystage.service.school.report_content import Content
from keystage.service.school.services.report_settings import OnEveryReport, on_every_report
from keystage.service.school.services.report_texts import ReportTexts, changes
from keystage.years.subjects import Test
from keystage.years.year import CollectionYear


@dataclass(frozen=True, slots=True)
class Untaken:
    """A test that gave no score, and why, as far as the outcome says."""

    test: Test
    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Side:
    """One field of which two people say different things."""

    words: str
    yours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """What the second person must be shown."""

    by: str
    sides: tuple[Side, ...]
    version: int
    """The version to save over, once the person has chosen."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Whose report comes before and after, by key; empty at the ends."""

    before: str
    after: str
    place: int
    total: int


def untaken(content: Content, year: CollectionYear) -> tuple[Untaken, ...]:
    """Return the tests that gave no score: those for which a reason is owed."""
    result = content.report.result
    found = []
    for test in Test:
        known = year.outcomes.get(result.tests[test].outcome) if result and test in result.tests else None
        if known is not None and known.has_score is False:
            found.append(Untaken(test, TEST_WORDS[test], f"{known.meaning} ({known.code})"))
    return tuple(found)


def neighbours(lines: Sequence[Line], key: str) -> Neighbours:
    """Return whose report comes before and after a pupil's."""
    keys = [line.pupil.key for line in lines]
    at = keys.index(key)
    return Neighbours(keys[at - 1] if at else "", keys[at + 1] if at + 1 < len(keys) else "", at + 1, len(keys))


def conflict(yours: ReportTexts, theirs: PupilReport) -> Conflict:
    """Return what two people wrote of a pupil where they differ."""
    sides: list[Side] = []
    for name, value in changes(theirs, yours).items():
        held = getattr(theirs, name)
        if name == "reasons":
            sides += [
                Side(f"Why the {TEST_WORDS[Test(test)]} test was not taken", value.get(test, ""), held.get(test, ""))
                for test in sorted({*value, *held})
                if value.get(test, "") != held.get(test, "")
            ]
        else:
            sides.append(Side(FIELD_WORDS[name], _shown(value), _shown(held)))
    return Conflict(_who(theirs), tuple(sides), theirs.version)


_SETTINGS = {
    "arrangements": "How to discuss the report",
    "head_name": "Headteacher’s name",
    "head_words": "Headteacher’s words",
    "language": "Language",
    "hidden_below": "Hidden below",
}


def settings_conflict(yours: OnEveryReport, theirs: ReportSettings) -> Conflict:
    """Return what two people set for every report where they differ."""
    held = on_every_report(theirs)
    sides = tuple(
        Side(words, _shown(getattr(yours, name)), _shown(getattr(held, name)))
        for name, words in _SETTINGS.items()
        if getattr(yours, name) != getattr(held, name)
    )
    return Conflict(_who(theirs), sides, theirs.version)


def _who(theirs: PupilReport | ReportSettings) -> str:
    return str(theirs.changed_by) if theirs.changed_by else "Somebody else"


def _shown(value: Any) -> str:
    return "" if value is None else str(value)
