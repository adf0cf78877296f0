"""What schools write for reports for parents, as a sheet: comments and attendance go in and out by UPN and heading.

Schools have these in their own systems. The sheet goes out with the pupils in it and comes back, whatever was sorted or
moved; a school's own export is read too where its headings are known.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NamedTuple

from keystage.returns.refused import FileRefused
from keystage.returns.results import mark
from keystage.sheets.headings import match_headings
from keystage.sheets.judgement_sheet import MADE, write_row
from keystage.sheets.separated_writer import write_separated
from keystage.sheets.table import Row, Table, read_table
from keystage.years.frozen import Frozen
from keystage.years.headings import plain

LONGEST = 5000
"""Characters of one text: about two pages."""
MOST_SESSIONS = 999
"""A school year has 380 sessions; a number far above is a slip."""

TEXTS = {
    "progress": "General progress",
    "achievements": "Achievements",
    "engagement": "Engagement account",
    "exempt_from": "Exempt from",
}
NUMBERS = {
    "possible_sessions": "Possible sessions",
    "attended_sessions": "Sessions attended",
    "unauthorised_absences": "Unauthorised absences",
}
_WHO = {"upn": "UPN", "surname": "Surname", "forename": "Forename", "class_name": "Class"}
COLUMNS: Mapping[str, str] = Frozen({**_WHO, **TEXTS, **NUMBERS})
"""Field to heading, in the order in which they are written."""

_SYNONYMS = {
    "upn": ("Unique pupil number", "Pupil UPN", "UPN number"),
    "surname": ("Legal surname", "Last name", "Family name"),
    "forename": ("Legal forename", "First name", "Given name"),
    "name": ("Name", "Pupil", "Pupil name", "Full name", "Student"),
    "class_name": ("Class name", "Registration group", "Reg group", "Form"),
    "progress": ("Progress", "Comment", "Comments", "General comment", "Teacher comment", "Report"),
    "achievements": ("Achievement", "Other achievements", "Strengths and targets"),
    "engagement": ("Engagement", "Engagement model"),
    "exempt_from": ("Exempt", "Exemptions", "Disapplied from"),
    "possible_sessions": ("Possible", "Possible marks", "Sessions possible", "Possible attendances"),
    "attended_sessions": ("Attended", "Present", "Attended sessions", "Attendances", "Present marks"),
    "unauthorised_absences": ("Unauthorised", "Unauthorised sessions", "Unauthorised absence", "Unauthorized absences"),
}
LOOKUP: Mapping[str, str] = Frozen(
    {
        **{plain(heading): field for field, heading in COLUMNS.items()},
        **{plain(heading): field for field, headings in _SYNONYMS.items() for heading in headings},
    }
)
"""Every heading that is read, reduced, and its field."""


class TextLine(NamedTuple):
    """One pupil in such a sheet."""

    number: int
    """The row of the sheet, or the line of the CSV file."""
    upn: str
    """In capitals and without spaces."""
    name: str
    """As the sheet says, to be shown where nobody has the UPN."""
    said: Mapping[str, str | int]
    """The fields with an entry."""
    faults: tuple[str, ...] = ()
    """What cannot be read, in words."""


@dataclass(frozen=True, slots=True)
class TextSheet:
    """A sheet that was read."""

    lines: tuple[TextLine, ...]
    fields: tuple[str, ...]
    """The fields that have a column."""
    passed_over: tuple[str, ...]
    """Headings that mean nothing here."""


def read_report_texts(source: Path | bytes, *, name: str = "") -> TextSheet:
    """Read comments and attendance from a CSV file or a workbook.

    Raises:
        FileRefused: F01, F02 or F08, where it cannot be read; F11, where it has no UPN or nothing to read.
        OSError: the path cannot be opened.
    """
    table = read_table(source, name=name, known=LOOKUP)
    matched = match_headings(table, LOOKUP)
    wanted = tuple(field for field in (*TEXTS, *NUMBERS) if field in matched.columns)
    if "upn" not in matched.columns or not wanted:
        raise _without_columns(table, has_upn="upn" in matched.columns)
    if matched.repeated:
        field = matched.repeated[0][0]
        what = f"Two columns are headed as “{COLUMNS.get(field, field)}”: it is not known which of them counts."
        raise FileRefused("F11", what, "Rename or delete one of them, then bring the file in again.", table.heading_row)
    lines = tuple(_line(row, matched.columns, wanted) for row in table.rows)
    return TextSheet(tuple(each for each in lines if each.upn or each.said), wanted, _names(matched.unknown))


def _without_columns(table: Table, *, has_upn: bool) -> FileRefused:
    what = "The sheet has no column of comments or attendance." if has_upn else "The sheet has no column of UPNs."
    fix = f"The first row needs headings such as {', '.join((COLUMNS['upn'], *TEXTS.values(), *NUMBERS.values()))}."
    return FileRefused("F11", what, fix, table.heading_row)


def _names(unknown: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    return tuple(heading for heading, _ in unknown if heading)


def _line(row: Row, columns: Mapping[str, int], wanted: Sequence[str]) -> TextLine:
    said: dict[str, str | int] = {}
    faults: list[str] = []
    for field in wanted:
        text = tidy(row.cell(columns[field]))
        if not text:
            continue
        fault = _text_fault(field, text) if field in TEXTS else _number_fault(field, text)
        if fault:
            faults.append(fault)
        else:
            said[field] = text if field in TEXTS else mark(text) or 0
    upn = "".join(row.cell(columns["upn"]).split()).upper()
    return TextLine(row.number, upn, _name(row, columns), Frozen(said), tuple(faults))


def tidy(text: str) -> str:
    """Return a text with one sort of line break, and nothing empty at its ends."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()


def _text_fault(field: str, text: str) -> str:
    if len(text) <= LONGEST:
        return ""
    return f"{COLUMNS[field]} is {len(text):,} characters long; at most {LONGEST:,} are kept."


def _number_fault(field: str, text: str) -> str:
    found = mark(text)
    if found is not None and 0 <= found <= MOST_SESSIONS:
        return ""
    return f"{COLUMNS[field]} says “{text[:40]}”: it must be a whole number of sessions from 0 to {MOST_SESSIONS}."


def _name(row: Row, columns: Mapping[str, int]) -> str:
    named = [row.cell(columns.get(field)).strip() for field in ("surname", "forename")]
    return ", ".join(filter(None, named)) or row.cell(columns.get("name")).strip()


def write_report_texts(rows: Sequence[Mapping[str, str]], sink: IO[bytes], *, kind: str) -> None:
    """Write the sheet to be filled in, ``xlsx`` or ``csv``: a row for each pupil, with what is written already."""
    cells = [[row.get(field, "") for field in COLUMNS] for row in rows]
    if kind == "csv":
        write_separated(sink, tuple(COLUMNS.values()), cells, mark=True)
    else:
        _write_workbook(cells, sink)


def _write_workbook(cells: Sequence[Sequence[str]], sink: IO[bytes]) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(sink, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "Words and attendance for reports for parents", "created": MADE})
    sheet = book.add_worksheet("Reports")
    bold = book.add_format({"bold": True, "num_format": "@", "bottom": 1})
    look = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for column, width in enumerate(_widths()):
        sheet.set_column(column, column, width, look)
    write_row(sheet, 0, COLUMNS.values(), lambda _: bold)
    for number, row in enumerate(cells, start=1):
        write_row(sheet, number, row, lambda _: look)
    sheet.freeze_panes(1, len(_WHO))
    book.close()


def _widths() -> Iterator[int]:
    wide = {"progress": 60, "achievements": 60, "engagement": 40, "exempt_from": 20}
    return (wide.get(field, 16) for field in COLUMNS)
