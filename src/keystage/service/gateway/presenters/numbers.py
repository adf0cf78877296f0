"""The numbers by name: who is expected, who counts, who is missing or not expected, and what to do about each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from keystage.pupils.names import full_name
from keystage.service.accounts.roles import Permission
from keystage.service.gateway.asked import Said
from keystage.service.gateway.models import GatewayReturn, HeldPupil, RegisteredPupil, Stage, Submission
from keystage.service.gateway.register import expected, held_of, registered_of
from keystage.service.gateway.services.settling import numbers
from keystage.service.gateway.views.visiting import ReturnVisit
from keystage.years.registration import PupilStatus
from keystage.years.subjects import Subject

_WAITING = frozenset({Stage.IN_ERROR, Stage.TO_ANSWER, Stage.TO_CONFIRM, Stage.RECEIVED})


class Action(NamedTuple):
    """Something that can be done about a pupil."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Line:
    """One pupil."""

    name: str
    upn: str
    says: str
    codes: tuple[tuple[str, str], ...]
    """Subject and code of what counts."""
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers, and the pupils behind them."""

    expected: int
    received: int
    missing: tuple[Line, ...]
    unexpected: tuple[Line, ...]
    accepted: tuple[Line, ...]
    removed: tuple[Line, ...]
    """Those who counted and were removed, with the reason."""
    waiting: Submission | None
    """A file that has come and does not count yet."""
    stamp: str
    """Changes whenever anything on the page may have."""


def numbers_of(at: ReturnVisit) -> Numbers:
    """Return the numbers of a return, by name."""
    found = at.gateway_return
    held, registered = held_of(found), registered_of(found)
    same = numbers(held, registered)
    waiting = found.latest if found.latest and found.latest.stage in _WAITING else None
    absent = _absent(waiting)
    return Numbers(
        len(same.pairs) + len(same.only_right),
        len(same.pairs),
        tuple(_missing(at, each, waiting, absent) for each in same.only_right),
        tuple(_unexpected(at, each, registered) for each in _by_name(same.only_left)),
        tuple(_accepted(at, each) for each in _by_name([each for each, _ in same.pairs])),
        _removed(at),
        waiting,
        stamp(found),
    )


def stamp(found: GatewayReturn) -> str:
    """Return a text that changes whenever the numbers may have."""
    checked = found.latest.checked_at if found.latest else None
    return f"{found.settled_at or ''} {found.register_version} {found.latest_id} {checked or ''}"


def _by_name(held: list[HeldPupil]) -> list[HeldPupil]:
    return sorted(held, key=lambda each: (each.surname.casefold(), each.forename.casefold(), each.pk))


def _absent(waiting: Submission | None) -> set[str]:
    """Return the UPNs of those who are expected and are not in a file that waits."""
    said = waiting.report.get("findings", ()) if waiting else ()
    return {each["upn"] for each in said if each["code"] == "C01" or (each["code"] == "C06" and not _has_place(each))}


def _has_place(finding: Said) -> bool:
    """Say whether a finding is about something in the file, and not about somebody who is not in it."""
    return bool(finding["line"] or finding["cell"])


def _missing(at: ReturnVisit, each: RegisteredPupil, waiting: Submission | None, absent: set[str]) -> Line:
    actions: list[Action] = []
    if waiting is None or waiting.stage == Stage.RECEIVED:
        is_gone = expected(each).has_left and at.gateway_return.counting_id
        says = "Has left, and is not in what counts" if is_gone else "Not received"
    elif each.upn in absent:
        says = "Not in your latest file"
    else:
        says = "In your latest file, which does not count yet"
        actions.append(Action("Go to the file", at.to("gateway:file", key=waiting.key)))
    if not actions and at.may(Permission.SUBMIT):
        actions.append(Action("Include in a file", at.to("gateway:send")))
    actions += registration(at, each, "Change the registration")
    return Line(full_name(each.surname, each.forename), each.upn, says, (), tuple(actions))


def _unexpected(at: ReturnVisit, each: HeldPupil, registered: list[RegisteredPupil]) -> Line:
    entry = next((one for one in registered if each.upn and one.upn == each.upn), None)
    is_unregistered = entry is not None and entry.status == PupilStatus.UNREGISTERED
    says = "Counts, though unregistered" if is_unregistered else "Counts, but is not on the register"
    actions = [*registration(at, entry, "Register"), *_removal(at, each)]
    return Line(str(each), each.upn, says, _codes(each), tuple(actions))


def _accepted(at: ReturnVisit, each: HeldPupil) -> Line:
    return Line(str(each), each.upn, "Accepted", _codes(each), tuple(_removal(at, each)))


def _removed(at: ReturnVisit) -> tuple[Line, ...]:
    gone = HeldPupil.objects.filter(gateway_return=at.gateway_return).exclude(removed_at=None)
    lines = (Line(str(each), each.upn, each.removed_reason, (), ()) for each in gone.order_by("surname", "forename"))
    return tuple(lines)


def _codes(each: HeldPupil) -> tuple[tuple[str, str], ...]:
    return tuple((str(subject), getattr(each, subject)) for subject in Subject)


def _removal(at: ReturnVisit, each: HeldPupil) -> Iterator[Action]:
    if at.may(Permission.SUBMIT) and at.dates.is_open:
        yield Action("Remove", at.to("gateway:remove-pupil", key=each.key))


def registration(at: ReturnVisit, entry: RegisteredPupil | None, text: str) -> Iterator[Action]:
    """Yield the way to a pupil's registration, or to where one is added; nothing where one may not change it."""
    if not at.may(Permission.REGISTER):
        return
    edit = at.to("gateway:registered-edit", key=entry.key) if entry else at.to("gateway:registered-add")
    yield Action(text, edit)
