"""The guides there are, read from the files beside this module."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from keystage.guides.guide import Fix, Guide, Step

_FOLDER = Path(__file__).parent
_ORDER = ("sims", "arbor", "bromcom", "scholarpack", "integris", "insight")


@cache
def guides() -> tuple[Guide, ...]:
    """Return every guide."""
    return tuple(_read(key) for key in _ORDER)


def guide(key: str) -> Guide | None:
    """Return the guide of a name: ``sims``, ``Arbor``."""
    return next((each for each in guides() if each.key == key.strip().casefold()), None)


def guide_for(supplier: str) -> Guide | None:
    """Return the guide to the system that a file says it was made by; None where that is not recognised.

    What a file says of its supplier is free text: it is good for a hint, and for nothing else.
    """
    said = supplier.casefold()
    return next((each for each in guides() if any(re.search(rf"\b{word}\b", said) for word in each.words)), None)


def _read(key: str) -> Guide:
    values: Mapping[str, Any] = tomllib.loads((_FOLDER / f"{key}.toml").read_text("utf-8"))
    sources: Mapping[str, str] = values["sources"]

    def source(of: Mapping[str, Any]) -> str:
        return sources[of["source"]] if "source" in of else ""

    return Guide(
        key,
        values["name"],
        values["made_by"],
        tuple(values["words"]),
        values["recognised"],
        values["known"].strip(),
        tuple(Step(each["step"], source(each)) for each in values["export"]),
        tuple(Fix(each["title"], tuple(each["codes"]), tuple(each["steps"]), source(each)) for each in values["fix"]),
        tuple(values["not_known"]["items"]),
    )
