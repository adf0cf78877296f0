"""The list of everything that was made and seeded, written as it comes so that a country never stands in memory."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO

from keystage.simulate.expect import Entry

VERSION: str = import_module("keystage").__version__
"""By name, because the front door of the package names every room for type checkers, those above this one too."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a run of the simulation made, in numbers."""

    schools: int
    pupils: int
    """In the files."""
    faults: int
    """Findings that the checks must come to because of seeded faults, consequences included."""
    dialects: dict[str, int] = field(default_factory=dict)
    """How many files were written in each."""


class ManifestWriter:
    """Writes ``manifest.json`` piece by piece; what is listed apart waits in files of its own until the end."""

    def __init__(self, path: Path, *, year: int, seed: int, today: str) -> None:
        self.path = path
        self.head = {"keystage": VERSION, "year": year, "seed": seed, "today": today}
        self.schools = self.pupils = self.faults = 0
        self.dialects: Counter[str] = Counter()
        self.parts: dict[str, IO[str]] = {}
        self.counts: Counter[str] = Counter()

    def __enter__(self) -> "ManifestWriter":
        for part in ("faults", "also", "results_faults"):
            self.parts[part] = TemporaryFile("w+", encoding="utf-8", newline="\n")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _fault: BaseException | None, _traceback: TracebackType | None
    ) -> None:
        if kind is None:
            self.write()
        for part in self.parts.values():
            part.close()

    def school(self, pupils: int, dialect: str) -> None:
        """Count a school."""
        self.schools += 1
        self.pupils += pupils
        self.dialects[dialect] += 1

    def add(self, part: str, entries: Iterable[Entry]) -> None:
        """List findings under ``faults``, ``also`` or ``results_faults``."""
        for entry in entries:
            self.parts[part].write(",\n  " if self.counts[part] else "\n  ")
            self.parts[part].write(json.dumps(entry, ensure_ascii=False))
            self.counts[part] += 1

    @property
    def made(self) -> Made:
        """The numbers so far."""
        faults = self.counts["faults"] + self.counts["results_faults"]
        return Made(self.schools, self.pupils, faults, dict(sorted(self.dialects.items())))

    def write(self) -> None:
        """Put the whole together."""
        made = self.made
        head = {**self.head, "schools": made.schools, "pupils": made.pupils, "dialects": made.dialects}
        with self.path.open("w", encoding="utf-8", newline="\n") as sink:
            sink.write("{\n")
            for key, value in head.items():
                sink.write(f' "{key}": {json.dumps(value)},\n')
            for number, (part, listed) in enumerate(self.parts.items()):
                sink.write(f' "{part}": [')
                listed.seek(0)
                while piece := listed.read(1 << 20):
                    sink.write(piece)
                sink.write("\n ]" if self.counts[part] else "]")
                sink.write(",\n" if number < len(self.parts) - 1 else "\n")
            sink.write("}\n")
