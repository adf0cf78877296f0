"""The marksheet, for printing: blank to be written on, or filled to be read and signed."""

from dataclasses import dataclass

from keystage.papers.classes import ClassList, classes_data
from keystage.papers.codes import codes_data
from keystage.papers.frame import Frame


@dataclass(frozen=True, slots=True)
class MarksheetPaper:
    """The classes of a school as they are to be printed."""

    frame: Frame
    classes: tuple[ClassList, ...]
    blank: bool = False
    """Whether the codes are left out."""
    headteacher: str = ""
    """Who signs at the end; empty where only the line is wanted."""


def marksheet(sheet: MarksheetPaper) -> bytes:
    """Return the marksheet as a PDF: each class begins a page, and the headteacher's place is at the end."""
    data = classes_data(sheet.classes, blank=sheet.blank)
    return sheet.frame.typeset(
        "marksheet",
        "Teacher assessment marksheet" + (", blank" if sheet.blank else ""),
        {**data, "codes": codes_data(sheet.frame.year), "headteacher": sheet.headteacher},
    )
