"""A table as lines of text that keep within a width: long cells go on in further lines."""

import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest

import click

from keystage.cli.streams import presentable

_GAP = "  "
_LEAST = 8
"""No column is made narrower than this."""
_WORD = 32
"""A longer word is an address: it is kept whole, for copying, and may stand beyond the width."""


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int, indent: str = "  ") -> Iterator[str]:
    """Yield the lines of a table; columns in which nothing stands are left out. Without headings it begins with a row.

    Args:
        columns: the headings, or empty texts.
        rows: cells, as many in each row as there are columns.
        width: the most that a line may have.
        indent: what every line begins with.
    """
    kept = [index for index in range(len(columns)) if any(row[index] for row in rows)]
    if not kept:
        return
    cells = [[presentable(str(row[index])) for index in kept] for row in (columns, *rows)]
    widths = _widths(cells, width - len(indent) - len(_GAP) * (len(kept) - 1))
    has_headings = any(columns)
    for number, row in enumerate(cells):
        if number == 0 and not has_headings:
            continue
        for line in _lines(row, widths):
            yield click.style(f"{indent}{line}", dim=True) if number == 0 else f"{indent}{line}"


def _widths(cells: Sequence[Sequence[str]], room: int) -> list[int]:
    """Return the width of each column: what it needs, the widest ones less where there is not the room."""
    columns = list(zip(*cells, strict=True))
    widths = [max(map(len, column)) for column in columns]
    words = [max((n for cell in column for n in map(len, cell.split()) if n <= _WORD), default=0) for column in columns]
    least = [min(widest, max(word, _LEAST)) for widest, word in zip(widths, words, strict=True)]
    while sum(widths) > room:
        loose = [index for index in range(len(widths)) if widths[index] > least[index]]
        if not loose:  # not even every column's longest word has room
            break
        widths[max(loose, key=lambda index: widths[index])] -= 1
    return widths


def _lines(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    cells = [
        textwrap.wrap(cell, width, break_on_hyphens=False, break_long_words=False)
        for cell, width in zip(row, widths, strict=True)
    ]
    for parts in zip_longest(*cells, fillvalue=""):
        yield _GAP.join(f"{part:<{width}}" for part, width in zip(parts, widths, strict=True)).rstrip()
