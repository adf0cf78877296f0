"""Who in a file may be who here, where no match is sure: proposed with the evidence, and never on a name alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import JaroWinkler

from keystage.pupils.matching import Person
from keystage.pupils.names import fold
from keystage.returns.roll import RollPupil

LIKE_ENOUGH = 0.85
"""How alike two folded names must be to be proposed, from 0 to 1, where the date of birth agrees. Ours: no source."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Somebody here who may be the child in the file, and what speaks for it."""

    pupil: RollPupil
    names: float
    """How alike the names are, from 0 to 1."""
    same_birth_date: bool
    nearly_same_upn: bool
    """Whether the UPNs differ in one character alone, or in two that changed places."""

    @property
    def evidence(self) -> tuple[str, ...]:
        """What speaks for it, in words."""
        names = "same name" if self.names >= 1 else f"names alike ({self.names:.0%})"
        return tuple(
            words
            for words, holds in (
                (names, True),
                ("same date of birth", self.same_birth_date),
                ("UPN differs in one place", self.nearly_same_upn),
            )
            if holds
        )


def alike(theirs: Sequence[Person], own: Sequence[RollPupil]) -> dict[int, Likeness]:
    """Return for each record of ``theirs``, by its ``id()``, the best likeness among ``own``, where there is one.

    Two records are only compared where the date of birth agrees or the UPNs all but agree. Each of ``own`` is proposed
    once, to the record it is most like.
    """
    by_birth_date: dict[date, list[RollPupil]] = {}
    by_part: dict[str, list[RollPupil]] = {}
    for each in own:
        if each.birth_date:
            by_birth_date.setdefault(each.birth_date, []).append(each)
        for part in _parts(each.upn):
            by_part.setdefault(part, []).append(each)
    found: list[tuple[float, int, Likeness]] = []
    for index, record in enumerate(theirs):
        near = [*by_birth_date.get(record.birth_date, ())] if record.birth_date else []
        near += [each for part in _parts(record.upn) for each in by_part.get(part, ())]
        for each in {id(each): each for each in near}.values():
            likeness = _compare(record, each)
            if likeness:
                found.append((likeness.names + likeness.nearly_same_upn + likeness.same_birth_date, index, likeness))
    return _each_once(theirs, found)


def _each_once(theirs: Sequence[Person], found: list[tuple[float, int, Likeness]]) -> dict[int, Likeness]:
    taken: set[int] = set()
    best: dict[int, Likeness] = {}
    for _, index, likeness in sorted(found, key=lambda each: (-each[0], each[1])):
        record = theirs[index]
        if id(record) not in best and id(likeness.pupil) not in taken:
            best[id(record)] = likeness
            taken.add(id(likeness.pupil))
    return best


def _compare(one: Person, other: RollPupil) -> Likeness | None:
    same_day = one.birth_date is not None and one.birth_date == other.birth_date
    near_upn = _nearly_same(one.upn, other.upn)
    if not (same_day or near_upn):
        return None
    names = _names_alike(one, other)
    return Likeness(other, names, same_day, near_upn) if names >= LIKE_ENOUGH else None


def _names_alike(one: Person, other: Person) -> float:
    """Return how alike two names are, also where surname and forename changed places."""
    surname, forename = fold(one.surname), fold(one.forename)
    other_surname, other_forename = fold(other.surname), fold(other.forename)
    if not (surname or forename) or not (other_surname or other_forename):
        return 0.0
    return max(
        JaroWinkler.similarity(surname + forename, other_surname + other_forename),
        JaroWinkler.similarity(forename + surname, other_surname + other_forename),
        (JaroWinkler.similarity(surname, other_surname) + JaroWinkler.similarity(forename, other_forename)) / 2,
    )


def _parts(upn: str) -> tuple[str, ...]:
    """Return the halves of a UPN: two that differ in one place share one of them."""
    return (f"1{upn[:6]}", f"2{upn[6:]}") if len(upn) == 13 else ()


def _nearly_same(one: str, other: str) -> bool:
    if len(one) != 13 or len(other) != 13 or one == other:
        return False
    different = [at for at in range(1, 13) if one[at] != other[at]]
    if len(different) <= 1:
        return True
    first, last = different[0], different[-1]
    swapped = len(different) == 2 and last == first + 1
    return swapped and one[first] == other[last] and one[last] == other[first]
