"""``keystage work``: a worker for background jobs."""

import os
from pathlib import Path

import click

from keystage.cli.service import set_up


@click.command("work")
@click.option("--data", type=click.Path(path_type=Path), help="The folder for the database and the files.")
@click.option("--once", is_flag=True, help="End when there is nothing more to do.")
@click.option(
    "--patience", default=60.0, show_default=True, help="Seconds without a sign of life until a worker counts as dead."
)
@click.option("--with-parent", is_flag=True, hidden=True)
def command(data: Path | None, once: bool, patience: float, with_parent: bool) -> None:
    """Work on background jobs: zips of many schools, results, email.

    “keystage serve” runs a worker beside itself. Run more of them, on this machine or on others, where there is more to
    do. They share the database and the files, and nothing else; any of them can be stopped or killed at any time, and
    what it was working on is done by another.
    """
    if data is not None:
        os.environ["KEYSTAGE_DATA"] = str(data)
    if with_parent:
        from keystage.service.work.parent import end_with_parent

        end_with_parent()
    set_up(migrate=not with_parent)
    from keystage.service.work.worker import give_way, work

    give_way()
    if not with_parent:
        click.echo("Keystage is working (stop it with Ctrl+C).", err=True)
    work(patience=patience, batch=once)
