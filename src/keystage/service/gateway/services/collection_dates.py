"""A collection in season: its dates are moved, it is closed and opened again by hand, and what it accepts is set."""

from django.db import transaction
from django.utils import timezone

from keystage.service.accounts.models import Organisation, Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.gateway.models import Collection
from keystage.service.gateway.services.collections import Dates, out_of_order


def dates_now(collection: Collection) -> Dates:
    """Return the dates of a collection as they stand."""
    return Dates(*(getattr(collection, name) for name in Dates._fields))


@transaction.atomic
def move_dates(collection: Collection, dates: Dates, *, agency: Organisation, by: Person) -> tuple[str, ...]:
    """Move the dates of a collection; they apply at once.

    Returns:
        the names of the dates that changed.

    Raises:
        NotAllowedNow: they are out of order.
    """
    locked = _lock(collection)
    if why := out_of_order(dates):
        raise NotAllowedNow(f"{why[1]} Nothing was changed.")
    before = dates_now(locked)
    changed = tuple(name for name in Dates._fields if getattr(before, name) != getattr(dates, name))
    if changed:
        for name in changed:
            setattr(locked, name, getattr(dates, name))
        locked.save(update_fields=changed)
        said = {name: [_iso(getattr(before, name)), _iso(getattr(dates, name))] for name in changed}
        record(
            Kind.COLLECTION_CHANGED, by=by, organisation=agency, year=locked.year, target=locked.key, changes=said
        )  # fmt: skip
    return changed


@transaction.atomic
def set_single_pupils(collection: Collection, *, accepts: bool, agency: Organisation, by: Person) -> None:
    """Set whether the sound pupils of a file with errors count."""
    locked = _lock(collection)
    if locked.accepts_single_pupils != accepts:
        locked.accepts_single_pupils = accepts
        locked.save(update_fields=["accepts_single_pupils"])
        record(
            Kind.COLLECTION_CHANGED, by=by, organisation=agency, year=locked.year, target=locked.key,
            changes={"accepts_single_pupils": [not accepts, accepts]},
        )  # fmt: skip


@transaction.atomic
def close(collection: Collection, *, agency: Organisation, by: Person) -> None:
    """Close a collection by hand, before its closing date: no file is taken but from schools with an extension.

    Raises:
        NotAllowedNow: it is closed already.
    """
    locked = _lock(collection)
    if locked.closed_at is not None:
        raise NotAllowedNow("The collection is closed already.")
    locked.closed_at = timezone.now()
    locked.save(update_fields=["closed_at"])
    record(Kind.COLLECTION_CLOSED, by=by, organisation=agency, year=locked.year, target=locked.key)


@transaction.atomic
def reopen(collection: Collection, *, agency: Organisation, by: Person) -> None:
    """Open a collection again that was closed by hand; its dates apply again.

    Raises:
        NotAllowedNow: nobody has closed it.
    """
    locked = _lock(collection)
    if locked.closed_at is None:
        raise NotAllowedNow("Nobody has closed the collection by hand. To take files for longer, move its dates.")
    locked.closed_at = None
    locked.save(update_fields=["closed_at"])
    record(Kind.COLLECTION_REOPENED, by=by, organisation=agency, year=locked.year, target=locked.key)


def _lock(collection: Collection) -> Collection:
    return Collection.objects.select_for_update().get(pk=collection.pk)


def _iso(moment: object) -> str:
    return str(moment.isoformat()) if hasattr(moment, "isoformat") else ""
