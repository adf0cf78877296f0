"""``keystage check``: are these returns right, and if not, what exactly must a person do?"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from keystage.checks.files import Options, check_path
from keystage.checks.report import Report, Verdict
from keystage.cli.faults import ERRORS_FOUND, WRONG_USE, fail, in_words, say, status_of
from keystage.cli.paths import Found, find, iter_registers
from keystage.ctf.filename import parse_tolerantly, school_in

Job = tuple[Path, Options]


@click.command("check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@click.option("--year", type=int, metavar="YYYY", help="The collection year; by default it is taken from the file.")
@click.option(
    "--register",
    type=click.Path(path_type=Path),
    help="The register of expected pupils (CSV), or a folder of registers whose names hold the school's number.",
)
@click.option("--previous", type=click.Path(path_type=Path), help="The last file sent, or a folder of them.")
@click.option(
    "--destination",
    type=click.Choice(["gateway", "school", "any"]),
    default="gateway",
    show_default=True,
    help="Where the files must be addressed to.",
)
@click.option("--school", default="", metavar="LLLEEEE", help="The school that a template is of, or a file must be of.")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv", "xlsx"]), default="text", show_default=True)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write there, not to standard output.")
@click.option("--jobs", type=click.IntRange(1), help="How many files to check at once. [default: one a processor]")
@click.option("--quiet", is_flag=True, help="Print the verdicts only.")
@click.option(
    "--schema", type=click.Path(path_type=Path, dir_okay=False), help="An official schema file (XSD) as well."
)
@click.option("--years-dir", type=click.Path(path_type=Path, file_okay=False), help="A folder with years of your own.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The date that counts as today.")
def command(
    paths: tuple[Path, ...],
    year: int | None,
    register: Path | None,
    previous: Path | None,
    destination: str,
    school: str,
    form: str,
    output: Path | None,
    jobs: int | None,
    quiet: bool,
    schema: Path | None,
    years_dir: Path | None,
    today: date | None,
) -> None:
    """Check CTFs, filled templates, folders or zips of them.

    A folder is gone through with all folders in it; registers that lie there are used for their schools.
    """
    if school and not (len(school) == 7 and school.isdecimal()):
        fail(f"--school is “{school}”; it must have 7 figures: 3 for the authority and 4 for the establishment.")
    options = Options(
        year=year,
        destination=destination,  # type: ignore[arg-type]  # click has made sure of it
        today=today.date() if today else None,  # type: ignore[attr-defined]  # click gives a datetime
        school=school,
        years_dir=years_dir,
    )
    _try_year(options)
    found = find(paths, skip=tuple(path for path in (register, previous) if path))
    work = [(path, _for_file(path, options, register, previous, found)) for path in found.files]
    for fault in found.faults:
        say(f"keystage: {in_words(fault)}")
    status = WRONG_USE if found.faults else 0
    if not work and not status:
        fail("there is no CTF, template or zip under these paths.")
    from keystage.cli.outputs import output_for

    with output_for(form, output, quiet=quiet, year=year) as show:
        for report in _reports(work, jobs):
            if isinstance(report, Exception):
                say(f"keystage: {in_words(report)}")
                status = max(status, status_of(report))
                continue
            show(report if schema is None else _with_schema(report, schema))
            if report.verdict in (Verdict.ERRORS, Verdict.UNREADABLE):
                status = max(status, ERRORS_FOUND)
    if found.left_alone and not quiet:
        say(f"{found.left_alone:,} other file{'s were' if found.left_alone > 1 else ' was'} left alone.")
    sys.exit(status)


def _try_year(options: Options) -> None:
    """Load a year that was asked for, so that a wrong one is said once and at once."""
    from keystage.checks.files import usual_year

    usual_year(options)


def _for_file(path: Path, options: Options, register: Path | None, previous: Path | None, found: Found) -> Options:
    """Return the options for one file: with the register and the earlier file of its school."""
    name = parse_tolerantly(path.name)
    school = name.source if name else school_in(path.name)
    if register is not None:
        mine = dict(iter_registers(register)).get(school) if register.is_dir() else register
    else:
        mine = found.registers.get(school)
    return replace(options, register=mine, previous=_previous_for(school, previous))


def _previous_for(school: str, previous: Path | None) -> Path | None:
    if previous is None or not previous.is_dir():
        return previous
    held = [
        path for path in sorted(previous.iterdir()) if (name := parse_tolerantly(path.name)) and name.source == school
    ]
    return held[-1] if held else None


def _reports(work: list[Job], jobs: int | None) -> Iterator[Report | Exception]:
    from keystage.cli.parallel import each, jobs_for

    jobs = jobs_for(len(work), jobs)
    if jobs == 1 and len(work) == 1:
        yield from check_job(work[0])
        return
    from keystage.cli.progress import progress

    with progress(len(work), "Checking") as advance:
        for reports in each(check_job, work, jobs):
            advance()
            yield from reports


def check_job(job: Job) -> list[Report | Exception]:
    """Check one path; what cannot be opened comes back as the exception, so that the rest goes on."""
    path, options = job
    try:
        return list(check_path(path, options))
    except Exception as fault:
        return [fault]


def _with_schema(report: Report, schema: Path) -> Report:
    from keystage.ctf.schema import second_opinion

    return replace(report, notes=(*report.notes, *second_opinion(Path(report.file or ""), schema)))
