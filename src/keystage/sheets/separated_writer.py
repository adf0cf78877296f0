"""Writing CSV files that spreadsheet programs open without changing or running anything in them."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import IO

from keystage.sheets.guard import guard


def write_separated(sink: IO[bytes], headings: Sequence[str], rows: Iterable[Sequence[str]], *, mark: bool) -> None:
    """Write a CSV file in UTF-8, lines ending as on Windows.

    Args:
        sink: a binary stream.
        headings: the first row.
        rows: the other rows, as text; formulas are guarded (:mod:`keystage.sheets.guard`).
        mark: whether to begin with a byte order mark, by which Excel knows UTF-8 and so shows accents rightly.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([guard(cell) for cell in row] for row in rows)
    sink.write(text.getvalue().encode("utf-8-sig" if mark else "utf-8"))
