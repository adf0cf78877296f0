"""Where a return came from, as far as a finding needs to know: a way to point at a place in it."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file: line and column of a text file, both from 1, or sheet and cell of a spreadsheet."""

    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None

    @property
    def in_words(self) -> str:
        """The place as a sentence has it: ``line 57`` or ``sheet TA, cell F4``; empty where there is none."""
        if self.cell:
            return f"sheet {self.sheet}, cell {self.cell}" if self.sheet else f"cell {self.cell}"
        return f"line {self.line}" if self.line else ""


NOWHERE = Place()


class Source(Protocol):
    """The file a return was read from."""

    @property
    def name(self) -> str:
        """The file's name, without its folder."""

    def place(self, at: int, field: str = "") -> Place:
        """Say where a thing stands.

        ``at`` is what the reader left in the return (``Pupil.at``, ``Pupil.judgements_at``, ``Extra.at``), and means
        something to this source alone. ``field`` names a part of it: ``upn``, ``surname``, ``forename``,
        ``birth_date``, ``sex`` of a pupil; ``code``, ``year``, ``date`` of a judgement. The place of a part that is
        absent is that of the whole.
        """
