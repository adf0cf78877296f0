"""``keystage repair``: the CTF doctor."""

import sys
from pathlib import Path

import click

from keystage.checks.file import right_name
from keystage.checks.files import Options, usual_year
from keystage.cli.faults import ERRORS_FOUND, fail, say
from keystage.ctf.filename import parse
from keystage.ctf.repair import Repaired, repair
from keystage.returns.refused import FileRefused
from keystage.years import YearUnknown, load
from keystage.years.year import CollectionYear


@click.command("repair")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="Where to write: a file or a folder."
)
@click.option("--force", is_flag=True, help="Write over a file that is there already.")
@click.option("--years-dir", type=click.Path(path_type=Path, file_okay=False), help="A folder with years of your own.")
def command(file: Path, output: Path, force: bool, years_dir: Path | None) -> None:
    """Make safe repairs to a CTF, each listed; never to a judgement. The file itself is left as it is."""

    def year_for(year: int | None) -> CollectionYear:
        try:
            return load(year or 0, years_dir=years_dir)
        except YearUnknown:
            return usual_year(Options(years_dir=years_dir))

    try:
        repaired = repair(file.read_bytes(), year_for, name=file.name)
    except FileRefused as refused:
        say(f"{file}: this cannot be repaired. {refused.what}\n{refused.fix} [{refused.code}]")
        sys.exit(ERRORS_FOUND)
    name = file.name if parse(file.name) else right_name(repaired.file, "KS2")
    target = output / name if output.is_dir() else output
    if target.exists() and target.resolve() == file.resolve():
        fail("the repaired file cannot take the place of the one it was made from; give another name.")
    if target.exists() and not force:
        fail(f"{target} is there already; --force writes over it.")
    target.write_bytes(repaired.data)
    _say_what_was_done(repaired, file, target)


def _say_what_was_done(repaired: Repaired, file: Path, target: Path) -> None:
    if not repaired.repairs:
        click.echo(f"{file}: nothing needed repair. Written unchanged to {target}.")
    else:
        count = len(repaired.repairs)
        click.echo(f"{file}: {count:,} repair{'' if count == 1 else 's'}. Written to {target}.")
    for what, line, before, after in repaired.repairs:
        change = f" {before or '(nothing)'} → {after or '(nothing)'}" if before or after else ""
        click.echo(f"  {f'line {line}: ' if line else ''}{what}{change}")
    click.echo("No judgement was changed. Check the new file with “keystage check”.")
