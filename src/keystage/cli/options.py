"""Options that several commands have, and the values they take."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

import click

A_PATH = click.Path(path_type=Path)
A_FILE = click.Path(path_type=Path, dir_okay=False)

_Command = TypeVar("_Command", bound=Callable[..., object])


class _Option(Protocol):
    def __call__(self, command: _Command, /) -> _Command: ...


def _day(_ctx: click.Context, _param: click.Parameter, given: str | None) -> date | None:
    try:
        return None if given is None else date.fromisoformat(given)
    except ValueError:
        raise click.BadParameter(f"“{given}” is not a date. Write it like 2026-06-26.") from None


def _number(_ctx: click.Context, _param: click.Parameter, given: str) -> str:
    number = "".join(part for part in given if part not in " /-")
    if number and not (len(number) == 7 and number.isdecimal() and number.isascii()):
        raise click.BadParameter(f"“{given}” is not a school's number. Write the 3 figures of the authority, then 4.")
    return number


def _years_dir(_ctx: click.Context, _param: click.Parameter, given: Path | None) -> Path | None:
    return given or settings_years()


def settings_years() -> Path | None:
    """Return the settings folder with years of one's own, where there is one."""
    folder = Path(click.get_app_dir("keystage"), "years")
    return folder if os.path.isdir(folder) else None  # noqa: PTH112 - False too where a home cannot be opened


def years_dir_option(command: _Command) -> _Command:
    """Add the option for a folder with years of one's own."""
    return click.option(
        "--years-dir",
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        metavar="DIR",
        callback=_years_dir,
        help="A folder with collection years of your own.  [default: “years” in the settings folder]",
    )(command)


def form_option(*forms: str) -> _Option:
    """Return the option for the form of what is printed."""
    return click.option("--format", "form", type=click.Choice(forms), default="text", show_default=True)


def force_option(command: _Command) -> _Command:
    """Add the option to write over a file."""
    return click.option("--force", is_flag=True, help="Write over a file that is there already.")(command)


def year_option(of: str) -> _Option:
    """Return the option for the collection year; ``of`` names what it is otherwise taken from."""
    return click.option("--year", type=int, metavar="YYYY", help=f"The collection year.  [default: what the {of} says]")


def today_option(command: _Command) -> _Command:
    """Add the option for the date that counts as today."""
    return click.option("--today", metavar="YYYY-MM-DD", callback=_day, help="The date that counts as today.")(command)


def school_option(help_: str) -> _Option:
    """Return the option for the seven figures of a school."""
    return click.option("--school", default="", metavar="LLLEEEE", callback=_number, help=help_)
