"""Which files a list of paths comes to: files as they are, folders with all that can be a return."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from keystage.checks.archives import READABLE
from keystage.checks.files import SPREADSHEETS
from keystage.ctf.filename import school_in


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


def find(paths: tuple[Path, ...], *, skip: tuple[Path, ...] = ()) -> Found:
    """Go through the paths; ``skip`` names files and folders that are used otherwise and not checked."""
    found = Found()
    skipped = {path.resolve() for path in skip}
    for path in paths:
        if path.is_dir():
            _walk(path, found, skipped)
        else:
            try:
                path.stat()
            except OSError as fault:
                found.faults.append(fault)
            else:
                found.files.append(path)
    return found


def _walk(folder: Path, found: Found, skipped: set[Path]) -> None:
    for here, folders, names in os.walk(folder, onerror=found.faults.append):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and Path(here, name).resolve() not in skipped
        )
        for name in sorted(names):
            path = Path(here, name)
            if name.startswith((".", "~$")) or (skipped and path.resolve() in skipped):
                continue
            if path.suffix.lower() not in READABLE | {".zip"}:
                found.left_alone += 1
            elif path.suffix.lower() in SPREADSHEETS and (kind := _of_another_kind(path)):
                if kind == "register" and (school := school_in(name)):
                    found.registers.setdefault(school, path)
                else:
                    found.left_alone += 1
            else:
                found.files.append(path)


def _of_another_kind(path: Path) -> str:
    """Say whether a spreadsheet in a folder is a register or a list of results, which are not returns."""
    from keystage.returns.refused import FileRefused
    from keystage.sheets import looks_like_register, looks_like_results, read_table

    try:
        table = read_table(_beginning(path), name=path.name)
    except (FileRefused, OSError):
        return ""
    if looks_like_register(table):
        return "register"
    return "results" if looks_like_results(table) else ""


def _beginning(path: Path) -> Path | bytes:
    """Return the first lines of a CSV file, which hold its headings; a workbook must be opened whole."""
    if path.suffix.lower() != ".csv":
        return path
    with path.open("rb") as file:
        return b"".join(line for line, _ in zip(file, range(3), strict=False))


def iter_registers(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the registers in a folder, with the school that each name holds."""
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in SPREADSHEETS and (school := school_in(path.name)):
            yield school, path
