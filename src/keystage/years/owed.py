"""Which results are owed, by subject and by where the pupil stands on the register."""

from dataclasses import dataclass
from enum import StrEnum

from keystage.years.frozen import Frozen
from keystage.years.provenance import Provenance
from keystage.years.reading import Part
from keystage.years.registration import PupilStatus, TestStatus
from keystage.years.subjects import Subject

_STATUSES = tuple(dict.fromkeys([*map(str, TestStatus), *map(str, PupilStatus)]))


class OwedState(StrEnum):
    """Whether a result is wanted."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class OwedRule:
    """What is owed in some subjects by pupils of some statuses, and why, in words."""

    subjects: tuple[Subject, ...]
    statuses: tuple[str, ...]
    state: OwedState
    reason: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Owed:
    """The rules of a year; there is exactly one for each subject and status."""

    rules: tuple[OwedRule, ...]
    lookup: Frozen[tuple[str, str], OwedRule]

    def rule(self, subject: Subject, status: str) -> OwedRule:
        """Give the rule for a subject and a status: the test's status in reading and maths, or the pupil's."""
        return self.lookup[subject, status]


def read_owed(root: Part) -> Owed:
    """Read `[[owed]]`; each subject and status must be ruled once."""
    rules: list[OwedRule] = []
    lookup: dict[tuple[str, str], OwedRule] = {}
    for part in root.parts("owed"):
        rule = _rule(part)
        rules.append(rule)
        for pair in ((subject, status) for subject in rule.subjects for status in rule.statuses):
            if pair in lookup:
                raise part.fault(f"{pair[0]} for `{pair[1]}` is ruled twice.", "one rule for each.", "statuses")
            lookup[pair] = rule
    for subject in Subject:
        if missing := [status for status in _STATUSES if (subject, status) not in lookup]:
            wrong = f"Nothing says what {subject} owes for {', '.join(missing)}."
            raise root.fault(wrong, "a rule for each subject and status.", "owed")
    return Owed(tuple(rules), Frozen(lookup))


def _rule(part: Part) -> OwedRule:
    statuses = part.texts("statuses")
    for status in statuses:
        if status not in _STATUSES:
            raise part.fault(f"`statuses` holds {status!r}.", f"some of {', '.join(_STATUSES)}.", "statuses")
    subjects, state = part.choices("subjects", Subject), part.choice("state", OwedState)
    label = f"owed: {state} {', '.join(subjects)} ({', '.join(statuses)})"
    return OwedRule(subjects, statuses, state, part.text("reason"), part.provenance(label))
