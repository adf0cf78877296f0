"""What a person sees when something goes wrong: a sentence, never a traceback."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, TypeVar

import click

from keystage.checks.faults import in_words, is_expected
from keystage.cli.streams import presentable
from keystage.returns.refused import FileRefused

ERRORS_FOUND = 1
WRONG_USE = 2
OUR_FAULT = 3
STOPPED = 130

T = TypeVar("T")


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
    return WRONG_USE if is_expected(fault) else OUR_FAULT


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
