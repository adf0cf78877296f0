"""What a program is told where it gets nothing: a status, and a sentence that a person can act on."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

BELOW = "/api/v1/"
GetResponse = Callable[[HttpRequest], HttpResponseBase]

WORDS = {
    400: "The request cannot be read. Look at how it is put together, then send it again.",
    401: "Send a valid token: “Authorization: Bearer …”. The headteacher or account manager makes one in Keystage.",
    403: "This token may not do that.",
    404: "There is no such thing here, or not for the organisation that the token is of.",
    405: "This address is not used in that way. Look at /api/docs.",
    413: "That is too large. A file may have up to 100 MB, anything else that is sent 10 MB.",
    415: "Send the body as application/json, in UTF-8.",
    429: "Too many requests. Wait a little, then go on.",
    500: "Sorry, something has gone wrong here. What was acknowledged is safe. Send it again: it cannot count twice.",
    503: "Keystage is waiting for its database. What was acknowledged is safe. Try again in a few minutes.",
}


class Refused(Exception):
    """A request that gets nothing, with its status and words of its own."""

    def __init__(self, status: int, words: str = "", *, wait: int = 0) -> None:
        super().__init__(words or WORDS[status])
        self.status, self.wait = status, wait


def refusal(status: int, words: str = "", *, wait: int = 0) -> JsonResponse:
    """Return the answer that says why not; ``wait`` is the seconds until it is worth trying again."""
    response = JsonResponse({"message": words or WORDS.get(status) or WORDS[400]}, status=status)
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    if wait:
        response["Retry-After"] = str(wait)
    return response


def in_words(get_response: GetResponse) -> GetResponse:
    """Give a program JSON also where Django itself refuses: no page of HTML, whatever was wrong."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_page = response.status_code >= HTTPStatus.BAD_REQUEST and "json" not in response.headers["Content-Type"]
        if not (is_page and request.path_info.startswith(BELOW)):
            return response
        said = refusal(response.status_code)
        said["X-Frame-Options"] = "DENY"
        for name in ("Allow", "Retry-After"):
            if name in response.headers:
                said.headers[name] = response.headers[name]
        return said

    return middleware
