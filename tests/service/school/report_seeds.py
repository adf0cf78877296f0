"""A made-up school with pupils, judgements and results, for the tests of reports for parents."""

from collections.abc import Mapping
from random import Random
from typing import Any

from django.utils import timezone

from keystage.pupils.names import full_name
from keystage.returns.results import PupilResult, TestResult
from keystage.service.accounts.models import Membership
from keystage.service.accounts.roles import Role
from keystage.service.school.models import Incoming, ResultsLoad
from keystage.service.school.models import PupilResult as Row
from keystage.service.school.models.files import IncomingKind
from keystage.service.school.reports import Reports
from keystage.service.school.results import row_of
from keystage.service.school.services import files
from keystage.service.school.services.judgements import Change, save
from keystage.service.school.services.report_making import make_reports
from keystage.service.school.services.report_settings import OnEveryReport, change_report_settings
from keystage.service.school.services.report_texts import ReportTexts, write
from keystage.simulate import a_return
from keystage.years.subjects import Subject, Test
from service.made import MadeSchool, a_school
from service.ready import records_of
from service.seeds import session_of

Marks = Mapping[Test, TestResult]


def met(scaled: int) -> TestResult:
    """A test with the expected standard met."""
    return TestResult(raw=40, scaled=scaled, outcome="AS")


def not_met(scaled: int) -> TestResult:
    """A test with the expected standard not met."""
    return TestResult(raw=20, scaled=scaled, outcome="NS")


def without_score(outcome: str) -> TestResult:
    """A test that gave no score."""
    return TestResult(outcome=outcome)


def all_met(scaled: int = 104) -> Marks:
    """Every test with the standard met."""
    return dict.fromkeys(Test, met(scaled))


def bring_results(school: MadeSchool, results: Mapping[str, Marks]) -> ResultsLoad:
    """Put results in force, by forename; later ones take the place of earlier ones."""
    by, held = school.people[Role.DATA_MANAGER], school.school_return
    serial = ResultsLoad.objects.filter(school_return=held).count() + 1
    file = files.store(school.organisation, f"results-{serial}.csv", f"made up {serial}".encode(), by=by)
    incoming = Incoming.objects.create(school_return=held, kind=IncomingKind.RESULTS, file=file, by=by)
    load = ResultsLoad.objects.create(
        school_return=held, serial=serial, incoming=incoming, accepted_by=by, accepted_at=timezone.now()
    )
    for place, (forename, tests) in enumerate(results.items(), 1):
        pupil = school.pupils[forename]
        found = PupilResult(
            pupil.upn, pupil.surname, pupil.forename, pupil.birth_date, "", pupil.sex, tests=tests, at=place
        )
        Row.objects.bulk_create([row_of(found, load, place, pupil, "UPN")])
    return load


def reports_of(school: MadeSchool) -> Reports:
    """Return the reports as they are now."""
    return Reports(records_of(school))


def name(school: MadeSchool, forename: str) -> str:
    """Return a pupil's name as lists show it."""
    pupil = school.pupils[forename]
    return full_name(pupil.surname, pupil.forename)


def a_school_with_reports(pupils: int = 30) -> dict[str, Any]:
    """Make a school with pupils of two classes, results, words for most, and some reports made; for servers."""
    school = a_school()
    chance = Random(27)
    for number, each in enumerate(a_return(pupils=pupils).pupils):
        pupil = school.pupil(
            f"{each.forename}",
            f"{each.surname}",
            "Oak" if number % 2 else "Elm",
            sex=each.sex,
            birth_date=each.birth_date,
        )
        codes = {Subject.WRITING: "EXS", Subject.SCIENCE: "EXS"} | ({Subject.WRITING: "EM"} if number == 3 else {})
        save(
            school.school_return,
            [Change(pupil.key, subject, code, 0) for subject, code in codes.items()],
            by=school.people[Role.DATA_MANAGER],
        )
        if number % 4:
            _written(school, pupil.key, pupil.forename)
    results = {name: {test: _made_up(chance) for test in Test} for name in school.pupils}
    bring_results(school, results)
    by = school.people[Role.HEAD]
    every = OnEveryReport(
        "Ring the office on 01632 960001 to arrange a talk with the teacher.", "Hilary Fry", "Well done."
    )
    change_report_settings(school.school_return, every, version=0, by=by)
    names = list(school.pupils)
    make_reports(school.school_return, {school.pupils[each].key for each in names[:5]}, by=by)
    bring_results(school, {**results, names[0]: all_met(118)})
    Membership.objects.get_or_create(person=by, organisation=school.organisation, role=Role.DATA_MANAGER)
    return {"session": session_of(by), "base": school.base, "keys": [school.pupils[each].key for each in names]}


def _made_up(chance: Random) -> TestResult:
    scaled = chance.randint(88, 117)
    if scaled == 88:
        return without_score("A")
    return met(scaled) if scaled >= 100 else not_met(scaled)


def _written(school: MadeSchool, key: str, forename: str) -> None:
    texts = ReportTexts(
        progress=f"{forename} has had a good year and reads with growing confidence.\nIn maths, fractions went well.",
        achievements="Sang in the choir and swam 50 metres. To work on: checking written work.",
        possible_sessions=370,
        attended_sessions=352,
        unauthorised_absences=2,
    )
    write(school.school_return, key, texts, version=0, by=school.people[Role.TEACHER])
