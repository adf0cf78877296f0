"""What a roll that comes in would do: who is new, who changed and how, who is the same. Nothing is written."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256

from keystage.pupils.matching import Match, Tier, match
from keystage.returns.roll import PARTS, Roll, RollPupil
from keystage.service.school.models import Pupil
from keystage.service.school.reading import roll_pupil
from keystage.service.school.services.incoming_likeness import Likeness, alike
from keystage.service.school.services.incoming_room import too_long
from keystage.service.school.services.pupils import FIELDS

Value = str | date | bool | None


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
    likeness: Likeness | None = None
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
        return tuple(line for line in self.lines if line.what == what)

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
    return _Planning(roll, own).plan()


class _Planning:
    def __init__(self, roll: Roll, own: Sequence[Pupil]) -> None:
        self.roll = roll
        self.known = {pupil.key: pupil for pupil in own}
        self.present = [roll_pupil(pupil) for pupil in own if pupil.removed_at is None]
        self.removed = [roll_pupil(pupil) for pupil in own if pupil.removed_at is not None]
        self.numbers = {id(pupil): number for number, pupil in enumerate(roll.pupils, start=1)}
        self.said = {field for field, words in PARTS.items() if words not in roll.absent}
        self.twice = Counter(pupil.upn for pupil in roll.pupils if pupil.upn)
        self.ours = Counter(pupil.upn for pupil in self.present if pupil.upn)

    def plan(self) -> RollPlan:
        first = match(self.roll.pupils, self.present)
        second = match(first.only_left, self.removed)
        lines = [self.matched(pair) for pair in first.pairs]
        lines += [self.line(What.BACK, pair.left, pair.right.key, pair.tier) for pair in second.pairs]
        alone = [pupil for pupil in second.only_left if not self.why_held(pupil)]
        likely = alike(alone, first.only_right)
        lines += [self.alone(pupil, likely.get(id(pupil))) for pupil in second.only_left]
        lines = [self.held_where_too_long(line) for line in lines]
        lines.sort(key=lambda line: line.number)
        not_in_file = tuple(self.known[pupil.key] for pupil in first.only_right)
        return RollPlan(self.roll, tuple(lines), not_in_file, Counter(line.what for line in lines))

    def matched(self, pair: Match[RollPupil, RollPupil]) -> RollLine:
        if pair.tier is Tier.NAME_AND_BIRTH_DATE:
            likeness = Likeness(pair.right, 1.0, same_birth_date=True, nearly_same_upn=False)
            return self.line(What.ASK, pair.left, pair.right.key, pair.tier, likeness)
        line = self.line(What.CHANGED, pair.left, pair.right.key, pair.tier)
        return line if line.changes else replace(line, what=What.SAME)

    def alone(self, pupil: RollPupil, likeness: Likeness | None) -> RollLine:
        if why := self.why_held(pupil):
            return RollLine(self.numbers[id(pupil)], What.HELD, pupil, why=why)
        if likeness:
            return self.line(What.ASK, pupil, likeness.pupil.key, None, likeness)
        return RollLine(self.numbers[id(pupil)], What.NEW, pupil)

    def held_where_too_long(self, line: RollLine) -> RollLine:
        """Hold a line that says more than there is room for."""
        found = too_long(line.pupil, Pupil, FIELDS)
        if found is None:
            return line
        why = f"{found} There is room for {found.room}. Correct it in the file, and bring the file in again."
        return RollLine(line.number, What.HELD, line.pupil, why=why)

    def why_held(self, pupil: RollPupil) -> str:
        """Say why nobody can tell who a pupil of the file is; nothing where that can be told."""
        if (times := self.twice[pupil.upn]) > 1:
            return (
                f"The UPN {pupil.upn} stands {times} times in the file. Correct it there, and bring the file in again."
            )
        if times := self.ours[pupil.upn]:
            whose = "more than one pupil" if times > 1 else "a pupil whom another line of the file fits better"
            return f"The UPN {pupil.upn} is on the roll here for {whose}. Correct the roll first."
        return ""

    def line(
        self, what: What, theirs: RollPupil, key: str, tier: Tier | None, likeness: Likeness | None = None
    ) -> RollLine:
        own = self.known[key]
        found = [FieldChange(name, getattr(own, name), getattr(theirs, name)) for name in FIELDS]
        changes = tuple(each for each in found if each.new not in ("", None) and each.new != each.old)
        kept = tuple(each for each in found if each.old and not each.new and each.field in self.said)
        why = ""
        if own.upn and theirs.upn and theirs.upn == own.former_upn:
            changes = tuple(each for each in changes if each.field != "upn")
            why = f"The file has the former UPN {theirs.upn}; the UPN {own.upn} is kept."
        return RollLine(self.numbers[id(theirs)], what, theirs, own, tier, changes, kept, likeness, why)
