"""The repairs that the page offers, one by one, and the file with those that were chosen."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

from keystage.checks.file import right_name
from keystage.checks.files import SPREADSHEETS, Options, year_for
from keystage.ctf.filename import parse
from keystage.ctf.limits import content_of
from keystage.ctf.repair import Repair, Repaired, repair
from keystage.returns.refused import FileRefused
from keystage.years.year import CollectionYear


def offered(path: Path) -> dict[str, Any] | None:
    """Return the safe repairs to a file; None where there are none, or it is no Common Transfer File."""
    if path.suffix.lower() in SPREADSHEETS or path.suffix.lower() == ".zip":
        return None
    try:
        found = _repair(path, None)
    except FileRefused:
        return None
    if not found.repairs:
        return None
    return {
        "name": _name(path, found),
        "repairs": [
            {"place": place, "always": place < found.always, "words": _in_words(each)}
            for place, each in enumerate(found.repairs)
        ],
    }


def repaired(path: Path, chosen: Collection[int]) -> tuple[str, bytes]:
    """Return a file with the repairs that were chosen, and the name it should have.

    Raises:
        FileRefused: it cannot be read.
    """
    found = _repair(path, chosen)
    return _name(path, found), found.data


def _repair(path: Path, chosen: Collection[int] | None) -> Repaired:
    return repair(content_of(path), _year_of, name=path.name, chosen=chosen)


def _year_of(year: int | None) -> CollectionYear:
    return year_for(Options(), year)[0]


def _name(path: Path, found: Repaired) -> str:
    right = right_name(found.file, "KS2")
    return right if parse(right) and not parse(path.name) else path.name


def _in_words(each: Repair) -> str:
    change = f" {each.before or '(nothing)'} → {each.after or '(nothing)'}" if each.before or each.after else ""
    return f"{f'Line {each.line}: ' if each.line else ''}{each.what}{change}"
