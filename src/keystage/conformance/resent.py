"""Cases with a file that was sent before: what changed since, and what did not."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from keystage.conformance.case import Case, sentence, slugged
from keystage.conformance.drafts import Place, case_of, dialects_from
from keystage.simulate.draft import Draft, ordinary
from keystage.simulate.expect import Expect
from keystage.simulate.faults import resubmission
from keystage.years import CollectionYear

_TIMES = 2


class _Fault(NamedTuple):
    code: str
    name: str
    title: str
    seed: Callable[[Draft, Draft, Place], Sequence[Expect] | None]


def _same_again(_now: Draft, _before: Draft, _place: Place) -> Sequence[Expect]:
    """The same content was sent before."""
    return [Expect("D03")]


def _later(now: Draft, before: Draft, _place: Place) -> Sequence[Expect]:
    return [*resubmission.later(now, before), Expect("D03")]


def _in_pupil(
    fault: Callable[..., Sequence[Expect] | None],
) -> Callable[[Draft, Draft, Place], Sequence[Expect] | None]:
    def seed(now: Draft, before: Draft, place: Place) -> Sequence[Expect] | None:
        chance = place.chance
        at = now.pupils.index(chance.choice(ordinary(now.pupils)))
        return fault(now, before, at, chance)

    return seed


def _named(code: str, fault: Callable[..., object], seed: Callable[..., Sequence[Expect] | None]) -> _Fault:
    return _Fault(code, slugged(fault.__name__), sentence(fault.__doc__), seed)


_FAULTS = (
    _named("D01", resubmission.dropped, _in_pupil(resubmission.dropped)),
    _named("D02", resubmission.changed, _in_pupil(resubmission.changed)),
    _named("D03", _same_again, _same_again),
    _named("D04", resubmission.later, _later),
)


def resent(year: CollectionYear) -> Iterator[Case]:
    """Yield the cases of a year."""
    for turn, fault in enumerate(_FAULTS):
        for time in range(_TIMES):
            place = Place(year, f"{year.year}/{fault.code}/{fault.name}{f'-{time + 1}' if time else ''}")
            yield _case(place, fault, turn + 4 * time)


def _case(place: Place, fault: _Fault, turn: int) -> Case:
    for dialect in dialects_from(turn):
        now, before = (place.draft(dialect, serial=serial) for serial in (2, 1))
        resubmission.seed(now, before, place.chance, 0)
        expected = fault.seed(now, before, place)
        if expected is not None:
            case = case_of(place, now, expected, check=fault.code, title=fault.title)
            previous = f"previous/{before.file_name}"
            content = before.dialect.encode(before.emission().text)
            return replace(case, files={**case.files, previous: content}, previous=previous)
    raise LookupError(f"no dialect can have {fault.name}")
