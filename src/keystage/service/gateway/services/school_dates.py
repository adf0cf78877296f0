"""The dates of one school: an extension with its reason, and the visit of the authority's moderator."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from keystage.service.accounts.models import Organisation, Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.words import until_words
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.gateway.models import GatewayReturn
from keystage.service.gateway.services.locking import lock


@transaction.atomic
def extend(gateway_return: GatewayReturn, until: datetime, reason: str, *, by: Person) -> None:
    """Let a school send longer than the others.

    Raises:
        NotAllowedNow: the time is over already or brings nothing, or no reason is given.
    """
    locked = lock(gateway_return)
    if not reason.strip():
        raise NotAllowedNow("Say why the school may send longer.")
    if until <= timezone.now():
        raise NotAllowedNow("That time has passed already. Give a later one.")
    if until <= locked.collection.closes_at and locked.collection.closed_at is None:
        closes = until_words(locked.collection.closes_at)
        raise NotAllowedNow(f"Every school can send until {closes}. Give a later time.")
    locked.extended_until, locked.extension_reason = until, reason.strip()[:300]
    locked.save(update_fields=["extended_until", "extension_reason"])
    record(
        Kind.SCHOOL_EXTENDED, by=by, organisation=locked.school, year=locked.collection.year, target=locked.key,
        until=until_words(until), reason=locked.extension_reason,
    )  # fmt: skip


@transaction.atomic
def end_extension(gateway_return: GatewayReturn, *, by: Person) -> None:
    """Take an extension back: the collection's own dates apply again.

    Raises:
        NotAllowedNow: there is none.
    """
    locked = lock(gateway_return)
    if locked.extended_until is None:
        raise NotAllowedNow("The school has no extension.")
    locked.extended_until, locked.extension_reason = None, ""
    locked.save(update_fields=["extended_until", "extension_reason"])
    record(
        Kind.SCHOOL_EXTENDED, by=by, organisation=locked.school, year=locked.collection.year, target=locked.key,
        until="the date of all schools", reason="the extension was taken back",
    )  # fmt: skip


@transaction.atomic
def note_moderation(
    gateway_return: GatewayReturn,
    visit_on: date | None,
    *,
    is_moderated: bool = True,
    by: Person,
    noted_by: Organisation,
) -> None:
    """Note that a school's writing is moderated, with the day of the visit where it is known; or that it is not."""
    locked = lock(gateway_return)
    day = visit_on if is_moderated else None
    if (locked.is_moderated, locked.visit_on) == (is_moderated, day):
        return
    locked.is_moderated, locked.visit_on = is_moderated, day
    locked.save(update_fields=["is_moderated", "visit_on"])
    record(
        Kind.SCHOOL_MODERATED, by=by, organisation=locked.school, year=locked.collection.year, target=locked.key,
        is_moderated=is_moderated, visit_on=day.isoformat() if day else "", noted_by=noted_by.key,
    )  # fmt: skip
