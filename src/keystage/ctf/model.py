"""A Common Transfer File as plain values: the file as it is, with what was tolerated in reading it."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from keystage.ctf.places import Places
from keystage.returns.source import Place


class Row(NamedTuple):
    """One ``StageAssessment``: one result of one pupil, as text. An element that is absent is an empty text.

    A named tuple, because a file holds the same few rows hundreds of times and they are used as keys.
    """

    stage: str = ""
    locale: str = ""
    year: str = ""
    subject: str = ""
    method: str = ""
    component: str = ""
    status: str = ""
    qualifier: str = ""
    result: str = ""
    date: str = ""
    other: tuple[tuple[str, str], ...] = ()
    """Elements that are not known: name and text."""


class Section(NamedTuple):
    """A part of a pupil's record that is kept as it stands."""

    name: str
    xml: str


class CtfPupil(NamedTuple):
    """One ``Pupil``, as text. An element that is absent is an empty text."""

    upn: str = ""
    surname: str = ""
    forename: str = ""
    birth_date: str = ""
    sex: str = ""
    rows: tuple[Row, ...] = ()
    other: tuple[tuple[str, str], ...] = ()
    """Further single elements, such as ``UniqueLearnerNumber``: name and text."""
    sections: tuple[Section, ...] = ()
    """Further parts of the record, such as ``BasicDetails`` or one that is not known, kept whole."""

    @property
    def former_upn(self) -> str:
        """The pupil's former UPN, from ``BasicDetails``; empty where there is none."""
        for section in self.sections:
            if section.name == "BasicDetails" and (found := _FORMER_UPN.search(section.xml)):
                return found[1]
        return ""


_FORMER_UPN = re.compile(r"<(?:[\w.-]+:)?FormerUPN>\s*([A-Za-z0-9]+)\s*<", re.IGNORECASE)


_DFE_NUMBER = re.compile(r"\d{3}/\d{4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class School:
    """``SourceSchool`` or ``DestSchool``. An element that is absent is an empty text."""

    lea: str = ""
    estab: str = ""
    urn: str = ""
    name: str = ""
    academic_year: str = ""
    """The calendar year in which the school year starts; of the source school only."""

    @property
    def number(self) -> str:
        """Authority and establishment together, as they stand: seven characters where both are sound."""
        return self.lea.strip() + self.estab.strip()

    @property
    def dfe_number(self) -> str:
        """The seven figures of the DfE number; empty where authority or establishment are not sound."""
        return self.number if _DFE_NUMBER.fullmatch(f"{self.lea.strip()}/{self.estab.strip()}") else ""


@dataclass(frozen=True, slots=True)
class Header:
    """``Header``. An element that is absent is an empty text."""

    document_name: str = ""
    version: str = ""
    date_time: str = ""
    qualifier: str = ""
    data_qualifier: str = ""
    descriptor: str = ""
    supplier: str = ""
    source: School = field(default_factory=School)
    destination: School = field(default_factory=School)
    sections: tuple[Section, ...] = ()
    """Further parts of the header, kept whole."""


class Tolerated(NamedTuple):
    """Something in the file that is not as it should be and was read all the same."""

    kind: str
    """``namespace``, ``name`` (an element's name in other letters), ``byte order mark``, ``doubtful`` (an
    element that stands twice or where it does not belong)."""
    found: str
    meant: str
    at: int


@dataclass(frozen=True, slots=True)
class CtfFile:
    """A whole file. Two files are equal when they say the same, wherever it stands in them."""

    header: Header
    pupils: tuple[CtfPupil, ...]
    name: str = field(default="", compare=False)
    """The file's name, without its folder."""
    encoding: str = field(default="utf-8", compare=False)
    pupils_at: tuple[int, ...] = field(default=(), compare=False, repr=False)
    """Where each pupil begins, in bytes from the start of ``data``: what :meth:`place` takes."""
    rows_at: tuple[tuple[int, ...], ...] = field(default=(), compare=False, repr=False)
    """Where each row of each pupil begins."""
    tolerated: tuple[Tolerated, ...] = field(default=(), compare=False)
    sex_tags: tuple[tuple[str, int], ...] = field(default=(), compare=False)
    """Which element holds the pupils' sex, ``Sex`` or ``Gender``, and where each first stands."""
    unknown: tuple[tuple[str, int], ...] = field(default=(), compare=False)
    """Elements that are not known: name, and where it first stands."""
    schools: tuple[tuple[School, int], ...] = field(default=(), compare=False)
    """Every source school named, and where: a sound file has one."""
    data: bytes = field(default=b"", compare=False, repr=False)
    """What was read, as UTF-8 without a byte order mark."""
    places: Places = field(default_factory=Places, compare=False, repr=False)

    def place(self, at: int, field: str = "") -> Place:
        """Say on which line a thing stands: see :class:`~keystage.returns.source.Source`."""
        return Place(line=self.places.line(at, field))
