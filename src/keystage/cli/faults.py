"""What a person sees when something goes wrong: a sentence, never a traceback."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, TypeVar

import click

from keystage.cli.streams import presentable
from keystage.returns.refused import FileRefused
from keystage.years.errors import NotHeld, YearFileInvalid, YearUnknown

ERRORS_FOUND = 1
WRONG_USE = 2
OUR_FAULT = 3
STOPPED = 130

T = TypeVar("T")


class CannotBeWritten(Exception):
    """A file cannot be written; says which, and why."""


def guarded(command: Callable[[], T]) -> T:
    """Run a command; end with a sentence and the right exit status whatever happens."""
    try:
        result = command()
        sys.stdout.flush()
    except (click.exceptions.Exit, click.ClickException):
        raise
    except SystemExit as end:
        raise SystemExit(_flushed(end.code)) from None
    except BrokenPipeError:
        raise SystemExit(reader_gone()) from None
    except (KeyboardInterrupt, click.Abort):
        say("Stopped.")
        raise SystemExit(STOPPED) from None
    except Exception as fault:
        if os.environ.get("KEYSTAGE_DEBUG"):
            raise
        _to_nowhere_if_full(fault)
        fail(in_words(fault), status_of(fault))
    return result


def reader_gone(status: int = 0) -> int:
    """Let nothing more be written, as whoever read our output has left; return the status that is known so far."""
    _to_nowhere()
    return status


def _flushed(status: str | int | None) -> str | int | None:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _to_nowhere()
    except OSError as fault:
        _to_nowhere()
        say(f"keystage: {in_words(fault)}")
        return WRONG_USE
    return status


def _to_nowhere_if_full(fault: Exception) -> None:
    """Where what is written has no place to go, keep Python from trying again at the end."""
    if isinstance(fault, OSError):
        try:
            sys.stdout.flush()
        except OSError:
            _to_nowhere()


def _to_nowhere() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def status_of(fault: BaseException) -> int:
    """Return the exit status that belongs to a fault."""
    return WRONG_USE if isinstance(fault, _EXPECTED) or type(fault).__name__ in _EXPECTED_BY_NAME else OUR_FAULT


def in_words(fault: BaseException) -> str:
    """Say what went wrong, and what to do."""
    match fault:
        case FileRefused():
            return f"{fault} [{fault.code}]"
        case OSError():
            return os_error_in_words(fault)
        case _ if status_of(fault) == WRONG_USE:
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


def say(message: str) -> None:
    """Tell a person something, on standard error."""
    click.echo("\n".join(map(presentable, message.split("\n"))), err=True)


def fail(message: str, status: int = WRONG_USE) -> NoReturn:
    """Tell a person why the command ends here, and end it."""
    say(f"keystage: {message}")
    raise SystemExit(status)


def refused(path: Path, fault: FileRefused) -> NoReturn:
    """End a command that can do nothing without a file that was opened and refused."""
    fail(f"{path}: {in_words(fault)}", ERRORS_FOUND)
