"""``keystage check``: are these returns right, and if not, what exactly must a person do?"""

import sys
from datetime import date
from pathlib import Path

import click

from keystage.checks.beside import Beside, earlier_files
from keystage.checks.checking import Checking
from keystage.checks.files import SPREADSHEETS, Options, usual_year
from keystage.cli.faults import fail
from keystage.cli.options import (
    A_FILE,
    A_PATH,
    force_option,
    form_option,
    school_option,
    today_option,
    year_option,
    years_dir_option,
)
from keystage.cli.outputs import is_earlier_report
from keystage.cli.paths import Found, find
from keystage.cli.running import Run
from keystage.cli.writing import refuse_to_overwrite
from keystage.sheets.kinds import kind_of


@click.command("check")
@click.argument("paths", nargs=-1, required=True, type=A_PATH, metavar="PATH…")
@year_option("file")
@click.option("--register", type=A_PATH, help="The register of expected pupils (CSV), or a folder of registers.")
@click.option("--previous", type=A_PATH, help="The file that was sent before, or a folder of such files.")
@click.option(
    "--destination",
    type=click.Choice(["gateway", "school", "any"]),
    default="gateway",
    show_default=True,
    help="Where the files must be addressed to.",
)
@school_option("The school that a template is of, or that a file must be of.")
@form_option("text", "json", "csv", "xlsx")
@click.option("--output", type=A_FILE, help="Write there, not to standard output.")
@force_option
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="How many processes.  [default: one a processor]")
@click.option("--quiet", is_flag=True, help="Print one line a file: its verdict.")
@click.option("--schema", type=A_FILE, metavar="XSD", help="Ask an official schema file as well.")
@years_dir_option
@today_option
def command(
    paths: tuple[Path, ...],
    year: int | None,
    register: Path | None,
    previous: Path | None,
    destination: str,
    school: str,
    form: str,
    output: Path | None,
    force: bool,
    jobs: int | None,
    quiet: bool,
    schema: Path | None,
    years_dir: Path | None,
    today: date | None,
) -> None:
    """Check CTFs, filled templates, folders or zips of them.

    A folder is gone through with all folders in it. Registers that lie in it are used: that of each school is found by
    the number in its name, such as 9991234_register.csv.

    \b
    keystage check 9991234_KS2_NAALLLL_001.xml
    keystage check 9991234_KS2_NAALLLL_002.xml --register expected.csv --previous sent
    keystage check returns.zip --format xlsx --output findings.xlsx
    """
    options = Options(
        year=year,
        destination=destination,  # type: ignore[arg-type]  # click has made sure of it
        today=today,
        school=school,
        years_dir=years_dir,
    )
    usual_year(options)  # so that a year that is not held is said at once
    used = [path for path in (register, previous, schema) if path is not None]
    for path in used:
        path.stat()
    if previous is not None and previous.suffix.lower() in SPREADSHEETS and (kind := kind_of(previous)):
        fail(f"{previous}: this looks like {kind.value}, not like a return that was sent before.")
    if output is not None:
        _refuse_to_write_over(output, form, [*paths, *used], force=force)
    found = find(paths, skip=[*used, *([output] if output else [])])
    beside = _beside(register, previous, found)
    sys.exit(Run(Checking(options, beside, schema), found, jobs=jobs)(form, output, quiet=quiet))


def _refuse_to_write_over(output: Path, form: str, sources: list[Path], *, force: bool) -> None:
    """A report may take the place of an earlier one in the same form; of anything else only where that is asked for."""
    refuse_to_overwrite(output, force=True, sources=sources)
    if not force and output.is_file() and not is_earlier_report(output, form):
        what = "" if form == "text" else f" and is no {form.upper()} report that Keystage made"
        fail(f"{output} is there already{what}. Give another name, or --force to write over it.")


def _beside(register: Path | None, previous: Path | None, found: Found) -> Beside:
    registers = found.registers
    if register is not None and register.is_dir():
        there = find([register])
        for fault in there.faults:
            raise fault
        found.remarks += there.remarks
        registers = there.registers
    is_folder = previous is not None and previous.is_dir()
    return Beside(
        register=None if register is None or register.is_dir() else register,
        registers=registers,
        register_folder=register if register is not None and register.is_dir() else None,
        previous=None if is_folder else previous,
        previous_files=earlier_files(previous) if previous is not None and is_folder else {},
        previous_folder=previous if is_folder else None,
    )
