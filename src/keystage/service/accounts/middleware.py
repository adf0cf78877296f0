"""What stands before every page: sessions that are over, addresses of forms, and email that could not be sent."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from keystage.service.accounts import sessions
from keystage.service.accounts.mail import MailFailed

GetResponse = Callable[[HttpRequest], HttpResponse]


def sessions_end(get_response: GetResponse) -> GetResponse:
    """End the session of somebody who was away too long, or who was signed out everywhere."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.session_ended = SESSION_KEY in request.session and sessions.has_ended(request)  # type: ignore[attr-defined]
        if request.session_ended:  # type: ignore[attr-defined]
            logout(request)
            messages.info(request, "You were signed out. What was saved is kept. Sign in again to continue.")
        else:
            sessions.note_use(request)
        return get_response(request)

    return middleware


def takes_a_form(get_response: GetResponse) -> GetResponse:
    """Say it in words where somebody opens, or loads again, an address that only takes a form."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method not in ("GET", "HEAD"):
            return response
        said = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
        said.headers["Allow"] = response.headers["Allow"]
        return said

    return middleware


class MailMayFail:
    """Say it where an email that was wanted could not be sent."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer with a page where the email could not be sent."""
        if not isinstance(exception, MailFailed):
            return None
        return render(request, "accounts/mail_failed.html", status=503)
