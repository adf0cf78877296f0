"""Taking words out of the record: the one door, itself an event, that stays open for one act.

What happened, when, by whom and to which key stays; what was said of somebody goes. See decision 23.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from keystage.service.events.kinds import Kind
from keystage.service.events.models import Erasure, Event
from keystage.service.events.record import record

if TYPE_CHECKING:
    from keystage.service.accounts.models import Organisation, Person

PLAIN = frozenset({"how", "check", "fields", "is_new", "by_agency", "version", "roles", "ways", "device"})
"""What an event may go on saying: it tells nothing of anybody."""
_AT_ONCE = 500


def begin(
    kind: Kind,
    what: str,
    *,
    by: "Person | None",
    organisation: "Organisation | None" = None,
    reason: str = "",
    targets: Iterable[str] = (),
    before: datetime | None = None,
    key: str = "",
) -> Erasure:
    """Begin an erasure, and write the event of it; it ends with :func:`finish`, in the same transaction.

    Args:
        kind: the kind of event it is.
        what: ``pupil``, ``retention`` or ``account``.
        by: who does it; None where the program itself does.
        organisation: whose record it is written in.
        reason: why, in words that name nobody.
        targets: the keys whose events may lose words.
        before: the moment before which every event may lose words.
        key: that of an erasure which is done again, after older data was brought back.

    Raises:
        RuntimeError: there is no transaction, so that half of it could stay.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an erasure is one transaction, and there is none")
    made = Erasure(
        what=what, at=timezone.now(), by=by, organisation=organisation, reason=reason.strip()[:300],
        targets=sorted(set(targets) - {""}), before=before,
    )  # fmt: skip
    made.key = key or made.key
    made.save()
    record(kind, by=by, organisation=organisation, target=made.key, reason=made.reason)
    return made


def take_words_out(erasure: Erasure, events: QuerySet[Event], *, also_plain: frozenset[str] = frozenset()) -> int:
    """Take out of events what they say of somebody, and return how many had anything to lose.

    Raises:
        django.db.DatabaseError: an event is none of this erasure's; nothing is changed.
    """
    plain, done = PLAIN | also_plain, 0
    for event in events.exclude(data={}).order_by("pk").iterator(chunk_size=_AT_ONCE):
        if not _says_more(event.data, plain):
            continue
        kept = {name: value for name, value in event.data.items() if name in plain}
        Event.objects.filter(pk=event.pk).update(data={**kept, "erased": erasure.key})
        done += 1
    return done


def how_many_say_more(events: QuerySet[Event]) -> int:
    """Return how many events have words to lose."""
    found = events.exclude(data={}).values_list("data", flat=True)
    return sum(_says_more(data, PLAIN) for data in found.iterator(chunk_size=_AT_ONCE))


def _says_more(data: dict[str, object], plain: frozenset[str]) -> bool:
    return bool(data.keys() - plain - {"erased"})


def of_targets(erasure: Erasure) -> QuerySet[Event]:
    """Return the events of what an erasure names."""
    return Event.objects.filter(target__in=erasure.targets)


def finish(erasure: Erasure, counts: dict[str, int]) -> None:
    """Close the door: nothing can be taken out by this erasure any more."""
    erasure.counts, erasure.finished_at = counts, timezone.now()
    erasure.save(update_fields=["counts", "finished_at"])
