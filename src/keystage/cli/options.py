"""Options that several commands have, and the values they take."""

import os
from datetime import date
from pathlib import Path
from typing import Any

import click


class _Day(click.ParamType):
    """A date."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}” is not a date. Write it like 2026-06-26.", param, ctx)


class _School(click.ParamType):
    """The seven figures of a school."""

    name = "school"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        number = "".join(part for part in str(value) if part not in " /-")
        if not number or (len(number) == 7 and number.isdecimal() and number.isascii()):
            return number
        self.fail(f"“{value}” is not a school's number: 3 figures for the authority and 4 for the school.", param, ctx)


DAY = _Day()
SCHOOL = _School()
A_PATH = click.Path(path_type=Path)
A_FILE = click.Path(path_type=Path, dir_okay=False)


def _years_dir(_ctx: click.Context, _param: click.Parameter, given: Path | None) -> Path | None:
    return given or settings_years()


def settings_years() -> Path | None:
    """Return the settings folder with years of one's own, where there is one."""
    folder = Path(click.get_app_dir("keystage"), "years")
    return folder if os.path.isdir(folder) else None  # noqa: PTH112 - where a home is unreadable, it is False


YEARS_DIR = click.option(
    "--years-dir",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    callback=_years_dir,
    help="A folder with collection years of your own.  [default: years, in the settings folder]",
)
FORM = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
FORCE = click.option("--force", is_flag=True, help="Write over a file that is there already.")


def year_option(of: str) -> Any:
    """Return the option for the collection year; ``of`` names what it is otherwise taken from."""
    return click.option(
        "--year", type=int, metavar="YYYY", help=f"The collection year.  [default: what the {of} says]"
    )
