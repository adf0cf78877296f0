"""Telling people that a return was accepted. The acceptance stands, whatever becomes of the email."""

import logging

from django_tasks import task

from keystage.service.accounts import mail
from keystage.service.accounts.models import Membership, Person
from keystage.service.accounts.roles import Role
from keystage.service.gateway.models import Receipt, Route

_log = logging.getLogger(__name__)


@task()
def email_receipt(number: str) -> int:
    """Email a receipt to who sent the file and to the school's headteachers; return how many emails went.

    An authority that sends a zip of many schools is told once, of all of it, and not of each receipt.
    """
    receipt = (
        Receipt.objects.filter(number=number)
        .select_related("by", "gateway_return__school", "gateway_return__collection", "submission__by")
        .first()
    )
    if receipt is None:
        return 0
    return sum(_send(receipt, person) for person in _told(receipt))


def _told(receipt: Receipt) -> list[Person]:
    heads = Membership.objects.filter(
        organisation=receipt.gateway_return.school, role=Role.HEAD, ended_at=None, person__is_active=True
    )
    sent = receipt.submission
    senders = [sent.by, receipt.by] if sent else [receipt.by]
    if sent and sent.route == Route.AUTHORITY:
        senders = [each for each in senders if each != sent.by]
    found = [*senders, *(each.person for each in heads.select_related("person").order_by("pk"))]
    return list({each.pk: each for each in found if each is not None and each.is_active}.values())


def _send(receipt: Receipt, person: Person) -> bool:
    at = receipt.gateway_return
    try:
        mail.send("gateway_receipt", person.email, receipt=receipt, school=at.school, year=at.collection.year)
    except mail.MailFailed:
        _log.exception("The email about a receipt could not be sent")
        return False
    return True
