"""Reads pupils that stand in the file in the usual way, quickly; of any other it says that it cannot.

A record is plain when it is nothing but the usual elements in the usual order, with no attribute, comment, reference or
further element in them. Its bytes then match the patterns below to the last one, and what matches can be read in one
way only. A return repeats the same few result rows hundreds of times, so each distinct row is read once.
"""

import re
from typing import NamedTuple

from keystage.ctf.careful import PupilRead, row_of
from keystage.ctf.limits import Limits
from keystage.ctf.model import CtfPupil, Row, Section
from keystage.ctf.vocabulary import ROW_FIELDS, SECTIONS

_TEXT = rb"([^<&\r]*)"
_IDENTITY = re.compile(
    rb"<Pupil>\s*<UPN>%(t)s</UPN>\s*<Surname>%(t)s</Surname>\s*<Forename>%(t)s</Forename>\s*<DOB>%(t)s</DOB>"
    rb"\s*<(Sex|Gender)>%(t)s</\5>\s*" % {b"t": _TEXT}
)
_SECTION = re.compile(rb"<(%s)>" % b"|".join(sorted(name.encode() for name in SECTIONS)))
_ENDS = {name.encode(): re.compile(rb"(?P<tag></%s\s*>)\s*" % name.encode()) for name in SECTIONS}
_RESULTS = b"<StageAssessments>"
_END_OF_ROW = b"</StageAssessment>"
_ROW = re.compile(
    rb"(?:\s*</KeyStage>)?(?P<stage>\s*<KeyStage>\s*<Stage>(?P<name>[^<&\r]*)</Stage>)?"
    rb"(?P<space>\s*)<StageAssessment>(?P<fields>(?:\s*<(?P<f>%s)>[^<&\r]*</(?P=f)>)*)\s*"
    % b"|".join(name.encode() for name in ROW_FIELDS)
)
# Of n elements inside one another at least n - 1 end where another has just ended.
_END_AFTER_END = re.compile(rb"</[^<>]*>[^<]*(?=</)")
_END_AFTER_EMPTY = re.compile(rb"/>[^<]*</")
_AGAIN = {name.encode(): re.compile(rb"<%s[\s/>]" % name.encode()) for name in SECTIONS}
_RECORD_PARTS = (b"<pupil", b":pupil", b"<keystage", b":keystage", b"<stageassessment", b":stageassessment")
_FIELD = re.compile(r"<(\w+)>([^<]*)<")
_END_OF_RESULTS = re.compile(rb"(?:\s*</KeyStage>)?\s*</StageAssessments>\s*")
_END = b"</Pupil>"


class _Chunk(NamedTuple):
    """One row as it stands between the end of the row before it and its own end tag."""

    row: Row
    begins: int
    """How many bytes stand before its start tag."""
    length: int
    """Bytes, with the end tag."""


class Plain(dict[tuple[str, bytes], _Chunk | None]):
    """The distinct rows of one file, by the stage they stand in and their bytes; None for one not plain."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self._deepest = limits.depth - 3  # a section stands in CTfile, CTFpupilData and Pupil

    def __missing__(self, key: tuple[str, bytes]) -> _Chunk | None:
        stage, xml = key
        self[key] = chunk = _chunk(stage, xml)
        return chunk

    def read(self, xml: bytes, begins: int) -> PupilRead | None:
        """Read the bytes of a pupil who begins at a byte of the file; None where they are not plain."""
        found = _IDENTITY.match(xml)
        if found is None:
            return None
        sections: list[Section] = []
        at = found.end()
        if not xml.startswith(_RESULTS, at):
            at = self._sections(xml, at, sections)
        rows: list[Row] = []
        rows_at: list[int] = []
        if xml.startswith(_RESULTS, at):
            at += len(_RESULTS)
            stage = ""
            *chunks, rest = xml[at:].split(_END_OF_ROW)
            for bytes_ in chunks:
                chunk = self[stage, bytes_]
                if chunk is None:
                    return None
                row, row_begins, length = chunk
                rows.append(row)
                rows_at.append(begins + at + row_begins)
                at += length
                stage = row[0]
            ended = _END_OF_RESULTS.match(rest)
            if ended is None:
                return None
            at += ended.end()
            if not xml.startswith(_END, at):
                at = self._sections(xml, at, sections)
        if xml[at:] != _END:
            return None
        upn, surname, forename, born, tag, sex = map(bytes.decode, found.groups())
        pupil = CtfPupil(upn, surname, forename, born, sex, tuple(rows), (), tuple(sections))
        return PupilRead(pupil, tuple(rows_at), tag)

    def _sections(self, xml: bytes, at: int, sections: list[Section]) -> int:
        """Take the parts of a record that are kept whole, and say where they end; stop at one that is not plain."""
        while found := _SECTION.match(xml, at):
            name = found[1]
            ended = _ENDS[name].search(xml, found.end())
            if ended is None:
                break
            part = xml[at : ended.end("tag")]
            if not self._is_plain(name, part):
                break
            sections.append(Section(name.decode(), part.decode()))
            at = ended.end()
        return at

    def _is_plain(self, name: bytes, part: bytes) -> bool:
        """Say whether a part has its end where it seems to, and holds nothing that stands too deep."""
        if (b"!" in part and b"<!" in part) or (b"?" in part and b"<?" in part):
            return False
        lower = part.lower()
        if any(begun in lower for begun in _RECORD_PARTS):
            return False  # a pupil or a result may be hidden in it
        if part.find(b"<" + name, 1) >= 0 and _AGAIN[name].search(part, 1):
            return False  # what looks like its end might be that of another
        ends = len(_END_AFTER_END.findall(part)) + len(_END_AFTER_EMPTY.findall(part))
        return ends < self._deepest


def _chunk(stage: str, xml: bytes) -> _Chunk | None:
    found = _ROW.fullmatch(xml)
    if found is None or bool(found["stage"]) != (not stage or b"</KeyStage>" in xml):
        return None
    if found["stage"]:
        stage = found["name"].decode().strip()
    if not stage:
        return None
    fields = _FIELD.findall(found["fields"].decode())
    texts = [text for _, text in fields]
    names = tuple([name for name, _ in fields])
    usual = names == ROW_FIELDS
    if not usual and len(set(names)) < len(names):
        return None
    row = Row(stage, *texts) if usual else row_of(stage, fields)
    return _Chunk(row, found.end("space"), len(xml) + len(_END_OF_ROW))
