"""Email from the gateway: handed over once the change is kept, in the background, and never able to undo it."""

import logging
from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django_tasks import task

from keystage.service.accounts import mail
from keystage.service.accounts.models import Organisation, Person
from keystage.service.accounts.roles import OrganisationKind, Permission, roles_with
from keystage.service.gateway.dates import authority_settings
from keystage.service.gateway.models import AuthoritySettings, GatewayReturn, Route, Submission

_log = logging.getLogger(__name__)
_USUAL = AuthoritySettings._meta.get_field("emails").default
"""What holds for an authority that has chosen nothing."""


def people_who_may(permission: Permission, organisation: Organisation) -> list[Person]:
    """Return everybody at an organisation who may do something there, by name."""
    found = Person.objects.filter(
        is_active=True,
        memberships__organisation=organisation,
        memberships__ended_at=None,
        memberships__role__in=roles_with(permission),
    )
    return list(found.distinct().order_by("name", "pk"))


def mail_later(name: str, people: Iterable[Person], /, **context: object) -> None:
    """Send one of our emails to each of some people once the transaction is over; the context is plain values."""
    addresses = [each.email for each in people]
    if addresses:
        transaction.on_commit(partial(deliver.enqueue, name, addresses, context), robust=True)


@task()
def deliver(name: str, addresses: list[str], context: dict[str, object]) -> None:
    """Hand over an email to each address; one that is not taken is logged and stops no other."""
    for address in addresses:
        try:
            mail.send(name, address, **context)
        except mail.MailFailed:
            _log.exception("The email “%s” could not be sent", name)


def authority_people(gateway_return: GatewayReturn, *settings: str) -> list[Person]:
    """Return the data officers of a school's authority, where it wants to be told: it has one of these settings."""
    chosen = authority_settings(gateway_return)
    if (chosen.emails if chosen else _USUAL) not in settings:
        return []
    authority = Organisation.objects.filter(
        kind=OrganisationKind.AUTHORITY,
        number=gateway_return.authority_number,
        is_practice=gateway_return.collection.is_practice,
    ).first()
    return people_who_may(Permission.UPLOAD_FOR_SCHOOLS, authority) if authority else []


def tell_of_file(submission: Submission) -> None:
    """Tell a school's authority of a new file and what came of it, where it wants that and did not send it itself."""
    if submission.route == Route.AUTHORITY:
        return
    returned = submission.gateway_return
    mail_later(
        "authority_file", authority_people(returned, "each"), school=returned.school.name,
        year=returned.collection.year, file=submission.file.name, stage=str(submission.stage),
        errors=submission.errors, queries=submission.queries,
    )  # fmt: skip
