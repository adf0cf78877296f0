"""``keystage simulate``: made-up schools, with no real person in them."""

from pathlib import Path

import click

from keystage.cli.faults import fail
from keystage.cli.progress import progress
from keystage.years import load


@click.command("simulate")
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@click.option("--schools", type=click.IntRange(1), default=1, show_default=True, help="How many schools.")
@click.option("--year", type=int, default=2026, show_default=True, metavar="YYYY", help="The collection year.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same files.")
@click.option(
    "--faults", type=click.FloatRange(0, 1), default=0.0, help="Faults to seed, for each pupil (0.02: one in 50)."
)
@click.option("--dialect", help="Write all files as one supplier's system would; by default a mixture.")
@click.option("--results", is_flag=True, help="Make test results as well.")
@click.option("--previous", is_flag=True, help="Make the files that were sent before as well.")
@click.option("--years-dir", type=click.Path(path_type=Path, file_okay=False), help="A folder with years of your own.")
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
    """Make made-up schools: registers, CTFs and, on request, results; OUT/manifest.json lists every seeded fault."""
    from keystage.simulate import DIALECTS, simulate

    if dialect is not None and dialect not in DIALECTS:
        fail(f"there is no dialect “{dialect}”. There are: {', '.join(DIALECTS)}.")
    if out.exists() and any(out.iterdir()):
        fail(f"{out} is not empty. Give a new folder, so that nothing of yours is written over.")
    with progress(schools, "Making schools") as advance:
        made = simulate(
            out,
            schools=schools,
            year=load(year, years_dir=years_dir),
            seed=seed,
            faults=faults,
            dialect=dialect,
            results=results,
            previous=previous,
            progress=lambda _done: advance(),
        )
    click.echo(
        f"{made.schools:,} made-up school{'' if made.schools == 1 else 's'} with {made.pupils:,} pupils in"
        f" {out}/returns, registers in {out}/registers; {made.faults:,} faults, listed in {out}/manifest.json."
    )
