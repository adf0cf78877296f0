"""Reads what a program printed: the JSON of ``keystage check`` or ``results``, or a plain list of findings."""

import json
from collections.abc import Mapping

from keystage.conformance.scoring import Key, NotAFinding, key_of


class NoAnswer(ValueError):
    """What was printed is no answer; says why."""


def findings_in(printed: bytes) -> tuple[Key, ...]:
    """Return the findings that a program printed.

    Raises:
        NoAnswer: it is not JSON of a form that is known.
    """
    if not printed.strip():
        raise NoAnswer("it printed nothing")
    try:
        values = json.loads(printed.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise NoAnswer("what it printed is not UTF-8") from None
    except (ValueError, RecursionError):
        raise NoAnswer("what it printed is no JSON") from None
    try:
        return tuple(map(key_of, _listed(values)))
    except NotAFinding as fault:
        raise NoAnswer(f"what it printed is JSON, but {fault}") from None


def _listed(values: object) -> list[object]:
    match values:
        case list():
            return values
        case {"files": list(files)}:
            return _in_files(files)
        case {"findings": list(findings)}:
            return findings
    raise NotAFinding("neither a list of findings nor an object that has one")


def _in_files(files: list[object]) -> list[object]:
    if not files:
        raise NotAFinding("it says nothing of the file")
    found: list[object] = []
    for each in files:
        if not isinstance(each, Mapping) or not isinstance(each.get("findings"), list):
            raise NotAFinding("a file in it has no findings")
        found += each["findings"]
    return found
