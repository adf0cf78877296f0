"""The school's marksheet as a workbook: to print, to fill in away from the screen, and to bring back in.

It comes back by :func:`keystage.sheets.read_template`, matched by UPN and heading, whatever was sorted or moved. A
hidden sheet says of which state of the return it was made (:func:`made_from`), so that what changed in the meantime can
be told from what was typed in it.
"""

from dataclasses import dataclass
from typing import IO, NamedTuple

from keystage.returns.owed import Owed
from keystage.returns.refused import FileRefused
from keystage.returns.value import Pupil
from keystage.sheets.headings import CLASS
from keystage.sheets.judgement_sheet import Line, Sheet, write_row, write_sheet
from keystage.sheets.template_writer import texts_of
from keystage.years import CollectionYear
from keystage.years.headings import TEMPLATE_FIELDS

_MADE_FROM = "Made from"
_KIND = "Keystage marksheet"
_FINGERPRINT, _VERSION = "Fingerprint", "Version"
_A4 = 9
_SHOWN = 12
"""Figures of the fingerprint that are printed: enough to tell two states apart by eye."""
_LONGEST_NAME = 100
"""Characters of the school's name in print: a header holds 255 in all."""


class MarksheetLine(NamedTuple):
    """One pupil on the marksheet."""

    pupil: Pupil
    class_name: str = ""
    owed: tuple[Owed, ...] = ()
    """What the pupil owes (:mod:`keystage.returns.owed`), which colours the cells."""


@dataclass(frozen=True, slots=True)
class Marksheet:
    """A marksheet: the pupils in the order in which they are written."""

    year: CollectionYear
    lines: tuple[MarksheetLine, ...]
    school: str = ""
    """The seven figures of the DfE number."""
    school_name: str = ""
    fingerprint: str = ""
    """Of the return that it is made from (:func:`keystage.returns.fingerprint.fingerprint`)."""
    version: str = ""
    """Whatever the caller numbers the states of the return by."""
    is_blank: bool = False
    """Whether the codes are left out."""


def write_marksheet(paper: Marksheet, sink: IO[bytes]) -> None:
    """Write a marksheet as an Excel workbook, all classes on one sheet.

    Cells that are still owed are yellow until they are filled, cells to be left blank are grey; each offers the codes
    of its subject. Equal marksheets make equal bytes.
    """
    written = paper.year.headings.written
    columns = {field: written[field] for field in TEMPLATE_FIELDS[:5]}
    columns |= {"class_name": CLASS} | {field: written[field] for field in TEMPLATE_FIELDS[5:]}
    made = write_sheet(sink, paper.year, columns, [_line(each, paper.is_blank) for each in paper.lines], frozen=3)
    made.sheet.autofilter(0, 0, max(1, len(paper.lines)), len(columns) - 1)
    _set_up_print(made, paper)
    _write_made_from(made, paper)
    made.book.close()


def _line(each: MarksheetLine, is_blank: bool) -> Line:
    texts = texts_of(each.pupil)
    codes = ("",) * len(texts[5:]) if is_blank else texts[5:]
    return Line((*texts[:5], each.class_name, *codes), each.owed)


def _set_up_print(made: Sheet, paper: Marksheet) -> None:
    school = " ".join(filter(None, (paper.school_name[:_LONGEST_NAME], paper.school)))
    header = _printed(f"{school}: key stage 2 teacher assessment {paper.year.label}".removeprefix(": "))
    said = [f"Fingerprint {grouped(paper.fingerprint)}"] if paper.fingerprint else []
    said += [f"Version {paper.version}"] if paper.version else []
    for sheet in (made.sheet, made.codes):
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&L{header}")
        sheet.set_footer(f"&L{_printed(', '.join(said))}&RPage &P of &N")


def _printed(text: str) -> str:
    """Return a text as headers and footers need it: there, an ampersand begins an instruction."""
    return text.replace("&", "&&")


def grouped(fingerprint: str) -> str:
    """Return the beginning of a fingerprint as people read it, in groups of four figures."""
    shown = fingerprint[:_SHOWN]
    return " ".join(shown[at : at + 4] for at in range(0, len(shown), 4))


def _write_made_from(made: Sheet, paper: Marksheet) -> None:
    sheet = made.book.add_worksheet(_MADE_FROM)
    sheet.hide()
    text = made.book.add_format({"num_format": "@"})
    rows = (
        (_KIND, "1"),
        (_FINGERPRINT, paper.fingerprint),
        (_VERSION, paper.version),
        ("School", paper.school),
        ("Year", str(paper.year)),
    )
    for number, row in enumerate(rows):
        write_row(sheet, number, row, lambda _: text)


def made_from(content: bytes) -> tuple[str, str] | None:
    """Return the fingerprint and the version of the return that a marksheet was made from.

    None for a file that is no marksheet of ours, or lost that sheet on its way: a CSV file, say. Whoever can change the
    file can change this: it says what was meant, and proves nothing.
    """
    from keystage.sheets.workbook import rows_of

    try:
        rows = rows_of(content, _MADE_FROM)
    except FileRefused:
        return None
    said = {row[0]: row[1] if len(row) > 1 else "" for row in rows if row}
    return (said.get(_FINGERPRINT, ""), said.get(_VERSION, "")) if _KIND in said else None
