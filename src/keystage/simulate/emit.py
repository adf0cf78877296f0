"""Writes made-up files in any dialect and knows the line of everything in them, because it counts as it writes.

It shares nothing with the product's own writer or reader, so that each can be held against the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import NamedTuple

from keystage.simulate import record
from keystage.simulate.dialects import Dialect
from keystage.simulate.filed import FiledHeader, FiledPupil, FiledRow, RowText
from keystage.simulate.markup import decorate, escape

_ROW_TAGS = (
    "Locale",
    "Year",
    "Subject",
    "Method",
    "Component",
    "ResultStatus",
    "ResultQualifier",
    "Result",
    "ResultDate",
)
_VARIANTS = 12  # of the ways in which a decorated row may look


class _Block(NamedTuple):
    """A row as it is written, and where its parts stand in it."""

    text: str
    lines: int
    begins: int
    """Lines from the start of the block to the row's own element."""
    offsets: dict[str, int]
    """Lines from the row's own element to each of its parts."""


@dataclass(frozen=True, slots=True)
class Emission:
    """A written file in pieces."""

    pieces: list[str]
    pupils: list[int]
    """With which piece each pupil begins."""

    @property
    def text(self) -> str:
        """The whole file."""
        return "".join(self.pieces)


def emit(
    dialect: Dialect, header: FiledHeader, pupils: Sequence[FiledPupil], chance: Random, sex_tag: str, *, deep: int = 0
) -> Emission:
    """Write a file, and note in the header, the pupils and their rows on which line each part begins.

    Args:
        dialect: how to write.
        header: what the header says.
        pupils: the pupils, in order.
        chance: for what a whole record holds besides.
        sex_tag: the element that holds the sex.
        deep: how many elements to put inside one another in the first pupil's record; their lines are the places
            ``layer 1``, ``layer 2`` … of that pupil.
    """
    return _Emitting(dialect, chance, header.tags.get("Sex", sex_tag)).file(header, pupils, deep)


@cache
def _blocks(_dialect: str) -> dict[tuple[RowText, int], _Block]:
    """Keep the rows of a dialect as they are written: a country has few different ones."""
    return {}


class _Emitting:
    def __init__(self, dialect: Dialect, chance: Random, sex_tag: str) -> None:
        self.dialect = dialect
        self.chance = chance
        self.sex_tag = sex_tag
        self.end = dialect.line_end
        self.indents = [dialect.indent * depth for depth in range(24)]
        self.blocks = _blocks(dialect.name)
        self.pieces: list[str] = []
        self.line = 1
        self.count = 0

    # -- pieces ------------------------------------------------------------------------------------------------------

    def put(self, text: str) -> None:
        self.pieces.append(text)
        self.line += text.count("\n")

    def put_tag(self, depth: int, tag: str) -> int:
        """Write a start tag or end tag on its own line; return its line."""
        if self.dialect.decorated and not tag.startswith("/"):
            return self.put_decorated(depth, tag, None)
        line = self.line
        self.put(f"{self.indents[depth]}<{tag}>{self.end}")
        return line

    def element(self, depth: int, tag: str, text: str) -> int:
        """Write an element with a text; return the line on which it begins."""
        if self.dialect.decorated:
            return self.put_decorated(depth, tag, text)
        line = self.line
        self.put(f"{self.indents[depth]}<{tag}>{escape(text)}</{tag}>{self.end}")
        return line

    def put_decorated(self, depth: int, tag: str, text: str | None) -> int:
        self.count += 1
        before, written = decorate(tag, text, self.count, self.indents[depth], self.end)
        self.put(before)
        line = self.line
        self.put(written)
        return line

    # -- the file ----------------------------------------------------------------------------------------------------

    def file(self, header: FiledHeader, pupils: Sequence[FiledPupil], deep: int) -> Emission:
        self.put(f'<?xml version="1.0" encoding="{self.dialect.declared}"?>{self.end}')
        begins: list[int] = []
        header.places["/"] = self.put_tag(0, f"CTfile{header.root_attributes}")
        self.header(header)
        self.put_tag(1, "CTFpupilData")
        for place, pupil in enumerate(pupils):
            begins.append(len(self.pieces))
            self.pupil(pupil, 0 if place else deep)
        self.put_tag(1, "/CTFpupilData")
        self.put_tag(0, "/CTfile")
        return Emission(self.pieces, begins)

    def header(self, header: FiledHeader) -> None:
        header.places[""] = self.put_tag(1, "Header")
        for tag, text in header.fields.items():
            if text is not None:
                header.places[tag] = self.element(2, header.tags.get(tag, tag), text)
        for tag, school in (
            ("SourceSchool", header.source),
            ("SourceSchool 2", header.second_source),
            ("DestSchool", header.destination),
        ):
            if school is not None:
                header.places[tag] = self.put_tag(2, tag.partition(" ")[0])
                for part, text in school.items():
                    if text is not None:
                        header.places[f"{tag}/{part}"] = self.element(3, part, text)
                self.put_tag(2, f"/{tag.partition(' ')[0]}")
        if self.dialect.supplement:
            self.put(record.block(self.dialect, 2, ("SuppInfo", [("SuppID", self.dialect.supplier)])))
        self.put_tag(1, "/Header")

    def pupil(self, pupil: FiledPupil, deep: int) -> None:
        dialect, places = self.dialect, pupil.places
        pupil.line = self.put_tag(2, "Pupil")
        for field, tag, text in (
            ("upn", "UPN", pupil.upn),
            ("surname", "Surname", pupil.surname),
            ("forename", "Forename", pupil.forename),
            ("birth_date", "DOB", pupil.born),
            ("sex", self.sex_tag, pupil.sex),
        ):
            if text is not None:
                places[field] = self.element(3, tag, text)
        if dialect.basic_details:
            self.put(record.basic_details(dialect, pupil, self.chance))
        if dialect.whole_record:
            self.put(record.before_results(dialect, pupil, self.chance))
        for layer in range(1, deep + 1):
            places[f"layer {layer}"] = self.put_tag(2 + layer, f"Layer{layer}")
        for layer in range(deep, 0, -1):
            self.put_tag(2 + layer, f"/Layer{layer}")
        self.results(pupil.rows)
        if dialect.whole_record:
            self.put(record.after_results(dialect, pupil, self.chance))
        self.put_tag(2, "/Pupil")

    # -- results -----------------------------------------------------------------------------------------------------

    def results(self, rows: list[FiledRow]) -> None:
        if not rows:
            return
        self.put_tag(3, "StageAssessments")
        stage = ""
        for row in rows:
            if row.text.stage != stage:
                if stage:
                    self.put_tag(4, "/KeyStage")
                stage = row.text.stage
                self.put_tag(4, "KeyStage")
                self.element(5, "Stage", stage)
            self.row(row)
        self.put_tag(4, "/KeyStage")
        self.put_tag(3, "/StageAssessments")

    def row(self, row: FiledRow) -> None:
        variant = self.count % _VARIANTS if self.dialect.decorated else 0
        self.count += 1
        block = self.blocks.get((row.text, variant))
        if block is None:
            block = self.blocks[row.text, variant] = self.block(row.text, variant)
        row.line = self.line + block.begins
        row.offsets = block.offsets
        self.pieces.append(block.text)
        self.line += block.lines

    def block(self, row: RowText, variant: int) -> _Block:
        """Write a row once, on a page of its own."""
        page = _Emitting(self.dialect, self.chance, self.sex_tag)
        page.count = variant
        begins = page.put_tag(5, "StageAssessment")
        offsets: dict[str, int] = {}
        for tag, text in zip(_ROW_TAGS, row[1:], strict=True):
            if text is not None:
                offsets[tag] = page.element(6, tag, text) - begins
        page.put_tag(5, "/StageAssessment")
        return _Block("".join(page.pieces), page.line - 1, begins - 1, offsets)
