"""Findings put together for a person: of the file, faults that many pupils have, and the rest pupil by pupil."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from keystage.checks.catalogue import CATALOGUE
from keystage.checks.finding import Finding

_MANY = 3
"""From so many pupils on the same fault is one entry with a list of names."""

_SENTENCE_ENDS = re.compile(r"(?<=[.?!]) (?=[A-Z“])")


class OfPupil(NamedTuple):
    """What was found of one pupil."""

    who: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """One fault, by its check and subject, of many pupils or of one."""

    code: str
    subject: str | None
    findings: tuple[Finding, ...]
    fix: str
    """What is the same in every way out."""
    own_fixes: tuple[str, ...]
    """What each finding's way out says besides; in the order of the findings."""

    @property
    def pupils(self) -> int:
        """How many pupils have it."""
        return len(set(map(who, self.findings)))

    @property
    def summary(self) -> str:
        """What is wrong, in a few words."""
        return f"{CATALOGUE[self.code].summary}{f', {self.subject}' if self.subject else ''}"


@dataclass(frozen=True, slots=True)
class Grouped:
    """Findings of one severity."""

    of_file: tuple[Finding, ...]
    of_many: tuple[Shared, ...]
    by_pupil: tuple[OfPupil, ...]
    """What is in neither of the others, by name."""


def grouped(findings: Sequence[Finding]) -> Grouped:
    """Put findings of one severity together."""
    of_pupils = [each for each in findings if is_of_pupil(each)]
    many = {key: group for key, group in _by_fault(of_pupils).items() if len(set(map(who, group))) >= _MANY}
    return Grouped(
        tuple(each for each in findings if not is_of_pupil(each)),
        tuple(map(shared, many.values())),
        by_pupil(each for each in of_pupils if (each.code, each.subject) not in many),
    )


def by_pupil(findings: Iterable[Finding]) -> tuple[OfPupil, ...]:
    """Put findings of pupils together by pupil, in the order of their names."""
    ordered = sorted(findings, key=lambda each: ((each.pupil or "").casefold(), each.upn or ""))
    return tuple(OfPupil(name, tuple(group)) for name, group in groupby(ordered, key=who))


def by_fault(findings: Iterable[Finding]) -> tuple[Shared, ...]:
    """Put findings of pupils together by fault, in the order of the catalogue, however many pupils have it."""
    return tuple(map(shared, _by_fault(findings).values()))


def _by_fault(findings: Iterable[Finding]) -> dict[tuple[str, str | None], list[Finding]]:
    found: dict[tuple[str, str | None], list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.code, finding.subject].append(finding)
    return found


def shared(findings: Sequence[Finding]) -> Shared:
    """Say a fault once: what is the same in every way out, and for each finding what is not."""
    fixes = [_SENTENCE_ENDS.split(finding.fix) for finding in findings]
    same = [sentence for sentence in fixes[0] if all(sentence in fix for fix in fixes)]
    own = (" ".join(sentence for sentence in fix if sentence not in same) for fix in fixes)
    return Shared(findings[0].code, findings[0].subject, tuple(findings), " ".join(same), tuple(own))


def is_of_pupil(finding: Finding) -> bool:
    """Say whether a finding is of a pupil, and not of the file."""
    return bool(finding.pupil or finding.upn)


def who(finding: Finding) -> str:
    """Return the pupil of a finding, with the UPN."""
    return f"{finding.pupil or 'No name'} ({finding.upn or 'no UPN'})"
