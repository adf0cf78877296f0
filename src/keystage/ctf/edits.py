"""The edits that make up a repair: found in one pass over the document, applied to its bytes."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.parsers import expat

from keystage.ctf.careful import row_in
from keystage.ctf.model import CtfFile
from keystage.ctf.versions import sex_tag
from keystage.ctf.vocabulary import PUPIL_FIELDS, ROW, SCHOOL_FIELDS, canonical
from keystage.pupils import upn
from keystage.years.subjects import Subject
from keystage.years.year import CollectionYear


class Edit(NamedTuple):
    """Bytes to be replaced by others."""

    at: int
    length: int
    by: bytes
    what: str
    """What a person is told; empty for an edit that goes with another."""
    before: str = ""
    after: str = ""
    once: bool = False
    """Whether it is told once, however often it is made."""


_NEEDED = frozenset({*PUPIL_FIELDS, *SCHOOL_FIELDS, "Result", "Stage"}) - {"UniqueLearnerNumber", "UCI", "URN"}
_QUALIFIED = re.compile(rb"""\s+(?:xmlns(?::[\w.-]+)?|[\w.-]+:[\w.-]+)\s*=\s*(?:"[^"]*"|'[^']*')""")


class _Open(NamedTuple):
    name: str
    at: int
    is_leaf: list[bool]


def edits_in(text: bytes, file: CtfFile, year: CollectionYear, version: str) -> Iterator[Edit]:
    """Yield the safe edits to a document, in order; ``version`` is the right one where it is wrong."""
    yield from sorted(_Pass(text, file, year, version).edits())


def apply(text: bytes, edits: tuple[Edit, ...]) -> bytes:
    """Return a document with its edits made."""
    parts, done = [], 0
    for edit in edits:
        parts += [text[done : edit.at], edit.by]
        done = edit.at + edit.length
    return b"".join([*parts, text[done:]])


class _Pass:
    """One pass over the document."""

    def __init__(self, text: bytes, file: CtfFile, year: CollectionYear, version: str) -> None:
        self.text = text
        self.year = year
        self.version = version
        self.tag = sex_tag(version or file.header.version)
        self.path: list[_Open] = []
        self.found: list[Edit] = []
        self.pupil_depth = 0

    def edits(self) -> list[Edit]:
        parser = expat.ParserCreate("utf-8")

        def start(name: str, attributes: dict[str, str]) -> None:
            self.start(name, attributes, parser.CurrentByteIndex)

        def end(name: str) -> None:
            self.end(name, parser.CurrentByteIndex)

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.Parse(self.text, True)
        return self.found

    def start(self, name: str, attributes: dict[str, str], at: int) -> None:
        if self.path:
            self.path[-1].is_leaf[0] = False
        self.path.append(_Open(name, at, [True]))
        if any(":" in attribute or attribute == "xmlns" for attribute in attributes):
            tag = self.text[at : self.text.index(b">", at)]
            for qualified in _QUALIFIED.finditer(tag):
                words = qualified[0].strip().decode("utf-8", "replace")
                self.found.append(
                    Edit(
                        at + qualified.start(),
                        len(qualified[0]),
                        b"",
                        "A namespace was taken out.",
                        words,
                        "",
                        once=True,
                    )
                )
        self.rename(name, at + 1)

    def rename(self, name: str, at: int) -> None:
        right = self.right_name(name)
        if right != name:
            what = f"The element “{name}” was renamed to “{right}”."
            self.found.append(Edit(at, len(name.encode()), right.encode(), what, name, right, once=True))

    def right_name(self, name: str) -> str:
        known = canonical(name)
        if known in ("Gender", "Sex") and len(self.path) == 4 and canonical(self.path[-2].name) == "Pupil":
            return self.tag
        if known is not None and self.is_of_the_return():
            return known
        return name.rpartition(":")[2]

    def is_of_the_return(self) -> bool:
        """Say whether the element stands where its known name is meant: not within a part that is kept whole."""
        return all(canonical(each.name) is not None for each in self.path[:-1])

    def end(self, name: str, at: int) -> None:
        opened = self.path[-1]
        closes_itself = at == opened.at
        if not closes_itself:
            self.rename(name, at + 2)
        if opened.is_leaf[0]:
            self.leaf(opened, at, closes_itself=closes_itself)
        self.path.pop()

    def leaf(self, opened: _Open, end: int, *, closes_itself: bool) -> None:
        begins = self.text.index(b">", opened.at) + 1
        content = b"" if closes_itself else self.text[begins:end]
        name = canonical(opened.name)
        if not content.strip():
            if name not in _NEEDED and len(self.path) > 2:
                self.drop_empty(opened, begins if closes_itself else self.text.index(b">", end) + 1)
            return
        if b"&" in content or b"<" in content:
            return
        written = content.decode("utf-8")
        right = self.right_text(name, written)
        if right != written:
            what = {
                "Result": "A code was tidied.",
                "UPN": "A UPN was tidied.",
                "CTFversion": "The version was put right.",
            }
            self.found.append(Edit(begins, len(content), right.encode(), what[str(name)], written, right))

    def drop_empty(self, opened: _Open, ends: int) -> None:
        """Take out an empty element with the line it stands on."""
        begins = opened.at
        line_begins = self.text.rfind(b"\n", 0, begins) + 1
        newline = self.text.find(b"\n", ends)
        if newline >= 0 and not self.text[line_begins:begins].strip() and not self.text[ends:newline].strip():
            begins, ends = line_begins, newline + 1
        self.found = [edit for edit in self.found if not begins <= edit.at < ends]
        what = f"The empty element “{opened.name}” was taken out."
        self.found.append(Edit(begins, ends - begins, b"", what, f"<{opened.name}/>", ""))

    def right_text(self, name: str | None, written: str) -> str:
        parent = canonical(self.path[-2].name) if len(self.path) > 1 else None
        tidy = written.strip().upper()
        if name == "CTFversion" and parent == "Header":
            return self.version or written
        if (
            name == "UPN"
            and parent == "Pupil"
            and not set(upn.faults(tidy)) & {upn.Fault.FORMAT, upn.Fault.CHECK_LETTER}
        ):
            return tidy
        if name == "Result" and parent == ROW and tidy in self.codes_of(self.path[-2]):
            return tidy
        return written

    def codes_of(self, row: _Open) -> tuple[str, ...]:
        """Return the codes that are valid in the row that stands open; none where it is no teacher assessment."""
        ends = self.text.find(b"</" + row.name.encode(), row.at)
        found = row_in(self.text[row.at : self.text.index(b">", ends) + 1])
        if found is None:
            return ()
        key = ("KS2", found.subject, found.method, found.component, found.qualifier)
        subject: Subject | None = self.year.rows.ta.get(key)
        return self.year.codes(subject) if subject else ()
