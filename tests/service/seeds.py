"""What servers in tests are filled with; each function returns plain values for the test."""

from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from keystage.service.accounts.models import Person
from keystage.service.demo.seed import demo_school


def practice_school() -> dict[str, Any]:
    """Fill in the practice school; return its address and a signed-in session for each of its people."""
    school = demo_school()
    people = {what: session_of(person) for person, what in school.people}
    return {"base": f"schools/{school.organisation.key}/{school.school_return.year}/", "sessions": people}


def session_of(person: Person) -> str:
    """Return the key of a session in which a person is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)
