"""The practice school put right, by the services that people use: what a newcomer does in ten minutes."""

from dataclasses import replace

from keystage.returns.cohort import Verdict
from keystage.service.accounts.roles import Role
from keystage.service.demo.seed import DemoSchool
from keystage.service.school.models import SchoolReturn
from keystage.service.school.records import Records
from keystage.service.school.services.judgements import Change, save
from keystage.service.school.services.pupils import change, details_of
from keystage.service.school.services.pupils_deciding import decide
from keystage.years.subjects import Subject
from service.made import MadeSchool
from service.ready import sign_everything


def records(school: DemoSchool) -> Records:
    """Return the school's records as they are now."""
    return Records.of(SchoolReturn.objects.select_related("organisation").get(pk=school.school_return.pk))


def put_right(school: DemoSchool) -> int:
    """Decide about the joiner, make the roll say what the register does, enter what is missing; return how many."""
    manager = school.people[0][0]
    (joiner,) = records(school).undecided
    decide(school.school_return, joiner.pupil.key, Verdict.NOT_OURS, "Reported by the school before.", by=manager)
    for line in records(school).lines:
        expected = line.cohort.expected
        details = replace(details_of(line.pupil), upn=expected.upn, surname=expected.surname)
        change(school.school_return, line.pupil.key, details, version=line.pupil.version, by=manager)
    codes = {Subject.WRITING: "EXS", Subject.SCIENCE: "EXS", Subject.MATHS: "PK6", Subject.READING: "PK6"}
    missing = [
        Change(line.pupil.key, subject, "L" if line.pupil.left else codes[subject], cell.version)
        for line in records(school).lines
        for subject, cell in line.cells.items()
        if cell.is_missing
    ]
    return len(save(school.school_return, missing, by=manager).saved)


def signed(school: DemoSchool) -> MadeSchool:
    """Have everybody sign, and return the school as the tests know schools."""
    (manager, _), (teacher, _), (head, _) = school.people
    people = {Role.DATA_MANAGER: manager, Role.TEACHER: teacher, Role.HEAD: head}
    made = MadeSchool(school.organisation, school.school_return, people)
    sign_everything(made)
    return made
