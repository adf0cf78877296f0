"""``keystage show``: what is this file?"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from keystage.checks.files import Options, year_for
from keystage.checks.totals import count
from keystage.cli.entries import wrapped
from keystage.cli.faults import ERRORS_FOUND, refused
from keystage.cli.options import A_PATH, form_option, years_dir_option
from keystage.cli.streams import presentable, print_json
from keystage.cli.text import width_of_text
from keystage.ctf.describing import describe, facts
from keystage.ctf.filename import parse_tolerantly
from keystage.ctf.limits import content_of
from keystage.ctf.reader import read
from keystage.ctf.to_return import collection_year
from keystage.returns.refused import FileRefused


@click.command("show")
@click.argument("file", type=A_PATH)
@form_option("text", "json")
@years_dir_option
def command(file: Path, form: str, years_dir: Path | None) -> None:
    """Say what a CTF holds: school, version, destination, pupils, which assessments of which year."""
    try:
        ctf = read(content_of(file), name=file.name)
    except FileRefused as fault:
        if form == "text":
            refused(file, fault)
        says = {"code": fault.code, "message": fault.what, "fix": fault.fix, "line": fault.line}
        print_json({"file": file.name, "what": None, "refused": says})
        sys.exit(ERRORS_FOUND)
    year, _ = year_for(Options(years_dir=years_dir), collection_year(ctf))  # it only names the rows
    about = describe(ctf, year)
    if form == "json":
        print_json(about)
    else:
        click.echo("\n".join(_text(about, width_of_text())))


def _text(about: dict[str, Any], width: int) -> Iterator[str]:
    yield from (click.style(line, bold=True) for line in wrapped(about["what"], width))
    yield click.style(presentable(about["file"]), bold=True)
    yield ""
    for label, value in facts(about):
        yield from wrapped(value, width, f"  {label:<13}", " " * 15)
    yield ""
    yield "  Assessments" if about["assessments"] else "  No assessments."
    for each in about["assessments"]:
        found = f"{count(each['results'], 'result')} of {count(each['pupils'], 'pupil')}"
        yield from wrapped(f"{each['assessment']}, {each['year'] or 'no year'}: {found}", width, "    ", "      ")
    for line in _remarks(about):
        yield from wrapped(line, width, "  ", "    ")


def _remarks(about: dict[str, Any]) -> Iterator[str]:
    for label, key in (
        ("Also holds", "also_holds"),
        ("Not known", "unknown_elements"),
        ("Read although unusual", "tolerated"),
    ):
        if about[key]:
            yield f"{label}: {', '.join(about[key])}"
    if (name := parse_tolerantly(about["file"])) and name.source != about["school"]["number"]:
        yield f"The file's name says school {name.source}."
    if about["named_by"]["draft"]:
        yield f"The rules for {about['named_by']['year']} are a draft: nearly all of them are assumed."
