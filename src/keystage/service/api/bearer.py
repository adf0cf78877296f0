"""Who asks: a token in the header ``Authorization``, which may be used for some things and not for others."""

from http import HTTPStatus

from django.http import HttpRequest
from ninja.security import HttpBearer

from keystage.ctf.limits import LIMITS
from keystage.service.accounts.limits import address_of
from keystage.service.accounts.models import ApiToken, Scope
from keystage.service.accounts.services.tokens import find_token, note_use, scopes_for
from keystage.service.api import limits
from keystage.service.api.refusals import Refused

_WRAPPING = 100_000
"""Bytes that a request may have besides the file."""


class Token(HttpBearer):
    """A token that may be used for something. Views find it as ``request.auth``."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> ApiToken:
        """Return the token.

        Raises:
            Refused: it does not hold (401), may not do this (403), asks too often (429) or sends too much (413).
        """
        found = find_token(_shown(request))
        if found is None:
            address = f"address:{address_of(request)}"
            _wait(limits.seconds_to_wait(address, limits.FAILURES_OF_AN_ADDRESS))
            raise Refused(HTTPStatus.UNAUTHORIZED)
        _wait(limits.seconds_to_wait(f"token:{found.pk}", limits.FOR_A_TOKEN))
        if self.scope.name not in found.scopes or self.scope not in scopes_for(found.organisation):
            raise Refused(HTTPStatus.FORBIDDEN, f"This token may not {self.scope}. Make one that may.")
        if request.method == "POST":
            _not_too_much(request)
        note_use(found)
        return found

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken:
        """Not used: :meth:`__call__` says more than yes or no."""
        raise NotImplementedError


def _shown(request: HttpRequest) -> str:
    kind, _, text = request.headers.get("Authorization", "").partition(" ")
    return text.strip() if kind.lower() == "bearer" else ""


def _wait(seconds: int) -> None:
    if seconds:
        raise Refused(HTTPStatus.TOO_MANY_REQUESTS, wait=seconds)


def _not_too_much(request: HttpRequest) -> None:
    """Refuse a body that is too large before any of it is read."""
    length = request.headers.get("Content-Length", "")
    if length.isdecimal() and int(length[:20]) > LIMITS.size + _WRAPPING:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
