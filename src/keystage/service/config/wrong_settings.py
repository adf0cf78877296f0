"""What is wrong with the settings of an installation, in words for the person who set them."""

import difflib
from collections.abc import Iterable, Iterator

from pydantic import ValidationError

from keystage.service.config.environment import Environment

_PREFIX = "KEYSTAGE_"
_ELSEWHERE = frozenset({"KEYSTAGE_DEBUG"})
"""What the command line reads by itself."""
_KINDS = {
    "bool_parsing": "must be true or false",
    "int_parsing": "must be a whole number",
    "path_type": "must be a folder",
}


def in_words(wrong: ValidationError) -> list[str]:
    """Return a line for each setting that is wrong: its name, and what is allowed. No value is repeated."""
    return [_line(str(each["loc"][0]) if each["loc"] else "", each["type"], each["msg"]) for each in wrong.errors()]


def _line(name: str, kind: str, says: str) -> str:
    said = _KINDS.get(kind, says.removeprefix("Value error, "))
    return f"{_PREFIX}{name.upper()} {said}." if name else f"{said}."


def unknown(names: Iterable[str]) -> Iterator[str]:
    """Yield a line for each variable that looks like a setting and is none, with the one that was probably meant."""
    known = [f"{_PREFIX}{each.upper()}" for each in Environment.model_fields]
    for name in sorted(names):
        if name.upper().startswith(_PREFIX) and name.upper() not in (*known, *_ELSEWHERE):
            near = difflib.get_close_matches(name.upper(), known, n=1, cutoff=0.8)
            meant = f" Did you mean {near[0]}?" if near else ""
            yield f"{name} is not a setting of Keystage and does nothing.{meant}"
