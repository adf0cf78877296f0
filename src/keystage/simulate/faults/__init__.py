"""Faults to seed into made-up schools, and what the checks must find of each, consequences included."""

from dataclasses import dataclass
from random import Random

from keystage.simulate.draft import Draft, is_ordinary
from keystage.simulate.expect import Expect
from keystage.simulate.faults import (  # noqa: F401 - each registers its faults
    expected_pupils,
    files,
    headers,
    identities,
    judged,
    other_rows,
    spreadsheets,
    upns,
)
from keystage.simulate.faults.registry import FILE_FAULTS, HEADER_FAULTS, PUPIL_FAULTS, Spoilt

_HEADER_SHARE, _FILE_SHARE = 0.12, 0.04
"""How many of the faults are in the header, or spoil the whole file."""
_TRIES = 20


@dataclass(frozen=True, slots=True)
class Seeded:
    """What was put into a school."""

    expected: list[Expect]
    spoilt: Spoilt | None = None
    """The file that takes the place of the school's."""


def seed(draft: Draft, chance: Random, rate: float) -> Seeded:
    """Put faults into a draft, ``rate`` of them for each pupil on average.

    No pupil has two, the header has one at most, and a spoilt file has no other.
    """
    number = sum(chance.random() < rate for _ in draft.pupils)
    if number and chance.random() < min(_FILE_SHARE * number, 0.2):
        spoilt = _spoil(draft, chance)
        if spoilt:
            return Seeded(spoilt.expected, spoilt)
    has_header_fault = bool(number) and chance.random() < min(_HEADER_SHARE * number, 0.5)
    expected: list[Expect] = []
    for _ in range(number - has_header_fault):
        expected += _into_pupil(draft, chance)
    if has_header_fault:
        expected += _into_header(draft, chance, expected)
    return Seeded(expected)


def _spoil(draft: Draft, chance: Random) -> Spoilt | None:
    fault = chance.choice(FILE_FAULTS[chance.choice(list(FILE_FAULTS))])
    if fault.__module__ == spreadsheets.__name__ and not spreadsheets.is_usual(draft):
        return None  # a spreadsheet does not say its year: it would be taken for another
    return fault(draft, chance)


def _into_header(draft: Draft, chance: Random, others: list[Expect]) -> list[Expect]:
    for _ in range(_TRIES):
        fault = chance.choice(HEADER_FAULTS[chance.choice(list(HEADER_FAULTS))])
        if fault is headers.name_of_another_school and any(expect.code.startswith("C") for expect in others):
            continue  # whoever looks for the register by the file's name would not find it
        found = fault(draft, chance)
        if found is not None:
            return found
    return []


def _into_pupil(draft: Draft, chance: Random) -> list[Expect]:
    for _ in range(_TRIES):
        pupil = chance.choice(draft.pupils)
        if not is_ordinary(pupil):
            continue
        found = chance.choice(PUPIL_FAULTS[chance.choice(list(PUPIL_FAULTS))])(draft, pupil, chance)
        if found is not None:
            pupil.is_faulty = True
            return found
    return []
