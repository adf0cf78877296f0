"""The record of an organisation, as its page and its file show it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from keystage.service.accounts.hooks import target_names
from keystage.service.accounts.models import Membership, Organisation, Person
from keystage.service.accounts.presenters.sentences import sentence
from keystage.service.accounts.roles import OrganisationKind
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event

_BY_PROGRAM = {Kind.CODE_SENT: "Keystage", Kind.SIGN_IN_FAILED: "Somebody"}

_GATEWAY = ("registration.", "attendance.", "submission.", "correction.", "receipt.", "upload.")

GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "people": ("People and signing in", ("person.",)),
    "pupils": ("Pupils", ("pupil.", "roll.", "register.")),
    "judgements": ("Judgements", ("judgement.", "judgements.", "query.")),
    "return": ("The return: years, signing, sending", ("return.", "file.")),
    "gateway": ("The gateway: registration, files and receipts", _GATEWAY),
    "help": ("Messages with the helpdesk", ("help.",)),
    "collections": ("Collections and their dates", ("collection.",)),
    "results": ("Results", ("results.",)),
    "privacy": ("Personal data: given out, erased, held", ("privacy.",)),
    "settings": ("Settings", ("settings.", "organisation.", "token.")),
}
"""What the record can be narrowed to: a name, and how the kinds of it begin."""

_OF_SCHOOLS = ("pupils", "judgements", "return")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the record."""

    at: datetime
    who: str
    what: str
    kind: str
    year: int | None


def events_of(organisation: Organisation, *, person: str = "", group: str = "") -> QuerySet[Event]:
    """Return the events of an organisation, the newest first.

    Args:
        organisation: whose record.
        person: the key of a person, to see only what they did or what was done to them.
        group: a name of :data:`GROUPS`.
    """
    events = Event.objects.filter(organisation=organisation)
    if person:
        events = events.filter(Q(person__key=person) | Q(target=person))
    if group in GROUPS:
        starts = Q()
        for start in GROUPS[group][1]:
            starts |= Q(kind__startswith=start)
        events = events.filter(starts)
    return events.select_related("person").order_by("-id")


def groups_of(organisation: Organisation) -> list[tuple[str, str]]:
    """Return the name and the words of what the record of an organisation can be narrowed to."""
    is_school = organisation.kind == OrganisationKind.SCHOOL
    return [(name, words) for name, (words, _) in GROUPS.items() if is_school or name not in _OF_SCHOOLS]


def people_in_record(organisation: Organisation) -> list[tuple[str, str]]:
    """Return the key and name of everybody who belongs, or belonged, to an organisation."""
    people = Person.objects.filter(
        pk__in=Membership.objects.filter(organisation=organisation).values("person_id")
    ).order_by("name")
    return [(person.key, str(person)) for person in people]


def lines(organisation: Organisation, events: Iterable[Event]) -> list[Line]:
    """Return events in words, with names for keys as far as they are known."""
    held = list(events)
    names = _names(organisation, held)
    return [_line(event, names.get(event.target, event.target)) for event in held]


def all_lines(organisation: Organisation, events: QuerySet[Event], *, at_once: int = 500) -> Iterator[Line]:
    """Yield every event in words, some at a time."""
    batch: list[Event] = []
    for event in events.iterator(chunk_size=at_once):
        batch.append(event)
        if len(batch) == at_once:
            yield from lines(organisation, batch)
            batch = []
    yield from lines(organisation, batch)


def _names(organisation: Organisation, events: Sequence[Event]) -> dict[str, str]:
    keys = {event.target for event in events if event.target}
    people = {person.key: str(person) for person in Person.objects.filter(key__in=keys)} if keys else {}
    return target_names(organisation, keys - set(people)) | people


def _line(event: Event, target: str) -> Line:
    try:
        by_program = _BY_PROGRAM.get(Kind(event.kind), "Keystage")
    except ValueError:
        by_program = "Keystage"
    who = str(event.person) if event.person else by_program
    what = sentence(event, who, target or "somebody")
    return Line(event.at, who, what, event.kind, event.year)
