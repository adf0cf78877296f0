"""A made-up school with pupils, judgements and results, for the tests of reports for parents."""

from collections.abc import Mapping

from django.utils import timezone

from keystage.pupils.names import full_name
from keystage.returns.results import PupilResult, TestResult
from keystage.service.accounts.roles import Role
from keystage.service.school.models import Incoming, ResultsLoad
from keystage.service.school.models import PupilResult as Row
from keystage.service.school.models.files import IncomingKind
from keystage.service.school.reports import Reports
from keystage.service.school.results import row_of
from keystage.service.school.services import files
from keystage.years.subjects import Test
from service.made import MadeSchool
from service.ready import records_of

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
