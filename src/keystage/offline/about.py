"""What a file is, and how it differs from the last one sent: read anew, as reports do not hold it."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from keystage.checks.difference import difference
from keystage.checks.files import SPREADSHEETS, Options, read_return, usual_year, year_for
from keystage.checks.totals import count
from keystage.ctf.describing import describe, facts
from keystage.ctf.limits import content_of
from keystage.ctf.reader import read
from keystage.ctf.to_return import collection_year
from keystage.returns.refused import FileRefused
from keystage.sheets.kinds import kind_of


def about(path: Path) -> dict[str, Any] | None:
    """Say what a file is; None where it cannot be read, which its report says."""
    suffix = path.suffix.lower()
    if suffix == ".zip":
        return None
    if suffix in SPREADSHEETS:
        kind = kind_of(path)
        return {"what": f"This looks like {kind.value}." if kind else "A filled template.", "facts": []}
    try:
        ctf = read(content_of(path), name=path.name)
    except FileRefused:
        return None
    found = describe(ctf, year_for(Options(), collection_year(ctf))[0])
    return {"what": found["what"], "facts": [*facts(found), *_assessments(found)]}


def _assessments(found: dict[str, Any]) -> list[tuple[str, str]]:
    words = [
        f"{each['assessment']}, {each['year'] or 'no year'}: {count(each['results'], 'result')} of"
        f" {count(each['pupils'], 'pupil')}"
        for each in found["assessments"]
    ]
    return [("Assessments", "; ".join(words) or "none")]


def compared(path: Path, previous: Path, year: int | None) -> dict[str, Any] | None:
    """Say what changed since the last file sent; None where one of the two cannot be read."""
    options = Options(year=year)
    try:
        after, found, _ = read_return(content_of(path), path.name, options)
        earlier = replace(options, year=found.year)
        before, _, _ = read_return(content_of(previous), previous.name, earlier)
    except FileRefused:
        return None
    words = asdict(difference(before, after))
    return {**words, "before": f"{previous.name}, {count(len(before.pupils), 'pupil')}"}


def held_years() -> list[dict[str, Any]]:
    """Return the collection years that are held, the latest first, and which is taken where a file names none."""
    from keystage.years import held, load

    usual = usual_year(Options()).year
    return [
        {"year": year, "draft": load(year).is_draft, "usual": year == usual} for year in sorted(held(), reverse=True)
    ]
