"""What is said where a request could not be answered."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

_NOT_READY = "Keystage is waiting for its database. What was saved is safe. Try again in a few minutes."
_BROKEN = "Sorry, something has gone wrong. What was shown as saved is saved. Try again."
_SECONDS = "30"


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that something is wrong here; where it is the database that does not answer, that it will pass (503).

    Nothing of the database is asked for: it may be what is wrong.
    """
    is_database = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status, words = (503, _NOT_READY) if is_database else (500, _BROKEN)
    if _wants_json(request):
        response: HttpResponse = JsonResponse({"why": words}, status=status)
    else:
        response = HttpResponse(render_to_string(f"{status}.html"), status=status)
    if is_database:
        response["Retry-After"] = _SECONDS
    return response


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in (request.content_type, *request.headers.get("Accept", "").split(","))
