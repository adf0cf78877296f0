"""What a roll that comes in would do: who is new, who changed and how, who is the same, who is not in it. Writes nothing."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256

from keystage.pupils.matching import Tier, match
from keystage.returns.roll import Roll, RollPupil
from keystage.service.school.models import Pupil
from keystage.service.school.services.incoming_likeness import Likeness, alike
from keystage.service.school.services.pupils import FIELDS

Value = str | date | None


class What(StrEnum):
    """What a pupil in the file would come to."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ASK = "ask"
    """Perhaps somebody who is on the roll already: a person says."""
    BACK = "back"
    """Somebody who was taken off the roll: a person says."""
    HELD = "held"
    """Cannot be taken over as the file stands."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One thing that the file says otherwise."""

    field: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class RollLine:
    """One pupil in the file."""

    number: int
    """The pupil's place in the file, from 1."""
    what: What
    pupil: RollPupil
    own: Pupil | None = None
    """The pupil on the roll."""
    tier: Tier | None = None
    changes: tuple[FieldChange, ...] = ()
    kept: tuple[FieldChange, ...] = ()
    """What the roll says and the file leaves blank: kept."""
    likeness: Likeness[Pupil] | None = None
    why: str = ""

    @property
    def token(self) -> str:
        """What a form sends back: the line, and the version of the pupil that was shown."""
        return f"{self.number}:{self.own.key}:{self.own.version}" if self.own else f"{self.number}::0"

    @property
    def name(self) -> str:
        """The pupil's name in the file."""
        return self.pupil.name


@dataclass(frozen=True, slots=True)
class RollPlan:
    """What the whole file would do."""

    roll: Roll
    lines: tuple[RollLine, ...]
    not_in_file: tuple[Pupil, ...]
    """On the roll and not in the file: left alone."""
    counts: Mapping[What, int] = field(default_factory=dict)

    def of(self, what: What) -> tuple[RollLine, ...]:
        """Return the lines of one sort."""
        return tuple(line for line in self.lines if line.what is what)

    @property
    def sure(self) -> tuple[RollLine, ...]:
        """The lines that are taken over when everything is accepted."""
        return tuple(line for line in self.lines if line.what in (What.NEW, What.CHANGED))

    @property
    def seen(self) -> str:
        """What the plan would do, in one short text: a form sends it back, so that nothing unseen is taken over."""
        told = [(line.token, line.what, *map(astuple, line.changes)) for line in self.lines]
        return sha256(repr(told).encode()).hexdigest()[:16]


def plan_roll(roll: Roll, own: Sequence[Pupil]) -> RollPlan:
    """Compare a roll that comes in with the pupils of the school, those who were taken off among them."""
    present = [pupil for pupil in own if pupil.removed_at is None]
    removed = [pupil for pupil in own if pupil.removed_at is not None]
    numbers = {id(pupil): number for number, pupil in enumerate(roll.pupils, start=1)}
    first = match(roll.pupils, present)
    second = match(first.only_left, removed)
    twice = Counter(pupil.upn for pupil in roll.pupils if pupil.upn)
    ours = Counter(pupil.upn for pupil in present if pupil.upn)
    lines = [_matched(numbers[id(pair.left)], pair.left, pair.right, pair.tier) for pair in first.pairs]
    lines += [
        RollLine(
            numbers[id(pair.left)], What.BACK, pair.left, pair.right, pair.tier, *_differences(pair.left, pair.right)
        )
        for pair in second.pairs
    ]
    alone = [pupil for pupil in second.only_left if twice[pupil.upn] < 2 and not ours[pupil.upn]]
    found = alike(alone, first.only_right)
    for pupil in second.only_left:
        number = numbers[id(pupil)]
        lines.append(_alone(number, pupil, twice[pupil.upn], ours[pupil.upn], found.get(id(pupil))))
    lines.sort(key=lambda line: line.number)
    return RollPlan(roll, tuple(lines), first.only_right, Counter(line.what for line in lines))


def _matched(number: int, theirs: RollPupil, own: Pupil, tier: Tier) -> RollLine:
    changes, kept = _differences(theirs, own)
    if tier is Tier.NAME_AND_BIRTH_DATE:
        likeness = Likeness(own, 1.0, True, False)
        return RollLine(number, What.ASK, theirs, own, tier, changes, kept, likeness)
    return RollLine(number, What.CHANGED if changes else What.SAME, theirs, own, tier, changes, kept)


def _alone(number: int, pupil: RollPupil, times: int, times_here: int, likeness: Likeness[Pupil] | None) -> RollLine:
    if times > 1:
        why = f"The UPN {pupil.upn} stands {times} times in the file. Correct it there, and bring the file in again."
        return RollLine(number, What.HELD, pupil, why=why)
    if times_here:
        count = "more than one pupil" if times_here > 1 else "a pupil whose details fit another line of the file better"
        why = f"The UPN {pupil.upn} is on the roll here for {count}. Correct the roll first."
        return RollLine(number, What.HELD, pupil, why=why)
    if likeness:
        own = likeness.pupil
        return RollLine(number, What.ASK, pupil, own, None, *_differences(pupil, own), likeness)
    return RollLine(number, What.NEW, pupil)


def _differences(theirs: RollPupil, own: Pupil) -> tuple[tuple[FieldChange, ...], tuple[FieldChange, ...]]:
    """Return what the file says otherwise, and what it leaves blank where the roll says something."""
    found = [FieldChange(name, old, new) for name, old, new in _values(theirs, own) if old != new]
    changes = tuple(each for each in found if each.new)
    return changes, tuple(each for each in found if not each.new)


def _values(theirs: RollPupil, own: Pupil) -> Iterator[tuple[str, Value, Value]]:
    for name in FIELDS:
        yield name, getattr(own, name), getattr(theirs, name)
