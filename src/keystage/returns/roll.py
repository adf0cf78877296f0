"""The roll: the pupils of a school as its own records have them, leavers among them, before a return is made."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from keystage.pupils.names import full_name
from keystage.returns.source import NOWHERE, Place

_YEAR_GROUP = re.compile(
    r"(?:national curriculum|nc|curriculum)?\s*(?:year|yr|y|n)?\s*(?:group)?\s*0*(\d{1,2})(?:\.0)?"
)

PARTS = {
    "birth_date": "the date of birth",
    "sex": "the sex",
    "class_name": "the class",
    "year_group": "the year group",
    "joined": "the date of joining",
    "left": "the date of leaving",
}
"""What a roll may not say: fields of a pupil, in words."""


@dataclass(frozen=True, slots=True)
class RollPupil:
    """One pupil on the roll. What is not known is empty or None."""

    upn: str
    surname: str
    forename: str
    birth_date: date | None
    sex: str
    former_upn: str = ""
    class_name: str = ""
    year_group: str = ""
    """A number as text, such as ``6`` (see :func:`year_group`)."""
    joined: date | None = None
    left: date | None = None
    """The last day on roll."""
    key: str = ""
    """Whatever the caller knows the pupil by; nothing here looks at it."""
    place: Place = NOWHERE
    """Where a file has the pupil."""
    disadvantaged: bool | None = None
    """None where it is not known."""
    sen: str = ""
    """``none``, ``support`` or ``plan``: see :mod:`keystage.pupils.characteristics`. No part of any return."""
    first_language: str = ""
    """``english`` or ``other``."""

    @property
    def name(self) -> str:
        """The pupil's name as lists show it."""
        return full_name(self.surname, self.forename)


class RollFault(NamedTuple):
    """One thing in a roll that could not be taken as it stands. The pupil is kept all the same."""

    place: Place
    wrong: str
    """What is wrong, and how it was read, in whole sentences."""
    fix: str
    """What a person can do."""

    def __str__(self) -> str:
        where = self.place.in_words
        return f"{where[:1].upper()}{where[1:]}: {self.wrong} {self.fix}" if where else f"{self.wrong} {self.fix}"


@dataclass(frozen=True, slots=True)
class Roll:
    """The roll that a file holds."""

    pupils: tuple[RollPupil, ...]
    name: str = ""
    """The file it was read from."""
    school: str = ""
    """The seven figures of the DfE number, where the file says."""
    faults: tuple[RollFault, ...] = ()
    """What could not be taken as it stands; one bad row never loses the others."""
    unknown_headings: tuple[str, ...] = ()
    """Headings of a spreadsheet that were not needed."""
    absent: tuple[str, ...] = ()
    """What the file does not say of any pupil, in words: some of :data:`PARTS`."""


@dataclass(eq=False)
class RollRefused(Exception):
    """A file was read and holds no roll: what is missing, and what a person can do."""

    name: str
    """The file's name."""
    what: str
    fix: str

    def __str__(self) -> str:
        return f"{self.what} {self.fix}"


def year_group(text: str) -> str:
    """Return a year group as a number in text: ``6`` for “Year 6”, “Y6”, “NC Year 06”; any other text as it is."""
    found = _YEAR_GROUP.fullmatch(text.strip().casefold())
    return str(int(found[1])) if found else text.strip()


def duplicates(pupils: Sequence[RollPupil]) -> tuple[tuple[RollPupil, ...], tuple[RollFault, ...]]:
    """Return the pupils without exact repetitions, and what is to be said of a UPN that stands twice.

    Rows that say the same to the letter are one pupil: some systems export a row for each address. Others are all kept.
    """
    first: dict[str, RollPupil] = {}
    kept: list[RollPupil] = []
    faults: list[RollFault] = []
    for pupil in pupils:
        earlier = first.setdefault(pupil.upn, pupil) if pupil.upn else pupil
        if earlier is pupil:
            kept.append(pupil)
            continue
        where = earlier.place.in_words or "an earlier place"
        if replace(pupil, place=earlier.place) == earlier:
            wrong = f"{pupil.name or pupil.upn} stands here again with the same entries, and on {where} too."
            faults.append(RollFault(pupil.place, wrong, "The pupil was taken once; nothing needs doing."))
            continue
        kept.append(pupil)
        wrong = f"The UPN {pupil.upn} of {pupil.name or 'this pupil'} stands on {where} too."
        faults.append(RollFault(pupil.place, wrong, "Find out whose it is, and correct the other."))
    return tuple(kept), tuple(faults)
