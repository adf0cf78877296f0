"""The record of who did what on the gateway: of a school, of the agency, of the country."""

from django.db.models import QuerySet

from keystage.service.accounts.models import Organisation
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.gateway.models import Collection

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


def recorded(collection: Collection, organisation: Organisation | None = None) -> QuerySet[Event]:
    """Return what was done in a collection, the latest first: by or for one organisation, or anywhere."""
    found = Event.objects.filter(year=collection.year, kind__in=KINDS)
    if organisation is None:
        found = found.filter(organisation__is_practice=collection.is_practice)
    else:
        found = found.filter(organisation=organisation)
    return found.select_related("person", "organisation").order_by("-id")
