"""The practice gateway: an agency, an authority with schools that stand differently, a trust and a secondary school."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from keystage.returns.register import Expected
from keystage.returns.register import Register as CoreRegister
from keystage.service.accounts.demo import PASSWORD
from keystage.service.accounts.models import Membership, Organisation, Person
from keystage.service.accounts.roles import OrganisationKind, Role
from keystage.service.config.years import load
from keystage.service.demo.moderation import demo_moderation
from keystage.service.demo.seed import YEAR, DemoSchool
from keystage.service.demo.story import Child, children
from keystage.service.gateway.models import Collection, GatewayReturn, RegisteredPupil, Route
from keystage.service.gateway.services.checking import check
from keystage.service.gateway.services.collections import open_collection, take_part
from keystage.service.gateway.services.receiving import Arrival, receive
from keystage.service.gateway.services.settling import settle
from keystage.simulate import MadeSchool, Plan, make_school

SECONDARY = "9994001"
_ORGANISATIONS = (
    (
        OrganisationKind.AGENCY, "Practice Assessment Agency", "", "agency",
        (("Olive Brook", Role.OPERATOR), ("Harper Lane", Role.HELPDESK)),
    ),
    (
        OrganisationKind.AUTHORITY, "Quellshire County Council", "999", "quellshire",
        (("Morgan Vale", Role.DATA_OFFICER), ("Robin Steele", Role.MODERATION_MANAGER)),
    ),
    (OrganisationKind.TRUST, "Quell Learning Trust", "", "quell-trust", (("Jude Penn", Role.ANALYST),)),
    (OrganisationKind.SECONDARY, "Ottermere High School", SECONDARY, "ottermere", (("Sam Reed", Role.RESULTS_READER),)),
)  # fmt: skip
_DAYS_LEFT = 21
_SENT, _FAULTY, SILENT = (0, 2, 3, 4, 5), (6, 7), (8, 9, 10, 11)
"""Places in the made-up country; at 1 is the number of the practice school."""
FAULTS = 0.15


@dataclass(frozen=True, slots=True)
class DemoGateway:
    """The practice gateway, and its people with what each is."""

    agency: Organisation
    authority: Organisation
    collection: Collection
    people: tuple[tuple[Person, str], ...]


@transaction.atomic
def demo_gateway(school: DemoSchool) -> DemoGateway:
    """Make the practice gateway around the practice school, or return it where it is there already."""
    organisations: dict[OrganisationKind, Organisation] = {}
    people: dict[Role, Person] = {}
    for kind, name, number, domain, members in _ORGANISATIONS:
        made, _ = Organisation.objects.get_or_create(kind=kind, name=name, number=number, is_practice=True)
        organisations[kind] = made
        people |= {role: _person(made, who, role, domain) for who, role in members}
    agency, authority = organisations[OrganisationKind.AGENCY], organisations[OrganisationKind.AUTHORITY]
    collection = Collection.objects.filter(year=YEAR, is_practice=True).first()
    if collection is None:
        collection = _collection(agency, people[Role.OPERATOR])
        register_pupils(return_of(collection, school.organisation), map(_of_child, _expected(school)))
        _country(collection, authority, people[Role.DATA_OFFICER], organisations[OrganisationKind.TRUST])
        demo_moderation(collection, authority, people[Role.MODERATION_MANAGER])
    return DemoGateway(agency, authority, collection, tuple((person, str(role)) for role, person in people.items()))


def _person(organisation: Organisation, name: str, role: Role, domain: str) -> Person:
    email = f"{name.lower().replace(' ', '.')}@{domain}.example"
    person = Person.objects.filter(email=email).first() or Person.objects.create_user(email, PASSWORD, name=name)
    Membership.objects.get_or_create(person=person, organisation=organisation, role=role, ended_at=None)
    return person


def _collection(agency: Organisation, operator: Person) -> Collection:
    """Open the collection, and move its dates so that it is open today: these are for practice, not the year's."""
    collection = open_collection(agency, YEAR, by=operator)
    today = timezone.localdate()

    def begins(days: int) -> datetime:
        return datetime.combine(today + timedelta(days=days), time(), timezone.get_default_timezone())

    collection.opens_at, collection.closes_at = begins(-14), begins(_DAYS_LEFT + 1)
    collection.registration_opens_at, collection.registration_due_at = begins(-90), begins(-60)
    collection.registration_closes_at = begins(8)
    collection.save()
    return collection


def _expected(school: DemoSchool) -> list[Child]:
    made = children(school.school_return.number, YEAR)
    return [child for child in made if child.is_expected or child.is_expected_since]


def _of_child(child: Child) -> dict[str, object]:
    return {**child.on_register(), "next_school": SECONDARY if child.class_name == "Ash" else ""}


def return_of(collection: Collection, school: Organisation) -> GatewayReturn:
    """Return a practice school's return, made where there is none yet."""
    take_part(collection, [school])
    return GatewayReturn.objects.select_related("collection", "school").get(collection=collection, school=school)


def register_pupils(gateway_return: GatewayReturn, rows: Iterable[dict[str, object]]) -> None:
    """Put pupils on a return's register."""
    RegisteredPupil.objects.bulk_create(RegisteredPupil(gateway_return=gateway_return, **row) for row in rows)
    gateway_return.registration_loaded_at = timezone.now()
    gateway_return.register_version = 1
    gateway_return.save(update_fields=["registration_loaded_at", "register_version"])
    settle(gateway_return)


def _country(collection: Collection, authority: Organisation, officer: Person, trust: Organisation) -> None:
    year = load(YEAR)
    for index in (*_SENT, *_FAULTY, *SILENT):
        made = make_school(Plan(year, seed=7, faults=FAULTS if index in _FAULTY else 0), index)
        school = Organisation.objects.create(
            kind=OrganisationKind.SCHOOL, name=made.school.name, number=made.school.number, is_practice=True,
            trust=trust if index in _SENT[:3] else None,
        )  # fmt: skip
        gateway_return = return_of(collection, school)
        register_pupils(gateway_return, rows_of(made.register))
        if index not in SILENT:
            _send(gateway_return, made, authority, officer)


def _send(gateway_return: GatewayReturn, made: MadeSchool, authority: Organisation, officer: Person) -> None:
    arrival = Arrival(made.file_name, made.file, authority, officer, Route.AUTHORITY)
    check(receive(gateway_return, arrival), by=officer)


def rows_of(register: CoreRegister) -> Iterable[dict[str, object]]:
    """Return the pupils of a register as rows of the gateway's."""
    return (_row(each) for each in register.pupils)


def _row(each: Expected) -> dict[str, object]:
    fields = ("upn", "former_upn", "surname", "forename", "birth_date", "sex", "reading", "maths", "gps", "status")
    return {name: getattr(each, name) for name in (*fields, "date_left", "moderated_writing")}
