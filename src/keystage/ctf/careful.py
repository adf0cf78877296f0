"""Reads one record of a file, a pupil or the header, part by part: any names, any order, anything in between.

A record is given as its bytes, which the reader has already found to be well formed; every place is counted in bytes
from their beginning.
"""

from typing import NamedTuple
from xml.parsers import expat

from keystage.ctf.limits import LIMITS, Limits
from keystage.ctf.model import CtfPupil, Row, Section
from keystage.ctf.tags import end_of_element
from keystage.ctf.vocabulary import (
    HEADER_FIELDS,
    PUPIL_FIELDS,
    ROW,
    ROW_FIELDS,
    SCHOOL_FIELDS,
    SECTIONS,
    canonical,
)

_DEPTH_OF_A_RECORD = {"Header": 2, "Pupil": 3}


class NotWhole(Exception):
    """The bytes end inside the record; says how many elements are still open there."""

    def __init__(self, still_open: int) -> None:
        super().__init__(still_open)
        self.still_open = still_open


class TooDeep(Exception):
    """Elements stand too deep inside one another; says at which byte of the record."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


class Noted(NamedTuple):
    """Something about an element's name that is not as it should be."""

    kind: str
    """``namespace``, ``name``, ``unknown`` or ``doubtful``."""
    found: str
    meant: str
    at: int


class PupilRead(NamedTuple):
    """One pupil as read."""

    pupil: CtfPupil
    rows_at: tuple[int, ...]
    """Where each row begins, in bytes of the file."""
    sex_tag: str
    """``Sex`` or ``Gender``; empty where there is neither."""
    noted: tuple[Noted, ...] = ()


class SchoolRead(NamedTuple):
    """One ``SourceSchool`` or ``DestSchool`` as read."""

    name: str
    fields: dict[str, str]
    at: int


class HeaderRead(NamedTuple):
    """The header as read."""

    fields: dict[str, str]
    schools: tuple[SchoolRead, ...]
    sections: tuple[Section, ...]
    noted: tuple[Noted, ...]


# What stands in what: the parts of each element that are read one by one, and those of them that hold further parts.
_FIELDS = {
    "Header": frozenset(HEADER_FIELDS),
    "SourceSchool": frozenset(SCHOOL_FIELDS),
    "DestSchool": frozenset(SCHOOL_FIELDS),
    "Pupil": frozenset(PUPIL_FIELDS),
    "StageAssessments": frozenset[str](),
    "KeyStage": frozenset({"Stage"}),
    ROW: frozenset(ROW_FIELDS),
}
_CONTAINERS = {
    "Header": frozenset({"SourceSchool", "DestSchool"}),
    "Pupil": frozenset({"StageAssessments"}),
    "StageAssessments": frozenset({"KeyStage"}),
    "KeyStage": frozenset({ROW}),
}
_NONE: frozenset[str] = frozenset()
_RECORD_PARTS = frozenset({"Pupil", "StageAssessments", "KeyStage", ROW})
"""Elements in which a pupil or a result could be overlooked, where they stand elsewhere."""


class _Record:
    """One pass over a record."""

    def __init__(self, xml: bytes, limits: Limits) -> None:
        self.xml = xml
        self.deepest = limits.depth
        self.texts: list[str] = []
        self.path: list[str] = []
        self.seen: list[set[str]] = []  # the single elements met, in each element of the path
        self.above = 0  # elements of the file that stand around the record
        self.leaf = 0  # how deep in a field or a section kept whole; 0 outside
        self.name = ""
        self.gender = ("", "", 0)  # as it is written, what it should be, and where
        self.begun = 0
        self.fields: list[tuple[str, str]] = []
        self.schools: list[SchoolRead] = []
        self.sections: list[Section] = []
        self.noted: list[Noted] = []
        self.stage = ""
        self.first_row = 0  # of the key stage
        self.rows: list[Row] = []
        self.rows_at: list[int] = []
        self.part: list[tuple[str, str]] = []
        self.part_at = 0
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.texts.append

    def run(self) -> None:
        """Parse the record."""
        try:
            self.parser.Parse(self.xml, True)
        except expat.ExpatError:
            raise NotWhole(len(self.path) + self.leaf) from None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        at = self.parser.CurrentByteIndex
        if not self.path:
            self.begin_record(name, attributes)
            return
        if self.above + len(self.path) + self.leaf >= self.deepest:
            raise TooDeep(at)
        parent, known = self.path[-1], canonical(name)
        if any(attribute.partition(":")[0] == "xmlns" for attribute in attributes):
            self.noted.append(Noted("namespace", "a namespace", "", at))
        if self.leaf:
            self.leaf += 1
            if known in _RECORD_PARTS:
                self.doubt(f"“{name}” where it does not belong", at)
            elif self.name in _FIELDS[parent]:
                self.doubt(f"an element inside “{self.name}”", at)
            return
        if known in _CONTAINERS.get(parent, _NONE):
            self.note(name, known, at)
            if known == "DestSchool":  # a second SourceSchool is a finding of its own
                self.meet_once(known, at)
            self.path.append(known)
            self.seen.append(set())
            if known != "StageAssessments":
                self.begin_part(at)
            return
        self.texts.clear()
        self.leaf, self.begun = 1, at
        if known in _FIELDS[parent] or (parent in ("Pupil", "Header") and known in SECTIONS):
            self.note(name, known, at)
            self.name = known
            if known in _FIELDS[parent]:
                self.meet_once(known, at)
            if known == "Gender":
                self.gender = (name, "Sex", at)
        else:
            self.name = name
            self.noted.append(Noted("unknown", name, "", at))
            if known in _RECORD_PARTS:
                self.doubt(f"“{name}” where it does not belong", at)

    def meet_once(self, known: str, at: int) -> None:
        """Meet an element that may stand once in its parent."""
        if known in self.seen[-1]:
            self.doubt(f"a second “{known}” in one “{self.path[-1]}”", at)
        self.seen[-1].add(known)

    def doubt(self, found: str, at: int) -> None:
        """Note something that might be read in another way than here."""
        self.noted.append(Noted("doubtful", found, "", at))

    def begin_record(self, name: str, attributes: dict[str, str]) -> None:
        known = canonical(name) or name
        self.path.append(known)
        self.seen.append(set())
        self.above = _DEPTH_OF_A_RECORD[known] - 1
        self.note(name, known, 0)
        if any(attribute.partition(":")[0] == "xmlns" for attribute in attributes):
            self.noted.append(Noted("namespace", "a namespace", "", 0))

    def begin_part(self, at: int) -> None:
        self.part_at, self.part = at, []
        if self.path[-1] == "KeyStage":
            self.stage, self.first_row = "", len(self.rows)

    def note(self, name: str, known: str, at: int) -> None:
        if name == known:
            return
        if name.rpartition(":")[2] == known:
            self.noted.append(Noted("namespace", "a namespace", "", at))
        else:
            self.noted.append(Noted("name", name, known, at))

    def end(self, _name: str) -> None:
        if self.leaf > 1:
            self.leaf -= 1
        elif self.leaf:
            self.leaf = 0
            self.end_leaf("".join(self.texts))
        else:
            self.seen.pop()
            self.end_container(self.path.pop())

    def end_leaf(self, text: str) -> None:
        parent = self.path[-1]
        if parent == ROW or parent in ("SourceSchool", "DestSchool"):
            self.part.append((self.name, text))
        elif self.name not in _FIELDS[parent]:
            if parent in ("Pupil", "Header"):
                end = end_of_element(self.xml, self.begun, self.parser.CurrentByteIndex)
                self.sections.append(Section(self.name, self.xml[self.begun : end].decode()))
        elif parent == "KeyStage":
            self.end_stage(text.strip())
        else:
            self.fields.append((self.name, text))

    def end_stage(self, stage: str) -> None:
        """Take the name of the stage, also for rows that stand before it."""
        if not self.stage:
            rows = self.rows[self.first_row :]
            self.rows[self.first_row :] = [row if row.stage else row._replace(stage=stage) for row in rows]
        self.stage = stage

    def end_container(self, name: str) -> None:
        if name == ROW:
            self.rows.append(row_of(self.stage, self.part))
            self.rows_at.append(self.part_at)
        elif name in ("SourceSchool", "DestSchool"):
            self.schools.append(SchoolRead(name, dict(reversed(self.part)), self.part_at))


def row_of(stage: str, parts: list[tuple[str, str]]) -> Row:
    """Make a row of its parts; one that is not known, or stands there a second time, is kept as other."""
    known: dict[str, str] = {}
    other: list[tuple[str, str]] = []
    for name, text in parts:
        if name in _FIELDS[ROW] and name not in known:
            known[name] = text
        else:
            other.append((name, text))
    locale, year, subject, method, component, status, qualifier, result, date = (
        known.get(field, "") for field in ROW_FIELDS
    )
    return Row(stage, locale, year, subject, method, component, status, qualifier, result, date, tuple(other))


def row_in(xml: bytes) -> Row | None:
    """Read the bytes of one row by itself, without its stage; None where they end inside an element."""
    try:
        found = read_pupil(
            b"<Pupil><StageAssessments><KeyStage>%s</KeyStage></StageAssessments></Pupil>" % xml, 0, LIMITS
        )
    except NotWhole:
        return None
    return found.pupil.rows[0] if found.pupil.rows else None


def read_pupil(xml: bytes, begins: int, limits: Limits) -> PupilRead:
    """Read the bytes of a pupil who begins at a byte of the file.

    Raises:
        NotWhole: they end inside the pupil.
        TooDeep: elements stand deeper inside one another than the limits allow.
    """
    record = _Record(xml, limits)
    record.run()
    fields: dict[str, str] = {}
    other: list[tuple[str, str]] = []
    for name, text in record.fields:
        if name in fields:
            other.append((name, text))
        else:
            fields[name] = text
    tag = "Sex" if "Sex" in fields else "Gender" if "Gender" in fields else ""
    if tag == "Sex" and "Gender" in fields:
        record.noted.append(Noted("name", *record.gender))
    upn, surname, forename, born, sex = (fields.pop(name, "") for name in ("UPN", "Surname", "Forename", "DOB", tag))
    pupil = CtfPupil(
        upn, surname, forename, born, sex, tuple(record.rows), (*fields.items(), *other), tuple(record.sections)
    )
    return PupilRead(pupil, tuple(begins + at for at in record.rows_at), tag, tuple(record.noted))


def read_header(xml: bytes, limits: Limits) -> HeaderRead:
    """Read the bytes of a header.

    Raises:
        NotWhole: they end inside the header.
        TooDeep: elements stand deeper inside one another than the limits allow.
    """
    record = _Record(xml, limits)
    record.run()
    fields = dict(reversed(record.fields))
    return HeaderRead(fields, tuple(record.schools), tuple(record.sections), tuple(record.noted))
