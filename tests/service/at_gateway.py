"""A made-up gateway: an agency with an open collection, an authority, and a school with pupils who are expected."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO

from django.utils import timezone

from keystage.ctf.from_return import from_return
from keystage.ctf.writer import write
from keystage.returns.judgement import judgement
from keystage.returns.value import Pupil, Return
from keystage.service.accounts.models import Organisation, Person
from keystage.service.accounts.roles import ROLES, OrganisationKind, Role
from keystage.service.gateway.models import Collection, GatewayReturn, RegisteredPupil, Route, Submission
from keystage.service.gateway.services.checking import check
from keystage.service.gateway.services.receiving import Arrival, receive
from keystage.sheets import write_template
from keystage.years import load
from keystage.years.subjects import Subject
from service.made import YEAR, a_person, upn

MADE = datetime(2026, 6, 1, 9)  # noqa: DTZ001 - a time in London
"""When the made-up files were made: the same pupils make the same bytes."""
GOOD = {Subject.WRITING: "EXS", Subject.SCIENCE: "EXS"}
"""The codes of a pupil who sits both tests."""


@dataclass
class Gateway:
    """An agency with an open collection, and an authority."""

    agency: Organisation
    authority: Organisation
    collection: Collection
    people: dict[Role, Person]
    """Of the agency and the authority, by role."""


@dataclass
class SchoolThere:
    """A school that takes part, and its people."""

    organisation: Organisation
    gateway_return: GatewayReturn
    people: dict[Role, Person]
    pupils: list[RegisteredPupil] = field(default_factory=list)

    @property
    def base(self) -> str:
        """The address of the school's return at the gateway."""
        return f"/gateway/{self.organisation.key}/{YEAR}/"

    @property
    def manager(self) -> Person:
        """The data manager."""
        return self.people[Role.DATA_MANAGER]

    def now(self) -> GatewayReturn:
        """Return the school's return as it is now."""
        return GatewayReturn.objects.select_related("collection", "school", "counting", "latest").get(
            pk=self.gateway_return.pk
        )


def a_gateway(*, is_practice: bool = False) -> Gateway:
    """Make an agency with a collection that opened yesterday and closes in a month, and the authority 999."""
    agency = Organisation.objects.create(
        kind=OrganisationKind.AGENCY, name="Made-up Agency", number="", is_practice=is_practice
    )
    authority = Organisation.objects.create(
        kind=OrganisationKind.AUTHORITY, name="Quellshire", number="999", is_practice=is_practice
    )
    now = timezone.now()
    collection = Collection.objects.create(
        year=YEAR, is_practice=is_practice, opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=30)
    )
    people: dict[Role, Person] = {}
    for organisation in (agency, authority):
        for role in ROLES[OrganisationKind(organisation.kind)]:
            made = a_person(organisation, role, f"{role.split()[0].title()} {organisation.name.split()[0]}")
            people.setdefault(role, made)
    return Gateway(agency, authority, collection, people)


def a_school_there(
    gateway: Gateway, *, number: str = "9992001", name: str = "Quellbridge Primary School", pupils: int = 3
) -> SchoolThere:
    """Make a school that takes part, with pupils who are expected to sit every test."""
    organisation = Organisation.objects.create(
        kind=OrganisationKind.SCHOOL, name=name, number=number, is_practice=gateway.collection.is_practice
    )
    people = {
        Role.DATA_MANAGER: a_person(organisation, Role.DATA_MANAGER, "Dana Marsh"),
        Role.TEACHER: a_person(organisation, Role.TEACHER, "Tamsin Ash"),
        Role.HEAD: a_person(organisation, Role.HEAD, "Hilary Fry"),
        Role.ACCOUNT_MANAGER: a_person(organisation, Role.ACCOUNT_MANAGER, "Alex Ward"),
    }
    made = GatewayReturn.objects.create(
        collection=gateway.collection, school=organisation, number=number, authority_number=number[:3],
        registration_loaded_at=timezone.now(), expected=pupils, missing=pupils,
    )  # fmt: skip
    there = SchoolThere(organisation, made, people)
    for serial in range(1, pupils + 1):
        expect(there, serial)
    return there


def expect(there: SchoolThere, serial: int, **fields: object) -> RegisteredPupil:
    """Put a made-up pupil on the register: ``Pupil 1``, ``Pupil 2`` and on."""
    identity: dict[str, object] = {
        "upn": upn(serial),
        "surname": f"Example{'abcdefghij'[serial % 10]}",
        "forename": f"Pupil{'abcdefghij'[serial // 10]}",
        "birth_date": date(2015, 3, 1) + timedelta(days=serial),
        "sex": "F",
    }
    made = RegisteredPupil.objects.create(gateway_return=there.gateway_return, **{**identity, **fields})
    there.pupils.append(made)
    return made


def a_pupil(registered: RegisteredPupil, codes: dict[Subject, str] | None = None, **fields: object) -> Pupil:
    """Return a registered pupil with judgements, as a file has them."""
    given = GOOD if codes is None else codes
    made = Pupil(
        registered.upn, registered.surname, registered.forename, registered.birth_date,
        registered.birth_date.isoformat() if registered.birth_date else "", registered.sex,
        judgements=tuple(judgement(subject, code) for subject, code in given.items()),
    )  # fmt: skip
    return made._replace(**fields)  # type: ignore[arg-type]


def a_file(there: SchoolThere, pupils: list[Pupil] | None = None, *, serial: int = 1) -> tuple[str, bytes]:
    """Return the name and content of a school's CTF; where no pupils are given, everybody expected with good codes."""
    year = load(YEAR)
    held = [a_pupil(each) for each in there.pupils] if pupils is None else pupils
    made = from_return(
        Return(there.gateway_return.number, YEAR, tuple(held)), year, made=MADE,
        school_name=there.organisation.name,
    )  # fmt: skip
    sink = BytesIO()
    write(made, sink)
    return f"{there.gateway_return.number}_{year.ctf.type_token}_NAALLLL_{serial:03}.xml", sink.getvalue()


def send(there: SchoolThere, pupils: list[Pupil] | None = None, *, serial: int = 1, key: str = "") -> Submission:
    """Send a file as the school's data manager, and have it checked."""
    name, content = a_file(there, pupils, serial=serial)
    return send_content(there, name, content, key=key)


def send_content(there: SchoolThere, name: str, content: bytes, *, key: str = "") -> Submission:
    """Send any bytes as the school's data manager, and have them checked."""
    arrival = Arrival(name, content, there.organisation, there.manager, Route.BROWSER, key=key)
    return check(receive(there.now(), arrival), by=there.manager)


def send_sheet(there: SchoolThere, pupils: list[Pupil], *, name: str = "template.xlsx") -> Submission:
    """Send a filled template as the school's data manager, and have it checked."""
    sink = BytesIO()
    write_template(Return(there.gateway_return.number, YEAR, tuple(pupils)), load(YEAR), sink, kind="xlsx")
    return send_content(there, name, sink.getvalue())
