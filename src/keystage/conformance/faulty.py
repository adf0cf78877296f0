"""A case for every way in which the simulation can put a fault into a file, its header or its pupils."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from keystage.conformance.case import Case, sentence, slugged
from keystage.conformance.drafts import Place, case_of, dialects_from
from keystage.conformance.text import stands_at
from keystage.simulate.dialects import Dialect
from keystage.simulate.draft import Draft, ordinary
from keystage.simulate.expect import Expect
from keystage.simulate.faults.registry import FILE_FAULTS, HEADER_FAULTS, PUPIL_FAULTS, Spoilt
from keystage.years import CollectionYear

VARIANTS = 3
"""How many ways of a fault become cases, where it has several."""
_TURNS = 9
"""How often it is tried, to come by them: those that come out alike are one case."""
_TRIES = 3

Seeded = Sequence[Expect] | Spoilt | None
Seeder = Callable[[Draft, Place], Seeded]


def faulty(year: CollectionYear) -> Iterator[Case]:
    """Yield the cases of a year, check by check."""
    seeders: Mapping[str, list[tuple[str, str, Seeder]]] = _seeders()
    for turn, code in enumerate(sorted(seeders)):
        for step, (name, title, seeder) in enumerate(seeders[code]):
            yield from _variants(year, code, name, title, seeder, turn + step)


def _seeders() -> dict[str, list[tuple[str, str, Seeder]]]:
    found: dict[str, list[tuple[str, str, Seeder]]] = {}
    for code, of_pupil in PUPIL_FAULTS.items():
        for each in of_pupil:
            found.setdefault(code, []).append((slugged(each.__name__), sentence(each.__doc__), _into_pupil(each)))
    for code, of_header in HEADER_FAULTS.items():
        for fault in of_header:
            found.setdefault(code, []).append((slugged(fault.__name__), sentence(fault.__doc__), _into_file(fault)))
    for code, of_file in FILE_FAULTS.items():
        for spoil in of_file:
            found.setdefault(code, []).append((slugged(spoil.__name__), sentence(spoil.__doc__), _into_file(spoil)))
    return found


def _into_file(fault: Callable[..., Seeded]) -> Seeder:
    return lambda draft, place: fault(draft, place.chance)


def _into_pupil(fault: Callable[..., Seeded]) -> Seeder:
    def seed(draft: Draft, place: Place) -> Seeded:
        chance = place.chance
        pupil = chance.choice(ordinary(draft.pupils))
        pupil.is_faulty = True
        return fault(draft, pupil, chance)

    return seed


def _variants(year: CollectionYear, code: str, name: str, title: str, seeder: Seeder, turn: int) -> Iterator[Case]:
    """Yield a fault as often as it comes out differently, each time in another dialect."""
    known: set[tuple[object, ...]] = set()
    for again in range(_TURNS):
        suffix = f"-{len(known) + 1}" if known else ""
        place = Place(year, f"{year.year}/{code}/{name}{suffix}", again)
        case = _case(place, code, title, seeder, dialects_from(turn + again))
        if case is None:
            return
        kind = _kind(case)
        if kind not in known:
            known.add(kind)
            yield case
        if len(known) == VARIANTS:
            return


def _kind(case: Case) -> tuple[object, ...]:
    """Return what tells one way of a fault from another: what is to be found, and what stands there in the file."""
    data = case.files[case.file]
    begins = b"" if b"<?xml" in data[:16].replace(b"\0", b"") else data[:4]
    return begins, *(
        (each["code"], each["subject"], _shape(each["value"]), stands_at(data, each["line"])) for each in case.findings
    )


def _shape(value: str | None) -> str | None:
    """Return what is the same in two values that are faulty in the same way: figures do not count."""
    return None if value is None else "".join("0" if letter.isdigit() else letter for letter in value)[:12]


def _case(place: Place, code: str, title: str, seeder: Seeder, dialects: Sequence[Dialect]) -> Case | None:
    """Seed a fault into the first draft that can have it."""
    for dialect in dialects:
        for again in range(_TRIES):
            draft = place.draft(dialect, again=again)
            expected = seeder(draft, place)
            if expected is not None:
                return case_of(place, draft, expected, check=code, title=title)
    return None
