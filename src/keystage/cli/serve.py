"""``keystage serve``: run the web application."""

import os
from pathlib import Path

import click

from keystage.cli.service import prepared


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, help="The port; 0 takes any that is free.")
@click.option("--data", type=click.Path(path_type=Path), help="The folder for the database and the files.")
@click.option("--threads", default=8, show_default=True, help="How many requests are answered side by side.")
@click.option("--no-worker", is_flag=True, help="Start no worker for background jobs: “keystage work” does it.")
def command(host: str, port: int, data: Path | None, threads: int, no_worker: bool) -> None:
    """Run the web application, for one machine, and beside it a worker for background jobs.

    The database is a SQLite file in the data folder unless KEYSTAGE_DATABASE names a PostgreSQL database. Settings come
    from environment variables that begin with KEYSTAGE_.
    """
    if data is not None:
        os.environ["KEYSTAGE_DATA"] = str(data)
    serving = prepared(host, port)
    click.echo(f"Keystage is ready at {serving.address} (stop it with Ctrl+C).", err=True)
    serving.serve(threads, worker=not no_worker)
