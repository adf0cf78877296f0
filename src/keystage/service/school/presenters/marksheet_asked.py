"""What the marksheet's script and its plain form ask for, read strictly."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from keystage.returns.judgement import tidy
from keystage.service.school.services.judgements import Change
from keystage.years.subjects import Subject

MOST = 2_000
"""Changes in one request."""
WAYS = ("typed", "pasted", "filled", "undone", "chosen")
_LONGEST_CODE = 40
_LONGEST_KEY = 12
_HIGHEST = 2**31 - 1


class Malformed(ValueError):
    """A request that no page of ours makes; its text says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the script wants saved."""

    changes: tuple[Change, ...]
    how: str
    person: str
    """The key of whoever typed it; empty where the request does not say."""


def asked_by_script(body: bytes) -> Asked:
    """Read the JSON of a save.

    Raises:
        Malformed: it is not what is agreed.
    """
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise Malformed("The request is not JSON.") from None
    if not isinstance(found, dict) or not isinstance(found.get("changes"), list):
        raise Malformed("The request must be an object with a list of `changes`.")
    if len(found["changes"]) > MOST:
        raise Malformed(f"The request has more than {MOST:,} changes.")
    how, person = found.get("how", "typed"), found.get("person", "")
    if how not in WAYS:
        raise Malformed(f"`how` must be one of {', '.join(WAYS)}.")
    if not isinstance(person, str):
        raise Malformed("`person` must be a text.")
    changes = tuple(_change(each, number) for number, each in enumerate(found["changes"], 1))
    return Asked(changes, how, person)


def _change(found: Any, number: int) -> Change:
    where = f"Change {number}"
    if not isinstance(found, dict) or set(found) != {"pupil", "subject", "code", "version"}:
        raise Malformed(f"{where} must have `pupil`, `subject`, `code` and `version`, and nothing else.")
    pupil, code, version = found["pupil"], found["code"], found["version"]
    if not isinstance(pupil, str) or not 0 < len(pupil) <= _LONGEST_KEY:
        raise Malformed(f"{where}: `pupil` must be a pupil's key.")
    if not isinstance(code, str) or len(code) > _LONGEST_CODE or "\0" in code:
        raise Malformed(f"{where}: `code` must be a text of at most {_LONGEST_CODE} characters.")
    if type(version) is not int or not 0 <= version <= _HIGHEST:
        raise Malformed(f"{where}: `version` must be a whole number from 0.")
    return Change(pupil, _subject(found["subject"], where), code, version)


def _subject(text: object, where: str) -> Subject:
    if text not in tuple(Subject):
        raise Malformed(f"{where}: `subject` must be one of {', '.join(Subject)}.")
    return Subject(str(text))


@dataclass(frozen=True, slots=True)
class Choice:
    """A conflict that a person was shown on the plain form, and what they chose."""

    change: Change
    """What to save where they want their own."""
    mine: bool | None
    """None where they did not choose yet."""


@dataclass(frozen=True, slots=True)
class Form:
    """What the plain form wants saved."""

    changes: tuple[Change, ...]
    """The cells in which something else was typed than stood there when the page was made."""
    choices: tuple[Choice, ...]


def asked_by_form(post: QueryDict) -> Form:
    """Read the plain form. Names of fields that are not of cells are left alone.

    Raises:
        Malformed: a cell's name is not one that a page of ours has.
    """
    fields = {name: value for name, value in post.items() if isinstance(value, str)}
    typed = {(change.pupil, change.subject): change for change in _typed(fields)}
    choices = {(each.change.pupil, each.change.subject): each for each in _choices(fields)}
    for place, choice in choices.items():
        if choice.mine is not None:
            typed.pop(place, None)
    open_choices = (choice for place, choice in choices.items() if place not in typed)
    return Form(tuple(typed.values()), tuple(open_choices))


def _typed(fields: Mapping[str, str]) -> Iterator[Change]:
    for name, value in fields.items():
        if name.count(".") < 3 or name.startswith(("clash.", "choose-")):
            continue
        change, was = _place(name, value)
        if tidy(value) != was:
            yield change


def _choices(fields: Mapping[str, str]) -> Iterator[Choice]:
    for name in fields:
        if name.startswith("clash."):
            place = name.removeprefix("clash.")
            change, mine = _place(place, "")
            picked = fields.get(f"choose-{place}")
            yield Choice(change._replace(code=mine), None if picked is None else picked == "mine")


def _place(name: str, value: str) -> tuple[Change, str]:
    """Read the name of a cell's field: ``key.subject.version.code``."""
    if name.count(".") < 3:
        raise Malformed("There is no such cell.")
    pupil, subject, version, code = name.split(".", 3)
    if not (version.isascii() and version.isdecimal() and len(version) < 10):
        raise Malformed("There is no such cell.")
    change = {"pupil": pupil, "subject": subject, "code": value[:_LONGEST_CODE], "version": int(version)}
    return _change(change, 1), code
