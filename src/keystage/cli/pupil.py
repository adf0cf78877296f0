"""``keystage pupil``: give out or erase everything that is held about one pupil."""

import os
from pathlib import Path
from typing import Any

import click

from keystage.cli.faults import fail
from keystage.cli.service import set_up

_SIDES = click.Choice(["school", "gateway"])


@click.command("pupil")
@click.argument("action", type=click.Choice(["export", "erase"]))
@click.option("--side", type=_SIDES, default="school", show_default=True, help="Whose records.")
@click.option("--school", default="", help="The DfE number of the school, seven figures; for the school’s side.")
@click.option("--upn", prompt="UPN", help="The pupil’s UPN; asked for where it is left out, and so in no history.")
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False), help="The new zip file that export writes.")
@click.option("--reason", default="", help="Why the pupil is erased; name nobody.")
@click.option("--do-it", is_flag=True, help="Erase. Without this, it is only said what would go.")
@click.option("--data", type=click.Path(path_type=Path), help="The folder for the database and the files.")
def command(
    action: str, side: str, school: str, upn: str, to: Path | None, reason: str, do_it: bool, data: Path | None
) -> None:
    """Give out everything that is held about one pupil, in all years, or erase it for good.

    EXPORT writes a zip with a page to read, the same as data, and the reports for parents; it holds nothing of any
    other pupil. ERASE says what would go; with --do-it it goes, unless the pupil counts in a year or a collection that
    is open, or a legal hold stands. Both stay on record.
    """
    if data is not None:
        os.environ["KEYSTAGE_DATA"] = str(data)
    set_up(migrate=False)
    about = _found(side, school, upn.strip().upper())
    if action == "export":
        _export(about, side, to)
    else:
        _erase(about, side, reason, do_it=do_it)


def _found(side: str, school: str, upn: str) -> Any:
    if side == "gateway":
        from keystage.service.gateway.personal.finding import find

        found: Any = find(upn, is_practice=False)
    else:
        from keystage.service.school.personal.finding import find_at

        if not school:
            raise click.UsageError("Say which school: --school 9992001.")
        found = find_at(school, upn)
    if found is None:
        fail("Nobody there has this UPN, or had it.")
    return found


def _export(about: Any, side: str, to: Path | None) -> None:
    if to is None:
        raise click.UsageError("Say where the zip goes: --to copy.zip.")
    if to.exists():
        fail(f"{to} is there already, and nothing is written over.")
    content = _service(side).copy_for(about, by=None, **_where(side))
    with open(to, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
        file.write(content)
    click.echo(f"Written to {to}, which only you can read. Look at it before you give it to anybody.", err=True)


def _erase(about: Any, side: str, reason: str, *, do_it: bool) -> None:
    from keystage.service.config.refusals import NotAllowedNow

    service = _service(side)
    if do_it:
        try:
            done = service.erase_pupil(about, reason, by=None, **_where(side))
        except NotAllowedNow as refused:
            fail(str(refused))
        click.echo(f"Erased. It is on record as {done.key}.", err=True)
        return
    plan = service.preview(about)
    for words, what in plan.lines:
        click.echo(f"{words}: {what}")
    click.echo(f"The record: {plan.events:,} lines lose what they say")
    for each in plan.why_not:
        click.echo(each, err=True)
    if not plan.why_not:
        click.echo("Nothing was changed. Run it with --do-it and a --reason to erase this.", err=True)


def _service(side: str) -> Any:
    from importlib import import_module

    return import_module(f"keystage.service.{side}.services.personal")


def _where(side: str) -> dict[str, Any]:
    return {"organisation": None} if side == "gateway" else {}
