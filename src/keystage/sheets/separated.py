"""Reading CSV files as spreadsheet programs and people write them."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from keystage.returns.refused import FileRefused
from keystage.sheets.guard import unguard
from keystage.sheets.limits import LIMITS, Limits, too_many_columns, too_many_pupils
from keystage.sheets.looks import FETCH, refuse_markup
from keystage.sheets.table import HEADING_WITHIN, Grid, Row, Score, heading_at

_DELIMITERS = (",", ";", "\t")
_SAYS_DELIMITER = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)
_MOST_ROWS_ABOVE = 1_000
_NOTHING = '\ufeff \t\r\n,;"'
_END = "\x00end\x00"


def read_separated(data: bytes, score: Score, limits: Limits = LIMITS) -> Grid:
    """Read a CSV file; the delimiter is the one that shows most known headings.

    Raises:
        FileRefused: F01, where it cannot be read; F02, where it is a web page or XML; F08, where it has too many rows.
    """
    text = decode(data)
    refuse_markup(text)
    if not text.strip(_NOTHING):
        raise _nothing()
    said = _SAYS_DELIMITER.match(text)
    # The line "sep=;", which Excel heeds, stays in as a blank one, so that lines are counted right.
    text = "\r\n" + text[said.end() :] if said else text
    delimiter = said[1] if said else best_delimiter(text, score)
    rows: list[Row] = []
    for row in records(io.StringIO(text, newline=""), delimiter):
        if len(row.cells) > limits.columns:
            raise too_many_columns(row.number, limits)
        rows.append(row)
        if len(rows) > limits.pupils + _MOST_ROWS_ABOVE:
            raise too_many_pupils(row.number, limits)
    if not rows:
        raise _nothing()
    return Grid("", tuple(rows))


def decode(data: bytes) -> str:
    """Return the text of a file: by its byte order mark, else as UTF-8, else as windows-1252.

    Raises:
        FileRefused: F01, where it is none of these.
    """
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as fault:
            at = fault.start
            continue
        if "\x00" in text:
            at = data.find(b"\x00")
            continue
        return text
    raise FileRefused(
        "F01",
        "The file's letters cannot be read: a CSV file in UTF-8, UTF-16 or windows-1252 was expected.",
        "Open it in Excel, choose Save As, “CSV UTF-8 (Comma delimited)”, and use the new file.",
        data.count(b"\n", 0, at) + 1,
        value=data[at : at + 1].hex(),
    )


def best_delimiter(text: str, score: Score) -> str:
    """Return the delimiter that shows most known headings in the first rows of a text."""

    def merit(delimiter: str) -> tuple[int, int]:
        rows: list[Row] = []
        try:
            for row in records(io.StringIO(text, newline=""), delimiter):
                rows.append(row)
                if len(rows) == HEADING_WITHIN:
                    break
        except FileRefused:
            pass
        best = rows[heading_at(tuple(rows), score)] if rows else Row(0, ())
        return score(best), len(best.cells)

    return max(_DELIMITERS, key=merit)


def records(lines: Iterable[str], delimiter: str) -> Iterator[Row]:
    """Yield the records that are not blank, each with the line where it begins.

    Args:
        lines: the lines, each with its end.
        delimiter: what stands between two cells.

    Raises:
        FileRefused: F01, where a quotation mark opens and is never closed.
    """
    reader = csv.reader(chain(lines, (_END,)), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            if len(cells) == 1 and cells[0] == _END:
                return
            if any(map(str.strip, cells)):
                if _END in cells[-1]:
                    raise _open_quotation(line)
                yield Row(line, tuple(map(unguard, cells)))
            line = reader.line_num + 1
    except csv.Error as fault:
        raise _open_quotation(line) from fault


def _nothing() -> FileRefused:
    return FileRefused("F02", "The file holds no entries at all, only separators.", FETCH)


def _open_quotation(line: int) -> FileRefused:
    return FileRefused(
        "F01",
        f"The record that begins on line {line} never ends: perhaps a quotation mark opens there and is not closed.",
        "Remove the quotation mark; or save the spreadsheet again as an Excel workbook (.xlsx), and use that.",
        line,
    )
