"""``keystage diff``: what changed between two returns?"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from keystage.checks.difference import difference
from keystage.checks.files import Options, usual_year
from keystage.checks.totals import count
from keystage.cli.entries import wrapped
from keystage.cli.options import A_PATH, form_option, school_option, year_option, years_dir_option
from keystage.cli.reading import return_from
from keystage.cli.streams import presentable, print_json
from keystage.cli.text import width_of_text
from keystage.returns.changes import Changes, changes
from keystage.returns.fingerprint import fingerprint
from keystage.returns.value import Pupil, Return


@click.command("diff")
@click.argument("old", type=A_PATH)
@click.argument("new", type=A_PATH)
@year_option("files")
@school_option("The school, where a template does not say it.")
@form_option("text", "json")
@years_dir_option
def command(old: Path, new: Path, year: int | None, school: str, form: str, years_dir: Path | None) -> None:
    """Say what changed between two returns: pupils added, dropped and changed, and judgements.

    Either may be a CTF or a filled template. The exit status is 0 whether or not anything changed.
    """
    options = Options(year=year, school=school, years_dir=years_dir)
    usual_year(options)
    (before, _), (after, _) = return_from(old, options), return_from(new, options)
    found = changes(before, after)
    if form == "json":
        print_json(_as_dict(found, before, after))
    else:
        click.echo("\n".join(_text(found, before, after, old, new)))


def _as_dict(found: Changes, before: Return, after: Return) -> dict[str, Any]:
    same_school = before.school == after.school or not (before.school and after.school)
    return {
        "same": not found and same_school and before.year == after.year,
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
    width, words = width_of_text(), difference(before, after, found)
    yield from (click.style(line, bold=True) for line in wrapped(words.verdict, width))
    yield presentable(f"Before: {old}, {count(len(before.pupils), 'pupil')}")
    yield presentable(f"After:  {new}, {count(len(after.pupils), 'pupil')}")
    yield from words.remarks
    for heading, lines in words.lists:
        yield ""
        yield click.style(f"{heading} ({len(lines):,})", bold=True)
        for line in lines:
            yield from wrapped(line, width, "  ", "      ")
