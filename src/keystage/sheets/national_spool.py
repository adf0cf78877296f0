"""Rows laid down on disk by authority, with little of them in memory, in a file that nobody else can find."""

import csv
import io
import weakref
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType

_AT_ONCE = 200
"""Rows of an authority that are held before they are written."""


class Spool:
    """Takes rows of schools, and gives them back by authority; full once the block ends.

    Its file has no name, so that no pupil's data stay in the folder where the process is killed.
    """

    def __init__(self, folder: Path) -> None:
        self.file = TemporaryFile(dir=folder)  # noqa: SIM115 - closed with the spool itself
        weakref.finalize(self, self.file.close)
        self.blocks: dict[str, list[tuple[int, int]]] = {}
        """Where the rows of an authority stand in the file, and how many bytes they have."""
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
        for start, size in self.blocks.get(authority, ()):
            self.file.seek(start)
            text = self.file.read(size).decode("utf-8")
            for number, *cells in csv.reader(io.StringIO(text, newline="")):
                yield number, cells

    def _write(self, authority: str) -> None:
        sink = io.StringIO(newline="")
        csv.writer(sink).writerows(self.waiting[authority])
        self.waiting[authority] = []
        start = self.file.seek(0, io.SEEK_END)
        size = self.file.write(sink.getvalue().encode("utf-8"))
        self.blocks.setdefault(authority, []).append((start, size))
