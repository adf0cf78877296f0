"""Writing to the record: always in the transaction of the change itself."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from django.utils import timezone

from keystage.service.config.rows import insert
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event

if TYPE_CHECKING:
    from keystage.service.accounts.models import Organisation, Person


class Done(NamedTuple):
    """One thing done, of the many of a single act."""

    target: str
    part: str = ""
    data: dict[str, Any] = {}


def record(
    kind: Kind,
    *,
    by: "Person | None",
    organisation: "Organisation | None" = None,
    year: int | None = None,
    target: str = "",
    part: str = "",
    **data: Any,
) -> Event:
    """Write one event. The data must be plain values, and hold no names of pupils."""
    (event,) = record_all(kind, [Done(target, part, data)], by=by, organisation=organisation, year=year)
    return event


def record_alone(
    kind: Kind,
    *,
    by: "Person | None",
    organisation: "Organisation | None" = None,
    year: int | None = None,
    target: str = "",
    **data: Any,
) -> Event:
    """Write an event that goes with no change: somebody was given a file. One statement is a transaction by itself."""
    event = Event(
        at=timezone.now(), kind=kind, person=by, organisation=organisation, year=year, target=target, data=data
    )
    insert([event])
    return event


def record_all(
    kind: Kind,
    done: Iterable[Done],
    *,
    by: "Person | None",
    organisation: "Organisation | None" = None,
    year: int | None = None,
) -> list[Event]:
    """Write many events of one act, in order, all at the same time.

    Raises:
        RuntimeError: there is no transaction, so the change could be kept without its event.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an event is written in the transaction of its change, and there is none")
    now = timezone.now()
    events = [
        Event(at=now, kind=kind, person=by, organisation=organisation, year=year, target=target, part=part, data=data)
        for target, part, data in done
    ]
    return insert(events)
