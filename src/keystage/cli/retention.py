"""``keystage retention``: say what was kept for as long as it should be, and let go of it."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from keystage.cli.service import set_up

if TYPE_CHECKING:
    from keystage.service.personal.retention import Piece, Rule


@click.command("retention")
@click.option("--data", type=click.Path(path_type=Path), help="The folder for the database and the files.")
@click.option("--do-it", is_flag=True, help="Delete it. Without this, nothing is changed.")
def command(data: Path | None, do_it: bool) -> None:
    """Say what was kept for as long as it should be; with --do-it, delete it for good.

    How long each kind is kept is set by KEYSTAGE_KEEP_…; docs/personal-data.md says what is assumed. Nothing of a year
    or a collection that is open goes, and nothing under a legal hold. Each piece is one act with an event in the
    record. With KEYSTAGE_RETENTION=true a worker does the same once a day.
    """
    if data is not None:
        os.environ["KEYSTAGE_DATA"] = str(data)
    set_up(migrate=False)
    from django.utils import timezone

    from keystage.service.personal.retention import due
    from keystage.service.work.retention import RULES, run

    if do_it:
        done = run(timezone.now(), all_rules=True, tell=_tell)
        click.echo(f"{done:,} deleted." if done else "There is nothing to delete.", err=True)
        return
    found = due(RULES, timezone.now())
    for rule, piece in found:
        _tell(rule, piece)
    said = "Nothing was changed. Run it with --do-it to delete this." if found else "There is nothing to delete."
    click.echo(said, err=True)


def _tell(rule: "Rule", piece: "Piece") -> None:
    click.echo(f"{rule.words}: {piece.words} ({piece.count:,} {rule.counts})")
