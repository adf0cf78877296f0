"""``keystage demo``: a made-up school, authority and gateway, ready to click through."""

import os
import tempfile
from pathlib import Path

import click

from keystage.cli.service import prepared


@click.command("demo")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, help="The port; 0 takes any that is free.")
@click.option("--data", type=click.Path(path_type=Path), help="A folder to keep the demonstration in; else a new one.")
def command(host: str, port: int, data: Path | None) -> None:
    """Run a made-up school, authority and gateway, ready to click through; no real person is in it.

    The whole return in ten minutes: from the marksheet to a file that the gateway has accepted, and the results.
    """
    os.environ["KEYSTAGE_DATA"] = str(data or tempfile.mkdtemp(prefix="keystage-demo-"))
    os.environ["KEYSTAGE_DEMO"] = "true"
    serving = prepared(host, port)
    from keystage.service.accounts.demo import PASSWORD
    from keystage.service.demo.finished import steps
    from keystage.service.demo.gateway import demo_gateway
    from keystage.service.demo.seed import demo_school
    from keystage.service.work.worker import work

    school = demo_school()
    gateway = demo_gateway(school)
    click.echo("Making two years that are over, with results that came home …", err=True)
    for step in steps(school, gateway):
        step()
        work(batch=True)
    click.echo(f"\nEverybody here is made up. Open {serving.address} and sign in as:\n")
    for heading, people in ((school.organisation.name, school.people), ("Gateway and authority", gateway.people)):
        click.echo(f"  {heading}")
        for person, what in people:
            click.echo(f"    {what:19} {person.email}")
    click.echo(f"\nThe password of each is: {PASSWORD}")
    click.echo("The six-digit codes that are emailed appear here, and on the page “outbox”. Stop with Ctrl+C.\n")
    serving.serve()
