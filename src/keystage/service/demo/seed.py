"""Puts the practice school into the database, by the same services that people use."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from keystage.service.accounts.demo import PASSWORD
from keystage.service.accounts.models import Membership, Organisation, Person
from keystage.service.accounts.roles import OrganisationKind, Role
from keystage.service.demo.story import Child, children
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.school.models import Expected, Pupil, SchoolReturn
from keystage.service.school.services.judgements import Change, save
from keystage.service.school.services.returns import open_year

YEAR = 2026

_PEOPLE = (
    ("Dana Marsh", "data manager", (Role.DATA_MANAGER, Role.ACCOUNT_MANAGER)),
    ("Tamsin Ash", "teacher", (Role.TEACHER,)),
    ("Hilary Fry", "headteacher", (Role.HEAD,)),
)


@dataclass(frozen=True, slots=True)
class DemoSchool:
    """The practice school, and its people with what each is."""

    organisation: Organisation
    school_return: SchoolReturn
    people: tuple[tuple[Person, str], ...]


@transaction.atomic
def demo_school(*, number: str = "9992001", name: str = "Quellbridge Primary School") -> DemoSchool:
    """Make the practice school, or return it where it is there already."""
    organisation, is_new = Organisation.objects.get_or_create(
        kind=OrganisationKind.SCHOOL, number=number, is_practice=True, defaults={"name": name}
    )
    people = tuple((_person(organisation, who, roles), what) for who, what, roles in _PEOPLE)
    manager = people[0][0]
    school_return = open_year(organisation, YEAR, by=manager)
    if is_new:
        _fill(school_return, children(number, YEAR), manager)
    return DemoSchool(organisation, school_return, people)


def _person(organisation: Organisation, name: str, roles: tuple[Role, ...]) -> Person:
    email = f"{name.lower().replace(' ', '.')}@quellbridge.example"
    person = Person.objects.filter(email=email).first() or Person.objects.create_user(email, PASSWORD, name=name)
    for role in roles:
        Membership.objects.get_or_create(person=person, organisation=organisation, role=role, ended_at=None)
    return person


def fill_practice(school_return: SchoolReturn, by: Person) -> None:
    """Put the story of the practice school into an empty year of a school of somebody's own."""
    _fill(school_return, children(school_return.number, school_return.year), by)


def _fill(school_return: SchoolReturn, made: tuple[Child, ...], by: Person) -> None:
    now = timezone.now()
    school, year = school_return.organisation, school_return.year
    on_roll = [child for child in made if child.is_on_roll]
    pupils = Pupil.objects.bulk_create(Pupil(school_return=school_return, **child.on_roll()) for child in on_roll)
    expected = [child for child in made if child.is_expected]
    Expected.objects.bulk_create(Expected(school_return=school_return, **child.on_register()) for child in expected)
    school_return.roll_loaded_at = school_return.register_loaded_at = now
    school_return.register_name = f"{school_return.number}_register.csv"
    school_return.save(update_fields=["roll_loaded_at", "register_loaded_at", "register_name"])
    record(Kind.ROLL_LOADED, by=by, organisation=school, year=year, target=school_return.key, pupils=len(pupils))
    record(Kind.REGISTER_LOADED, by=by, organisation=school, year=year, target=school_return.key, pupils=len(expected))
    changes = [
        Change(pupil.key, subject, code, 0)
        for pupil, child in zip(pupils, on_roll, strict=True)
        for subject, code in child.codes.items()
    ]
    outcome = save(school_return, changes, by=by, how="imported")
    if outcome.refused or outcome.conflicts:
        raise RuntimeError(f"the story does not fit the rules: {outcome.refused or outcome.conflicts}")
    school_return.refresh_from_db()
