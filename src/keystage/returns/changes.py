"""What changed between two returns of a school: pupils added and dropped, identities, judgements."""

from dataclasses import dataclass
from typing import NamedTuple

from keystage.pupils.matching import match
from keystage.returns.value import Pupil, Return
from keystage.years.subjects import Subject

IDENTITY = ("upn", "surname", "forename", "birth_date", "sex")


class IdentityChange(NamedTuple):
    """One field of a pupil's identity that differs; dates as ``YYYY-MM-DD``."""

    pupil: Pupil
    """The pupil as the newer return has it."""
    field: str
    before: str
    after: str


class JudgementChange(NamedTuple):
    """One judgement that differs; an empty code means that there is none."""

    pupil: Pupil
    subject: Subject
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs from an older return to a newer one."""

    added: tuple[Pupil, ...]
    dropped: tuple[Pupil, ...]
    identities: tuple[IdentityChange, ...]
    judgements: tuple[JudgementChange, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.dropped or self.identities or self.judgements)


def changes(old: Return, new: Return) -> Changes:
    """Compare two returns, matching pupils in the tiers of :mod:`keystage.pupils.matching`."""
    matching = match(new.pupils, old.pupils)
    pairs = [(pair.left, pair.right) for pair in matching.pairs]
    # Records too bare to be matched, or that stand twice, are unchanged where they stand in both to the letter.
    alike: dict[tuple[str, ...], list[Pupil]] = {}
    for pupil in matching.only_right:
        alike.setdefault(_identity(pupil), []).append(pupil)
    added: list[Pupil] = []
    for pupil in matching.only_left:
        if same := alike.get(_identity(pupil)):
            pairs.append((pupil, same.pop(0)))
        else:
            added.append(pupil)
    dropped = [pupil for group in alike.values() for pupil in group]
    return Changes(
        added=tuple(added),
        dropped=tuple(dropped),
        identities=tuple(change for new_one, old_one in pairs for change in _identities(new_one, old_one)),
        judgements=tuple(change for new_one, old_one in pairs for change in _judgements(new_one, old_one)),
    )


def _identity(pupil: Pupil) -> tuple[str, ...]:
    return tuple(_text(pupil, field) for field in IDENTITY)


def _identities(new: Pupil, old: Pupil) -> list[IdentityChange]:
    return [
        IdentityChange(new, field, before, after)
        for field in IDENTITY
        if (before := _text(old, field)) != (after := _text(new, field))
    ]


def _text(pupil: Pupil, field: str) -> str:
    value = getattr(pupil, field)
    return pupil.birth_text if value is None else str(value)


def _judgements(new: Pupil, old: Pupil) -> list[JudgementChange]:
    return [
        JudgementChange(new, subject, before, after)
        for subject in Subject
        if (before := old.code(subject)) != (after := new.code(subject))
    ]
