"""``keystage convert``: a CTF into a template, or a template into a CTF."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import IO

import click

from keystage.checks.files import Options, usual_year
from keystage.checks.totals import count
from keystage.cli.faults import fail
from keystage.cli.options import A_PATH, force_option, school_option, year_option, years_dir_option
from keystage.cli.reading import return_from
from keystage.cli.writing import refuse_to_overwrite, replacing
from keystage.ctf.filename import next_name, parse
from keystage.ctf.from_return import from_return
from keystage.ctf.model import CtfFile
from keystage.ctf.writer import write
from keystage.returns.value import Return
from keystage.years.year import CollectionYear

_KINDS = {".xlsx": "xlsx", ".csv": "csv", ".xml": "ctf"}


@click.command("convert")
@click.argument("source", metavar="IN", type=A_PATH)
@click.argument("target", metavar="OUT", type=A_PATH)
@year_option("file")
@school_option("The school, where the file does not say it.")
@click.option("--school-name", default="", metavar="NAME", help="The school's name, to be written into a CTF.")
@click.option("--made", type=click.DateTime(), metavar="DATE", help="When a CTF says it was made.  [default: now]")
@force_option
@years_dir_option
def command(
    source: Path,
    target: Path,
    year: int | None,
    school: str,
    school_name: str,
    made: datetime | None,
    force: bool,
    years_dir: Path | None,
) -> None:
    """Turn a CTF into a template (OUT ends in .xlsx or .csv), or a template into a CTF (.xml, or a folder).

    In a folder the CTF gets its proper name with the next number. Only the return is carried over: pupils and their
    teacher assessments.
    """
    options = Options(year=year, school=school, years_dir=years_dir)
    usual_year(options)
    if not target.is_dir() and target.suffix.lower() not in _KINDS:
        fail(f"{target}: its name must end in .xml (a CTF), .xlsx or .csv (a template), or be that of a folder.")
    return_, of = return_from(source, options)
    if not return_.school:
        return_ = replace(return_, school=school)
    is_ctf = target.is_dir() or _KINDS[target.suffix.lower()] == "ctf"
    if is_ctf and not return_.school:
        fail("the school is not known, and a CTF must name it. Give its number with --school.")
    path = _named(target, return_, of) if target.is_dir() else target
    refuse_to_overwrite(path, force=force, sources=[source])
    with replacing(path) as sink:
        if is_ctf:
            _write_ctf(return_, of, sink, made or datetime.now(), school_name)  # noqa: DTZ005 - local, as CTFs have it
        else:
            from keystage.sheets import write_template

            write_template(return_, of, sink, kind="csv" if path.suffix.lower() == ".csv" else "xlsx")
    click.echo(f"Written: {path}, {count(len(return_.pupils), 'pupil')}, collection year {of}.")


def _named(folder: Path, return_: Return, year: CollectionYear) -> Path:
    """Return the path of the next file from this school in a folder."""
    destination = year.ctf.destination_lea + year.ctf.destination_estab
    try:
        name = str(next_name(folder, return_.school, destination, year.ctf.type_token))
    except ValueError as fault:
        fail(str(fault))
    if parse(name) is None:  # nor may a number lead out of the folder
        fail(f"the school's number is “{return_.school}”, which cannot stand in a name. Give the name of the file too.")
    return folder / name


def _write_ctf(return_: Return, year: CollectionYear, sink: IO[bytes], made: datetime, name: str) -> None:
    header = return_.source.header if isinstance(return_.source, CtfFile) else None
    held, urn = (header.source.name, header.source.urn) if header else ("", "")
    write(from_return(return_, year, made=made, school_name=name or held, urn=urn), sink)
