"""What was done about one pupil, in sentences, the newest first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from keystage.returns.cohort import Verdict
from keystage.service.design.words import join_words
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.school.presenters.cohort_words import GROUPS

FIELD_WORDS: Mapping[str, str] = {
    "upn": "UPN",
    "former_upn": "former UPN",
    "surname": "surname",
    "forename": "forename",
    "birth_date": "date of birth",
    "sex": "sex",
    "class_name": "class",
    "year_group": "year group",
    "joined": "date of joining",
    "left": "date of leaving",
    "disadvantaged": "disadvantaged",
    "sen": "special educational needs",
    "first_language": "first language",
    "reading": "reading test",
    "maths": "maths test",
    "gps": "grammar, punctuation and spelling test",
    "status": "place on the register",
    "date_left": "date of leaving",
    "moderated_writing": "moderated writing",
}
"""The fields of a pupil and of a register's entry, in words."""

_HOW = {
    "typed": "by hand",
    "pasted": "by pasting",
    "filled": "by filling down",
    "undone": "by undoing",
    "chosen": "after seeing both values",
    "imported": "from a file",
    "roll": "from a roll that was brought in",
    "register": "from the register",
}


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done."""

    at: datetime
    by: str
    words: str


def history(events: Sequence[Event]) -> tuple[Deed, ...]:
    """Return what was done, in the order of the events."""
    return tuple(Deed(event.at, str(event.person) if event.person else "Keystage", _words(event)) for event in events)


def _words(event: Event) -> str:
    say = _SAY.get(event.kind)
    return say(event) if say else event.kind


def _added(event: Event) -> str:
    how = event.data.get("how", "")
    return "Put back on the roll" if how == "put back" else f"Added to the roll {_HOW.get(how, '')}".strip()


def _changed(event: Event) -> str:
    if event.part == "registration":
        return _registered(event.data)
    fields = [FIELD_WORDS.get(name, name) for name in event.data.get("fields", ())]
    how = _HOW.get(event.data.get("how", ""), "")
    return f"Changed {join_words(fields) or 'nothing'} {how}".strip()


def _registered(data: Mapping[str, Any]) -> str:
    said = data.get("changes", {})
    changes = [f"{FIELD_WORDS.get(name, name)} from {old} to {new}" for name, (old, new) in said.items()]
    first = ["Put on the register by hand"] if data.get("is_new") else []
    return "; ".join([*first, *(f"{'changed' if first else 'Changed'} {each}" for each in changes)])


def _removed(event: Event) -> str:
    return f"Taken off the roll: {event.data.get('reason', '')}"


def _decided(event: Event) -> str:
    after = event.data.get("to", "")
    if not after:
        return "Took the decision back: the rules are followed"
    return f"Decided “{GROUPS[Verdict(after)].heading}”: {event.data.get('reason', '')}"


def _judged(event: Event) -> str:
    before, after = event.data.get("from") or "nothing", event.data.get("to") or "nothing"
    how = _HOW.get(event.data.get("how", ""), "")
    return f"Changed {event.part} from {before} to {after} {how}".strip()


_SAY: Mapping[str, Callable[[Event], str]] = {
    Kind.PUPIL_ADDED: _added,
    Kind.PUPIL_CHANGED: _changed,
    Kind.PUPIL_REMOVED: _removed,
    Kind.PUPIL_DECIDED: _decided,
    Kind.JUDGEMENT_CHANGED: _judged,
}
