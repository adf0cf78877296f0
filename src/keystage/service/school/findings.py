"""What the checks say of a school's records: of which pupil each finding is, and which queries were answered."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from keystage.checks.finding import Finding, Severity
from keystage.service.school.models import Pupil, QueryNote


@dataclass(frozen=True, slots=True)
class Found:
    """A finding on the school's records, with the pupil it is about."""

    finding: Finding
    pupil: Pupil | None
    """None where it is about the whole return, or about somebody who is not on the roll."""
    hash: str
    """What a note is bound to: a finding that says something else has another."""

    @property
    def is_query(self) -> bool:
        """Whether a person may answer it with a note."""
        return self.finding.severity is Severity.QUERY

    @property
    def is_error(self) -> bool:
        """Whether it must be put right."""
        return self.finding.severity is Severity.ERROR

    @property
    def class_name(self) -> str | None:
        """The class it is about; None where it is about no pupil of a class."""
        return self.pupil.class_name if self.pupil else None


def locate(findings: Iterable[Finding], reported: Sequence[Pupil], roll: Sequence[Pupil]) -> tuple[Found, ...]:
    """Find the pupil of each finding: by UPN, and by name where the UPN is missing or stands twice.

    Args:
        findings: what the checks found.
        reported: the pupils in the return, in its order.
        roll: every pupil of the school: a finding may be of one who is not in the return.
    """
    return tuple(_locate(findings, _by_upn(reported), _by_upn(roll)))


def _by_upn(pupils: Sequence[Pupil]) -> Mapping[str, list[Pupil]]:
    found: dict[str, list[Pupil]] = {}
    for pupil in pupils:
        found.setdefault(pupil.upn, []).append(pupil)
    return found


def _locate(
    findings: Iterable[Finding], reported: Mapping[str, list[Pupil]], roll: Mapping[str, list[Pupil]]
) -> Iterator[Found]:
    turns: Counter[tuple[str | None, ...]] = Counter()
    for finding in findings:
        alike = _candidates(finding, reported) or _candidates(finding, roll)
        # Twins in every respect take their findings in turn, as the checks go through the pupils in order.
        which = (finding.code, finding.subject, finding.upn, finding.pupil)
        pupil = alike[turns[which] % len(alike)] if alike else None
        turns[which] += 1
        yield Found(finding, pupil, hash_of(finding, pupil.key if pupil else ""))


def _candidates(finding: Finding, pupils: Mapping[str, list[Pupil]]) -> list[Pupil]:
    if finding.upn is None and finding.pupil is None:
        return []
    held = pupils.get(finding.upn or "", [])
    named = [pupil for pupil in held if pupil.name == (finding.pupil or "")]
    return named or (held if finding.upn and len(held) == 1 else [])


def hash_of(finding: Finding, pupil_key: str) -> str:
    """Return a hash of everything that a note on a finding answers."""
    who = pupil_key or f"{finding.upn or ''} {finding.pupil or ''}"
    said = [finding.code, who, finding.subject, finding.value, finding.message]
    return hashlib.sha256(json.dumps(said, ensure_ascii=True).encode("ascii")).hexdigest()


@dataclass(frozen=True, slots=True)
class Answers:
    """The notes on queries, sorted into those that still hold and those that are past."""

    standing: Mapping[str, QueryNote]
    """By the hash of the finding that each answers."""
    past: tuple[QueryNote, ...]
    """Withdrawn, or of a finding that now says something else or is gone; the newest first."""

    @classmethod
    def of(cls, notes: Iterable[QueryNote], found: Iterable[Found]) -> "Answers":
        """Sort notes, in the order in which they were written."""
        asked = {each.hash for each in found if each.is_query}
        standing: dict[str, QueryNote] = {}
        past: list[QueryNote] = []
        for note in notes:
            if note.withdrawn_at is None and note.found in asked:
                if note.found in standing:
                    past.append(standing[note.found])
                standing[note.found] = note
            else:
                past.append(note)
        return cls(standing, tuple(reversed(past)))
