"""Reads any Common Transfer File from version 15 on: streaming, tolerant of dialects, and safe.

The parser makes sure that the file is well formed and shows where its records begin and end, the header and the pupils;
in a file of the usual layout the pupils are found without it (:mod:`keystage.ctf.layout`). The bytes of a record are
then read: quickly where they stand in the usual way (:mod:`keystage.ctf.plain`), else part by
part (:mod:`keystage.ctf.careful`). Documents with a document type or an entity are refused unread; nothing outside the
file is ever opened.
"""

from collections.abc import Callable
from pathlib import Path
from typing import IO
from xml.parsers import expat

from keystage.ctf.careful import HeaderRead, Noted, NotWhole, SchoolRead, TooDeep, read_header, read_pupil
from keystage.ctf.encoding import not_utf8, to_utf8
from keystage.ctf.explain import explain
from keystage.ctf.layout import pupils_in
from keystage.ctf.limits import (
    LIMITS,
    Limits,
    content_of,
    part_too_long,
    record_too_long,
    too_deep,
    too_large,
    too_many_pupils,
    too_many_strays,
    too_many_tags,
)
from keystage.ctf.looks import not_a_ctf, refuse_what_is_not_xml
from keystage.ctf.model import CtfFile, CtfPupil, Header, School, Section, Tolerated
from keystage.ctf.places import Places
from keystage.ctf.plain import Plain
from keystage.ctf.tags import end_of_tag
from keystage.ctf.vocabulary import HEADER_FIELDS, KNOWN, ROOT, SCHOOL_FIELDS, canonical
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
    if len(data) > 3 * limits.tags and data.count(b"<") > limits.tags:
        raise too_many_tags(limits)
    refuse_what_is_not_xml(data)
    has_mark = data.startswith(b"\xef\xbb\xbf")
    data, encoding = to_utf8(data)
    try:
        reading = _Reading(data, limits, pupils_in(data, limits))
        reading.run()
    except NotWhole:  # a pupil's record holds another, so the layout is not what it seemed
        reading = _Reading(data, limits)
        reading.run()
    if has_mark:
        reading.note(Noted("byte order mark", "a byte order mark", "", 0), 0)
    return reading.file(name, encoding)


def _bytes_of(source: Path | str | bytes | IO[bytes], name: str, limits: Limits) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, name
    if isinstance(source, (str, Path)):
        path = Path(source)
        return content_of(path, limits), name or path.name
    return source.read(limits.size + 1), name or Path(str(getattr(source, "name", ""))).name


class _UntilEndOf(dict[str, None]):
    """The ends of elements inside a record, which need nothing done: only that of the record itself is passed on.

    Its ``__getitem__`` is what the parser calls at the end of an element: no Python runs for a name that it holds.
    """

    def __init__(self, record: str, ended: Callable[[], None]) -> None:
        super().__init__(_NOTHING_TO_DO)
        self.pop(record, None)
        self._record = record
        self._ended = ended

    def __missing__(self, name: str) -> None:
        if name == self._record:
            self._ended()


_NOTHING_TO_DO = dict.fromkeys(KNOWN)
_Take = Callable[[bytes], None]
"""Takes the bytes of a record; raises NotWhole where they end inside it."""


class _Reading:
    """One pass over one file. Handlers of the parser are its methods; what they gather are its fields."""

    def __init__(self, data: bytes, limits: Limits, pupils: list[tuple[int, int]] | None = None) -> None:
        self.data = data
        self.spans = pupils  # where the pupils stand, in a file of the usual layout
        self.limits = limits
        self.places = Places(data)
        self.plain = Plain(limits)
        self.depth = 0
        self.strays = 0  # elements outside the records
        self.at = 0
        self.take: _Take | None = None  # what takes the record that the parser is in
        self.still_open = 0  # elements, in a record that holds others of its own name
        self.records: dict[str, tuple[_Take, Callable[[str], None]]] = {}  # by their names as the file writes them
        self.header: HeaderRead | None = None
        self.schools: list[tuple[SchoolRead, int]] = []
        self.pupils: list[CtfPupil] = []
        self.pupils_at: list[int] = []
        self.rows_at: list[tuple[int, ...]] = []
        self.tolerated: dict[tuple[str, str], Tolerated] = {}
        self.unknown: dict[str, int] = {}
        self.sex_tags: dict[str, int] = {}
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.StartElementHandler = self.root
        self.parser.EndElementHandler = self.end

    def run(self) -> None:
        """Parse the whole file."""
        try:
            for begin in range(0, len(self.data), _PIECE):
                self.parser.Parse(self.data[begin : begin + _PIECE], False)
                unread = min(begin + _PIECE, len(self.data)) - self.limits.record
                if self.take is not None and self.at < unread:
                    raise record_too_long(self.places.line(self.at), self.limits)
                if self.parser.CurrentByteIndex < unread:
                    raise part_too_long(self.parser.CurrentLineNumber, self.limits)
            self.parser.Parse(b"", True)
        except expat.ExpatError as fault:
            raise not_utf8(self.data) or explain(self.data, fault, self.limits) from None
        if self.parser.StartElementHandler is None:
            self.take_spans()

    def take_spans(self) -> None:
        """Take the pupils of a file of the usual layout.

        Raises:
            NotWhole: one of them ends elsewhere than it seemed.
        """
        for begin, end in self.spans or ():
            self.at = begin
            try:
                self.take_pupil(self.data[begin:end])
            except TooDeep as fault:
                raise too_deep(self.places.line(begin + fault.at), self.limits) from None

    def file(self, name: str, encoding: str) -> CtfFile:
        """Return what was read."""
        sources = [(_school(school.fields), at) for school, at in self.schools if school.name == "SourceSchool"]
        destinations = [_school(school.fields) for school, _ in self.schools if school.name == "DestSchool"]
        return CtfFile(
            header=_header(self.header, sources[0][0] if sources else School(), (destinations or [School()])[0]),
            pupils=tuple(self.pupils),
            name=name,
            encoding=encoding,
            pupils_at=tuple(self.pupils_at),
            rows_at=tuple(self.rows_at),
            tolerated=tuple(self.tolerated.values()),
            sex_tags=tuple(self.sex_tags.items()),
            unknown=tuple(self.unknown.items()),
            schools=tuple(sources),
            data=self.data,
            places=self.places,
        )

    def note(self, noted: Noted, record_at: int) -> None:
        """Keep the first of each kind of thing that is not as it should be."""
        at = record_at + noted.at
        if noted.kind == "unknown":
            self.unknown.setdefault(noted.found, at)
            if len(self.unknown) > self.limits.strays:
                raise too_many_strays(self.places.line(at), self.limits)
        else:
            tolerated = Tolerated(noted.kind, noted.found, noted.meant, at)
            self.tolerated.setdefault((noted.kind, noted.found), tolerated)

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
            raise not_a_ctf(name, self.parser.CurrentLineNumber)
        self.parser.StartElementHandler = self.start
        self.start(name, attributes)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a record, which is stepped over until its end, or another element."""
        if name not in self.records:
            known = canonical(name)
            if known not in ("Pupil", "Header"):
                self.begin_container(name, known, attributes)
                return
            take = self.take_pupil if known == "Pupil" else self.take_header
            self.records[name] = take, _UntilEndOf(name, self.end_record).__getitem__
        parser = self.parser
        self.at = parser.CurrentByteIndex
        parser.StartElementHandler = None
        if self.spans and self.at == self.spans[0][0]:
            parser.EndElementHandler = None  # nothing more is needed of the parser but that all is well formed
        else:
            self.take, parser.EndElementHandler = self.records[name]

    def begin_container(self, name: str, known: str | None, attributes: dict[str, str]) -> None:
        at = self.parser.CurrentByteIndex
        self.depth += 1
        if self.depth > self.limits.depth:
            raise too_deep(self.places.line(at), self.limits)
        if known not in (ROOT, "CTFpupilData"):
            self.strays += 1
            if self.strays > self.limits.strays:
                raise too_many_strays(self.places.line(at), self.limits)
            self.note(Noted("unknown", name, "", at), 0)
            self.note(Noted("doubtful", f"“{name}” outside the records of pupils", "", at), 0)
        elif name != known:
            is_prefixed = name.rpartition(":")[2] == known
            self.note(Noted("namespace", "a namespace", "", at) if is_prefixed else Noted("name", name, known, at), 0)
        if any(attribute.partition(":")[0] == "xmlns" for attribute in attributes):
            self.note(Noted("namespace", "a namespace", "", at), 0)

    def end(self, _name: str) -> None:
        self.depth -= 1

    def end_record(self) -> None:
        """Take the bytes of a record, where they are whole: an element of the same name may stand inside it."""
        parser = self.parser
        end = end_of_tag(self.data, parser.CurrentByteIndex)
        if self.take is None:
            return
        try:
            self.take(self.data[self.at : end])
        except NotWhole as fault:
            self.still_open = fault.still_open
            parser.StartElementHandler = self.start_within
            parser.EndElementHandler = self.end_within
        except TooDeep as fault:
            raise too_deep(self.places.line(self.at + fault.at), self.limits) from None
        else:
            self.take = None
            parser.StartElementHandler = self.start
            parser.EndElementHandler = self.end

    def start_within(self, _name: str, _attributes: object) -> None:
        self.still_open += 1

    def end_within(self, _name: str) -> None:
        self.still_open -= 1
        if not self.still_open:
            self.end_record()

    def take_header(self, xml: bytes) -> None:
        header = read_header(xml, self.limits)
        if self.header is not None:
            self.note(Noted("doubtful", "a second “Header”", "", 0), self.at)
        self.header = self.header or header
        self.schools += [(school, self.at + school.at) for school in header.schools]
        for noted in header.noted:
            self.note(noted, self.at)

    def take_pupil(self, xml: bytes) -> None:
        at = self.at
        found = self.plain.read(xml, at) or read_pupil(xml, at, self.limits)
        if len(self.pupils) >= self.limits.pupils:
            raise too_many_pupils(self.places.line(at), self.limits)
        self.pupils.append(found.pupil)
        self.pupils_at.append(at)
        self.rows_at.append(found.rows_at)
        if found.sex_tag and found.sex_tag not in self.sex_tags:
            self.sex_tags[found.sex_tag] = at
        for noted in found.noted:
            self.note(noted, at)


def _header(read: HeaderRead | None, source: School, destination: School) -> Header:
    fields = dict(read.fields) if read else {}
    sections: tuple[Section, ...] = read.sections if read else ()
    name, version, made, qualifier, data_qualifier, descriptor, supplier = (
        fields.pop(field, "").strip() for field in HEADER_FIELDS
    )
    return Header(name, version, made, qualifier, data_qualifier, descriptor, supplier, source, destination, sections)


def _school(fields: dict[str, str]) -> School:
    lea, estab, urn, name, academic_year = (fields.get(field, "").strip() for field in SCHOOL_FIELDS)
    return School(lea, estab, urn, name, academic_year)
