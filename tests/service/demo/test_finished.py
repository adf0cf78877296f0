"""The practice school put right and signed: its file is clean, as the first page of the README says."""

from dataclasses import replace

from keystage.checks.files import Options, check_content
from keystage.returns.cohort import Verdict
from keystage.service.accounts.roles import Role
from keystage.service.demo.seed import DemoSchool, demo_school
from keystage.service.school.models import Export, SchoolReturn
from keystage.service.school.records import Records
from keystage.service.school.services.files import content_of
from keystage.service.school.services.judgements import Change, save
from keystage.service.school.services.pupils import change, details_of
from keystage.service.school.services.pupils_deciding import decide
from keystage.years.subjects import Subject
from service.made import MadeSchool
from service.ready import make, sign_everything


def test_what_a_newcomer_is_asked_to_do_ends_in_a_clean_file(db: None) -> None:
    school = demo_school()
    (manager, _), (teacher, _), (head, _) = school.people
    when_the_mistakes_are_put_right(school)
    people = {Role.DATA_MANAGER: manager, Role.TEACHER: teacher, Role.HEAD: head}
    made = MadeSchool(school.organisation, school.school_return, people)
    sign_everything(made)
    export = make(made)
    then_the_file_is_clean(export, records(school))


def records(school: DemoSchool) -> Records:
    return Records.of(SchoolReturn.objects.select_related("organisation").get(pk=school.school_return.pk))


def when_the_mistakes_are_put_right(school: DemoSchool) -> None:
    manager = school.people[0][0]
    (joiner,) = records(school).undecided
    decide(school.school_return, joiner.pupil.key, Verdict.NOT_OURS, "Reported by the school before.", by=manager)
    for line in records(school).lines:  # the roll says what the register does
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
    assert len(missing) == 5
    assert len(save(school.school_return, missing, by=manager).saved) == 5


def then_the_file_is_clean(export: Export, finished: Records) -> None:
    options = Options(register=finished.register, school="9992001", today=finished.today)
    report = check_content(content_of(export.file), export.file.name, options)
    assert report.verdict == "clean", [finding.message for finding in report.findings]
    assert report.pupils == 41
