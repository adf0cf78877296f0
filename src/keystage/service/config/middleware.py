"""What holds for every request, whatever it asks for."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def no_nul(get_response: GetResponse) -> GetResponse:
    """Refuse a request with the character NUL in its address or cookies: no text has it, and PostgreSQL takes none."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        asked = (request.path_info, *request.GET, *(each for found in request.GET.lists() for each in found[1]))
        if any("\0" in each for each in (*asked, *request.COOKIES.values())):
            raise BadRequest("The character NUL is in the address or in a cookie.")
        return get_response(request)

    return middleware


def not_kept(get_response: GetResponse) -> GetResponse:
    """Let no browser and no proxy keep a page: pupils' data must not be there for whoever uses the computer next."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware
