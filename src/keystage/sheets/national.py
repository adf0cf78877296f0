"""The national results file: one CSV of every school, taken apart school by school without holding a country.

It is read once, and its rows are laid down by authority in a folder; then an authority at a time is read back and taken
apart by school. Cells are carried over as they stand, so that nothing of a school's part is other than in the whole.
"""

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NamedTuple

from keystage.returns.refused import FileRefused
from keystage.sheets.limits import LIMITS
from keystage.sheets.looks import OLD_OFFICE, ZIP, refuse_markup, refuse_what_is_no_text
from keystage.sheets.national_spool import Spool
from keystage.sheets.schools import school_number
from keystage.sheets.table import HEADING_WITHIN
from keystage.years import CollectionYear
from keystage.years.headings import plain

Opened = Callable[[], IO[bytes]]
"""Opens the file from its start; whoever calls it closes what it gives."""

MOST_LINE = 100_000
"""Letters of one line: a row of results has a few hundred."""
MOST_COLUMNS = 1_000
MOST_SAID = 100
"""Faults that are said one by one; of more than these their number."""
_NEEDED = ("school_lea", "school_estab", "upn", "surname", "forename")
_HEAD = 65_536
_PIECE = 1 << 20
_CSV = "A national results file is one CSV file of all schools. Choose that, or have it saved as “CSV UTF-8”."
_ASK = "Ask whoever made the file for a new one."


class RowFault(NamedTuple):
    """A row of the national file that cannot be used, and why."""

    line: int
    what: str


class SchoolPart(NamedTuple):
    """The rows of one school, as a CSV file with the headings of the whole."""

    number: str
    pupils: int
    content: bytes


@dataclass(frozen=True, slots=True)
class National:
    """A national file that was laid down by authority."""

    headings: tuple[str, ...]
    columns: Mapping[str, int]
    rows: int
    schools: Mapping[str, int]
    """Each school's number, with its pupils."""
    faults: tuple[RowFault, ...]
    """The first of them, in the order of the lines."""
    fault_count: int
    spool: Spool

    @property
    def authorities(self) -> tuple[str, ...]:
        """The authorities' numbers, in order."""
        return tuple(sorted({number[:3] for number in self.schools}))

    def parts(self, authority: str) -> Iterator[SchoolPart]:
        """Yield the schools of an authority, in order of their numbers."""
        held: dict[str, list[list[str]]] = {}
        for number, cells in self.spool.rows(authority):
            held.setdefault(number, []).append(cells)
        for number in sorted(held):
            yield SchoolPart(number, len(held[number]), _written(self.headings, held[number]))


def lay_down(
    opened: Opened, year: CollectionYear, folder: Path, *, progress: Callable[[int], None] = lambda _rows: None
) -> National:
    """Read a national results file once, and lay its rows down by authority.

    Args:
        opened: opens the file.
        year: the collection year, whose headings are looked for.
        folder: where to lay the rows down: somewhere empty.
        progress: called now and then with the number of rows so far.

    Raises:
        FileRefused: it is no CSV file of results, or a line of it cannot be read as one.
        OSError: it, or the folder, does not answer.
    """
    with opened() as file:
        encoding = _encoding(file)
    lookup = year.results_lookup
    with _text(opened, encoding) as text:
        _refuse_what_is_no_csv(lambda: refuse_markup(text.read(_HEAD)))
    with _text(opened, encoding) as text:
        delimiter = _delimiter(text, lookup)
    with _text(opened, encoding) as text, Spool(folder) as spool:
        records = _records(text, delimiter)
        line, headings = _heading_row(records, lookup)
        columns = _columns(line, headings, lookup)
        return _Laying(headings, columns, spool, progress).rows(records)


class _Laying:
    """Takes the rows one by one."""

    def __init__(
        self, headings: list[str], columns: dict[str, int], spool: Spool, progress: Callable[[int], None]
    ) -> None:
        self.headings, self.columns, self.spool, self.progress = headings, columns, spool, progress
        self.schools: dict[str, int] = {}
        self.faults: list[RowFault] = []
        self.fault_count = self.count = 0
        self.seen: set[int] = set()

    def rows(self, records: "Iterator[tuple[int, list[str]]]") -> National:
        for line, cells in records:
            self.count += 1
            what = self.lay(cells)
            if what:
                self.fault_count += 1
                if len(self.faults) < MOST_SAID:
                    self.faults.append(RowFault(line, what))
            if self.count % 20_000 == 0:
                self.progress(self.count)
        if not self.count:
            raise FileRefused("F02", "There are headings in the file, and no pupils below them.", _ASK)
        return National(
            tuple(self.headings), self.columns, self.count, self.schools, tuple(self.faults), self.fault_count,
            self.spool,
        )  # fmt: skip

    def lay(self, cells: list[str]) -> str:
        """Lay a row down, or say why it cannot be used."""
        if len(cells) > len(self.headings) and any(map(str.strip, cells[len(self.headings) :])):
            return f"The row has {len(cells)} cells, and there are {len(self.headings)} headings."
        if any("\n" in cell or "\r" in cell for cell in cells):
            return "A cell of the row goes over several lines: perhaps a quotation mark is not closed."
        number = school_number(self.cell(cells, "school_lea"), self.cell(cells, "school_estab"))
        if not (len(number) == 7 and number.isascii() and number.isdecimal()):
            return f"“{number[:20]}” is not the number of a school." if number else "The row names no school."
        upn = self.cell(cells, "upn")
        if not (upn or self.cell(cells, "surname") or self.cell(cells, "forename")):
            return "The row has neither a UPN nor a name."
        if upn:
            # A hash of 64 bits for each pupil: a country fits into some megabytes.
            key = hash((number, upn.upper()))
            if key in self.seen:
                return f"The UPN {upn[:20]} stands a second time at the school {number}."
            self.seen.add(key)
        pupils = self.schools[number] = self.schools.get(number, 0) + 1
        if pupils > LIMITS.pupils:
            return f"The school {number} has more than {LIMITS.pupils:,} pupils."
        self.spool.add(number, cells)
        return ""

    def cell(self, cells: list[str], field: str) -> str:
        column = self.columns[field]
        return cells[column].strip() if column < len(cells) else ""


def _text(opened: Opened, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(opened(), encoding, newline="")


def _encoding(file: IO[bytes]) -> str:
    """Return how the letters are written: by the byte order mark, else UTF-8, else windows-1252."""
    head = file.read(_HEAD)
    if head.startswith((ZIP, OLD_OFFICE)):
        raise FileRefused("F02", "This is an Excel workbook or a zip file.", _CSV)
    _refuse_what_is_no_csv(lambda: refuse_what_is_no_text(head))
    is_wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp1252"):
        if _decodes(file, encoding):
            return encoding
    raise FileRefused(
        "F01", "The file's letters cannot be read: a CSV file in UTF-8, UTF-16 or windows-1252 was expected.", _ASK
    )


def _refuse_what_is_no_csv(look: Callable[[], None]) -> None:
    """Say what is wanted here, which is a CSV file and no other spreadsheet."""
    try:
        look()
    except FileRefused as refused:
        raise FileRefused(refused.code, refused.what, _CSV, value=refused.value) from None


def _decodes(file: IO[bytes], encoding: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while piece := file.read(_PIECE):
            if "\x00" in decoder.decode(piece):
                return False
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _delimiter(text: IO[str], lookup: Mapping[str, str]) -> str:
    """Return what stands between the cells: what shows most known headings."""
    lines = [text.readline(MOST_LINE) for _ in range(HEADING_WITHIN)]
    return max(",;\t", key=lambda mark: max(_known(line.split(mark), lookup) for line in lines))


def _known(cells: list[str], lookup: Mapping[str, str]) -> int:
    return len({lookup[name] for name in map(plain, cells) if name in lookup})


def _heading_row(records: Iterator[tuple[int, list[str]]], lookup: Mapping[str, str]) -> tuple[int, list[str]]:
    """Return the row with the headings; titles above it are passed over."""
    for _, (line, cells) in zip(range(HEADING_WITHIN), records, strict=False):
        if _known(cells, lookup) >= len(_NEEDED):
            return line, cells
    raise FileRefused(
        "F02", f"The headings were not found in the first {HEADING_WITHIN} rows. A national results file has columns"
        " such as LEA, ESTAB, UPN, SURNAME, FORENAME and READOUTCOME.", _ASK,
    )  # fmt: skip


def _columns(line: int, headings: list[str], lookup: Mapping[str, str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for column, heading in enumerate(headings):
        field = lookup.get(plain(heading))
        if field is not None and field in columns:
            raise FileRefused("F02", f"The column {heading.strip()[:40]} stands twice.", _ASK, line)
        if field is not None:
            columns[field] = column
    missing = [field for field in _NEEDED if field not in columns]
    if missing:
        words = ", ".join(missing).replace("school_lea", "LEA").replace("school_estab", "ESTAB")
        raise FileRefused("F02", f"Columns are missing: {words}.", _ASK, line)
    if not any(field.endswith((".raw", ".scaled", ".outcome")) for field in columns):
        raise FileRefused("F02", "No column of the file holds results of the tests.", _ASK, line)
    return columns


def _records(text: IO[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the records that are not blank, each with the line where it begins."""
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if len(cells) > MOST_COLUMNS:
                raise FileRefused("F08", f"A row has more than {MOST_COLUMNS:,} cells.", _ASK, line)
            if any(map(str.strip, cells)):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as fault:
        raise FileRefused(
            "F01", "A row cannot be read: perhaps a quotation mark opens in it and is not closed.", _ASK, line
        ) from fault


def _lines(text: IO[str]) -> Iterator[str]:
    number = 0
    while line := text.readline(MOST_LINE + 1):
        number += 1
        if len(line) > MOST_LINE:
            raise FileRefused("F08", f"A line has more than {MOST_LINE:,} letters.", _ASK, number)
        yield line


def _written(headings: tuple[str, ...], rows: list[list[str]]) -> bytes:
    sink = io.StringIO(newline="")
    writer = csv.writer(sink, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return sink.getvalue().encode()
