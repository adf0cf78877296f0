"""How long a session lasts: 12 hours in all, 60 minutes without use, and no longer than the person's epoch."""

import time

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import F
from django.http import HttpRequest

from keystage.service.accounts.models import Person

_BEGAN, _SEEN, _EPOCH = "began", "seen", "epoch"
_NOTE_EVERY = 60
"""Seconds: use is noted no more often than this, so that a page costs no write."""


def begin(session: SessionBase, person: Person) -> None:
    """Note when a session began, and in which epoch."""
    session[_BEGAN] = session[_SEEN] = time.time()
    session[_EPOCH] = person.session_epoch


def has_ended(request: HttpRequest) -> bool:
    """Say whether the session of somebody signed in is over."""
    session, person = request.session, request.user
    if SESSION_KEY not in session or not isinstance(person, Person):
        return False
    now = time.time()
    return (
        now - session.get(_BEGAN, 0) >= settings.SESSION_LENGTH.total_seconds()
        or now - session.get(_SEEN, 0) >= settings.SESSION_IDLE.total_seconds()
        or session.get(_EPOCH) != person.session_epoch
        or not person.is_active
    )


def note_use(request: HttpRequest) -> None:
    """Note that the session was used, at most once a minute; what a page asks by itself, unlooked at, is no use."""
    if request.headers.get("X-Background"):
        return
    if SESSION_KEY in request.session and time.time() - request.session.get(_SEEN, 0) >= _NOTE_EVERY:
        request.session[_SEEN] = time.time()


def end_all(person: Person) -> None:
    """End every session of a person, wherever."""
    Person.objects.filter(pk=person.pk).update(session_epoch=F("session_epoch") + 1)
    person.refresh_from_db(fields=["session_epoch"])


def end_others(request: HttpRequest, person: Person) -> None:
    """End every session of a person but this one."""
    end_all(person)
    request.session[_EPOCH] = person.session_epoch
