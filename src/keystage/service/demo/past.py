"""Years that are over at the practice gateway: returned, accepted, and with results that were released."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from io import BytesIO

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from keystage.ctf.reader import read
from keystage.ctf.to_return import to_return
from keystage.returns.value import Return
from keystage.service.accounts.models import Organisation, Person
from keystage.service.accounts.roles import OrganisationKind, Role
from keystage.service.config.years import load
from keystage.service.demo.gateway import DemoGateway, register_pupils, return_of, rows_of
from keystage.service.demo.results_of import results_of
from keystage.service.demo.seed import DemoSchool
from keystage.service.gateway.models import Collection, GatewayReturn, Release, ReleaseStage, Route, Submission
from keystage.service.gateway.services import results_loading, results_preparing
from keystage.service.gateway.services.checking import check
from keystage.service.gateway.services.collections import Dates, open_collection
from keystage.service.gateway.services.receiving import Arrival, receive
from keystage.service.gateway.tasks.receipts import email_receipt
from keystage.simulate import MadeSchool, Plan, make_school

YEARS = (2024, 2025)
"""The years that are over, the earliest first."""
_PRACTICE, _SCHOOLS, _PUPILS = 1, 8, 34
"""The place of the practice school in the made-up country, how many schools take part, and how many pupils it has."""


def made_of(year: int, index: int) -> MadeSchool:
    """Return a made-up school's year; the practice school has always about as many pupils."""
    pupils = _PUPILS + year % 3 if index == _PRACTICE else None
    return make_school(Plan(load(year), seed=7, pupils=pupils), index)


def practice_school_of(year: int) -> MadeSchool:
    """Return the practice school's year."""
    return made_of(year, _PRACTICE)


def return_in(made: MadeSchool, year: int) -> Return:
    """Return what a made-up school's file says."""
    return to_return(read(made.file, name=made.file_name), load(year))


def take_returns(school: DemoSchool, gateway: DemoGateway, year: int) -> None:
    """Take the returns of a year: of the practice school, and of the schools around it."""
    collection = open_collection(gateway.agency, year, by=_operator(gateway), dates=_today())
    schools = {
        each.number: each for each in Organisation.objects.filter(kind=OrganisationKind.SCHOOL, is_practice=True)
    }
    for index in range(_SCHOOLS):
        made = made_of(year, index)
        if organisation := schools.get(made.school.number):
            there = return_of(collection, organisation)
            register_pupils(there, rows_of(made.register))
            _send(there, made, school, gateway)
    _close(collection)
    # Nobody is emailed today about what was long ago.
    DBTaskResult.objects.filter(task_path=email_receipt.module_path, status=TaskResultStatus.READY).delete()


def _send(there: GatewayReturn, made: MadeSchool, school: DemoSchool, gateway: DemoGateway) -> None:
    officer = _who(gateway, Role.DATA_OFFICER)
    arrival = Arrival(made.file_name, made.file, gateway.authority, officer, Route.AUTHORITY)
    if there.school_id == school.organisation.pk:
        arrival = Arrival(made.file_name, made.file, school.organisation, school.people[0][0], Route.BROWSER)
    check(receive(there, arrival), by=arrival.by)


def _today() -> Dates:
    """Return dates that let files in today; :func:`_close` puts those of the year in their place."""
    now = timezone.now()
    return Dates(now - timedelta(days=1), now + timedelta(days=1))


def _close(collection: Collection) -> None:
    """Move everything that happened to the summer it belongs to: the end of June, as in most years."""
    closes = _moment(collection.year, 6, 28)
    collection.opens_at, collection.closes_at = _moment(collection.year, 5, 20), closes
    collection.save(update_fields=["opens_at", "closes_at"])
    sent = closes - timedelta(days=4)
    Submission.objects.filter(gateway_return__collection=collection).update(received_at=sent, checked_at=sent)


def _moment(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime.combine(datetime(year, month, day).date(), time(hour, minute), timezone.get_default_timezone())  # noqa: DTZ001


def load_results(gateway: DemoGateway, year: int) -> None:
    """Load made-up results of everybody who was expected."""
    content = BytesIO(results_of(year))
    results_loading.load(_collection(year), gateway.agency, f"results-{year}.csv", content, by=_operator(gateway))


def prepare_results(gateway: DemoGateway, year: int) -> None:
    """Have the files of the results prepared, once they are checked."""
    release = Release.objects.get(collection=_collection(year))
    if release.stage == ReleaseStage.CHECKED:
        results_preparing.prepare(release, by=_operator(gateway), errors_seen=release.errors)


def release_results(year: int) -> None:
    """Let the results be out since that summer: a time that has passed cannot be set on a page."""
    Release.objects.filter(collection=_collection(year)).update(release_at=_moment(year, 7, 8, 7, 30))


def _collection(year: int) -> Collection:
    return Collection.objects.get(year=year, is_practice=True)


def _operator(gateway: DemoGateway) -> Person:
    return _who(gateway, Role.OPERATOR)


def _who(gateway: DemoGateway, role: Role) -> Person:
    people: Sequence[tuple[Person, str]] = gateway.people
    return next(person for person, what in people if what == role)
