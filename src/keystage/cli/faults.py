"""What a person sees when something goes wrong: a sentence, never a traceback."""

import os
import sys
from collections.abc import Callable
from typing import NoReturn, TypeVar

import click

from keystage.returns.refused import FileRefused
from keystage.years.errors import NotHeld, YearFileInvalid, YearUnknown

ERRORS_FOUND = 1
WRONG_USE = 2
OUR_FAULT = 3

T = TypeVar("T")


def guarded(command: Callable[[], T]) -> T:
    """Run a command; end with a sentence and the right exit status whatever happens."""
    try:
        return command()
    except (click.exceptions.Exit, click.ClickException, click.Abort):
        raise
    except BrokenPipeError:  # the reader of our output has gone: nothing is left to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except KeyboardInterrupt:
        say("Stopped.")
        raise SystemExit(130) from None
    except Exception as fault:
        if os.environ.get("KEYSTAGE_DEBUG"):
            raise
        fail(in_words(fault), status_of(fault))


def status_of(fault: Exception) -> int:
    """Return the exit status that belongs to a fault."""
    return WRONG_USE if isinstance(fault, _EXPECTED) or type(fault).__name__ in _EXPECTED_BY_NAME else OUR_FAULT


def in_words(fault: Exception) -> str:
    """Say what went wrong, and what to do."""
    match fault:
        case FileRefused():
            return f"{fault.code}: {fault}"
        case OSError():
            return os_error_in_words(fault)
        case _ if status_of(fault) == WRONG_USE:
            return str(fault)
    return (
        f"Something went wrong inside Keystage ({type(fault).__name__}: {fault}). Nothing of yours was changed. Please"
        " report it with the command you gave; setting KEYSTAGE_DEBUG=1 shows where it happened."
    )


_EXPECTED = (FileRefused, OSError, YearUnknown, YearFileInvalid, NotHeld)
_EXPECTED_BY_NAME = frozenset(
    {"RegisterRefused", "CannotWrite", "SchemaUnusable"}
)  # by name: their rooms are loaded when used


def os_error_in_words(fault: OSError) -> str:
    """Say which path could not be opened, and why."""
    where = f"{fault.filename}: " if fault.filename else ""
    match fault:
        case FileNotFoundError():
            return f"{where}there is no such file or folder."
        case PermissionError():
            return f"{where}you may not open this. Ask whoever manages the computer for leave to read it."
        case IsADirectoryError():
            return f"{where}this is a folder; a file is needed here."
        case NotADirectoryError():
            return f"{where}this is a file; a folder is needed here."
    return f"{where}this could not be opened or written ({fault.strerror or fault})."


def say(message: str) -> None:
    """Tell a person something, on standard error."""
    click.echo(message, err=True)


def fail(message: str, status: int = WRONG_USE) -> NoReturn:
    """Tell a person why the command ends here, and end it."""
    say(f"keystage: {message}")
    raise SystemExit(status)
