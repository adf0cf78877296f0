"""A made-up school whose return is ready to be signed, and the steps from there, each in a line."""

from keystage.service.accounts.roles import Role
from keystage.service.school.models import Export, SchoolReturn, Signature
from keystage.service.school.outgoing import outgoing
from keystage.service.school.records import Records
from keystage.service.school.services.exports import Made, Wanted, make_file
from keystage.service.school.services.judgements import Change, save
from keystage.service.school.services.signing import Statement, state
from keystage.service.school.signatures import Signing
from keystage.years.subjects import Subject
from service.made import MadeSchool

WRITING, SCIENCE = Subject.WRITING, Subject.SCIENCE


def records_of(school: MadeSchool) -> Records:
    """Return the records as they are now."""
    return Records.of(SchoolReturn.objects.select_related("organisation").get(pk=school.school_return.pk))


def judge(school: MadeSchool, forename: str, subject: Subject, code: str) -> None:
    """Put a code in a cell, whatever is there."""
    pupil = school.pupils[forename]
    line = records_of(school).line(pupil.key)
    assert line is not None
    version = line.cell(subject).version
    outcome = save(
        school.school_return, [Change(pupil.key, subject, code, version)], by=school.people[Role.DATA_MANAGER]
    )
    assert outcome.saved, outcome


def judged(school: MadeSchool, forename: str, surname: str, class_name: str = "Oak", **fields: object) -> None:
    """Put a pupil on the roll with both judgements."""
    school.pupil(forename, surname, class_name, **fields)
    judge(school, forename, WRITING, "EXS")
    judge(school, forename, SCIENCE, "EXS")


def fill(school: MadeSchool) -> None:
    """Put two pupils in Oak and one in Elm, with everything that is owed."""
    judged(school, "Ada", "Example")
    judged(school, "Bea", "Sample")
    judged(school, "Cal", "Specimen", "Elm")


def sign_class(school: MadeSchool, name: str, **more: object) -> Signature:
    """Sign for a class as its teacher."""
    part = Signing.of(records_of(school)).part(Role.TEACHER, name)
    assert part is not None
    statement = Statement(Role.TEACHER, part.fingerprint, class_name=name, **more)
    return state(school.school_return, statement, by=school.people[Role.TEACHER])


def sign_return(school: MadeSchool, **more: object) -> Signature:
    """Sign the return as headteacher."""
    statement = Statement(Role.HEAD, records_of(school).fingerprint, **more)
    return state(school.school_return, statement, by=school.people[Role.HEAD])


def sign_everything(school: MadeSchool) -> None:
    """Sign for every class and for the return."""
    for name in records_of(school).classes:
        sign_class(school, name)
    sign_return(school)


def try_to_make(school: MadeSchool, **more: object) -> Made:
    """Make the file, as somebody does who sees the page as it is now."""
    file = outgoing(records_of(school))
    wanted = Wanted(**{"seen": file.records.fingerprint, "serial": file.serial, "left_out": {}, **more})
    return make_file(school.school_return, wanted, by=school.people[Role.DATA_MANAGER])


def make(school: MadeSchool, **more: object) -> Export:
    """Make a file that is fit to be sent."""
    made = try_to_make(school, **more)
    assert made.export is not None, made.faults
    return made.export
