"""The register of many schools in one CSV file, read row by row: a country's pupils never stand in memory together."""

import codecs
import io
from collections.abc import Iterator
from datetime import date
from itertools import chain, islice
from typing import IO, NamedTuple

from keystage.pupils.upn_advice import tidy_upn
from keystage.returns.refused import FileRefused
from keystage.returns.register import Expected
from keystage.sheets.headings import REGISTRATION
from keystage.sheets.looks import OLD_OFFICE, ZIP, Kind, not_a_spreadsheet, refuse_markup, refuse_what_is_no_text
from keystage.sheets.register import RegisterReading
from keystage.sheets.schools import school_number
from keystage.sheets.separated import best_delimiter, records
from keystage.sheets.table import HEADING_WITHIN, Row, Table, heading_at
from keystage.years import CollectionYear
from keystage.years.headings import plain

NEEDED = ("school", "upn", "surname", "forename", "dob", "sex")
MOST_FAULTS = 1_000
"""So many faults are kept with their words; all are counted."""

_BEGINNING = 65_536
_LONGEST = {"upn": 20, "former_upn": 20, "surname": 150, "forename": 150, "sex": 10, "school_name": 120}
"""Characters of a cell: more were never a name or a number."""


class Registered(NamedTuple):
    """One pupil of a school, and the line where the pupil stands."""

    line: int
    school: str
    """The DfE number, seven figures."""
    school_name: str
    """Empty where the file does not say it."""
    pupil: Expected
    date_joined: date | None = None
    next_school: str = ""


class RegistrationReading(RegisterReading):
    """One pass over the register of many schools; what is wrong is gathered in ``faults`` and counted on the way."""

    def __init__(self, source: IO[bytes], year: CollectionYear, *, name: str = "") -> None:
        """Read as far as the headings.

        Raises:
            FileRefused: F01 or F02: the file cannot be read, or is no CSV file.
        """
        encoding = _encoding(source)
        beginning = source.read(_BEGINNING).decode(encoding, errors="ignore")
        source.seek(0)
        refuse_markup(beginning)
        self.rows = records(_lines(source, encoding), best_delimiter(beginning, _known))
        above = _first(self.rows)
        start = heading_at(above, _known)
        heading = above[start]
        super().__init__(Table(name, Kind.CSV, "", heading.number, heading.cells, ()), year, REGISTRATION)
        self.waiting = above[start + 1 :]
        self.count = 0
        """How many things are wrong."""
        self.look_at_headings([column for column in NEEDED if column != "school" or not self._has_two_numbers()])

    def __iter__(self) -> Iterator[Registered]:
        """Yield the pupils in order; nobody where a needed column is missing.

        Raises:
            FileRefused: F01: from some line on the file cannot be read.
        """
        if self.count:
            return
        for row in chain(self.waiting, self.rows):
            yield from self._registered(row)

    def _registered(self, row: Row) -> Iterator[Registered]:
        if self.is_filled(row) and not self._is_too_long(row):
            yield Registered(
                row.number,
                self._number(row),
                self.text(row, "school_name"),
                self.pupil(row),
                self.date(row, "date_joined"),
                self._next(row),
            )

    def fault(self, row: Row, column: str, wrong: str, allowed: str) -> None:
        """Count a fault, and keep the first ones."""
        self.count += 1
        if len(self.faults) < MOST_FAULTS:
            super().fault(row, column, wrong, allowed)

    def upn(self, row: Row) -> str:
        """Return the UPN in capitals and without spaces; whoever has all rows of the school sees if it stands twice."""
        found = tidy_upn(self.text(row, "upn"))
        if not found:
            self.fault(row, "upn", "The UPN is missing.", "a UPN in every row")
        return found

    def _has_two_numbers(self) -> bool:
        return {"la", "estab"} <= set(self.matched.columns)

    def _number(self, row: Row) -> str:
        whole = "".join(self.text(row, "school").replace("/", "").replace("-", "").split())
        found = whole or school_number(self.text(row, "la"), self.text(row, "estab"))
        if not is_number(found):
            wrong = f"“{found}” is not a school’s number." if found else "The school’s number is missing."
            self.fault(row, "school", wrong, "the school’s DfE number, seven figures")
        return found

    def _next(self, row: Row) -> str:
        found = "".join(self.text(row, "next_school").replace("/", "").replace("-", "").split())
        if found and not is_number(found):
            allowed = "the DfE number of the school that the pupil goes on to, seven figures, or blank"
            self.fault(row, "next_school", f"“{found}” is not a school’s number.", allowed)
        return found

    def _is_too_long(self, row: Row) -> bool:
        before = self.count
        for column in self.matched.columns:
            text, most = self.text(row, column), _LONGEST.get(column, 200)
            if len(text) > most:
                self.fault(row, column, f"“{text[:20]}…” is too long for “{column}”.", f"{most} characters at most")
            if "\x00" in text:
                self.fault(row, column, f"A character that cannot be kept stands in “{column}”.", "letters and figures")
        return self.count > before


def is_number(text: str) -> bool:
    """Say whether a text has the shape of a school's DfE number."""
    return len(text) == 7 and text.isascii() and text.isdecimal()


def _known(row: Row) -> int:
    return len({plain(cell) for cell in row.cells} & REGISTRATION.keys())


def _first(rows: Iterator[Row]) -> tuple[Row, ...]:
    """Return the rows among which the headings stand."""
    found = tuple(islice(rows, HEADING_WITHIN))
    if not found:
        raise FileRefused("F02", "The file holds no entries at all, only separators.", "Choose the CSV file.")
    return found


def _lines(source: IO[bytes], encoding: str) -> Iterator[str]:
    text = io.TextIOWrapper(source, encoding=encoding, newline="")
    try:
        yield from text
    finally:
        text.detach()


def _encoding(source: IO[bytes]) -> str:
    """Return how a file's letters are written, having read it once; the file is at its beginning afterwards."""
    beginning = source.read(_BEGINNING)
    if beginning.startswith((ZIP, OLD_OFFICE)):
        fix = "Open it in Excel, choose Save As, “CSV UTF-8 (Comma delimited)”, and use the new file."
        raise not_a_spreadsheet("a workbook, and so many pupils are read from a CSV file only", fix)
    refuse_what_is_no_text(beginning)
    is_wide = beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp1252"):
        if _is_in(source, encoding):
            source.seek(0)
            return encoding
    raise FileRefused(
        "F01",
        "The file's letters cannot be read: a CSV file in UTF-8, UTF-16 or windows-1252 was expected.",
        "Save it as UTF-8, and use the new file.",
    )


def _is_in(source: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    source.seek(0)
    try:
        while piece := source.read(1 << 20):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True
