"""A template and its data, made into a PDF.

The data goes in beside the template, as JSON: nothing of it is ever read as part of the template. The fonts are those
shipped, whatever the machine has; so the same input gives the same bytes everywhere. The PDF is tagged for screen
readers (PDF/UA-1), a standard under which a character without a glyph is an error and not a gap.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

import typst

from keystage.papers.characters import FONTS, Printable, Value, describe

TEMPLATES = Path(str(files(__package__))) / "templates"
_LARGE = 120_000
"""Bytes of a PDF that left much behind in memory."""
_REMEMBERED = 10
"""Runs after which the typesetter forgets what it has not used again. Seen in version 0.15.2; a test watches it."""


class PaperNotMade(Exception):
    """A paper could not be made; the message is fit for a person, the cause is kept for who looks into it."""


def typeset(template: str, data: Mapping[str, Value], made: datetime) -> bytes:
    """Return the PDF of a template in ``templates/``, given its data and the time at which it is made.

    Characters that cannot be printed are replaced and reported at the foot of each page. Raises PaperNotMade.
    """
    try:
        made_, _warnings = typst.compile_with_warnings(
            str(TEMPLATES / f"{template}.typ"),
            root=str(TEMPLATES),
            font_paths=_fonts(),
            format="pdf",
            pdf_standards="ua-1",
            sys_inputs={"data": json.dumps(_with_notes(data))},
            timestamp=made.replace(microsecond=0),
        )
    except (typst.TypstError, OverflowError, ValueError, OSError) as wrong:
        raise PaperNotMade(
            "This paper could not be printed. Nothing has been changed; the data is as it was."
        ) from wrong
    if len(made_) > _LARGE:
        _forget()
    return bytes(made_)


def _forget() -> None:
    """Let the typesetter forget what it set: it keeps its last ten runs, 75 MB for each set of 60 reports."""
    for _ in range(_REMEMBERED + 1):
        typst.compile(b"", font_paths=_fonts(), format="svg")


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def _with_notes(data: Mapping[str, Value]) -> dict[str, Value]:
    printable = Printable()
    fit = {key: printable.value(each) for key, each in data.items()}
    fit["unprinted"] = [describe(each) for each in sorted(printable.replaced)]
    fit["unprinted_count"] = printable.replaced.total()
    return fit
