"""``keystage backup``: save an installation whole."""

import os
from pathlib import Path

import click

from keystage.cli.faults import fail
from keystage.cli.service import set_up


@click.command("backup")
@click.argument("to", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--data", type=click.Path(path_type=Path), help="The folder for the database and the files.")
def command(to: Path, data: Path | None) -> None:
    """Save an installation into one zip file: the database, every file received or made, and the secret key.

    It can be made while Keystage is in use. The backup holds everything, pupils' data and the key that signs sessions
    included: keep it where only you can read it. “keystage restore” brings it back.
    """
    if data is not None:
        os.environ["KEYSTAGE_DATA"] = str(data)
    set_up(migrate=False)
    from keystage.service.design.words import plural
    from keystage.service.upkeep.archive import NotPossible
    from keystage.service.upkeep.saving import back_up

    try:
        made = back_up(to, lambda files: click.echo(f"  {plural(files, 'file')} …", err=True))
    except NotPossible as why:
        fail(str(why))
    click.echo(
        f"Saved into {to}: the database and {plural(made.files, 'file')} ({made.bytes / 1e6:,.1f} MB).", err=True
    )
    if made.missing:
        gone = "is missing from the store, so it is", "are missing from the store, so they are"
        fail(f"{plural(len(made.missing), f'file {gone[0]}', f'files {gone[1]}')} not in the backup.", 1)
