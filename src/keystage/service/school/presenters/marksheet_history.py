"""What happened to a pupil's judgements, read from the record of events."""

from dataclasses import dataclass
from datetime import datetime

from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.school.models import Judgement, Pupil, StoredFile
from keystage.service.school.views.visiting import YearVisit
from keystage.years.subjects import Subject

_WAYS = {
    "typed": "Typed",
    "pasted": "Pasted",
    "filled": "Filled down",
    "undone": "Undone or done again",
    "chosen": "Chosen, after two people had changed it",
    "imported": "Brought in from a file",
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One change of one cell."""

    at: datetime
    who: str
    subject: str
    before: str
    after: str
    how: str
    file: str
    """The name of the file it came from; empty where it came from none."""


@dataclass(frozen=True, slots=True)
class History:
    """What stands there now, and how it came to be so, the latest first."""

    now: tuple[tuple[str, str], ...]
    """Each subject with its code."""
    happenings: tuple[Happening, ...]


def history(at: YearVisit, pupil: Pupil, subject: Subject | None = None) -> History:
    """Return the history of a pupil's judgements, of one subject or of all."""
    subjects = (subject,) if subject else tuple(Subject)
    codes = dict(Judgement.objects.filter(pupil=pupil).values_list("subject", "code"))
    events = Event.objects.filter(
        kind=Kind.JUDGEMENT_CHANGED, organisation=at.school, target=pupil.key, part__in=subjects
    )
    found = list(events.order_by("-id").select_related("person"))
    keys = {event.data["file"] for event in found if "file" in event.data}
    files = dict(StoredFile.objects.filter(organisation=at.school, key__in=keys).values_list("key", "name"))
    return History(
        tuple((each.capitalize(), codes.get(each, "")) for each in subjects),
        tuple(_happening(event, files) for event in found),
    )


def _happening(event: Event, files: dict[str, str]) -> Happening:
    data = event.data
    how = str(data.get("how", ""))
    return Happening(
        event.at,
        str(event.person or "Keystage"),
        event.part.capitalize(),
        str(data.get("from", "")),
        str(data.get("to", "")),
        _WAYS.get(how, how.capitalize()),
        files.get(str(data.get("file", "")), ""),
    )
