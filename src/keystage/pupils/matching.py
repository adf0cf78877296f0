"""When are two records the same child? In tiers, from the surest; never on a name alone.

1. the same UPN;
2. a former UPN on either side;
3. the same folded surname and forename, and the same date of birth.

A tier is tried only for those whom no surer tier matched. A key that more than one record holds on either side matches
nobody: that is for a person to decide. Anything less than these tiers is a suggestion, and is not made here.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Generic, Protocol, TypeVar

from keystage.pupils.names import fold


class Person(Protocol):
    """What matching needs to know of a record: anything with these will do."""

    @property
    def upn(self) -> str: ...  # noqa: D102
    @property
    def former_upn(self) -> str: ...  # noqa: D102
    @property
    def surname(self) -> str: ...  # noqa: D102
    @property
    def forename(self) -> str: ...  # noqa: D102
    @property
    def birth_date(self) -> date | None: ...  # noqa: D102


class Tier(IntEnum):
    """How sure a match is: the lower the surer."""

    UPN = 1
    FORMER_UPN = 2
    NAME_AND_BIRTH_DATE = 3


Left = TypeVar("Left", bound=Person)
Right = TypeVar("Right", bound=Person)


@dataclass(frozen=True, slots=True)
class Match(Generic[Left, Right]):
    """Two records of the same child, and how that is known."""

    left: Left
    right: Right
    tier: Tier


@dataclass(frozen=True, slots=True)
class Matching(Generic[Left, Right]):
    """Everybody on both sides, once: matched, or alone."""

    pairs: tuple[Match[Left, Right], ...]
    only_left: tuple[Left, ...]
    only_right: tuple[Right, ...]


def match(left: Sequence[Left], right: Sequence[Right]) -> Matching[Left, Right]:
    """Match two lists of records in tiers; pairs come in the order of ``left``."""
    found: dict[int, tuple[int, Tier]] = {}
    taken: set[int] = set()
    for tier, left_key, right_key in _TIERS:
        if len(found) == len(left) or len(taken) == len(right):
            break
        free_left = _by_key(((i, r) for i, r in enumerate(left) if i not in found), left_key)
        free_right = _by_key(((i, r) for i, r in enumerate(right) if i not in taken), right_key)
        for key in free_left.keys() & free_right.keys():
            if len(free_left[key]) == len(free_right[key]) == 1:
                one, other = free_left[key][0], free_right[key][0]
                if one not in found and other not in taken:
                    found[one] = (other, tier)
                    taken.add(other)
    return Matching(
        tuple(Match(left[i], right[found[i][0]], found[i][1]) for i in sorted(found)),
        tuple(record for i, record in enumerate(left) if i not in found),
        tuple(record for i, record in enumerate(right) if i not in taken),
    )


def _by_key(
    records: Iterable[tuple[int, Person]], key_of: Callable[[Person], Hashable | None]
) -> dict[Hashable, list[int]]:
    keyed: dict[Hashable, list[int]] = {}
    for index, record in records:
        if (key := key_of(record)) is not None:
            keyed.setdefault(key, []).append(index)
    return keyed


def _upn(record: Person) -> Hashable | None:
    return record.upn or None


def _former(record: Person) -> Hashable | None:
    return record.former_upn or None


def name_and_birth_date(record: Person) -> tuple[str, str, date] | None:
    """Return what identifies a child without a UPN, or None where a part of it is not known."""
    surname, forename = fold(record.surname), fold(record.forename)
    return (surname, forename, record.birth_date) if surname and forename and record.birth_date else None


_TIERS: tuple[tuple[Tier, Callable[[Person], Hashable | None], Callable[[Person], Hashable | None]], ...] = (
    (Tier.UPN, _upn, _upn),
    (Tier.FORMER_UPN, _former, _upn),
    (Tier.FORMER_UPN, _upn, _former),
    (Tier.NAME_AND_BIRTH_DATE, name_and_birth_date, name_and_birth_date),
)


def same_person_twice(records: Iterable[Left]) -> Iterator[tuple[Left, Left]]:
    """Yield each record that has the name and birth date of an earlier one under another UPN, with that earlier one."""
    records = tuple(records)
    shared = {born for born, count in Counter(record.birth_date for record in records).items() if count > 1}
    first: dict[Hashable, Left] = {}
    for record in records:
        key = name_and_birth_date(record) if record.birth_date in shared else None
        if key is None:
            continue
        earlier = first.setdefault(key, record)
        if earlier is not record and earlier.upn != record.upn:
            yield record, earlier
