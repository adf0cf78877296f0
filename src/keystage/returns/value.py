"""The return itself: a school, a year, and its pupils in order, each with identity and judgements."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from keystage.pupils.names import full_name
from keystage.returns.judgement import Judgement
from keystage.returns.source import Source
from keystage.years.subjects import Subject


class Pupil(NamedTuple):
    """A child in a return, as given. A named tuple, because making one is several times as fast as a dataclass."""

    upn: str
    surname: str
    forename: str
    birth_date: date | None
    """None where it is missing or cannot be read; then ``birth_text`` says what was there."""
    birth_text: str
    sex: str
    former_upn: str = ""
    judgements: tuple[Judgement, ...] = ()
    """In the order of the source; more than one for a subject is kept, for a check to find."""
    at: int = 0
    """Where the source has this pupil (see :class:`~keystage.returns.source.Source`)."""
    judgements_at: tuple[int, ...] = ()
    """Where the source has each judgement."""

    @property
    def name(self) -> str:
        """The pupil's name as lists show it."""
        return full_name(self.surname, self.forename)

    def code(self, subject: Subject) -> str:
        """Return the pupil's first code in a subject; empty where there is none."""
        for judgement in self.judgements:
            if judgement.subject is subject and judgement.code:
                return judgement.code
        return ""


class Extra(NamedTuple):
    """An assessment row that is not a teacher assessment of this return: kept, named and left alone."""

    kind: Literal["test", "other", "unknown"]
    name: str
    """What it is, in words; for an unknown row its stage, subject, method, component and qualifier."""
    pupil: int
    """The pupil's place in ``Return.pupils``, from 0."""
    at: int


@dataclass(frozen=True, slots=True)
class Return:
    """A school's teacher assessments for a collection year."""

    school: str
    """The seven figures of the DfE number (authority and establishment); empty where it is not known."""
    year: int
    pupils: tuple[Pupil, ...]
    extras: tuple[Extra, ...] = ()
    source: Source | None = field(default=None, compare=False)
    """The file it was read from; None where it comes from a school's own records."""
