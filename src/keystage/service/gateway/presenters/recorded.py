"""The record of who did what on the gateway: of a school, of the agency, of the country."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.db.models import Q, QuerySet

from keystage.service.accounts.models import Organisation
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.gateway.models import Collection
from keystage.service.gateway.services.collections import end_of, start_of

_STARTS = (
    *("collection.", "registration.", "attendance.", "submission.", "correction.", "receipt.", "upload."),
    *("help.", "results.", "token.", "moderation."),
)
_OTHERS = {
    *(Kind.DECLARED, Kind.NIL_DECLARED, Kind.NIL_TAKEN_BACK, Kind.HELD_REMOVED, Kind.RETURN_REMOVED),
    *(Kind.RESEND_ASKED, Kind.SCHOOL_CHASED),
}
KINDS = tuple(kind for kind in Kind if kind.startswith(_STARTS) or kind in _OTHERS)
"""What is done on the gateway; a school's own side is nobody's business here."""


GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "dates": ("Collections and their dates", ("collection.",)),
        "registration": ("Registration and attendance", ("registration.", "attendance.", str(Kind.DECLARED))),
        "files": ("Files, receipts and corrections", ("submission.", "receipt.", "correction.", "upload.")),
        "returns": ("Returns: nil, removed, asked for again, reminded", ("return.",)),
        "moderation": ("Moderation", ("moderation.",)),
        "help": ("Messages with the helpdesk", ("help.",)),
        "results": ("Results", ("results.",)),
        "programs": ("Programs and their tokens", ("token.",)),
    }
)
"""What the record can be narrowed to: a name, its words, and how the kinds of it begin."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What of the record is asked for; what is empty asks for everything."""

    about: str = ""
    """A name of :data:`GROUPS`."""
    who: str = ""
    """Part of the name of whoever did it."""
    school: str = ""
    """Part of a school's name, or the beginning of its number."""
    on: date | None = None
    """The day, in London."""

    def of(self, events: QuerySet[Event]) -> QuerySet[Event]:
        """Return what of some events is asked for."""
        if self.about in GROUPS:
            starts = GROUPS[self.about][1]
            events = events.filter(kind__in=[kind for kind in KINDS if kind.startswith(starts)])
        for word in self.who.split():
            events = events.filter(person__name__icontains=word)
        for word in self.school.split():
            found = Q(organisation__name__icontains=word) | Q(organisation__number__startswith=word.replace("/", ""))
            events = events.filter(found)
        if self.on is not None:
            events = events.filter(at__gte=start_of(self.on), at__lt=end_of(self.on))
        return events


def recorded(collection: Collection, organisation: Organisation | None = None) -> QuerySet[Event]:
    """Return what was done in a collection, the latest first: by or for one organisation, or anywhere."""
    found = Event.objects.filter(year=collection.year, kind__in=KINDS)
    if organisation is None:
        found = found.filter(organisation__is_practice=collection.is_practice)
    else:
        found = found.filter(organisation=organisation)
    return found.select_related("person", "organisation").order_by("-id")
