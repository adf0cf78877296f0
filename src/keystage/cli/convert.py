"""``keystage convert``: a CTF into a template, or a template into a CTF."""

import sys
from datetime import datetime
from io import BytesIO
from pathlib import Path

import click

from keystage.checks.files import Options, read_return, usual_year
from keystage.cli.faults import ERRORS_FOUND, fail, say
from keystage.ctf.filename import next_name
from keystage.ctf.from_return import from_return
from keystage.ctf.model import CtfFile
from keystage.ctf.writer import write
from keystage.returns.refused import FileRefused
from keystage.returns.value import Return
from keystage.years.year import CollectionYear

_KINDS = {".xlsx": "xlsx", ".csv": "csv", ".xml": "ctf"}


@click.command("convert")
@click.argument("source", metavar="IN", type=click.Path(path_type=Path))
@click.argument("target", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--year", type=int, metavar="YYYY", help="The collection year; by default it is taken from the file.")
@click.option("--school", default="", metavar="LLLEEEE", help="The school, where a template does not say it.")
@click.option("--school-name", default="", help="The school's name, to be written into a CTF.")
@click.option("--made", type=click.DateTime(), help="The date and time that a CTF carries. [default: now]")
@click.option("--force", is_flag=True, help="Write over a file that is there already.")
@click.option("--years-dir", type=click.Path(path_type=Path, file_okay=False), help="A folder with years of your own.")
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
    if source.is_dir():
        fail(f"{source}: this is a folder; a file is needed here.")
    try:
        return_, of, _notes = read_return(source.read_bytes(), source.name, options)
    except FileRefused as refused:
        say(f"{source}: {refused.what}\n{refused.fix} [{refused.code}]")
        sys.exit(ERRORS_FOUND)
    target = _target(target, return_, of)
    if target.exists() and (not force or target.resolve() == source.resolve()):
        fail(f"{target} is there already; --force writes over it." if not force else "IN and OUT are the same file.")
    content = _converted(return_, of, _KINDS[target.suffix.lower()], made, school_name)
    target.write_bytes(content)
    pupils = len(return_.pupils)
    click.echo(f"{source} → {target}: {pupils:,} pupil{'' if pupils == 1 else 's'}, {of}.")


def _target(target: Path, return_: Return, year: CollectionYear) -> Path:
    if target.is_dir():
        if not return_.school:
            fail("the school is not known, so the file cannot be named. Give its number with --school.")
        destination = year.ctf.destination_lea + year.ctf.destination_estab
        return target / str(next_name(target, return_.school, destination, year.ctf.type_token))
    if target.suffix.lower() not in _KINDS:
        fail(f"{target}: its name must end in .xml (a CTF), .xlsx or .csv (a template).")
    return target


def _converted(return_: Return, year: CollectionYear, kind: str, made: datetime | None, school_name: str) -> bytes:
    sink = BytesIO()
    if kind == "ctf":
        if not return_.school:
            fail("the school is not known, and a CTF must name it. Give its number with --school.")
        held = return_.source.header.source.name if isinstance(return_.source, CtfFile) else ""
        file = from_return(return_, year, made=made or datetime.now(), school_name=school_name or held)  # noqa: DTZ005
        write(file, sink)
    else:
        from keystage.sheets import write_template

        write_template(return_, year, sink, kind="xlsx" if kind == "xlsx" else "csv")
    return sink.getvalue()
