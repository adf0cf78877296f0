"""Made-up schools in the database, small enough to be worked out by hand."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from keystage.pupils.upn import check_letter
from keystage.service.accounts.models import Membership, Organisation, Person
from keystage.service.accounts.roles import OrganisationKind, Role
from keystage.service.school.models import Expected, Pupil, SchoolReturn
from keystage.service.school.services.returns import open_year

YEAR = 2026


def upn(serial: int) -> str:
    """Return a sound UPN of the made-up school 999/2001."""
    body = f"99920011{serial:04}"
    return check_letter(body) + body


@dataclass
class MadeSchool:
    """A made-up school and its people."""

    organisation: Organisation
    school_return: SchoolReturn
    people: dict[Role, Person]
    pupils: dict[str, Pupil] = field(default_factory=dict)
    """By forename."""

    @property
    def base(self) -> str:
        """The address of the school's year."""
        return f"/schools/{self.organisation.key}/{self.school_return.year}/"

    def pupil(self, forename: str, surname: str, class_name: str = "Oak", **fields: object) -> Pupil:
        """Put a pupil of Year 6 on the roll and, unless ``expected`` is None, on the register."""
        expected = fields.pop("expected", {})
        identity = {
            "upn": upn(len(self.pupils) + 1),
            "surname": surname,
            "forename": forename,
            "birth_date": date(2015, 3, 1) + timedelta(days=len(self.pupils)),
            "sex": "F",
            **{name: fields.pop(name) for name in ("upn", "birth_date", "sex") if name in fields},
        }
        made = Pupil.objects.create(
            school_return=self.school_return,
            class_name=class_name,
            year_group=fields.pop("year_group", "6"),
            **identity,
            **fields,
        )
        if expected is not None:
            Expected.objects.create(school_return=self.school_return, **{**identity, **expected})
        self.pupils[forename] = made
        return made


def a_person(organisation: Organisation, role: Role, name: str, *, classes: tuple[str, ...] = ()) -> Person:
    """Make a person who is something in an organisation; the password is “a made-up password”."""
    forename, _, _ = name.partition(" ")
    email = f"{forename.lower()}.{organisation.key}@school.example"
    person = Person.objects.create_user(email, "a made-up password", name=name)
    Membership.objects.create(person=person, organisation=organisation, role=role, classes=list(classes))
    return person


def a_school(*, name: str = "Quellbridge Primary School", number: str = "9992001", register: bool = True) -> MadeSchool:
    """Make a school with its people and an open year, and nobody on the roll."""
    organisation = Organisation.objects.create(kind=OrganisationKind.SCHOOL, name=name, number=number)
    people = {
        Role.DATA_MANAGER: a_person(organisation, Role.DATA_MANAGER, "Dana Marsh"),
        Role.TEACHER: a_person(organisation, Role.TEACHER, "Tamsin Ash"),
        Role.HEAD: a_person(organisation, Role.HEAD, "Hilary Fry"),
        Role.ACCOUNT_MANAGER: a_person(organisation, Role.ACCOUNT_MANAGER, "Alex Ward"),
    }
    made = open_year(organisation, YEAR, by=None)
    if register:
        made.register_loaded_at, made.register_name = timezone.now(), "register.csv"
        made.save()
    return MadeSchool(organisation, made, people)
