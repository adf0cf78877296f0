"""Writes a Common Transfer File: streaming, in the order of the specification, the same bytes for the same content.

Elements that are absent are left out, never written empty. The tag for a pupil's sex follows the version.
"""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import groupby
from typing import IO

from keystage.ctf.model import CtfFile, CtfPupil, Header, Row, School
from keystage.ctf.versions import sex_tag
from keystage.ctf.vocabulary import HEADER_FIELDS, ROW_FIELDS, SCHOOL_FIELDS, SECTIONS_AFTER_RESULTS

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_AFTER_NAMES = ("UniqueLearnerNumber", "UCI")


class CannotWrite(ValueError):
    """A text holds a character that no XML file can hold; the message names it and the pupil."""


def write(file: CtfFile, sink: IO[bytes]) -> None:
    """Write a file to a binary stream, UTF-8 without a byte order mark, lines ended by a single line feed.

    Raises:
        CannotWrite: a text holds a control character.
    """
    for line in lines(file.header, file.pupils):
        sink.write(line.encode("utf-8"))


def to_bytes(file: CtfFile) -> bytes:
    """Return a file as it would be written."""
    sink = BytesIO()
    write(file, sink)
    return sink.getvalue()


def lines(header: Header, pupils: Iterable[CtfPupil]) -> Iterator[str]:
    """Yield the file piece by piece, each ended by a line feed; pupils are taken one at a time."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<CTfile>\n'
    yield from _header(header)
    yield "  <CTFpupilData>\n"
    tag = sex_tag(header.version)
    for pupil in pupils:
        try:
            yield "".join(_pupil(pupil, tag))
        except CannotWrite as fault:
            who = f"{pupil.forename} {pupil.surname} ({pupil.upn})"
            raise CannotWrite(f"{_NOT_XML.sub('', who)}: {fault}") from None
    yield "  </CTFpupilData>\n</CTfile>\n"


def _header(header: Header) -> Iterator[str]:
    values = (
        header.document_name,
        header.version,
        header.date_time,
        header.qualifier,
        header.data_qualifier,
        header.descriptor,
        header.supplier,
    )
    yield "  <Header>\n"
    yield from _elements(4, zip(HEADER_FIELDS, values, strict=True))
    yield from _school("SourceSchool", header.source)
    yield from _school("DestSchool", header.destination)
    yield from (f"    {_possible(section.xml)}\n" for section in header.sections)
    yield "  </Header>\n"


def _school(tag: str, school: School) -> Iterator[str]:
    values = (school.lea, school.estab, school.urn, school.name, school.academic_year)
    if any(values):
        yield f"    <{tag}>\n"
        yield from _elements(6, zip(SCHOOL_FIELDS, values, strict=True))
        yield f"    </{tag}>\n"


def _pupil(pupil: CtfPupil, tag: str) -> Iterator[str]:
    before = [each for name in _AFTER_NAMES for each in pupil.other if each[0] == name]
    after = [each for each in pupil.other if each[0] not in _AFTER_NAMES]
    yield "    <Pupil>\n"
    yield from _elements(6, [("UPN", pupil.upn), *before])
    yield from _elements(6, [("Surname", pupil.surname), ("Forename", pupil.forename)])
    yield from _elements(6, [("DOB", pupil.birth_date), (tag, pupil.sex), *after])
    yield from (f"      {_possible(s.xml)}\n" for s in pupil.sections if s.name not in SECTIONS_AFTER_RESULTS)
    yield from _results(pupil.rows)
    yield from (f"      {_possible(s.xml)}\n" for s in pupil.sections if s.name in SECTIONS_AFTER_RESULTS)
    yield "    </Pupil>\n"


def _results(rows: tuple[Row, ...]) -> Iterator[str]:
    if not rows:
        return
    yield "      <StageAssessments>\n"
    for stage, group in groupby(rows, key=lambda row: row.stage):
        yield "        <KeyStage>\n"
        yield from _elements(10, [("Stage", stage)])
        for row in group:
            yield "          <StageAssessment>\n"
            yield from _elements(12, zip(ROW_FIELDS, row[1:-1], strict=True))
            yield from _elements(12, row.other)
            yield "          </StageAssessment>\n"
        yield "        </KeyStage>\n"
    yield "      </StageAssessments>\n"


def _elements(indent: int, elements: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, text in elements:
        if text:
            yield f"{' ' * indent}<{name}>{_text(text)}</{name}>\n"


def _text(text: str) -> str:
    return escape(_possible(text))


def _possible(text: str) -> str:
    if found := _NOT_XML.search(text):
        raise CannotWrite(
            f"“{_NOT_XML.sub('�', text)}” holds the control character U+{ord(found[0]):04X}, which no XML can hold."
            " Type the text again."
        )
    return text


def escape(text: str) -> str:
    """Return a text as it stands between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
