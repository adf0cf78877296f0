"""Made-up schools for the cases: small ones, each of a number of its own that does not change when cases are added."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from keystage.conformance.case import Case, Found, Task, found, numbers
from keystage.simulate import DIALECTS, Dialect, Kind, Plan, registers, today
from keystage.simulate.country import of_dialect
from keystage.simulate.draft import Draft, ordinary
from keystage.simulate.expect import Expect
from keystage.simulate.faults.registry import Spoilt
from keystage.simulate.schools import ESTABLISHMENTS, chance_of
from keystage.years import CollectionYear

SEED = 6
FEW = 8
"""Pupils of a case: enough to have neighbours, few enough for a person to read."""
_ENOUGH = 5
"""Of them must have nothing special about them, so that a fault can be put into any."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a case stands in the pack: all that is made up for it follows from that."""

    year: CollectionYear
    name: str
    turn: int = 0
    """The how manieth try at it."""

    @property
    def chance(self) -> Random:
        """The chance of this case alone."""
        return chance_of(SEED, self.year.year, self.turn, self.name)

    def draft(
        self, dialect: Dialect, *, serial: int = 1, pupils: int | None = FEW, kind: Kind = Kind.PRIMARY, again: int = 0
    ) -> Draft:
        """Make up a school whose pupils are mostly ordinary, at the place in the country that the name leads to."""
        plan = Plan(self.year, SEED, dialect=dialect, pupils=pupils, kind=kind)
        first = zlib.crc32(f"{self.name}/{self.turn}/{again}".encode())
        for step in range(ESTABLISHMENTS):
            made = plan.draft((first + step) % ESTABLISHMENTS, serial)
            if pupils != FEW or len(ordinary(made.pupils)) >= _ENOUGH:
                return made
        raise LookupError(f"no made-up school is fit for {self.name}")


def dialects_from(turn: int) -> Sequence[Dialect]:
    """Return every dialect, beginning with another each turn, so that all of them are met."""
    every = list(DIALECTS.values())
    first = turn % len(every)
    return [*every[first:], *every[:first]]


def register_of(draft: Draft, place: Place) -> tuple[str, bytes]:
    """Return the name and the content of a draft's register."""
    return f"{draft.school.number}_register.csv", registers.text(draft.register, place.year, place.chance).encode()


def case_of(
    place: Place,
    draft: Draft,
    expected: Sequence[Expect] | Spoilt,
    *,
    check: str,
    title: str,
    is_registered: bool = True,
    about: tuple[str, ...] = (),
) -> Case:
    """Write a draft as a case of ``check``; what must be found is what the faults in it said of themselves."""
    spoilt = expected if isinstance(expected, Spoilt) else None
    data = spoilt.data if spoilt else draft.dialect.encode(draft.emission().text)
    entries = list(expected.expected if isinstance(expected, Spoilt) else expected)
    if not spoilt:
        entries += of_dialect(draft)
    is_read = spoilt is None or spoilt.is_read
    findings = [*found(each.entry(draft.file_name, draft.school.number) for each in entries)]
    files = {draft.file_name: data}
    register = None
    if is_registered and is_read:
        register, content = register_of(draft, place)
        files[register] = content
        findings += numbers_of(draft, findings)
    return Case(
        place.name,
        place.year.year,
        check,
        title,
        Task.CHECK,
        draft.file_name,
        files,
        today(place.year).isoformat(),
        draft.school.number,
        tuple(findings),
        register=register,
        about=about,
    )


def numbers_of(draft: Draft, findings: Sequence[Found]) -> list[Found]:
    """Return the finding that says the expected numbers; there is none where the file holds no return (F07)."""
    return [] if any(each["code"] == "F07" for each in findings) else [numbers(len(draft.pupils))]
