"""``keystage repair``: the CTF doctor."""

from collections.abc import Iterator
from pathlib import Path

import click

from keystage.checks.file import right_name
from keystage.checks.files import Options, year_for
from keystage.checks.totals import count
from keystage.cli.entries import wrapped
from keystage.cli.faults import refused, say
from keystage.cli.options import A_PATH, force_option, years_dir_option
from keystage.cli.streams import presentable
from keystage.cli.text import width_of_text
from keystage.cli.writing import refuse_to_overwrite, replacing
from keystage.ctf.filename import parse
from keystage.ctf.limits import content_of
from keystage.ctf.repair import Repaired, repair
from keystage.returns.refused import FileRefused
from keystage.years.year import CollectionYear


@click.command("repair")
@click.argument("file", type=A_PATH)
@click.option("-o", "--output", required=True, type=A_PATH, help="Where to write: a file or a folder.")
@force_option
@years_dir_option
def command(file: Path, output: Path, force: bool, years_dir: Path | None) -> None:
    """Make safe repairs to a CTF, each listed; never to a judgement.

    The file itself is left as it is. In a folder the repaired file keeps its name, or gets its proper one where it has
    another.
    """
    drafts: list[int] = []

    def year_of(year: int | None) -> CollectionYear:
        found, _ = year_for(Options(years_dir=years_dir), year)
        drafts[:] = [found.year] if found.is_draft else []
        return found

    try:
        repaired = repair(content_of(file), year_of, name=file.name)
    except FileRefused as fault:
        refused(file, fault)
    target = output / _name(file, repaired) if output.is_dir() else output
    refuse_to_overwrite(target, force=force, sources=[file])
    with replacing(target) as sink:
        sink.write(repaired.data)
    click.echo("\n".join(_text(repaired, file, target)))
    for year in drafts:
        say(f"The rules for {year} are a draft: nearly all of them are assumed.")


def _name(file: Path, repaired: Repaired) -> str:
    """Return the name in a folder: never one that a file's header could lead out of the folder with."""
    right = right_name(repaired.file, "KS2")
    return right if parse(right) and not parse(file.name) else file.name


def _text(repaired: Repaired, file: Path, target: Path) -> Iterator[str]:
    width = width_of_text()
    done = count(len(repaired.repairs), "repair") if repaired.repairs else "Nothing needed repair"
    yield click.style(f"{done}.", bold=True)
    yield presentable(f"From {file}")
    yield presentable(f"To   {target}")
    if repaired.repairs:
        yield ""
    for what, line, before, after in repaired.repairs:
        change = f" {before or '(nothing)'} → {after or '(nothing)'}" if before or after else ""
        yield from wrapped(f"{f'line {line}: ' if line else ''}{what}{change}", width, "  ", "    ")
    yield ""
    yield "No judgement was changed. Check the new file with “keystage check”."
