"""Which files a list of paths comes to: files as they are, folders with all that can be a return."""

import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from keystage.checks.archives import READABLE
from keystage.checks.files import SPREADSHEETS
from keystage.returns.school import school_in
from keystage.sheets.kinds import Kind, kind_of

_LOOKED_AT = READABLE | {".zip"}


@dataclass
class Found:
    """What was found under the paths."""

    files: list[Path] = field(default_factory=list)
    """To be checked, in order."""
    registers: dict[str, Path] = field(default_factory=dict)
    """Registers that lie in the folders, by the school that their name holds."""
    left_alone: int = 0
    """Files in folders that can be no return."""
    faults: list[OSError] = field(default_factory=list)
    """Paths that could not be opened."""
    remarks: list[str] = field(default_factory=list)
    """What a person should know of how the folders were read."""


def find(paths: Iterable[Path], *, skip: Iterable[Path] = ()) -> Found:
    """Go through the paths; ``skip`` names files and folders that are used otherwise and not checked."""
    found = Found()
    walk = _Walk(found, skip)
    for path in dict.fromkeys(paths):
        try:
            is_folder = stat.S_ISDIR(path.stat().st_mode)
        except OSError as fault:
            found.faults.append(fault)
            continue
        if is_folder:
            walk.through(str(path))
        else:
            found.files.append(path)
    return found


class _Walk:
    """One way through folders: each folder's files by name, then the folders in it by name."""

    def __init__(self, found: Found, skip: Iterable[Path]) -> None:
        self.found = found
        self.skipped = {os.path.realpath(path) for path in skip}
        self.skipped_names = {os.path.basename(path) for path in self.skipped}  # noqa: PTH119 - fast, 34,000 times

    def through(self, folder: str) -> None:
        """Go through a folder and all in it. Links to folders are not followed, so that no loop can be."""
        waiting = [folder]
        while waiting:
            here = waiting.pop()
            try:
                with os.scandir(here) as entries:
                    inside = sorted(entries, key=lambda entry: entry.name)
            except OSError as fault:
                self.found.faults.append(fault)
                continue
            waiting += reversed([entry.path for entry in inside if self.is_folder(entry)])
            for entry in inside:
                if not entry.is_dir(follow_symlinks=False) and not self.is_passed_over(entry):
                    self.file(entry)

    def is_folder(self, entry: os.DirEntry[str]) -> bool:
        """Say whether an entry is a folder to go into."""
        return entry.is_dir(follow_symlinks=False) and not self.is_passed_over(entry)

    def is_passed_over(self, entry: os.DirEntry[str]) -> bool:
        """Say whether an entry is hidden, or used otherwise."""
        name = entry.name
        if name.startswith((".", "~$")):
            return True
        return name in self.skipped_names and os.path.realpath(entry.path) in self.skipped

    def file(self, entry: os.DirEntry[str]) -> None:
        """Sort one file."""
        found, ending = self.found, os.path.splitext(entry.name)[1].lower()  # noqa: PTH122
        if ending not in _LOOKED_AT or not _can_be_read(entry):
            found.left_alone += 1
            return
        path = Path(entry.path)
        kind = kind_of(path) if ending in SPREADSHEETS else None
        if kind is Kind.REGISTER:
            self.register(path)
        elif kind is not None:
            found.left_alone += 1
        else:
            found.files.append(path)

    def register(self, path: Path) -> None:
        """Keep a register for the school that its name holds."""
        school = school_in(path.name)
        if not school:
            self.found.left_alone += 1
            self.found.remarks.append(
                f"{path} looks like a register, but its name does not hold a school's number, so it was not used. Give"
                " it with --register, or name it like 9991234_register.csv."
            )
        elif (first := self.found.registers.setdefault(school, path)) != path:
            self.found.left_alone += 1
            self.found.remarks.append(f"There are two registers for school {school}: {first} was used, {path} was not.")


def _can_be_read(entry: os.DirEntry[str]) -> bool:
    """Say whether an entry is a plain file, or a link that leads nowhere, for which the fault is then told."""
    try:
        return entry.is_file() or (entry.is_symlink() and not entry.is_dir())
    except OSError:  # links that lead round in a circle: opening it says so
        return True
