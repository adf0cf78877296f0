"""Reads the one return that a command needs, or ends the command with the reason why it cannot."""

from pathlib import Path

from keystage.checks.files import Options, read_return
from keystage.cli.faults import ERRORS_FOUND, fail, refused, say
from keystage.ctf.limits import content_of
from keystage.returns.refused import FileRefused
from keystage.returns.value import Return
from keystage.sheets.kinds import kind_of
from keystage.sheets.sheet_file import SheetFile
from keystage.years.year import CollectionYear


def return_from(path: Path, options: Options) -> tuple[Return, CollectionYear]:
    """Read a CTF or a filled template; say on standard error what a reader should know of it."""
    try:
        return_, year, notes = read_return(content_of(path), path.name, options)
    except FileRefused as fault:
        refused(path, fault)
    if isinstance(return_.source, SheetFile) and return_.source.missing_headings:
        missing = [year.headings.written[field] for field in return_.source.missing_headings]
        kind = kind_of(path)
        what = f"This looks like {kind.value}, not like a filled template" if kind else "This is not a filled template"
        fail(f"{path}: {what}. It has no column for: {', '.join(missing)}. [F11]", ERRORS_FOUND)
    for note in notes:
        say(f"{path}: {note}")
    if year.is_draft:
        say(f"{path}: the rules for {year.year} are a draft: nearly all of them are assumed.")
    return return_, year
