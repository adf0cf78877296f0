"""A new email address on trial: a code was sent there, and the session keeps what it must be."""

import time
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

from keystage.service.accounts import mail
from keystage.service.accounts.models import Person

_KEY = "new-email"
TRIES = 5
VALID_FOR = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT
MOST_CODES = 5
"""So many codes a person may ask for in one session, so that nobody's post is flooded through us."""


def ask(request: HttpRequest, email: str) -> None:
    """Send a code to an address. Where it is somebody's already, its owner is told, and no code is right."""
    sent = request.session.get(_KEY, {}).get("sent", 0) + 1
    code = get_random_string(6, "0123456789")
    taken = Person.objects.filter(email=email).exists()
    known = "" if taken or sent > MOST_CODES else _hash(code)  # a code that was never sent must not be guessed
    request.session[_KEY] = {"email": email, "code": known, "at": time.time(), "tries": 0, "sent": sent}
    if sent > MOST_CODES:
        return
    if taken:
        mail.send("email_taken", email)
    else:
        mail.send("new_email", email, code=code, name=str(request.user))


def asked(request: HttpRequest) -> str | None:
    """Return the address on trial, while its code is valid."""
    state = _state(request)
    return str(state["email"]) if state else None


def confirm(request: HttpRequest, code: str) -> bool:
    """Say whether a code is right; it works once, and not after a few wrong ones."""
    state = _state(request)
    if state is None:
        return False
    state["tries"] += 1
    is_right = bool(state["code"]) and constant_time_compare(_hash("".join(code.split())), state["code"])
    if is_right:
        state["code"], state["tries"] = "", TRIES
    request.session[_KEY] = state
    return is_right


def _state(request: HttpRequest) -> dict[str, Any] | None:
    state = cast("dict[str, Any] | None", request.session.get(_KEY))
    if not state or state["tries"] >= TRIES or time.time() - state["at"] > VALID_FOR:
        return None
    return state


def _hash(code: str) -> str:
    return salted_hmac("keystage.new-email", code, algorithm="sha256").hexdigest()
