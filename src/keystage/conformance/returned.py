"""Cases of results that came back: a results file, with the register and the return that was sent."""

from collections.abc import Iterator

from keystage.conformance.case import Case, Task, found, sentence, slugged
from keystage.conformance.drafts import Place, dialects_from, register_of
from keystage.simulate import results, today
from keystage.simulate.draft import Draft, is_ordinary
from keystage.simulate.expect import Entry
from keystage.simulate.faults.results import FAULTS, Found, ResultFault
from keystage.years import CollectionYear, Test

_MARKS = ("AS", "NS")
_VARIANTS = 2
_TRIES = 40


def returned(year: CollectionYear) -> Iterator[Case]:
    """Yield the cases of a year: one without a fault, then each fault."""
    yield _good(Place(year, f"{year.year}/good/results"))
    for turn, fault in enumerate(FAULTS):
        for variant in range(_VARIANTS):
            case = _faulty(year, fault, turn, variant)
            if case is not None:
                yield case


def _good(place: Place) -> Case:
    draft = place.draft(dialects_from(0)[0], pupils=20)
    made = results.results(draft, is_received=True)
    title = "Results without a fault, with the register and the return that was sent."
    return _case(place, draft, made, "", title)


def _faulty(year: CollectionYear, fault: ResultFault, turn: int, variant: int) -> Case | None:
    """Seed a fault into the first results that can have it: R03 needs a mark that the year's table holds."""
    name = f"{slugged(fault.__name__)}{f'-{variant + 1}' if variant else ''}"
    place = Place(year, f"{year.year}/R/{name}")
    chance = place.chance
    for again in range(_TRIES):
        draft = place.draft(dialects_from(turn + variant)[0], again=again)
        made = results.results(draft, is_received=True)
        rows = [row for row in made.rows if row.pupil and is_ordinary(row.pupil) and _sat_all(row)]
        if not rows or made.expected:
            continue
        seeded: Found | None = fault(draft, made, chance.choice(rows), chance)
        if seeded:
            made.expected += seeded
            code = _code(seeded)
            at = Place(year, f"{year.year}/{code}/{name}")
            return _case(at, draft, made, code, sentence(fault.__doc__))
    return None


def _sat_all(row: results.ResultRow) -> bool:
    return all(row.fields.get(f"{test}.outcome") in _MARKS for test in Test)


def _code(seeded: Found) -> str:
    return seeded[0][0].code


def _case(place: Place, draft: Draft, made: results.ResultsDraft, check: str, title: str) -> Case:
    register, content = register_of(draft, place)
    sent = f"sent/{draft.file_name}"
    files = {
        made.name: results.text(made, place.year).encode(),
        register: content,
        sent: draft.dialect.encode(draft.emission().text),
    }
    lines = made.lines()
    entries: list[Entry] = [
        {**expect.entry(made.name, draft.school.number), "line": lines[id(row)] if row else None}
        for expect, row in made.expected
    ]
    return Case(
        place.name,
        place.year.year,
        check,
        title,
        Task.RESULTS,
        made.name,
        files,
        today(place.year).isoformat(),
        draft.school.number,
        found(entries),
        register=register,
        sent=sent,
    )
