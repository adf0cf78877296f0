"""A look at the parts of a workbook before the spreadsheet library reads them.

The library fills a rectangle from the first to the last filled cell, so two cells far apart could take all memory. This
look measures that rectangle; and it finds what the library cannot tell: formulas that were saved without a result, and
cells that show an error such as ``#REF!``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from keystage.sheets.unpacking import damaged

_MOST_ANNOUNCED = 10_000_000
_LAST_ROW = 1_048_576
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(slots=True)
class Scan:
    """What was seen in one sheet; rows from 1, columns from 0."""

    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    unsaved: list[tuple[int, int]] = field(default_factory=list)
    """Formulas that were saved without a result."""
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    """Cells that show an error, with the error."""

    @property
    def area(self) -> int:
        """How many cells there are from the first filled one to the last."""
        if not self.rows:
            return 0
        return (max(self.rows) - min(self.rows) + 1) * (max(self.columns) - min(self.columns) + 1)


def parse(xml: bytes, parser: expat.XMLParserType) -> None:
    """Run a parser over a part. A document type is refused: no spreadsheet program writes one.

    Raises:
        FileRefused: F01, where the part is not sound.
    """

    def declared(*_of: object) -> NoReturn:
        raise damaged("It holds a document type declaration, which no spreadsheet program writes.")

    parser.StartDoctypeDeclHandler = declared
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError) as fault:  # LookupError: an encoding that is not known
        raise damaged() from fault


def refuse_wild_counts(xml: bytes) -> None:
    """Refuse a part that announces more things than it could hold: the library makes room for what is announced.

    Raises:
        FileRefused: F01, where it does, or where the part is not sound.
    """
    if xml.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")):
        raise damaged("A part of it is in UTF-16, which no spreadsheet program writes.")
    if b"ount" not in xml or not xml[:64].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return

    def start(_name: str, attributes: Mapping[str, str]) -> None:
        for name, value in attributes.items():
            figures = value.strip().lstrip("+")
            if name.endswith("ount") and figures.isdecimal() and int(figures) > _MOST_ANNOUNCED:
                raise damaged("A part of it announces more than it can hold.")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parse(xml, parser)


def scan_sheet(xml: bytes) -> Scan:
    """Look over one sheet of an Excel workbook."""
    looking = _Looking()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = looking.start
    parser.EndElementHandler = looking.end
    parser.CharacterDataHandler = looking.text
    parse(xml, parser)
    return looking.scan


class _Looking:
    def __init__(self) -> None:
        self.scan = Scan()
        self.row = 0
        self.column = -1
        self.kind = ""
        self.has_formula = False
        self.has_content = False
        self.value = ""
        self.in_value = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self.row, self.column = _place(attributes.get("r"), self.row, self.column + 1)
            self.kind = attributes.get("t", "")
            self.has_formula = self.has_content = False
            self.value = ""
        elif name == "row":
            self.row = _figure(attributes.get("r"), self.row + 1, _LAST_ROW)
            self.column = -1
        elif name == "f":
            self.has_formula = True
        elif name in ("v", "is"):
            self.has_content = self.in_value = True

    def text(self, text: str) -> None:
        if self.in_value:
            self.value += text

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name in ("v", "is"):
            self.in_value = False
        elif name == "c" and (self.has_content or self.has_formula):
            self._keep((self.row, self.column))

    def _keep(self, place: tuple[int, int]) -> None:
        self.scan.rows.append(place[0])
        self.scan.columns.append(place[1])
        if self.kind == "e":
            self.scan.errors[place] = self.value
        elif self.has_formula and not self.value and self.kind != "str":
            self.scan.unsaved.append(place)


def _place(reference: str | None, row: int, column: int) -> tuple[int, int]:
    if reference is None:
        return row, column
    letters = reference.rstrip("0123456789")
    if not letters.isalpha() or not letters.isascii() or len(letters) > 3:
        raise damaged(f"A cell is called “{reference[:20]}”.")
    number = 0
    for letter in letters.upper():
        number = number * 26 + _LETTERS.index(letter) + 1
    return _figure(reference[len(letters) :], row, _LAST_ROW), number - 1


def _figure(text: str | None, otherwise: int, most: int) -> int:
    """Read a number that stands in a part. What the library would make of a wild one is not to be found out."""
    if text is None:
        return otherwise
    if not text.isascii() or not text.isdecimal() or len(text) > 7 or not 0 < int(text) <= most:
        raise damaged(f"“{text[:20]}” stands where a number from 1 to {most:,} was expected.")
    return int(text)


def area_of_ods(content: bytes) -> int:
    """Return how many cells a spreadsheet of the OpenDocument kind fills, repeated ones counted."""
    counting = _Counting()
    parser = expat.ParserCreate()
    parser.StartElementHandler = counting.start
    parser.EndElementHandler = counting.end
    parse(content, parser)
    return counting.rows * counting.columns


class _Counting:
    """OpenDocument says how often a row or a cell is repeated; blank ones at the end, often a million, do not count."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self.blank_rows = self.blank_cells = self.cells = 0
        self.row_repeat = self.cell_repeat = 1

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "table-row":
            self.row_repeat = _repeated(attributes, "number-rows-repeated")
            self.cells = self.blank_cells = 0
        elif name in ("table-cell", "covered-table-cell"):
            repeat = _repeated(attributes, "number-columns-repeated")
            if any(key.endswith(("value-type", "formula")) for key in attributes):
                self.cells += self.blank_cells + repeat
                self.blank_cells = 0
            else:
                self.blank_cells += repeat

    def end(self, name: str) -> None:
        if name.rpartition(":")[2] != "table-row":
            return
        if self.cells:
            self.rows += self.blank_rows + self.row_repeat
            self.columns = max(self.columns, self.cells)
            self.blank_rows = 0
        else:
            self.blank_rows += self.row_repeat


def _repeated(attributes: Mapping[str, str], key: str) -> int:
    return next((_figure(value, 1, _LAST_ROW) for name, value in attributes.items() if name.endswith(key)), 1)
