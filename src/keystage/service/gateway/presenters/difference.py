"""What a file would change of what counts, in words; and who stays as they are because the file does not name them."""

from collections.abc import Iterable
from dataclasses import dataclass

from keystage.pupils.birthdays import parse_iso
from keystage.returns.changes import Changes
from keystage.returns.value import Pupil
from keystage.service.design.words import date_words

FIELDS = {
    "upn": "UPN",
    "surname": "surname",
    "forename": "forename",
    "birth_date": "date of birth",
    "sex": "sex",
}
"""The parts of a pupil's identity, in words."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would change."""

    who: str
    upn: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class DifferenceShown:
    """What a file would change."""

    changes: tuple[Change, ...]
    """Of judgements first, then of identities."""
    added: tuple[Pupil, ...]
    stay: tuple[Pupil, ...]
    """Those who count and are not in the file: no file removes anybody."""


def difference_shown(found: Changes) -> DifferenceShown:
    """Return what a file would change, ready to be shown."""
    judgements = (
        Change(each.pupil.name, each.pupil.upn, f"{each.subject} judgement", each.before, each.after)
        for each in found.judgements
    )
    identities = (
        Change(
            each.pupil.name, each.pupil.upn, FIELDS[each.field], in_words(each.field, each.before),
            in_words(each.field, each.after),
        )
        for each in found.identities
    )  # fmt: skip
    return DifferenceShown((*judgements, *identities), by_name(found.added), by_name(found.dropped))


def by_name(pupils: Iterable[Pupil]) -> tuple[Pupil, ...]:
    """Return pupils in the order of their names."""
    return tuple(sorted(pupils, key=lambda each: (each.surname.casefold(), each.forename.casefold(), each.upn)))


def in_words(field: str, value: str) -> str:
    """Return a value as people read it: a date of birth in words."""
    day = parse_iso(value) if field == "birth_date" else None
    return date_words(day) if day else value
