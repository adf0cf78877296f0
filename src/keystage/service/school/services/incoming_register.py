"""The register that comes in: what it would change, and taking it over whole; decisions that people made are kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from keystage.pupils.matching import Tier, match
from keystage.returns import register as core
from keystage.service.accounts.models import Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.config.years import load
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.school.models import Expected, Incoming, SchoolReturn
from keystage.service.school.services.incoming import content_of
from keystage.service.school.services.incoming_roll_plan import FieldChange
from keystage.service.school.services.incoming_room import too_long
from keystage.service.school.services.returns import content_changed, lock_open
from keystage.sheets import RegisterRefused, read_register
from keystage.sheets.register import RegisterFault

FIELDS = (
    *("upn", "former_upn", "surname", "forename", "birth_date", "sex", "reading", "maths", "gps", "status"),
    *("date_left", "moderated_writing"),
)
"""The fields of a register's entry that a file gives."""


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One entry of the file."""

    entry: core.Expected
    own: Expected | None = None
    """The entry of the register that is loaded now."""
    tier: Tier | None = None
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterPlan:
    """What a register would change."""

    register: core.Register
    added: tuple[RegisterLine, ...]
    changed: tuple[RegisterLine, ...]
    same: tuple[RegisterLine, ...]
    dropped: tuple[Expected, ...]
    """On the register that is loaded now, and not in the file."""

    @property
    def lines(self) -> tuple[RegisterLine, ...]:
        """Every entry of the file."""
        return (*self.added, *self.changed, *self.same)

    @property
    def seen(self) -> str:
        """What it would change, in one short text, that a form sends back."""
        told = [
            [line.entry.upn for line in self.added],
            [(line.own.key if line.own else "", line.changes) for line in self.changed],
            [entry.key for entry in self.dropped],
        ]
        return sha256(repr(told).encode()).hexdigest()[:16]


def plan(incoming: Incoming, school_return: SchoolReturn) -> RegisterPlan:
    """Say what a register that came in would change.

    Raises:
        RegisterRefused: it cannot be used; everything that is wrong is in the exception.
        FileRefused: it cannot be read.
        NotAllowedNow: the file is gone.
    """
    register = read_register(content_of(incoming), load(school_return.year), name=incoming.file.name)
    if faults := tuple(_too_long(register)):
        raise RegisterRefused(incoming.file.name, faults)
    own = Expected.objects.filter(school_return=school_return).order_by("pk") if school_return.has_register else ()
    return plan_register(register, list(own))


def _too_long(register: core.Register) -> Iterator[RegisterFault]:
    for number, entry in enumerate(register.pupils, start=1):
        if found := too_long(entry, Expected, FIELDS):
            yield RegisterFault(f"pupil {number:,}", str(found), f"at most {found.room} characters")


def plan_register(register: core.Register, own: Sequence[Expected]) -> RegisterPlan:
    """Compare a register with the one that is loaded now."""
    matching = match(register.pupils, own)
    lines = [RegisterLine(pair.left, pair.right, pair.tier, _changes(pair.left, pair.right)) for pair in matching.pairs]
    return RegisterPlan(
        register,
        tuple(map(RegisterLine, matching.only_left)),
        tuple(line for line in lines if line.changes),
        tuple(line for line in lines if not line.changes),
        matching.only_right,
    )


def _changes(entry: core.Expected, own: Expected) -> tuple[FieldChange, ...]:
    values = ((name, getattr(own, name), getattr(entry, name)) for name in FIELDS)
    return tuple(FieldChange(name, old, new) for name, old, new in values if old != new)


@transaction.atomic
def accept(incoming: Incoming, *, by: Person, seen: str) -> RegisterPlan:
    """Replace the register by the one that came in. Decisions about entries that are in both stay.

    Raises:
        NotAllowedNow: the year is closed, or what it would change is not what was seen.
    """
    locked = lock_open(incoming.school_return)
    found = plan(incoming, locked)
    if found.seen != seen:
        raise NotAllowedNow(
            "The register was changed after this page was shown. Look at what the file would change now, then accept"
            " again."
        )
    now = timezone.now()
    is_first = not locked.has_register
    Expected.objects.filter(school_return=locked).delete()
    # In the order of the file, with the keys and the decisions of the entries that were there.
    by_entry = {id(line.entry): line for line in found.lines}
    Expected.objects.bulk_create(_made(locked, by_entry[id(entry)]) for entry in found.register.pupils)
    SchoolReturn.objects.filter(pk=locked.pk).update(register_name=incoming.file.name, register_loaded_at=now)
    Incoming.objects.filter(pk=incoming.pk).update(accepted_at=now)
    record(
        Kind.REGISTER_LOADED,
        by=by,
        organisation=locked.organisation,
        year=locked.year,
        target=incoming.key,
        file=incoming.file.key,
        sha256=incoming.file.sha256,
        added=len(found.added),
        changed=[line.own.key for line in found.changed if line.own],
        dropped=[entry.key for entry in found.dropped],
    )
    if is_first or found.added or found.changed or found.dropped:
        locked.refresh_from_db()
        content_changed(locked, (), by=by)  # a class of whose pupils nothing changed stays signed
    return found


def _made(locked: SchoolReturn, line: RegisterLine) -> Expected:
    made = Expected(school_return=locked, **{name: getattr(line.entry, name) for name in FIELDS})
    if line.own:
        made.key = line.own.key
        for name in ("decision", "decision_reason", "decided_by_id", "decided_at"):
            setattr(made, name, getattr(line.own, name))
    return made
