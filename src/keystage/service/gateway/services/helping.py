"""Messages between a school and the helpdesk: written, looked at, and marked as needing no answer."""

import re
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from keystage.service.accounts.models import Person
from keystage.service.config.keys import new_key
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.gateway.models import GatewayReturn, Message, ThreadSeen
from keystage.service.gateway.services.help_emails import tell
from keystage.service.gateway.services.locking import lock

LONGEST = 4000
"""Characters of a message."""
HELPDESK, SCHOOL = "helpdesk", "school"

_NOTE_EVERY = timedelta(seconds=30)
"""That somebody has a thread open is noted no more often, so that looking costs few writes."""
_KEY = re.compile(r"[a-z0-9]{12}")


@transaction.atomic
def write(
    gateway_return: GatewayReturn, text: str, *, by: Person, is_helpdesk: bool, base: str, key: str = ""
) -> Message:
    """Write a message, and tell the other side by email where it is away.

    Args:
        gateway_return: on which thread.
        text: what is said, as it was typed.
        by: who writes.
        is_helpdesk: whether for the helpdesk; otherwise for the school.
        base: how addresses of this service begin: ``https://keystage.example``.
        key: of the form it was typed in: the same text with the same key again is the same message, sent once.
    """
    locked = lock(gateway_return)
    earlier = Message.objects.filter(key=key).first() if _KEY.fullmatch(key) else None
    if earlier and (earlier.gateway_return_id, earlier.by_id, earlier.text) == (locked.pk, by.pk, text):
        return earlier
    now = timezone.now()
    made = Message.objects.create(
        key=key if _KEY.fullmatch(key) and earlier is None else new_key(),
        gateway_return=locked, by=by, is_helpdesk=is_helpdesk, text=text, at=now,
    )  # fmt: skip
    _wait_for(locked, SCHOOL if is_helpdesk else HELPDESK)
    _seen(locked, by, upto=made)
    record(
        Kind.MESSAGE_WRITTEN, by=by, organisation=locked.school, year=locked.collection.year, target=made.key,
        part=HELPDESK if is_helpdesk else SCHOOL,
    )  # fmt: skip
    tell.enqueue(made.key, base)
    return made


@transaction.atomic
def needs_no_answer(gateway_return: GatewayReturn, *, by: Person) -> None:
    """Take a thread out of the helpdesk's queue without a message; one that is not in it stays as it is."""
    locked = lock(gateway_return)
    if locked.waiting_for != HELPDESK:
        return
    _wait_for(locked, "")
    record(Kind.HELP_SETTLED, by=by, organisation=locked.school, year=locked.collection.year, target=locked.key)


def look(gateway_return: GatewayReturn, person: Person) -> None:
    """Note that somebody has a thread open, and has seen what is on it; mostly there is nothing to note."""
    now = timezone.now()
    last = Message.objects.filter(gateway_return=gateway_return).order_by("pk").last()
    seen = ThreadSeen.objects.filter(gateway_return=gateway_return, person=person).first()
    is_noted = seen and seen.open_at and now - seen.open_at < _NOTE_EVERY
    if is_noted and seen and seen.upto_id == (last.pk if last else None):
        return
    _seen(gateway_return, person, upto=last)


def _seen(gateway_return: GatewayReturn, person: Person, *, upto: Message | None) -> None:
    ThreadSeen.objects.update_or_create(
        gateway_return=gateway_return, person=person, defaults={"upto": upto, "open_at": timezone.now()}
    )


def _wait_for(locked: GatewayReturn, whom: str) -> None:
    if locked.waiting_for != whom:
        locked.waiting_for, locked.waiting_since = whom, timezone.now() if whom else None
        locked.save(update_fields=["waiting_for", "waiting_since"])
