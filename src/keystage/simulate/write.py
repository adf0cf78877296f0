"""Writes a made-up authority, or a whole country, school by school."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import IO

from keystage.simulate import registers
from keystage.simulate.country import MadeSchool, Plan, make_school, today
from keystage.simulate.dialects import dialect as dialect_named
from keystage.simulate.groups import made_up_groups
from keystage.simulate.manifest import Made, ManifestWriter
from keystage.years import CollectionYear


def simulate(
    out: Path,
    *,
    schools: int,
    year: CollectionYear,
    seed: int,
    faults: float = 0.0,
    dialect: str | None = None,
    results: bool = False,
    previous: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Made:
    """Write made-up schools into a folder: ``returns``, ``registers``, on request more, and ``manifest.json``.

    ``registration.csv`` holds the registers of all schools, as they are loaded nationally.

    The same arguments give the same bytes. Memory does not grow with the number of schools.

    Args:
        out: the folder; it is made where it is not there.
        schools: how many schools.
        year: the collection year.
        seed: what everything made up is derived from.
        faults: how many faults to seed for each pupil: 0.02 is one in fifty.
        dialect: how all files are written; a mixture where not given.
        results: whether to make results of the tests too: in ``results`` school by school, and in ``results.csv``
            those of all schools together, as a national file has them.
        previous: whether to make files sent before too, in ``previous``, for schools without another fault.
        progress: called after each school with how many there are.

    Raises:
        DialectUnknown: there is no such dialect.
        OSError: the folder cannot be written.
    """
    plan = Plan(year, seed, faults, dialect_named(dialect) if dialect else None, results, previous)
    for folder in ("returns", "registers", *(["results"] if results else []), *(["previous"] if previous else [])):
        (out / folder).mkdir(parents=True, exist_ok=True)
    with (
        ManifestWriter(out / "manifest.json", year=year.year, seed=seed, today=today(year).isoformat()) as manifest,
        (out / "registration.csv").open("w", encoding="utf-8", newline="\n") as country,
        ExitStack() as stack,
    ):
        country.write(registers.NATIONAL_HEADING)
        national = stack.enter_context((out / "results.csv").open("wb")) if results else None
        for index in range(schools):
            made = make_school(plan, index)
            _write(out, made)
            country.write(registers.national(made.register, made.school))
            if national:
                _add(national, made, year)
            manifest.school(made.pupils, made.dialect.name)
            manifest.add("faults", made.faults)
            manifest.add("also", made.also)
            manifest.add("results_faults", made.results_faults)
            if progress:
                progress(index + 1)
    return manifest.made


def _write(out: Path, made: MadeSchool) -> None:
    number = made.school.number
    (out / "returns" / made.file_name).write_bytes(made.file)
    (out / "registers" / f"{number}_register.csv").write_bytes(made.register_csv.encode())
    if made.results_csv:
        (out / "results" / f"{number}_results.csv").write_bytes(made.results_csv.encode())
    if made.previous:
        (out / "previous" / made.previous_name).write_bytes(made.previous)


def _add(national: IO[bytes], made: MadeSchool, year: CollectionYear) -> None:
    """Put a school's results into the file of all schools, with made-up groups, which the school's own has not."""
    headings, *rows = made.results_csv.splitlines()
    if not national.tell():
        national.write(f"{','.join((headings, *year.group_headings.written.values()))}\n".encode())
    for place, row in enumerate(rows):
        groups = made_up_groups(Random(f"groups/{made.school.number}/{place}"))
        national.write(f"{','.join((row, *groups.values()))}\n".encode())
