"""What went wrong, in words that a person can act on: never a traceback."""

import os
from pathlib import Path

from keystage.returns.refused import FileRefused
from keystage.years.errors import NotHeld, YearFileInvalid, YearUnknown


class CannotBeWritten(Exception):
    """A file cannot be written; says which, and why."""


def is_expected(fault: BaseException) -> bool:
    """Say whether a fault is of what was given, and not of the program."""
    return isinstance(fault, _EXPECTED) or type(fault).__name__ in _EXPECTED_BY_NAME


def in_words(fault: BaseException) -> str:
    """Say what went wrong, and what to do."""
    match fault:
        case FileRefused():
            return f"{fault} [{fault.code}]"
        case OSError():
            return os_error_in_words(fault)
        case _ if is_expected(fault):
            return str(fault)
    if type(fault).__name__ == "BrokenProcessPool":
        return "A process that was checking files ended early, perhaps for lack of memory. Try again with --jobs 1."
    return (
        f"Something went wrong inside Keystage ({type(fault).__name__}: {fault}). Your files were not changed. Please"
        " report it with the command you gave; setting KEYSTAGE_DEBUG=1 shows where it happened."
    )


_EXPECTED = (FileRefused, OSError, YearUnknown, YearFileInvalid, NotHeld, CannotBeWritten)
_EXPECTED_BY_NAME = frozenset(
    {"RegisterRefused", "CannotWrite", "SchemaUnusable", "DialectUnknown"}
)  # by name: their rooms are loaded when used


def os_error_in_words(fault: OSError, path: Path | None = None) -> str:
    """Say which path could not be opened, or with ``path`` written, and why."""
    name = path or fault.filename
    where = f"{os.fsdecode(name)}: " if name else ""
    match fault:
        case FileNotFoundError() if path:
            return f"{where}this cannot be written, as there is no folder {path.parent}."
        case FileNotFoundError():
            return f"{where}there is no such file or folder."
        case PermissionError() if path:
            return f"{where}you do not have permission to write this. Choose another folder."
        case PermissionError():
            return f"{where}you do not have permission to open this. Ask whoever manages the computer."
        case IsADirectoryError():
            return f"{where}this is a folder; a file is needed here."
        case NotADirectoryError():
            return f"{where}a part of this path is a file, not a folder."
    reason = fault.strerror or str(fault)
    return f"{where}this could not be {'written' if path or not name else 'opened'} ({reason})."
