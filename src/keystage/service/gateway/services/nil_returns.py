"""Nil returns: a school in which nobody is expected says so with a reason, and can take it back."""

from django.db import transaction
from django.utils import timezone

from keystage.service.accounts.models import Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.gateway.dates import dates_of
from keystage.service.gateway.models import GatewayReturn, Receipt
from keystage.service.gateway.register import held_of
from keystage.service.gateway.services.locking import lock
from keystage.service.gateway.services.receipts import give_nil_receipt
from keystage.service.gateway.services.settling import settle
from keystage.service.gateway.tasks.receipts import email_receipt


def why_not(gateway_return: GatewayReturn) -> str:
    """Say why no nil return can be sent now; nothing where it can."""
    if not dates_of(gateway_return).is_open:
        return "Returns are not taken now, and a nil return is one."
    if gateway_return.expected:
        return (
            "Pupils are expected, so there is something to return. If they are not yours, first say so on the register."
        )
    if held_of(gateway_return):
        return "Pupils of a file count already. Remove them first."
    return ""


@transaction.atomic
def declare_nil(gateway_return: GatewayReturn, reason: str, *, by: Person) -> Receipt:
    """Send a nil return: there is nobody to report. Sent again with another reason it is a new one.

    Raises:
        NotAllowedNow: somebody is expected or counts, no reason is given, or returns are not taken now.
    """
    locked = lock(gateway_return)
    settle(locked)
    if why := why_not(locked):
        raise NotAllowedNow(f"{why} Nothing was sent.")
    if not reason.strip():
        raise NotAllowedNow("Say why there is nobody to report.")
    now = timezone.now()
    locked.nil_reason, locked.nil_at, locked.nil_by = reason.strip()[:300], now, by
    locked.save(update_fields=["nil_reason", "nil_at", "nil_by"])
    record(
        Kind.NIL_DECLARED, by=by, organisation=locked.school, year=locked.collection.year, reason=locked.nil_reason
    )  # fmt: skip
    settle(locked)
    receipt = give_nil_receipt(locked, by=by, at=now)
    email_receipt.enqueue(receipt.number)
    return receipt


@transaction.atomic
def take_back_nil(gateway_return: GatewayReturn, *, by: Person) -> None:
    """Take a nil return back. Its receipt stays as it was given.

    Raises:
        NotAllowedNow: there is none, or returns are not taken now.
    """
    locked = lock(gateway_return)
    if locked.nil_at is None:
        raise NotAllowedNow("There is no nil return to take back.")
    if not dates_of(locked).is_open:
        raise NotAllowedNow("Returns are not taken now, so this one stays as it is. Write to the helpdesk.")
    locked.nil_reason, locked.nil_at, locked.nil_by = "", None, None
    locked.save(update_fields=["nil_reason", "nil_at", "nil_by"])
    record(Kind.NIL_TAKEN_BACK, by=by, organisation=locked.school, year=locked.collection.year)
    settle(locked)
