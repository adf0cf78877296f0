"""Reads any Common Transfer File from version 15 on: streaming, tolerant of dialects, and safe.

Most of a file is the same few results over and over. The reader therefore steps over each result row, takes its bytes,
and reads each distinct row once (:mod:`keystage.ctf.rows`); everything else is read part by part. Documents with a
document type or an entity are refused unread; nothing outside the file is ever opened.
"""

from collections.abc import Callable
from pathlib import Path
from typing import IO
from xml.parsers import expat

from keystage.ctf import rows
from keystage.ctf.encoding import not_utf8, to_utf8
from keystage.ctf.explain import explain
from keystage.ctf.limits import LIMITS, Limits, row_too_long, too_deep, too_large, too_many_pupils
from keystage.ctf.looks import not_a_ctf, refuse_what_is_not_xml
from keystage.ctf.model import CtfFile, CtfPupil, Header, Row, School, Section, Tolerated
from keystage.ctf.places import Places
from keystage.ctf.vocabulary import (
    CONTAINERS,
    HEADER_FIELDS,
    KNOWN,
    PUPIL_FIELDS,
    ROOT,
    ROW,
    SCHOOL_FIELDS,
    SECTIONS,
    canonical,
)
from keystage.returns.refused import FileRefused

_PIECE = 1_000_000  # bytes given to the parser at once: one call for nearly every file


def read(source: Path | str | bytes | IO[bytes], *, name: str = "", limits: Limits = LIMITS) -> CtfFile:
    """Read a file from a path, from bytes, or from a binary stream.

    Raises:
        FileRefused: F01 to F04 or F08: the file cannot be read, with the place and the reason.
        OSError: the path cannot be opened.
    """
    data, name = _bytes_of(source, name, limits)
    if len(data) > limits.size:
        raise too_large(len(data), limits)
    refuse_what_is_not_xml(data)
    has_mark = data.startswith(b"\xef\xbb\xbf")
    data, encoding = to_utf8(data)
    reading = _Reading(data, limits)
    if has_mark:
        reading.tolerate("byte order mark", "a byte order mark", "", 0)
    reading.run()
    return reading.file(name, encoding)


def _bytes_of(source: Path | str | bytes | IO[bytes], name: str, limits: Limits) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, name
    if isinstance(source, (str, Path)):
        path = Path(source)
        size = path.stat().st_size
        if size > limits.size:
            raise too_large(size, limits)
        return path.read_bytes(), name or path.name
    return source.read(limits.size + 1), name or Path(str(getattr(source, "name", ""))).name


class _Reading:
    """One pass over one file. Handlers of the parser are its methods; what they gather are its fields."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.data = data
        self.limits = limits
        self.places = Places(data)
        self.distinct = rows.Distinct(limits)
        self.end_of_part = rows.UsualParts(self.end_part).__getitem__
        self.texts: list[str] = []
        self.depth = 0
        self.at = 0
        self.in_key_stage = False
        self.section = ""
        self.stage = ""
        self.fields: dict[str, str] = {}
        self.header: dict[str, str] = {}
        self.sources: list[tuple[dict[str, str], int]] = []
        self.destination: dict[str, str] = {}
        self.pupils: list[CtfPupil] = []
        self.pupils_at: list[int] = []
        self.rows: list[Row] = []
        self.rows_at: list[int] = []
        self.all_rows_at: list[tuple[int, ...]] = []
        self.sections: list[Section] = []
        self.tolerated: dict[tuple[str, str], Tolerated] = {}
        self.unknown: dict[str, int] = {}
        self.sex_tags: dict[str, int] = {}
        # By an element's name as the file writes it; names in other letters are added as they are met.
        self.starts = dict(_STARTS)
        self.ends = dict(_ENDS)
        self.parser = self._parser()

    def _parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self.doctype
        parser.StartElementHandler = self.root
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.texts.append
        return parser

    def run(self) -> None:
        """Parse the whole file."""
        try:
            for begin in range(0, len(self.data), _PIECE):
                self.parser.Parse(self.data[begin : begin + _PIECE], False)
                if self.in_key_stage and begin + _PIECE - self.at > self.limits.row:
                    raise row_too_long(self.line(self.at))
            self.parser.Parse(b"", True)
        except expat.ExpatError as fault:
            raise not_utf8(self.data) or explain(self.data, fault) from None

    def file(self, name: str, encoding: str) -> CtfFile:
        """Return what was read."""
        schools = tuple((_school(fields), at) for fields, at in self.sources)
        return CtfFile(
            header=_header(self.header, schools[0][0] if schools else School(), _school(self.destination)),
            pupils=tuple(self.pupils),
            name=name,
            encoding=encoding,
            pupils_at=tuple(self.pupils_at),
            rows_at=tuple(self.all_rows_at),
            tolerated=tuple(self.tolerated.values()),
            sex_tags=tuple(self.sex_tags.items()),
            unknown=tuple(self.unknown.items()),
            schools=schools,
            data=self.data,
            places=self.places,
        )

    def line(self, at: int) -> int:
        return self.places.line(at)

    def tolerate(self, kind: str, found: str, meant: str, at: int) -> None:
        self.tolerated.setdefault((kind, found), Tolerated(kind, found, meant, at))

    # -- what the parser calls ---------------------------------------------------------------------------------------

    def doctype(self, *_declaration: object) -> None:
        raise FileRefused(
            "F03",
            "The file begins with a document type declaration (<!DOCTYPE …>), which a Common Transfer File never has"
            " and which can be used to do harm. It was not read.",
            "Export the file again from the school's system, and send it as it is.",
            self.parser.CurrentLineNumber,
        )

    def root(self, name: str, attributes: dict[str, str]) -> None:
        """Begin the outermost element, once."""
        if canonical(name) != ROOT:
            raise not_a_ctf(name, self.data)
        if any(attribute.partition(":")[0] == "xmlns" for attribute in attributes):
            self.tolerate("namespace", "a namespace", "", self.parser.CurrentByteIndex)
        self.parser.StartElementHandler = self.start
        self.start(name, attributes)

    def start(self, name: str, _attributes: object) -> None:
        self.texts.clear()
        self.depth += 1
        if self.depth > self.limits.depth:
            raise too_deep(self.parser.CurrentLineNumber, self.limits)
        begin = self.starts.get(name, _unmet)
        if begin is not None:
            begin(self, name)

    def end(self, name: str) -> None:
        self.depth -= 1
        finish = self.ends[name]
        if isinstance(finish, str):
            texts = self.texts
            self.fields.setdefault(finish, texts[0] if len(texts) == 1 else "".join(texts))
        elif finish is not None:
            finish(self)

    # -- containers --------------------------------------------------------------------------------------------------

    def begin_header(self, _name: str) -> None:
        self.fields = self.header

    def begin_source(self, _name: str) -> None:
        self.fields = {}
        self.sources.append((self.fields, self.parser.CurrentByteIndex))

    def begin_destination(self, _name: str) -> None:
        self.fields = self.destination

    def end_school(self) -> None:
        self.fields = self.header

    def begin_pupil(self, _name: str) -> None:
        if len(self.pupils) >= self.limits.pupils:
            raise too_many_pupils(self.parser.CurrentLineNumber, self.limits)
        self.fields = {}
        self.pupils_at.append(self.parser.CurrentByteIndex)

    def end_pupil(self) -> None:
        take = self.fields.pop
        tag = "Sex" if "Sex" in self.fields else "Gender"
        if tag in self.fields and tag not in self.sex_tags:
            self.sex_tags[tag] = self.pupils_at[-1]
        pupil = CtfPupil(
            take("UPN", ""),
            take("Surname", ""),
            take("Forename", ""),
            take("DOB", ""),
            take(tag, ""),
            tuple(self.rows),
            tuple(self.fields.items()),
            tuple(self.sections),
        )
        self.pupils.append(pupil)
        self.all_rows_at.append(tuple(self.rows_at))
        self.rows, self.rows_at, self.sections = [], [], []

    # -- key stages and sections: stepped over, and taken as they stand ------------------------------------------------

    def begin_key_stage(self, _name: str) -> None:
        parser = self.parser
        self.in_key_stage = True
        self.stage = ""
        self.at = self.data.index(b">", parser.CurrentByteIndex) + 1
        parser.StartElementHandler = parser.CharacterDataHandler = None
        parser.EndElementHandler = self.end_of_part

    def end_part(self, name: str) -> None:
        """Take what ended inside a key stage, or the key stage itself."""
        known = canonical(name)
        if known == ROW or known == "Stage":
            end = self.data.index(b">", self.parser.CurrentByteIndex) + 1
            if self.take_parts(end):
                self.at = end
        elif known == "KeyStage":
            self.end_key_stage()

    def take_parts(self, end: int) -> bool:
        """Read what stands between the last part that was taken and ``end``; say whether it was whole."""
        try:
            parts = self.distinct.parts(self.stage, self.data[self.at : end])
        except rows.TooDeep:
            raise too_deep(self.line(self.at), self.limits) from None
        for part in parts:
            if part.row is not None:
                self.rows.append(part.row)
                self.rows_at.append(self.at + part.begins)
            elif part.name == "Stage":
                self.stage = part.text.strip()
            else:
                self.unknown.setdefault(part.name, self.at + part.begins)
        return bool(parts)

    def end_key_stage(self) -> None:
        end = self.parser.CurrentByteIndex
        if self.data[self.at : end].strip():
            self.take_parts(end)
        self.in_key_stage = False
        self.depth -= 1
        self.go_on()

    def go_on(self) -> None:
        """Read part by part again."""
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.texts.append

    def begin_section(self, name: str) -> None:
        self.section = name
        self.at = self.parser.CurrentByteIndex
        self.parser.StartElementHandler = self.start_within
        self.parser.EndElementHandler = self.end_within
        self.parser.CharacterDataHandler = None
        self.within = self.depth

    def start_within(self, _name: str, _attributes: object) -> None:
        self.depth += 1
        if self.depth > self.limits.depth:
            raise too_deep(self.parser.CurrentLineNumber, self.limits)

    def end_within(self, name: str) -> None:
        self.depth -= 1
        if self.depth >= self.within:
            return
        self.go_on()
        end = self.data.index(b">", self.parser.CurrentByteIndex) + 1
        self.sections.append(Section(canonical(name) or name, self.data[self.at : end].decode()))

    def meet(self, name: str) -> None:
        """Learn an element's name: one that is known in other letters, or one that is not known at all."""
        known = canonical(name)
        if known is None:
            self.unknown.setdefault(name, self.parser.CurrentByteIndex)
            self.starts[name] = _Reading.begin_section
            return
        if known != name.rpartition(":")[2]:
            self.tolerate("name", name, known, self.parser.CurrentByteIndex)
        else:
            self.tolerate("namespace", "a namespace", "", self.parser.CurrentByteIndex)
        self.starts[name] = _STARTS[known]
        self.ends[name] = _ENDS.get(known)


def _unmet(reading: _Reading, name: str) -> None:
    reading.meet(name)
    begin = reading.starts[name]
    if begin is not None:
        begin(reading, name)


def _header(fields: dict[str, str], source: School, destination: School) -> Header:
    rest = dict(fields)
    name, version, made, qualifier, data_qualifier, descriptor, supplier = (
        rest.pop(field, "").strip() for field in HEADER_FIELDS
    )
    other = tuple(rest.items())
    return Header(name, version, made, qualifier, data_qualifier, descriptor, supplier, source, destination, other)


def _school(fields: dict[str, str]) -> School:
    return School(*(fields.get(name, "").strip() for name in SCHOOL_FIELDS))


_Begin = Callable[[_Reading, str], None]
_End = Callable[[_Reading], None]

_STARTS: dict[str, _Begin | None] = {
    **dict.fromkeys(KNOWN),
    **dict.fromkeys(SECTIONS, _Reading.begin_section),
    "Header": _Reading.begin_header,
    "SourceSchool": _Reading.begin_source,
    "DestSchool": _Reading.begin_destination,
    "Pupil": _Reading.begin_pupil,
    "KeyStage": _Reading.begin_key_stage,
}
_ENDS: dict[str, _End | str | None] = {
    **{name: name for name in (*HEADER_FIELDS, *SCHOOL_FIELDS, *PUPIL_FIELDS)},
    **{name: name for name in KNOWN - CONTAINERS - SECTIONS},
    **dict.fromkeys(CONTAINERS),
    "SourceSchool": _Reading.end_school,
    "DestSchool": _Reading.end_school,
    "Pupil": _Reading.end_pupil,
}
