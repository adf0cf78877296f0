"""Telling those who are away by email that there is a message: once, until they look. Its text is not in the email."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from keystage.service.accounts import mail
from keystage.service.accounts.models import Organisation, Person
from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.gateway.mailing import people_who_may
from keystage.service.gateway.models import GatewayReturn, Message, ThreadSeen
from keystage.service.gateway.services.locking import lock

AWAY_AFTER = timedelta(minutes=3)
"""Somebody who has not had the thread open for so long is away."""

_log = logging.getLogger(__name__)


@task()
def tell(message: str, base: str) -> None:
    """Tell those of the other side who are away that there is a message; safe to run twice."""
    found = Message.objects.select_related("gateway_return__collection", "gateway_return__school", "by").get(
        key=message
    )
    thread = found.gateway_return
    agency = None if found.is_helpdesk else agency_of(thread)
    if agency:
        people, page = (
            _helpdesk(thread, agency),
            ("agency:help-thread", {"organisation": agency.key, "key": thread.key}),
        )
    else:
        people, page = _school(thread), ("gateway:help", {"organisation": thread.school.key})
    href = base + reverse(page[0], kwargs={**page[1], "year": thread.collection.year})
    for person in people if agency or found.is_helpdesk else ():
        if person.pk != found.by_id and _claim(thread, person, everywhere=agency is not None):
            _send(found, person, href)


def agency_of(gateway_return: GatewayReturn) -> Organisation | None:
    """Return the agency whose collection it is; None where there is none yet."""
    return Organisation.objects.filter(
        kind=OrganisationKind.AGENCY, is_practice=gateway_return.collection.is_practice
    ).first()


def _school(thread: GatewayReturn) -> list[Person]:
    """Return whom of the school a message is for: those who wrote on the thread, or else all who may."""
    may = people_who_may(Permission.ASK_HELP, thread.school)
    wrote = set(Message.objects.filter(gateway_return=thread, is_helpdesk=False).values_list("by", flat=True))
    return [each for each in may if each.pk in wrote] or may


def _helpdesk(thread: GatewayReturn, agency: Organisation) -> list[Person]:
    """Return whom of the helpdesk a message is for: nobody where one of them has the thread open."""
    people = people_who_may(Permission.ANSWER_SCHOOLS, agency)
    looking = ThreadSeen.objects.filter(
        gateway_return=thread, person__in=people, open_at__gt=timezone.now() - AWAY_AFTER
    )
    return [] if looking.exists() else people


@transaction.atomic
def _claim(thread: GatewayReturn, person: Person, *, everywhere: bool) -> bool:
    """Note that a person is told now; False where they look, or were told and have not looked since.

    Somebody of the helpdesk is told of all threads together, not of each: the queue shows them.
    """
    lock(thread)
    own, _ = ThreadSeen.objects.get_or_create(gateway_return=thread, person=person)
    seen = ThreadSeen.objects.filter(person=person)
    seen = seen.filter(gateway_return__collection=thread.collection) if everywhere else seen.filter(pk=own.pk)
    last = seen.aggregate(open=Max("open_at"), told=Max("emailed_at"))
    now = timezone.now()
    is_looking = own.open_at is not None and own.open_at > now - AWAY_AFTER
    is_told = last["told"] is not None and (last["open"] is None or last["told"] > last["open"])
    if is_looking or is_told:
        return False
    ThreadSeen.objects.filter(pk=own.pk).update(emailed_at=now)
    return True


def _send(found: Message, person: Person, href: str) -> None:
    thread = found.gateway_return
    who = "The helpdesk" if found.is_helpdesk else str(thread.school)
    try:
        mail.send("help_message", person.email, name=person.name, who=who, year=thread.collection.year, link=href)
    except mail.MailFailed:
        _log.exception("An email about a message on the help thread could not be sent")
        ThreadSeen.objects.filter(gateway_return=thread, person=person).update(emailed_at=None)
