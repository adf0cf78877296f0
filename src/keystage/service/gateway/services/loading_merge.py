"""One school's rows of a national register beside the register as it stands: what is new, what changes, what is kept.

Nobody is removed, and what the school has changed by hand is not written over. A blank wipes nothing, nor does a column
that the file has not.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from keystage.pupils.matching import match
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.gateway.models import GatewayReturn, RegisteredPupil
from keystage.service.gateway.services.registering import FIELDS
from keystage.sheets.registration import Registered

_COLUMNS = {"dob": "birth_date"}
"""Columns that are named otherwise than the field they fill."""
_TESTS = frozenset({"reading", "maths", "gps", "status"})
"""Columns in which a blank says something: registered."""

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Merge:
    """What loading a school's rows does."""

    added: list[Values] = field(default_factory=list)
    changed: list[tuple[RegisteredPupil, Values]] = field(default_factory=list)
    kept: list[tuple[RegisteredPupil, tuple[str, ...]]] = field(default_factory=list)
    """Whom the school has changed otherwise than the file says, and in which fields: these stay."""
    same: int = 0
    not_in_file: int = 0
    """Pupils on the register who are not in the file: they stay."""

    @property
    def numbers(self) -> dict[str, Any]:
        """How many pupils of each sort."""
        return {
            "new": len(self.added),
            "changed": len(self.changed),
            "kept": len(self.kept),
            "same": self.same,
            "not_in_file": self.not_in_file,
        }


def merge(
    rows: Sequence[Registered],
    registered: Sequence[RegisteredPupil],
    own: Mapping[str, Collection[str]],
    columns: Collection[str],
) -> Merge:
    """Set a school's rows beside its register.

    Args:
        rows: the school's rows of the file.
        registered: everybody on its register.
        own: by the key of a pupil, the fields that the school has changed by hand.
        columns: the columns that the file has.
    """
    fields = _fields(columns)
    found = match([row.pupil for row in rows], registered)
    values = {id(row.pupil): _values(row, fields) for row in rows}
    made = Merge([values[id(pupil)] for pupil in found.only_left], not_in_file=len(found.only_right))
    same = 0
    for pair in found.pairs:
        differs = _differences(pair.right, values[id(pair.left)])
        kept = tuple(name for name in differs if name in own.get(pair.right.key, ()))
        changes = {name: value for name, value in differs.items() if name not in kept}
        if changes:
            made.changed.append((pair.right, changes))
        if kept:
            made.kept.append((pair.right, kept))
        same += not changes and not kept
    return Merge(made.added, made.changed, made.kept, same, made.not_in_file)


def changed_by_hand(gateway_return: GatewayReturn) -> dict[str, set[str]]:
    """Return, by the key of a pupil, the fields that somebody has changed by hand since the register was loaded."""
    events = Event.objects.filter(
        organisation=gateway_return.school,
        year=gateway_return.collection.year,
        kind__in=(Kind.EXPECTED_ADDED, Kind.EXPECTED_CHANGED),
    ).values_list("target", "kind", "data")
    found: dict[str, set[str]] = {}
    for target, kind, data in events:
        if data.get("how") == "typed":
            fields = FIELDS if kind == Kind.EXPECTED_ADDED else data.get("fields", ())
            found.setdefault(target, set()).update(fields)
    return found


def _fields(columns: Collection[str]) -> tuple[str, ...]:
    there = {_COLUMNS.get(column, column) for column in columns}
    return tuple(name for name in (*FIELDS, "moderated_writing") if name in there)


def _values(row: Registered, fields: Sequence[str]) -> Values:
    given = {"date_joined": row.date_joined, "next_school": row.next_school}
    values = {name: given[name] if name in given else getattr(row.pupil, name) for name in fields}
    return {name: str(value) if name in _TESTS else value for name, value in values.items()}


def _differences(pupil: RegisteredPupil, values: Values) -> Values:
    """Return what the file says otherwise, with the UPN that the pupil had before where it is another now."""
    found = {
        name: value
        for name, value in values.items()
        if value != getattr(pupil, name) and (name in _TESTS or value not in ("", None))
    }
    if "moderated_writing" in found and pupil.moderated_writing:
        del found["moderated_writing"]  # the authority's own record counts
    if "upn" in found and "former_upn" not in found and pupil.upn not in (values.get("former_upn"), ""):
        found["former_upn"] = pupil.upn
    return found
