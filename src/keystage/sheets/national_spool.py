"""Rows laid down in a folder, a file for each authority, with little of them in memory."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType

_AT_ONCE = 200
"""Rows of an authority that are held before they are written."""


class Spool:
    """Takes rows of schools, and gives them back by authority; full once the block ends."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.waiting: dict[str, list[Sequence[str]]] = {}

    def __enter__(self) -> "Spool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _fault: BaseException | None, _traceback: TracebackType | None
    ) -> None:
        if kind is None:
            for authority in self.waiting:
                self._write(authority)

    def add(self, number: str, cells: Sequence[str]) -> None:
        """Lay down a row of the school with a number: seven figures."""
        rows = self.waiting.setdefault(number[:3], [])
        rows.append([number, *cells])
        if len(rows) >= _AT_ONCE:
            self._write(number[:3])

    def rows(self, authority: str) -> Iterator[tuple[str, list[str]]]:
        """Yield the rows of an authority's schools, each with the school's number."""
        path = self._path(authority)
        if not path.exists():
            return
        with path.open(encoding="utf-8", newline="") as file:
            for number, *cells in csv.reader(file):
                yield number, cells

    def _write(self, authority: str) -> None:
        sink = io.StringIO(newline="")
        csv.writer(sink).writerows(self.waiting[authority])
        self.waiting[authority] = []
        with self._path(authority).open("a", encoding="utf-8", newline="") as file:
            file.write(sink.getvalue())

    def _path(self, authority: str) -> Path:
        return self.folder / f"{authority}.csv"
