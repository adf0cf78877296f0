"""What the interface's OpenAPI schema says, as it can be read on a page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a part of a body; a part of a part has the names of both, ``links.self``."""

    name: str
    kind: str
    says: str
    is_needed: bool


@dataclass(frozen=True, slots=True)
class Given:
    """What comes back where something is given: a status, what it means, and the media types."""

    status: int
    says: str
    kinds: list[str]


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
    given: list[Given]
    answer: list[Field]
    refused: list[int]
    """The statuses with which it may be refused."""


@dataclass(frozen=True, slots=True)
class Group:
    """What belongs together."""

    title: str
    operations: list[Operation]


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
    given = {status: each for status, each in said["responses"].items() if "$ref" not in each}
    answered: Plain = next(iter(given.values()))["content"]
    return Operation(
        id=said["operationId"],
        method=method.upper(),
        path=path.replace("{int:", "{").replace("{str:", "{"),
        title=said["summary"],
        says=said.get("description", ""),
        parameters=[_parameter(schema, each) for each in said.get("parameters", ())],
        body=list(_fields(schema, content[kind]["schema"])) if content else [],
        body_kind=kind,
        given=[Given(int(status), _words(each), list(each["content"])) for status, each in given.items()],
        answer=list(_fields(schema, next(iter(answered.values()))["schema"])),
        refused=[int(status) for status in said["responses"] if status not in given],
    )


def _words(answer: Plain) -> str:
    """Return what an answer means; where nobody said, that it is done."""
    said = str(answer["description"])
    return "Done." if said == "OK" else said


def _parameter(schema: Plain, said: Plain) -> Field:
    where = {"header": "in a header", "query": "after ?", "path": "in the address"}[said["in"]]
    kind = f"{_kind(schema, said['schema'])}, {where}"
    return Field(said["name"], kind, said.get("description", ""), bool(said.get("required")))


def _fields(schema: Plain, said: Plain, within: str = "") -> Iterator[Field]:
    """Yield the parts of a shape, and after each its own parts."""
    said = _resolved(schema, said)
    if said.get("type") == "array":
        yield from _fields(schema, said["items"], f"{within}[].")
        return
    for name, part in said.get("properties", {}).items():
        yield Field(within + name, _kind(schema, part), part.get("description", ""), name in said.get("required", ()))
        yield from _fields(schema, _inner(schema, part), f"{within}{name}{'[]' if part.get('items') else ''}.")


def _inner(schema: Plain, said: Plain) -> Plain:
    """Return the shape inside a list, or inside what may also be nothing."""
    choices = [each for each in said.get("anyOf", ()) if each.get("type") != "null"]
    return _resolved(schema, said.get("items") or (choices[0] if choices else said))


def _resolved(schema: Plain, said: Plain) -> Plain:
    if reference := said.get("$ref"):
        found: Plain = schema["components"]["schemas"][reference.rpartition("/")[2]]
        return found
    return said


def _kind(schema: Plain, said: Plain) -> str:
    """Return in words what a value is."""
    if choices := said.get("anyOf"):
        return " or ".join(_kind(schema, each) for each in choices)
    found = _resolved(schema, said)
    if choices := found.get("enum"):
        return " or ".join(f"“{each}”" for each in choices)
    kind = found.get("format") or found.get("type") or "any"
    if kind == "array":
        return f"list of {_kind(schema, found['items'])}"
    return _WORDS.get(kind, kind)


_WORDS = {
    "null": "nothing", "date-time": "time", "binary": "file", "string": "text", "integer": "number",
    "boolean": "true or false",
}  # fmt: skip
