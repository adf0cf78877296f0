"""``keystage restore``: bring an installation back."""

import os
from pathlib import Path

import click

from keystage.cli.faults import fail
from keystage.cli.options import A_FILE
from keystage.cli.service import set_up


@click.command("restore")
@click.argument("backup", type=A_FILE)
@click.option("--data", type=click.Path(path_type=Path), help="A new folder for the database and the files.")
@click.option(
    "--erasures",
    type=A_FILE,
    help="The newest list of erasures, “erased.jsonl” of the data folder: who is on it is erased again.",
)
def command(backup: Path, data: Path | None, erasures: Path | None) -> None:
    """Bring back what “keystage backup” saved, into an installation that has no data yet.

    Nothing is ever written over. A backup of an earlier release is brought up to this one. Stop a running Keystage
    first, and give --data a new folder, or KEYSTAGE_DATABASE a new database.
    """
    if data is not None:
        os.environ["KEYSTAGE_DATA"] = str(data)
    _make_folder()
    set_up(migrate=False)
    from keystage.service.design.words import plural
    from keystage.service.upkeep.archive import NotPossible
    from keystage.service.upkeep.erased_again import erase_again, listed_in
    from keystage.service.upkeep.restoring import restore

    try:
        listed = listed_in(erasures) if erasures else []
        found = restore(backup, lambda files: click.echo(f"  {plural(files, 'file')} …", err=True))
    except NotPossible as why:
        fail(str(why))
    click.echo(f"Brought back what was saved on {found.made_at[:16].replace('T', ' at ')} (UTC).", err=True)
    if again := erase_again(listed):
        click.echo(f"Erased again who had been erased since: {again:,}.", err=True)
    click.echo("Look it over with “keystage doctor --files”, then start it with “keystage serve”.", err=True)


def _make_folder() -> None:
    Path(os.environ.get("KEYSTAGE_DATA", "keystage-data")).mkdir(parents=True, exist_ok=True)
