"""Taking over a roll that came in: what was chosen of it, in one transaction, with an event for each pupil."""

from collections.abc import Mapping
from copy import copy
from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.utils import timezone

from keystage.checks.rolls import read_any_roll
from keystage.returns.roll import RollPupil
from keystage.service.accounts.models import Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.config.years import load
from keystage.service.events.kinds import Kind
from keystage.service.events.record import Done, record, record_all
from keystage.service.school.models import Incoming, Pupil, SchoolReturn
from keystage.service.school.services.incoming import content_of
from keystage.service.school.services.incoming_roll_plan import RollLine, RollPlan, What, plan_roll
from keystage.service.school.services.pupils import FIELDS, Details, reach_return, restore
from keystage.service.school.services.returns import content_changed, lock_open

TAKE, SAME_CHILD, ANOTHER_CHILD = "take", "same", "new"
"""What a person may say of a line: take it; it is the child who is here; it is another child."""

EVERYTHING = "everything"
"""In place of chosen lines: everything that is sure."""

_UNSEEN = "The roll was changed after this page was shown. Look at what the file would do now, then accept again."


@dataclass(slots=True)
class Taken:
    """What became of the lines that were chosen."""

    added: list[Pupil] = field(default_factory=list)
    changed: list[Pupil] = field(default_factory=list)
    put_back: list[Pupil] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    """Names of pupils that were changed by somebody else in the meantime: look again."""

    @property
    def total(self) -> int:
        """How many pupils the roll now says something else of."""
        return len(self.added) + len(self.changed) + len(self.put_back)


def plan(incoming: Incoming, school_return: SchoolReturn) -> RollPlan:
    """Say what a roll that came in would do. Two queries, however many pupils there are.

    Raises:
        RollRefused: it holds no roll.
        FileRefused: it cannot be read.
        NotAllowedNow: the file is gone.
    """
    roll = read_any_roll(content_of(incoming), incoming.file.name, load(school_return.year))
    return plan_roll(roll, list(Pupil.objects.filter(school_return=school_return).order_by("pk")))


@transaction.atomic
def accept(incoming: Incoming, choices: Mapping[str, str], *, by: Person, seen: str = "") -> Taken:
    """Take over what was chosen of a roll.

    Args:
        incoming: the file.
        choices: a line's token to what is chosen for it; or :data:`EVERYTHING` alone, for all that is sure.
        by: who chose.
        seen: what the page said (:attr:`RollPlan.seen`), needed where everything is accepted.

    Raises:
        NotAllowedNow: the year is closed, or everything is accepted and the plan is not the one that was seen.
    """
    locked = lock_open(incoming.school_return)
    found = plan(incoming, locked)
    if EVERYTHING in choices:
        if seen != found.seen:
            raise NotAllowedNow(_UNSEEN)
        choices = {line.token: TAKE for line in found.sure} | {k: v for k, v in choices.items() if k != EVERYTHING}
    taking = _Taking(locked, found)
    taking.take(choices)
    taken = taking.taken
    if taken.total:
        taking.write(by, incoming)
        if taking.classes:
            content_changed(locked, taking.classes, by=by)
    _mark_loaded(locked, incoming, found, taken, by)
    return taken


class _Taking:
    def __init__(self, locked: SchoolReturn, found: RollPlan) -> None:
        self.locked = locked
        self.lines = {line.token: line for line in found.lines}
        self.names = {str(line.number): line.name for line in found.lines}
        self.taken = Taken()
        self.classes: set[str] = set()
        self.fields: dict[int, list[str]] = {}

    def take(self, choices: Mapping[str, str]) -> None:
        for token, choice in choices.items():
            line = self.lines.get(token)
            if line is None or not self._take(line, choice):
                name = line.name if line else self.names.get(token.partition(":")[0], "")
                self.taken.passed_over.append(name or "a pupil without a name")

    def _take(self, line: RollLine, choice: str) -> bool:
        """Take one line; say whether that could be done."""
        if (line.what, choice) in {(What.NEW, TAKE), (What.ASK, ANOTHER_CHILD)}:
            self.taken.added.append(_new(self.locked, line.pupil))
            self.classes.add(line.pupil.class_name)
        elif line.own and (line.what, choice) in {(What.CHANGED, TAKE), (What.ASK, SAME_CHILD)}:
            self._change(line, line.own)
            self.taken.changed.append(line.own)
        elif line.own and (line.what, choice) == (What.BACK, TAKE):
            restore(line.own)
            self._change(line, line.own)
            self.taken.put_back.append(line.own)
        else:
            return line.what is What.SAME
        return True

    def _change(self, line: RollLine, own: Pupil) -> None:
        before = own.class_name
        for each in line.changes:
            setattr(own, each.field, each.new)
        own.version += 1
        self.fields[id(own)] = [each.field for each in line.changes]
        if line.what is What.BACK or reach_return(self.fields[id(own)]):
            self.classes |= {before, own.class_name}

    def write(self, by: Person, incoming: Incoming) -> None:
        taken = self.taken
        Pupil.objects.bulk_create(taken.added)
        fields = (*FIELDS, "version", "removed_at", "removed_reason")
        # Many times as fast as bulk_update, which writes a case for every value.
        Pupil.objects.bulk_create(
            map(_without_pk, taken.changed + taken.put_back),
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=fields,
        )
        source = {"how": "roll", "file": incoming.file.key}
        self._record(Kind.PUPIL_ADDED, [Done(each.key, "", source) for each in taken.added], by)
        changed = [
            Done(each.key, "", {**source, "fields": self.fields[id(each)]}) for each in taken.changed + taken.put_back
        ]
        self._record(Kind.PUPIL_CHANGED, changed, by)
        back = [Done(each.key, "", {"how": "put back", "file": incoming.file.key}) for each in taken.put_back]
        self._record(Kind.PUPIL_ADDED, back, by)

    def _record(self, kind: Kind, done: list[Done], by: Person) -> None:
        if done:
            record_all(kind, done, by=by, organisation=self.locked.organisation, year=self.locked.year)


def _without_pk(pupil: Pupil) -> Pupil:
    """Return a pupil who is found by the key alone: SQLite takes one conflict of an insertion, not two."""
    found = copy(pupil)
    found.pk = None
    return found


def _new(locked: SchoolReturn, pupil: RollPupil) -> Pupil:
    return Pupil(school_return=locked, **asdict(Details(**{name: getattr(pupil, name) for name in FIELDS})))


def _mark_loaded(locked: SchoolReturn, incoming: Incoming, found: RollPlan, taken: Taken, by: Person) -> None:
    now = timezone.now()
    SchoolReturn.objects.filter(pk=locked.pk).update(roll_loaded_at=now)
    Incoming.objects.filter(pk=incoming.pk).update(accepted_at=now)
    record(
        Kind.ROLL_LOADED,
        by=by,
        organisation=locked.organisation,
        year=locked.year,
        target=incoming.key,
        file=incoming.file.key,
        sha256=incoming.file.sha256,
        in_file=len(found.lines),
        added=len(taken.added),
        changed=len(taken.changed),
        put_back=len(taken.put_back),
    )
