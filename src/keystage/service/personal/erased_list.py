"""Who was erased, as hashes of keys, in a file beside the data: so that it can be done again after a restore.

A key was made by chance and is in every older backup; whoever has the list alone learns nothing from it.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from keystage.service.events.models import Erasure

NAME = "erased.jsonl"


@dataclass(frozen=True, slots=True)
class Erased:
    """One erasure of a pupil."""

    key: str
    at: str
    hashes: frozenset[str]


def hash_of(key: str) -> str:
    """Return what stands in the list for a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def write_list() -> Path:
    """Write the list anew from the database; it appears whole or not at all."""
    path = Path(settings.ENVIRONMENT.data) / NAME
    draft = path.with_name(f".{NAME}.{os.getpid()}")
    found = Erasure.objects.filter(what="pupil").exclude(finished_at=None).order_by("pk")
    lines = [
        json.dumps({"key": each.key, "at": each.at.isoformat(), "hashes": sorted(map(hash_of, each.targets))})
        for each in found
    ]
    draft.parent.mkdir(parents=True, exist_ok=True)
    draft.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    draft.replace(path)
    return path


def read_list(lines: Iterable[str]) -> list[Erased]:
    """Read a list.

    Raises:
        ValueError: it is none.
    """
    found = []
    for line in filter(str.strip, lines):
        try:
            said = json.loads(line)
            found.append(Erased(said["key"], said["at"], frozenset(said["hashes"])))
        except (KeyError, TypeError, ValueError):
            raise ValueError("this is not a list of erasures that Keystage wrote") from None
    return found
