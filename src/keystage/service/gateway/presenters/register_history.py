"""What was done about a pupil on the register, in sentences, the newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from keystage.service.design.words import join_words
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.gateway.models import RegisteredPupil
from keystage.service.gateway.presenters.register import FIELD_WORDS, IN_SENTENCE

_SAMPLE = {
    Kind.SAMPLE_CHOSEN: "Chose the pupil for the moderation of writing, for the authority",
    Kind.SAMPLE_LEFT: "Left the pupil out of the moderation of writing, for the authority",
}


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done."""

    at: datetime
    by: str
    words: str


def history(pupil: RegisteredPupil, events: Sequence[Event]) -> tuple[Deed, ...]:
    """Return what was done, in the order of the events; at the end, that the pupil came with the national register."""
    found = [Deed(event.at, str(event.person) if event.person else "Keystage", _words(event)) for event in events]
    if not any(event.kind == Kind.EXPECTED_ADDED for event in events):
        found.append(Deed(pupil.added_at, "The agency", "Registered, from the register that was loaded nationally"))
    return tuple(found)


def _words(event: Event) -> str:
    data: Mapping[str, Any] = event.data
    agency = ", for the agency" if data.get("by_agency") else ""
    if event.kind == Kind.ATTENDANCE_CHANGED:
        before, after = data.get("from") or "present", data.get("to") or "present"
        return f"Changed the attendance register for {IN_SENTENCE.get(event.part, event.part)} from {before} to {after}"
    if event.kind == Kind.MODERATED:
        before, after = data.get("before") or "nothing", data.get("after") or "nothing"
        if before == after:
            return "Changed the note on the moderated judgement, for the authority"
        return f"Changed the moderated judgement in writing from {before} to {after}, for the authority"
    if event.kind in _SAMPLE:
        return _SAMPLE[Kind(event.kind)]
    why = f". Why: {data['reason']}" if data.get("reason") else ""
    if event.kind == Kind.EXPECTED_ADDED:
        return f"Added to the register{agency}{why}"
    if event.kind == Kind.EXPECTED_CHANGED:
        how = " by loading the national register" if data.get("how") == "loaded" else agency
        return f"Changed {join_words(_changes(data)) or 'nothing'}{how}{why}"
    return str(event.kind)


def _changes(data: Mapping[str, Any]) -> list[str]:
    values = data.get("changes", {})
    return [
        f"{FIELD_WORDS.get(name, name)} from {values[name][0]} to {values[name][1]}"
        if name in values
        else FIELD_WORDS.get(name, name)
        for name in data.get("fields", ())
    ]
