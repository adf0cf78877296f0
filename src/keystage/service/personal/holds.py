"""Legal holds: what they cover can neither be erased nor let go, until they are ended."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from keystage.service.accounts.models import Organisation, Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.personal.models import LegalHold


def standing(organisation: Organisation) -> QuerySet[LegalHold]:
    """Return the holds of a school that are not ended, the newest first."""
    return LegalHold.objects.filter(organisation=organisation, ended_at=None).select_related("by").order_by("-at")


def holding(organisations: Collection[int], keys: Collection[str]) -> list[LegalHold]:
    """Return the holds that keep a pupil with these keys at these schools from being erased."""
    covers = Q(pupil="", organisation__in=organisations) | Q(pupil__in=keys)
    return list(LegalHold.objects.filter(covers, ended_at=None).order_by("at"))


def schools_held() -> set[int]:
    """Return the schools of which something is held: nothing of them is let go."""
    return set(LegalHold.objects.filter(ended_at=None).values_list("organisation_id", flat=True))


@transaction.atomic
def set_hold(organisation: Organisation, reason: str, *, by: Person | None, pupil: str = "") -> LegalHold:
    """Set a hold on a pupil, or on everything of a school.

    Raises:
        NotAllowedNow: no reason is given.
    """
    if not reason.strip():
        raise NotAllowedNow("Say why nothing may be erased: who asked for it, and a reference.")
    made = LegalHold.objects.create(
        organisation=organisation, pupil=pupil, reason=reason.strip()[:300], by=by, at=timezone.now()
    )
    what = "a pupil" if pupil else organisation.in_words
    record(Kind.HOLD_SET, by=by, organisation=organisation, target=pupil or made.key, what=what, reason=made.reason)
    return made


@transaction.atomic
def end_hold(organisation: Organisation, key: str, *, by: Person | None) -> None:
    """End a hold; one that is ended already stays as it is.

    Raises:
        NotAllowedNow: there is no such hold at this school.
    """
    found = LegalHold.objects.select_for_update().filter(organisation=organisation, key=key).first()
    if found is None:
        raise NotAllowedNow("There is no such hold. Look at the list as it is now.")
    if found.ended_at is None:
        found.ended_at, found.ended_by = timezone.now(), by
        found.save(update_fields=["ended_at", "ended_by"])
        what = "a pupil" if found.pupil else organisation.in_words
        record(Kind.HOLD_ENDED, by=by, organisation=organisation, target=found.pupil or found.key, what=what)
