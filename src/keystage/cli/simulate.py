"""``keystage simulate``: made-up schools, with no real person in them."""

from pathlib import Path

import click

from keystage.checks.totals import count
from keystage.cli.faults import fail
from keystage.cli.options import years_dir_option
from keystage.cli.progress import progress
from keystage.years import load


@click.command("simulate")
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@click.option("--schools", type=click.IntRange(1), default=1, show_default="1", metavar="N", help="How many schools.")
@click.option("--year", type=int, default=2026, show_default=True, metavar="YYYY", help="The collection year.")
@click.option("--seed", type=int, default=1, show_default=True, metavar="S", help="The same seed makes the same files.")
@click.option(
    "--faults",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="RATE",
    help="Faults to seed, for each pupil: 0.02 is one in fifty.  [default: none]",
)
@click.option("--dialect", metavar="NAME", help="Write all files as one supplier's system would.  [default: a mixture]")
@click.option("--results", is_flag=True, help="Make test results as well: of each school, and of all in one file.")
@click.option("--previous", is_flag=True, help="Make the files that were sent before as well.")
@years_dir_option
def command(
    out: Path,
    schools: int,
    year: int,
    seed: int,
    faults: float,
    dialect: str | None,
    results: bool,
    previous: bool,
    years_dir: Path | None,
) -> None:
    """Make made-up schools: registers, CTFs and, on request, results.

    OUT is a new folder. OUT/manifest.json lists every seeded fault: code, UPN, subject, line.
    """
    from keystage.simulate import DIALECTS, simulate, today

    of = load(year, years_dir=years_dir)
    if dialect is not None and dialect not in DIALECTS:
        fail(f"there is no dialect “{dialect}”. There are: {', '.join(DIALECTS)}.")
    if out.exists() and any(out.iterdir()):
        fail(f"{out} is not empty. Give a new folder, so that nothing of yours is written over.")
    with progress(schools, "Making schools") as advance:
        made = simulate(
            out,
            schools=schools,
            year=of,
            seed=seed,
            faults=faults,
            dialect=dialect,
            results=results,
            previous=previous,
            progress=lambda _done: advance(),
        )
    what = f"{count(made.schools, 'made-up school')} with {count(made.pupils, 'pupil')}"
    draft = f" {year} is a draft year: nearly all of its rules are assumed." if of.is_draft else ""
    click.echo(
        f"{what}: returns in {out}/returns, registers in {out}/registers, all in one in {out}/registration.csv.{draft}"
    )
    if results:
        click.echo(f"Results: of each school in {out}/results, of all schools together in {out}/results.csv.")
    click.echo(f"Seeded faults come to {count(made.faults, 'finding')}, listed in {out}/manifest.json.")
    earlier = f" --previous {out}/previous" if previous else ""
    click.echo(f"Check them: keystage check {out}/returns --register {out}/registers{earlier} --today {today(of)}")
