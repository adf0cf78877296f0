"""Sets what a program found beside what must be found, and counts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class NotAFinding(ValueError):
    """A value in a program's JSON, or in a pack's, is no finding; says why."""


class Key(NamedTuple):
    """What identifies a finding: the check, whose it is, the subject, and the line or cell it points at."""

    code: str
    upn: str | None
    subject: str | None
    line: int | None
    cell: str | None = None
    """In a workbook: there is no line then."""


def key_of(finding: object) -> Key:
    """Return what identifies a finding, from its JSON; what is absent, null or empty is the same.

    Raises:
        NotAFinding: it is none.
    """
    if not isinstance(finding, Mapping):
        raise NotAFinding("a finding is not an object in curly brackets")
    code, line = finding.get("code"), finding.get("line")
    if not isinstance(code, str) or not code.strip():
        raise NotAFinding("a finding has no code")
    if line is not None and (not isinstance(line, int) or isinstance(line, bool)):
        raise NotAFinding("the line of a finding is not a whole number")
    return Key(code.strip()[:40], _text(finding, "upn"), _text(finding, "subject"), line, _text(finding, "cell"))


def _text(finding: Mapping[str, object], name: str) -> str | None:
    value = finding.get(name)
    if value is not None and not isinstance(value, str):
        raise NotAFinding(f"the {name} of a finding is not a text")
    return value or None


@dataclass(slots=True)
class Tally:
    """The numbers of one check, or of all."""

    expected: int = 0
    found: int = 0
    elsewhere: int = 0
    """Found, and another line or cell was said."""
    missed: int = 0
    false_alarms: int = 0

    @property
    def is_full(self) -> bool:
        """Whether all was found, where it is, and nothing else."""
        return self.found == self.expected and not self.false_alarms

    def add(self, other: "Tally") -> None:
        """Add another's numbers."""
        self.expected += other.expected
        self.found += other.found
        self.elsewhere += other.elsewhere
        self.missed += other.missed
        self.false_alarms += other.false_alarms

    def as_dict(self) -> dict[str, int]:
        """Return the numbers as JSON has them."""
        return {name: getattr(self, name) for name in ("expected", "found", "elsewhere", "missed", "false_alarms")}


@dataclass(frozen=True, slots=True)
class Marked:
    """One case as it was marked."""

    case: str
    year: int
    check: str
    why: str = ""
    """Why there is no answer, in words; empty where there is one."""
    elsewhere: tuple[tuple[Key, Key], ...] = ()
    """What was found at another place: what must be said, and what was."""
    missed: tuple[Key, ...] = ()
    false_alarms: tuple[Key, ...] = ()
    tallies: Mapping[str, Tally] = field(default_factory=dict)

    @property
    def is_right(self) -> bool:
        """Whether there was an answer, and it is exact."""
        return not (self.why or self.elsewhere or self.missed or self.false_alarms)


def mark(
    name: str, year: int, check: str, expected: Iterable[Key], given: Iterable[Key] | None, why: str = ""
) -> Marked:
    """Mark one case. Without an answer all that must be found is missed, and a good file is not right either.

    Args:
        name: the case.
        year: its year.
        check: the check whose fault is in it.
        expected: what must be found.
        given: what the program found; None where it gave no answer.
        why: why not.
    """
    must, did = Counter(expected), Counter(given or ())
    exact = must & did
    tallies: dict[str, Tally] = {}
    for key, times in must.items():
        tallies.setdefault(key.code, Tally()).expected += times
    for key, times in exact.items():
        tallies[key.code].found += times
    elsewhere, missed, false_alarms = _apart(list((must - exact).elements()), list((did - exact).elements()))
    for right, _ in elsewhere:
        tallies[right.code].elsewhere += 1
    for key in missed:
        tallies[key.code].missed += 1
    for key in false_alarms:
        tallies.setdefault(key.code, Tally()).false_alarms += 1
    return Marked(name, year, check, why, tuple(elsewhere), tuple(missed), tuple(false_alarms), tallies)


def _apart(must: list[Key], did: list[Key]) -> tuple[list[tuple[Key, Key]], list[Key], list[Key]]:
    """Set apart what was found at another place from what was missed and what is a false alarm."""
    elsewhere: list[tuple[Key, Key]] = []
    missed: list[Key] = []
    for right in must:
        other = next((key for key in did if key[:3] == right[:3]), None)
        if other is None:
            missed.append(right)
        else:
            did.remove(other)
            elsewhere.append((right, other))
    return elsewhere, missed, did


@dataclass(slots=True)
class Score:
    """What all cases come to."""

    cases: int = 0
    right: int = 0
    unanswered: int = 0
    total: Tally = field(default_factory=Tally)
    checks: dict[str, Tally] = field(default_factory=dict)
    wrong: list[Marked] = field(default_factory=list)
    """The cases that are not right."""

    def add(self, marked: Marked) -> None:
        """Count a case."""
        self.cases += 1
        self.right += marked.is_right
        self.unanswered += bool(marked.why)
        if not marked.is_right:
            self.wrong.append(marked)
        for code, tally in marked.tallies.items():
            self.checks.setdefault(code, Tally()).add(tally)
            self.total.add(tally)

    @property
    def is_full(self) -> bool:
        """Whether every case is right, and there was one."""
        return self.cases > 0 and self.right == self.cases
