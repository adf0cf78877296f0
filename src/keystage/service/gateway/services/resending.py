"""Asking a school to send again; a request is open until a later file counts."""

from django.db import transaction

from keystage.service.accounts.models import Organisation, Person
from keystage.service.accounts.roles import Permission
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.gateway.dates import dates_of
from keystage.service.gateway.mailing import authority_people, mail_later, people_who_may
from keystage.service.gateway.models import GatewayReturn, ResendRequest
from keystage.service.gateway.services.locking import lock


@transaction.atomic
def ask_to_send_again(
    gateway_return: GatewayReturn, reason: str, *, by: Person, asked_for: Organisation
) -> ResendRequest:
    """Ask a school to send again, and tell it and its authority by email.

    Args:
        gateway_return: the school's return.
        reason: why, in words for the school.
        by: who asks.
        asked_for: the agency or authority in whose name it is asked.

    Raises:
        NotAllowedNow: nothing has come from the school, it cannot send, or it was asked already for the same reason.
    """
    locked = lock(gateway_return)
    _may_be_asked(locked, reason)
    made = ResendRequest.objects.create(gateway_return=locked, reason=reason, asked_by=by, asked_for=asked_for)
    record(
        Kind.RESEND_ASKED, by=by, organisation=locked.school, year=locked.collection.year, target=made.key,
        reason=reason, asked_for=asked_for.name,
    )  # fmt: skip
    _tell(locked, made)
    return made


def _may_be_asked(locked: GatewayReturn, reason: str) -> None:
    school = locked.school.name
    if locked.latest_id is None:
        raise NotAllowedNow(f"Nothing has come from {school} yet, so it cannot be asked to send again.")
    if not dates_of(locked).is_open:
        raise NotAllowedNow(
            f"{school} cannot send now: the collection is closed. The agency can let one school send for longer."
        )
    if ResendRequest.objects.filter(gateway_return=locked, answered_at=None, reason=reason).exists():
        raise NotAllowedNow(f"{school} was asked for this reason already, and has not sent again yet.")


def _tell(locked: GatewayReturn, made: ResendRequest) -> None:
    said = {
        "school": locked.school.name,
        "year": locked.collection.year,
        "reason": made.reason,
        "asked_for": made.asked_for.name,
    }
    mail_later("asked_to_send_again", people_who_may(Permission.SUBMIT, locked.school), **said)
    others = [each for each in authority_people(locked, "each", "requests") if each.pk != made.asked_by_id]
    mail_later("authority_request", others, **said)
