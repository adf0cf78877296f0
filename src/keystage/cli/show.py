"""``keystage show``: what is this file?"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from keystage.checks.files import Options, usual_year
from keystage.cli.faults import ERRORS_FOUND, say
from keystage.ctf.filename import parse_tolerantly
from keystage.ctf.model import CtfFile, Row, School
from keystage.ctf.reader import read
from keystage.ctf.to_return import collection_year, row_key
from keystage.ctf.versions import year_of_version
from keystage.returns.refused import FileRefused
from keystage.years import YearUnknown, load
from keystage.years.year import CollectionYear


@click.command("show")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--years-dir", type=click.Path(path_type=Path, file_okay=False), help="A folder with years of your own.")
def command(file: Path, form: str, years_dir: Path | None) -> None:
    """Say what a CTF holds: school, version, destination, pupils, which assessments of which year."""
    try:
        ctf = read(file)
    except FileRefused as refused:
        say(f"{file}: {refused.what}\n{refused.fix} [{refused.code}]")
        sys.exit(ERRORS_FOUND)
    about = describe(ctf, _year_for(ctf, years_dir))
    if form == "json":
        click.echo(json.dumps(about, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_text(about)))


def _year_for(ctf: CtfFile, years_dir: Path | None) -> CollectionYear:
    """Return the year whose tables name the rows: the file's own where it is held."""
    try:
        return load(collection_year(ctf) or 0, years_dir=years_dir)
    except YearUnknown:
        return usual_year(Options(years_dir=years_dir))


def describe(ctf: CtfFile, year: CollectionYear) -> dict[str, Any]:
    """Say what a file holds, as plain values; the tables of ``year`` name its rows."""
    header = ctf.header
    rows = Counter(
        (_name(row, year), row.year.strip(), index) for index, pupil in enumerate(ctf.pupils) for row in pupil.rows
    )
    kinds = dict.fromkeys((name, of) for name, of, _ in rows)
    assessments = [
        {
            "assessment": name,
            "year": of,
            "results": sum(count for (kind, when, _), count in rows.items() if (kind, when) == (name, of)),
            "pupils": len({pupil for kind, when, pupil in rows if (kind, when) == (name, of)}),
        }
        for name, of in kinds
    ]
    return {
        "file": ctf.name,
        "what": what_it_is(ctf, [name for name, _ in kinds]),
        "made_by": header.supplier,
        "made_at": header.date_time,
        "version": header.version,
        "collection_year": year_of_version(header.version),
        "qualifier": header.qualifier,
        "descriptor": header.descriptor,
        "school": {**_school(header.source), "academic_year": header.source.academic_year},
        "destination": {**_school(header.destination), "meaning": _meaning(ctf)},
        "pupils": len(ctf.pupils),
        "assessments": assessments,
        "also_holds": sorted({section.name for pupil in ctf.pupils for section in pupil.sections}),
        "unknown_elements": [name for name, _ in ctf.unknown],
        "tolerated": [f"{each.found}{f' for {each.meant}' if each.meant else ''}" for each in ctf.tolerated],
        "encoding": ctf.encoding,
    }


def _school(school: School) -> dict[str, str]:
    return {"number": school.number, "urn": school.urn, "name": school.name}


TA = "key stage 2 teacher assessment"


def _name(row: Row, year: CollectionYear) -> str:
    key = row_key(row)
    if (subject := year.rows.ta.get(key)) is not None:
        return f"{TA}: {subject}"
    if (test := year.rows.tests.get(key)) is not None:
        return f"key stage 2 test: {test[0]}, {test[1]}"
    return year.rows.other_name(*key) or f"not known: {' '.join(part or '–' for part in key)}"


def what_it_is(ctf: CtfFile, kinds: list[str]) -> str:
    """Say in a sentence what a file is, and whether it is a return."""
    if any(kind.startswith(TA) for kind in kinds):
        if _is_national(ctf):
            return "A key stage 2 teacher assessment return for the gateway."
        return "Key stage 2 teacher assessments, but not addressed to the gateway."
    if not ctf.pupils:
        return "A Common Transfer File with no pupils in it. It is not a key stage 2 return."
    if not kinds:
        return "A Common Transfer File about pupils, with no assessments in it. It is not a key stage 2 return."
    held = ", ".join(sorted({kind.partition(":")[0] for kind in kinds}))
    return f"A Common Transfer File with other assessments ({held}). It is not a key stage 2 teacher assessment return."


def _is_national(ctf: CtfFile) -> bool:
    return ctf.header.destination.number.upper() == "NAALLLL"


def _meaning(ctf: CtfFile) -> str:
    number = ctf.header.destination.number.upper()
    if not number:
        return "nobody: the file does not say"
    if _is_national(ctf):
        return "the national agency, by the gateway"
    if number == ctf.header.source.number:
        return "the school itself: to be brought into its own system"
    if number.endswith("LLLL"):
        return "a local authority"
    return {
        "XXXXXXX": "destination not known (the lost pupils' store)",
        "MMMMMMM": "outside the maintained schools of England and Wales",
    }.get(number, "another school" if number.isdecimal() else "not a destination that is known")


def _text(about: dict[str, Any]) -> Iterator[str]:
    school, destination = about["school"], about["destination"]
    year = about["collection_year"]
    yield click.style(about["file"], bold=True)
    yield click.style(about["what"], bold=True)
    yield ""
    rows = [
        ("School", " ".join(part for part in (school["number"], school["name"]) if part) or "not given"),
        ("School year", _school_year(school["academic_year"])),
        ("Addressed to", f"{destination['number']} ({destination['meaning']})".strip()),
        ("Made by", about["made_by"] or "not given"),
        ("Made at", about["made_at"] or "not given"),
        ("Version", f"{about['version'] or 'not given'}{f' (collection year {year})' if year else ''}"),
        ("Kind", ", ".join(part for part in (about["qualifier"], about["descriptor"]) if part) or "not given"),
        ("Pupils", f"{about['pupils']:,}"),
    ]
    yield from (f"  {label:<13}{value}" for label, value in rows)
    yield ""
    yield "  Assessments" if about["assessments"] else "  No assessments."
    for each in about["assessments"]:
        results, pupils = _count(each["results"], "result"), _count(each["pupils"], "pupil")
        yield f"    {each['assessment']}, {each['year'] or 'no year'}: {results} of {pupils}"
    for label, key in (
        ("Also holds", "also_holds"),
        ("Not known", "unknown_elements"),
        ("Read although unusual", "tolerated"),
    ):
        if about[key]:
            yield f"  {label}: {', '.join(about[key])}"
    if (name := parse_tolerantly(about["file"])) and name.source != school["number"]:
        yield f"  The file's name says school {name.source}."


def _school_year(start: str) -> str:
    return f"{start}/{(int(start) + 1) % 100:02}" if start.isdecimal() and start.isascii() else start or "not given"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
