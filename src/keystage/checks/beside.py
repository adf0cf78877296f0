"""What lies beside the files to be checked: the register and the earlier file of each school."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from keystage.checks.files import SPREADSHEETS
from keystage.ctf.filename import parse_tolerantly
from keystage.returns.school import school_in


@dataclass(frozen=True)
class Beside:
    """The register and the earlier file for every school. Folders are listed once, however many files there are."""

    register: Path | None = None
    """One register, for whatever is checked."""
    registers: Mapping[str, Path] = field(default_factory=dict)
    """Registers by school, where a folder of them was given or some lie among the files."""
    register_folder: Path | None = None
    previous: Path | None = None
    """One earlier file, for whatever is checked."""
    previous_files: Mapping[str, list[Path]] = field(default_factory=dict)
    """Earlier files by school, the latest last."""
    previous_folder: Path | None = None

    def register_of(self, school: str) -> Path | None:
        """Return the register of a school."""
        return self.register or self.registers.get(school)

    def previous_of(self, school: str, path: Path) -> Path | None:
        """Return the last file that a school sent, other than the one that is being checked."""
        if self.previous is not None:
            return self.previous
        held = reversed(self.previous_files.get(school, ()))
        return next((each for each in held if not is_same(each, path)), None)

    def lacking(self, school: str, path: Path) -> tuple[str, ...]:
        """Say what was looked for in a folder and is not there."""
        of = f"for school {school}" if school else "for this file, as its school is not known,"
        notes = []
        if self.register_folder and self.register_of(school) is None:
            notes.append(f"There is no register {of} in {self.register_folder}.")
        if self.previous_folder and self.previous_of(school, path) is None:
            notes.append(f"There is no earlier file {of} in {self.previous_folder}.")
        return tuple(notes)


def school_of(name: str) -> str:
    """Return the school that a file's name holds; empty where it holds none."""
    parsed = parse_tolerantly(name)
    return parsed.source if parsed else school_in(name)


def earlier_files(folder: Path) -> dict[str, list[Path]]:
    """Return the files in a folder by school, in the order of their serial numbers.

    Raises:
        OSError: the folder cannot be opened.
    """
    held: dict[str, list[tuple[int, str]]] = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            name = parse_tolerantly(entry.name)
            if name is not None:
                held.setdefault(name.source, []).append((name.serial, entry.path))
            elif Path(entry.name).suffix.lower() in SPREADSHEETS and (school := school_in(entry.name)):
                held.setdefault(school, []).append((0, entry.path))
    return {school: [Path(path) for _, path in sorted(files)] for school, files in held.items()}


def is_same(one: Path, other: Path) -> bool:
    """Say whether two paths lead to the same file."""
    try:
        return one.samefile(other)
    except OSError:
        return False
