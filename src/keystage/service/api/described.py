"""The description of the interface, whole: what ninja writes, and with it every answer that says why not.

Ninja describes what an operation gives. What it refuses is the same for all of them and is said here once, below
``components/responses``, so that a program can be made, and asked, from the description alone.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from keystage.service.api.refusals import WORDS
from keystage.service.api.shapes import Message

Plain = dict[str, Any]

ALWAYS = (400, 401, 403, 404, 405, 429, 500, 503)
"""What every operation may be refused with."""
WITH_CHOICES = (422,)
"""And one that has parameters after the question mark, headers or a body of its own."""
WITH_BODY = (409, 413, 415)
"""And one that changes something."""


class Refusal(NamedTuple):
    """A status with which a program gets nothing."""

    name: str
    """What it is called in the description."""
    means: str
    then: str
    """What a program does then."""


_WAIT = "Wait as Retry-After says, then send the same again."
REFUSALS = {
    400: Refusal("Unreadable", "The request cannot be read.", "Put the program right."),
    401: Refusal("NoToken", "There is no token, or none that holds.", "Ask the school for a new token."),
    403: Refusal("NotAllowed", "The token may not do this, or it is not time yet.", "Show the message."),
    404: Refusal("NotThere", "There is no such thing, or it is not of the token's organisation.", "Show the message."),
    405: Refusal("NotUsedSo", "The address is not used in that way.", "Put the program right: Allow says in which."),
    409: Refusal("NotAsThingsStand", "It cannot be done as things stand.", "Show the message; read the file again."),
    413: Refusal("TooLarge", "The body is too large.", "Send less."),
    415: Refusal("OtherKind", "The body is not of the kind that is taken.", "Put the program right."),
    422: Refusal("NotRight", "Something is missing or wrong: the message names it.", "Put the program right."),
    429: Refusal("TooOften", "Too many requests.", _WAIT),
    500: Refusal("OurFault", "A fault of the service. What was acknowledged is safe.", "Send the same again, later."),
    503: Refusal(
        "NotJustNow",
        "The service waits for its database or its store.",
        _WAIT,
    ),
}

_SECONDS: Plain = {"description": "Seconds to wait.", "required": True, "schema": {"type": "integer", "minimum": 1}}
_HEADERS: dict[int, Plain] = {
    401: {"WWW-Authenticate": {"description": "Bearer", "required": True, "schema": {"const": "Bearer"}}},
    405: {"Allow": {"description": "The ways that are used here.", "required": True, "schema": {"type": "string"}}},
    429: {"Retry-After": _SECONDS},
    503: {"Retry-After": _SECONDS},
}
_SAVED: Plain = {
    "Content-Disposition": {
        "description": "The name under which to save it.", "required": True, "schema": {"type": "string"},
    }
}  # fmt: skip


class Described(NinjaAPI):
    """An interface whose description names every answer."""

    def get_openapi_schema(self, **asked: Any) -> OpenAPISchema:
        """Return the description, with the refusals in it."""
        schema = super().get_openapi_schema(**asked)
        components = schema["components"]
        components["schemas"]["Message"] = Message.model_json_schema()
        components["responses"] = {each.name: _answer(status) for status, each in REFUSALS.items()}
        components["securitySchemes"]["Token"]["description"] = "A token of the organisation: ks_ and 64 characters."
        for said in _operations(schema):
            for status in statuses(said):
                said["responses"][status] = {"$ref": f"#/components/responses/{REFUSALS[status].name}"}
        return schema

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return what an operation is called in programs: the name of its function."""
        return operation.view_func.__name__


def statuses(said: Plain) -> list[int]:
    """Return with which statuses an operation may be refused, as its description has it."""
    own = {each["in"] for each in said["parameters"]} & {"query", "header"}
    body = "requestBody" in said
    return sorted([*ALWAYS, *(WITH_CHOICES if own or body else ()), *(WITH_BODY if body else ())])


def file_answer(says: str, *kinds: str, **more: Any) -> Plain:
    """Return the description of an answer that is a file of one of some media types, or what else is given."""
    schema = {"type": "string", "format": "binary"}
    content: Plain = {kind: {"schema": schema} for kind in kinds}
    return {"description": says, "headers": _SAVED, "content": content, **more}


def link(to: str, says: str, **parameters: str) -> Plain:
    """Return a link to another operation, with where its parameters stand in this one."""
    return {"operationId": to, "description": says, "parameters": {"year": "$request.path.year", **parameters}}


def _operations(schema: OpenAPISchema) -> Iterator[Plain]:
    for methods in schema["paths"].values():
        yield from methods.values()


def _answer(status: int) -> Plain:
    about = REFUSALS[status]
    words = WORDS.get(status, about.means)
    content = {"schema": {"$ref": "#/components/schemas/Message"}, "example": {"message": words}}
    said: Plain = {"description": f"{about.means} {about.then}", "content": {"application/json": content}}
    return said | ({"headers": _HEADERS[status]} if status in _HEADERS else {})
