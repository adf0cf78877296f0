"""Reading a school's records into the plain values that the core works with."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from keystage.returns import register as core
from keystage.returns.judgement import judgement
from keystage.returns.roll import RollPupil
from keystage.returns.value import Pupil as ReturnPupil
from keystage.service.school.lines import Line
from keystage.service.school.models import Expected, Judgement, Pupil, SchoolReturn
from keystage.years.registration import PupilStatus, TestStatus


class Held(NamedTuple):
    """A judgement as it is held."""

    code: str
    version: int
    changed_by: str
    changed_at: datetime


Judgements = Mapping[int, Mapping[str, Held]]
"""By the pupil's number in the database, and the subject."""


def judgements_of(school_return: SchoolReturn) -> Judgements:
    """Read the judgements of a return as plain values: whole objects would take most of the time of a page."""
    rows = Judgement.objects.filter(pupil__school_return=school_return, pupil__removed_at=None).values_list(
        "pupil_id", "subject", "code", "version", "changed_by__name", "changed_by__email", "changed_at"
    )
    found: dict[int, dict[str, Held]] = {}
    for pupil, subject, code, version, name, email, at in rows:
        found.setdefault(pupil, {})[subject] = Held(code, version, name or email or "", at)
    return found


def roll_pupil(pupil: Pupil) -> RollPupil:
    """Return a pupil as the core knows one, to be sorted and matched."""
    return RollPupil(
        upn=pupil.upn,
        former_upn=pupil.former_upn,
        surname=pupil.surname,
        forename=pupil.forename,
        birth_date=pupil.birth_date,
        sex=pupil.sex,
        class_name=pupil.class_name,
        year_group=pupil.year_group,
        joined=pupil.joined,
        left=pupil.left,
        key=pupil.key,
    )


def expected(entry: Expected) -> core.Expected:
    """Return an entry of the register as the core knows one."""
    return core.Expected(
        entry.upn,
        entry.surname,
        entry.forename,
        entry.birth_date,
        entry.sex,
        entry.former_upn,
        TestStatus(entry.reading),
        TestStatus(entry.maths),
        TestStatus(entry.gps),
        PupilStatus(entry.status),
        entry.date_left,
        entry.moderated_writing,
    )


def return_pupil(line: Line) -> ReturnPupil:
    """Return a line of the marksheet as a pupil of a return."""
    pupil = line.pupil
    born = pupil.birth_date.isoformat() if pupil.birth_date else pupil.birth_text
    judgements = tuple(judgement(cell.subject, cell.code) for cell in line.cells.values() if cell.code)
    return ReturnPupil(
        pupil.upn, pupil.surname, pupil.forename, pupil.birth_date, born, pupil.sex, pupil.former_upn, judgements
    )
