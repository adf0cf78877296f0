"""The dates that apply to a school: the collection's, its own extension, and its authority's earlier date."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils import timezone

from keystage.service.config.ready_query import ReadyQuery
from keystage.service.gateway.models import AuthoritySettings, Collection, GatewayReturn


@dataclass(frozen=True, slots=True)
class Dates:
    """When a school's files are taken, and when they are wanted."""

    opens_at: datetime
    closes_at: datetime
    """The last moment, with the school's own extension where it has one."""
    wanted_by: datetime
    """The authority's earlier date where it sets one that applies to the school; else the same as ``closes_at``."""
    is_extended: bool
    is_closed_by_hand: bool

    def is_open_at(self, moment: datetime) -> bool:
        """Say whether a file is taken at a moment."""
        return self.opens_at <= moment < self.closes_at and (self.is_extended or not self.is_closed_by_hand)

    @property
    def is_open(self) -> bool:
        """Whether a file is taken now."""
        return self.is_open_at(timezone.now())


def dates_of(gateway_return: GatewayReturn, authority: AuthoritySettings | None = None) -> Dates:
    """Return the dates of a school; the settings of its authority count where they are given.

    A moderated school is exempt from its authority's date until the day of its visit has passed.
    """
    collection = gateway_return.collection
    closes, extended = collection.closes_at, gateway_return.extended_until
    is_extended = extended is not None and (extended > closes or collection.closed_at is not None)
    last = extended if extended is not None and is_extended else closes
    due = authority.due_at if authority and not _is_exempt(gateway_return) else None
    return Dates(
        collection.opens_at, last, min(due, last) if due else last, is_extended, collection.closed_at is not None
    )


_SETTINGS = ReadyQuery(
    lambda collection, number: AuthoritySettings.objects.filter(
        collection=collection, authority__number=number, authority__is_practice=F("collection__is_practice")
    ).order_by("pk")
)


def authority_settings(gateway_return: GatewayReturn) -> AuthoritySettings | None:
    """Return what the school's authority has set for itself; None where it has set nothing."""
    return _SETTINGS.first(collection=gateway_return.collection_id, number=gateway_return.authority_number)


def settings_by_authority(collection: Collection) -> dict[str, AuthoritySettings]:
    """Return what each authority has set for itself, by its number; those that have set nothing are left out."""
    found = AuthoritySettings.objects.filter(collection=collection, authority__is_practice=collection.is_practice)
    return {each.authority.number: each for each in found.select_related("authority")}


def _is_exempt(gateway_return: GatewayReturn) -> bool:
    if not gateway_return.is_moderated:
        return False
    return gateway_return.visit_on is None or timezone.localdate() <= gateway_return.visit_on


def is_registration_open(collection: Collection, moment: datetime | None = None) -> bool:
    """Say whether schools change their register at a moment, or now: until the cut-off, afterwards only the agency.

    Where the collection has no dates for registration, it is open until files are taken no more.
    """
    at = moment or timezone.now()
    opens, closes = collection.registration_opens_at, collection.registration_closes_at or collection.closes_at
    return collection.closed_at is None and (opens is None or opens <= at) and at < closes
