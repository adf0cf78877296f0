"""The documentation of the interface as a page: made from its OpenAPI schema, with nothing from anywhere else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from keystage.service.accounts.models import Scope
from keystage.service.api.v1 import api

Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a part of a body."""

    name: str
    kind: str
    says: str
    is_needed: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that a program can do."""

    id: str
    method: str
    path: str
    title: str
    says: str
    parameters: list[Field]
    body: list[Field]
    body_kind: str
    answer: list[Field]


@dataclass(frozen=True, slots=True)
class Group:
    """What belongs together."""

    title: str
    operations: list[Operation]


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show what a program can do, and how."""
    shown = {
        "groups": groups(api.get_openapi_schema()),
        "schema_href": reverse("api-v1:openapi-json"),
        "base": request.build_absolute_uri("/").rstrip("/"),
        "scopes": list(Scope),
    }
    return render(request, "api/docs.html", shown)


def groups(schema: Plain) -> list[Group]:
    """Return the operations of a schema, by what they belong to, in its order."""
    found: dict[str, list[Operation]] = {}
    for path, methods in schema["paths"].items():
        for method, said in methods.items():
            found.setdefault(said["tags"][0], []).append(_operation(schema, path, method, said))
    return [Group(title, operations) for title, operations in found.items()]


def _operation(schema: Plain, path: str, method: str, said: Plain) -> Operation:
    content: Plain = said.get("requestBody", {}).get("content", {})
    kind = next(iter(content), "")
    answers = [each for status, each in said["responses"].items() if str(status).startswith("2")]
    answered: Plain = answers[0].get("content", {}) if answers else {}
    answer: Plain = next((each["schema"] for each in answered.values()), {})
    return Operation(
        id=said["operationId"],
        method=method.upper(),
        path=path.replace("{int:", "{").replace("{str:", "{"),
        title=said["summary"],
        says=said.get("description", ""),
        parameters=[_parameter(schema, each) for each in said.get("parameters", ())],
        body=list(_fields(schema, content[kind]["schema"])) if content else [],
        body_kind=kind,
        answer=list(_fields(schema, answer)),
    )


def _parameter(schema: Plain, said: Plain) -> Field:
    where = {"header": "in a header", "query": "after ?", "path": "in the address"}[said["in"]]
    kind = f"{_kind(schema, said['schema'])}, {where}"
    return Field(said["name"], kind, said.get("description", ""), bool(said.get("required")))


def _fields(schema: Plain, said: Plain) -> Iterator[Field]:
    said = _resolved(schema, said)
    if said.get("type") == "array":
        yield from _fields(schema, said["items"])
        return
    for name, part in said.get("properties", {}).items():
        yield Field(name, _kind(schema, part), part.get("description", ""), name in said.get("required", ()))


def _resolved(schema: Plain, said: Plain) -> Plain:
    if reference := said.get("$ref"):
        found: Plain = schema["components"]["schemas"][reference.rpartition("/")[2]]
        return found
    return said


def _kind(schema: Plain, said: Plain) -> str:
    """Return in words what a value is."""
    if choices := said.get("anyOf"):
        return " or ".join(_kind(schema, each) for each in choices)
    if choices := said.get("enum"):
        return " or ".join(map(str, choices))
    found = _resolved(schema, said)
    if said.get("$ref"):
        return f"object ({', '.join(found.get('properties', ()))})"
    kind = found.get("format") or found.get("type") or "any"
    if kind == "array":
        return f"list of {_kind(schema, found['items'])}"
    return {"null": "nothing", "date-time": "time", "binary": "file"}.get(kind, kind)
