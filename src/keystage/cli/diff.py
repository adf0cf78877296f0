"""``keystage diff``: what changed between two returns?"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from keystage.checks.files import Options, read_return, usual_year
from keystage.cli.faults import ERRORS_FOUND, fail, say
from keystage.returns.changes import Changes, changes
from keystage.returns.fingerprint import fingerprint
from keystage.returns.refused import FileRefused
from keystage.returns.value import Pupil, Return

_FIELDS = {"upn": "UPN", "birth_date": "date of birth"}


@click.command("diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--year", type=int, metavar="YYYY", help="The collection year; by default it is taken from the files.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--years-dir", type=click.Path(path_type=Path, file_okay=False), help="A folder with years of your own.")
def command(old: Path, new: Path, year: int | None, form: str, years_dir: Path | None) -> None:
    """Say what changed between two returns: pupils added, dropped and changed, and judgements.

    Either may be a CTF or a filled template. The exit status is 0 whether or not anything changed.
    """
    options = Options(year=year, years_dir=years_dir)
    usual_year(options)
    before, after = _read(old, options), _read(new, options)
    found = changes(before, after)
    if form == "json":
        click.echo(json.dumps(_as_dict(found, before, after), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_text(found, before, after, old, new)))


def _read(path: Path, options: Options) -> Return:
    if path.is_dir():
        fail(f"{path}: this is a folder; a file is needed here.")
    try:
        return read_return(path.read_bytes(), path.name, options)[0]
    except FileRefused as refused:
        say(f"{path}: {refused.what}\n{refused.fix} [{refused.code}]")
        sys.exit(ERRORS_FOUND)


def _as_dict(found: Changes, before: Return, after: Return) -> dict[str, Any]:
    return {
        "same": not found and before.school == after.school and before.year == after.year,
        "school": [before.school, after.school],
        "year": [before.year, after.year],
        "fingerprint": [fingerprint(before), fingerprint(after)],
        "added": [_pupil(pupil) for pupil in found.added],
        "dropped": [_pupil(pupil) for pupil in found.dropped],
        "identity": [
            {**_pupil(pupil), "field": field, "from": was, "to": now} for pupil, field, was, now in found.identities
        ],
        "judgements": [
            {**_pupil(pupil), "subject": str(subject), "from": was or None, "to": now or None}
            for pupil, subject, was, now in found.judgements
        ],
    }


def _pupil(pupil: Pupil) -> dict[str, str]:
    return {"upn": pupil.upn, "pupil": pupil.name}


def _text(found: Changes, before: Return, after: Return, old: Path, new: Path) -> Iterator[str]:
    yield f"From {old} ({len(before.pupils):,} pupils) to {new} ({len(after.pupils):,} pupils)"
    if before.school and after.school and before.school != after.school:
        yield f"  They are of different schools: {before.school} and {after.school}."
    if before.year != after.year:
        yield f"  They are of different years: {before.year} and {after.year}."
    if not found:
        yield "No difference in pupils or judgements."
    yield from _listed("Added", (f"{_who(pupil)}" for pupil in found.added))
    yield from _listed("Dropped", (f"{_who(pupil)}" for pupil in found.dropped))
    yield from _listed(
        "Details changed",
        (
            f"{_who(pupil)}: {_FIELDS.get(field, field)} {_arrow(was, now)}"
            for pupil, field, was, now in found.identities
        ),
    )
    yield from _listed(
        "Judgements changed",
        (f"{_who(pupil)}: {subject} {_arrow(was, now)}" for pupil, subject, was, now in found.judgements),
    )


def _listed(heading: str, lines: Iterator[str]) -> Iterator[str]:
    items = list(lines)
    if items:
        yield f"{heading} ({len(items):,})"
        yield from (f"  {line}" for line in items)


def _who(pupil: Pupil) -> str:
    return f"{pupil.name or 'No name'} ({pupil.upn or 'no UPN'})"


def _arrow(was: str, now: str) -> str:
    return f"{was or 'nothing'} → {now or 'nothing'}"
