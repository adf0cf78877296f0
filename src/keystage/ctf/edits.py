"""The edits that make up a repair: found in one pass over the document, applied to its bytes."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from keystage.ctf.careful import row_in
from keystage.ctf.model import CtfFile
from keystage.ctf.tags import end_of_tag
from keystage.ctf.versions import sex_tag
from keystage.ctf.vocabulary import PUPIL_FIELDS, ROW, SCHOOL_FIELDS, canonical
from keystage.pupils import upn
from keystage.returns.judgement import tidy
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


_NEEDED = frozenset({*PUPIL_FIELDS, *SCHOOL_FIELDS, "Pupil", ROW, "Result", "Stage"}) - {
    "UniqueLearnerNumber",
    "UCI",
    "URN",
}
_ATTRIBUTE = re.compile(rb"""\s+([^\s=<>"']+)\s*=\s*(?:"[^"]*"|'[^']*')""")
_INDENT = 1_000  # bytes of a line that are looked through for the blank space around an element


class _Empty(NamedTuple):
    """An element with nothing in it."""

    known: str
    """Its known name, or its own where it is not known."""
    name: str
    at: int
    ends: int


@dataclass(slots=True)
class _Open:
    """An element whose end has not been met."""

    name: str
    at: int
    begins: int
    """Where its content begins."""
    children: Counter[str] = field(default_factory=Counter)
    empty: list[_Empty] = field(default_factory=list)
    """Its parts with nothing in them that could be taken out."""
    stage: str = ""
    """Of a key stage, once it was met."""


def edits_in(text: bytes, file: CtfFile, year: CollectionYear, version: str) -> Iterator[Edit]:
    """Yield the safe edits to a document, in order; ``version`` is the right one where it is wrong."""
    done = 0
    for edit in sorted(_Pass(text, file, year, version).edits()):
        if edit.at >= done:  # not within one that was taken out
            yield edit
            done = edit.at + edit.length


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
        has_both = any(name == "Gender" for pupil in file.pupils for name, _ in pupil.other)
        self.may_rename_sex = sex_tag(version or file.header.version) == "Sex" and not has_both
        self.path: list[_Open] = []
        self.found: list[Edit] = []

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
        begins = end_of_tag(self.text, at)
        if self.path:
            self.path[-1].children[canonical(name) or name] += 1
        self.path.append(_Open(name, at, begins))
        if any(map(_is_qualified, attributes)):
            for attribute in _ATTRIBUTE.finditer(self.text, at + 1 + len(name.encode()), begins):
                if _is_qualified(attribute[1].decode()):
                    words = attribute[0].strip().decode()
                    what = "A namespace was taken out."
                    self.found.append(Edit(attribute.start(), len(attribute[0]), b"", what, words, "", once=True))
        self.rename(name, at + 1)

    def rename(self, name: str, at: int) -> None:
        right = self.right_name(name)
        if right != name:
            what = f"The element “{name}” was renamed to “{right}”."
            self.found.append(Edit(at, len(name.encode()), right.encode(), what, name, right, once=True))

    def right_name(self, name: str) -> str:
        known = canonical(name)
        if known == "Gender" and self.may_rename_sex and len(self.path) == 4 and self.parent() == "Pupil":
            return "Sex"
        if known is not None and self.is_of_the_return():
            return known
        local = name.rpartition(":")[2]
        return local if local[:1].isascii() and local[:1].isalpha() else name

    def parent(self) -> str | None:
        """Return the known name of the element in which the innermost one stands."""
        return canonical(self.path[-2].name) if len(self.path) > 1 else None

    def is_of_the_return(self) -> bool:
        """Say whether the element stands where its known name is meant: not within a part that is kept whole."""
        return all(canonical(each.name) is not None for each in self.path[:-1])

    def end(self, name: str, at: int) -> None:
        opened = self.path[-1]
        closes_itself = self.text[opened.begins - 2 : opened.begins] == b"/>"
        if not closes_itself:
            self.rename(name, at + 2)
        content = b"" if closes_itself else self.text[opened.begins : at]
        if self.is_empty(opened, content):
            ends = opened.begins if closes_itself else end_of_tag(self.text, at)
            self.path[-2].empty.append(_Empty(canonical(name) or name, name, opened.at, ends))
        else:
            self.take_out_of(opened)
            if not opened.children:
                self.tidy(opened, content)
        self.path.pop()

    def is_empty(self, opened: _Open, content: bytes) -> bool:
        """Say whether an element can be taken out: it need not be there, and nothing is in it that must stay."""
        if canonical(opened.name) in _NEEDED or len(self.path) <= 2 or opened.children.total() != len(opened.empty):
            return False
        begun = 0
        for part in opened.empty:
            if content[begun : part.at - opened.begins].strip():
                return False
            begun = part.ends - opened.begins
        return not content[begun:].strip()

    def take_out_of(self, opened: _Open) -> None:
        """Take out the empty parts of an element; not one beside another of its name that is not empty."""
        empty = Counter(part.known for part in opened.empty)
        for part in opened.empty:
            if empty[part.known] == opened.children[part.known]:
                self.take_out(part)

    def take_out(self, part: _Empty) -> None:
        """Take out an empty element with the line it stands on."""
        _, name, begins, ends = part
        _, newline_before, indent = self.text[max(0, begins - _INDENT) : begins].rpartition(b"\n")
        rest, newline_after, _ = self.text[ends : ends + _INDENT].partition(b"\n")
        if newline_before and newline_after and not indent.strip() and not rest.strip():
            begins, ends = begins - len(indent), ends + len(rest) + 1
        what = f"The empty element “{name}” was taken out."
        self.found.append(Edit(begins, ends - begins, b"", what, f"<{name}/>", ""))

    def tidy(self, opened: _Open, content: bytes) -> None:
        """Put right the text of an element that holds nothing else."""
        if not content.strip() or b"&" in content or b"<" in content:
            return
        name, written = canonical(opened.name), content.decode()
        if name == "Stage" and self.parent() == "KeyStage":
            self.path[-2].stage = written.strip()
        right = self.right_text(name, written)
        if right != written:
            what = {
                "Result": "A code was tidied.",
                "UPN": "A UPN was tidied.",
                "CTFversion": "The version was put right.",
            }
            self.found.append(Edit(opened.begins, len(content), right.encode(), what[str(name)], written, right))

    def right_text(self, name: str | None, written: str) -> str:
        parent = self.parent()
        plain = tidy(written)
        if name == "CTFversion" and parent == "Header":
            return self.version or written
        if (
            name == "UPN"
            and parent == "Pupil"
            and not set(upn.faults(plain)) & {upn.Fault.FORMAT, upn.Fault.CHECK_LETTER}
        ):
            return plain
        if name == "Result" and parent == ROW and plain != written and plain in self.codes_of(self.path[-2]):
            return plain
        return written

    def codes_of(self, row: _Open) -> tuple[str, ...]:
        """Return the codes that are valid in the row that stands open; none where it is no teacher assessment."""
        ends = self.text.find(b"</" + row.name.encode(), row.at)
        found = row_in(self.text[row.at : self.text.index(b">", ends) + 1])
        if found is None:
            return ()
        key = (
            self.path[-3].stage if len(self.path) > 2 else "",
            found.subject,
            found.method,
            found.component,
            found.qualifier,
        )
        subject: Subject | None = self.year.rows.ta.get(key)
        return self.year.codes(subject) if subject else ()


def _is_qualified(attribute: str) -> bool:
    return ":" in attribute or attribute == "xmlns"
