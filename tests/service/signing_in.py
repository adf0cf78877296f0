"""Signing in as people do: on the sign-in page, with the code that came by email."""

import re

from django.core import mail
from django.http import HttpResponse
from django.test import Client

from keystage.service.accounts.models import Person

PASSWORD = "a made-up password"  # noqa: S105
SIGN_IN, CODE = "/account/sign-in/", "/account/sign-in/code/"


def enter_password(client: Client, person: Person, password: str = PASSWORD, **extra: str) -> HttpResponse:
    """Send the first page; ``REMOTE_ADDR`` says from where."""
    return client.post(SIGN_IN, {"login": person.email, "password": password}, **extra)


def enter_code(client: Client, code: str | None = None) -> HttpResponse:
    """Send the second page: the code of the last email, unless another is given."""
    return client.post(CODE, {"action": "verify", "code": code or last_code()})


def last_code() -> str:
    """Return the code in the last email."""
    found = re.search(r"\b\d{6}\b", mail.outbox[-1].subject)
    assert found, f"no code in “{mail.outbox[-1].subject}”"
    return found[0]


def sign_in(client: Client, person: Person, password: str = PASSWORD) -> HttpResponse:
    """Sign in with both steps, and return the last answer: it leads on to where the person wanted to go."""
    response = enter_password(client, person, password)
    assert response.status_code == 302, "the password was not taken"
    if response.headers["Location"].startswith(CODE):
        response = enter_code(client)
    assert is_signed_in(client), "the second step was not taken"
    return response


def is_signed_in(client: Client) -> bool:
    """Say whether the client may see a page that needs signing in."""
    return client.get("/account/").status_code == 200
