"""``keystage doctor``: what is wrong with an installation?"""

import os
import sys
from pathlib import Path

import click

from keystage import __version__
from keystage.cli.faults import ERRORS_FOUND, fail
from keystage.cli.options import form_option
from keystage.cli.service import set_up
from keystage.cli.streams import is_colour_wanted, print_json

_COLOURS = {"well": "green", "warning": "yellow", "wrong": "red"}


@click.command("doctor")
@click.option("--data", type=click.Path(path_type=Path), help="The folder for the database and the files.")
@click.option("--files", is_flag=True, help="Read every stored file, and compare it with its fingerprint.")
@form_option("text", "json")
def command(data: Path | None, files: bool, form: str) -> None:
    """Look an installation over, and say what is wrong with it and what to do. Nothing is changed.

    The exit status is 0 where nothing is wrong, 1 where something is, and 2 where the settings cannot even be read.
    """
    if data is not None:
        os.environ["KEYSTAGE_DATA"] = str(data)
    folder = Path(os.environ.get("KEYSTAGE_DATA", "keystage-data"))
    if not folder.is_dir():
        fail(f"There is no data folder {folder}: nothing was ever started there. Name the right one with --data.")
    set_up(migrate=False)
    from keystage.service.upkeep.looking import State, look

    found = list(look(files=files))
    if form == "json":
        values = [{"what": e.what, "state": e.state, "says": e.says, "fix": e.fix} for e in found]
        print_json({"keystage": __version__, "found": values})
    else:
        colour = is_colour_wanted(sys.stdout)
        for each in found:
            state = click.style(f"{each.state:<8}", fg=_COLOURS[each.state]) if colour else f"{each.state:<8}"
            click.echo(f"{state}{each.what}: {each.says}")
            if each.fix:
                click.echo(f"        → {each.fix}")
    if any(each.state is State.WRONG for each in found):
        sys.exit(ERRORS_FOUND)
