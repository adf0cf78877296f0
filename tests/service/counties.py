"""A made-up county: an authority with a school in every state, a zip and requests, and a trust with two of them."""

from dataclasses import dataclass
from datetime import date

from keystage.service.accounts.models import Organisation, Person
from keystage.service.accounts.roles import OrganisationKind, Role
from keystage.service.gateway.models import AuthorityUpload, GatewayReturn
from keystage.service.gateway.services.authorities import set_authority_emails
from keystage.service.gateway.services.resending import ask_to_send_again
from keystage.service.gateway.services.uploads import receive_zip
from keystage.years.subjects import Subject
from service.at_gateway import GOOD, Gateway, SchoolThere, a_file, a_gateway, a_pupil, a_school_there, send
from service.made import YEAR, a_person
from service.zips import a_zip

NAMES = ("Quellbridge", "Ottermere", "Brackenford", "Larkhollow", "Mossgate")


@dataclass
class County:
    """The gateway, the authority's schools by name, a school of another authority, a trust, and a zip."""

    gateway: Gateway
    schools: dict[str, SchoolThere]
    foreign: SchoolThere
    trust: Organisation
    analyst: Person
    upload: AuthorityUpload

    @property
    def officer(self) -> Person:
        """The authority's data officer."""
        return self.gateway.people[Role.DATA_OFFICER]

    @property
    def base(self) -> str:
        """The address of the authority's collection."""
        return f"/authority/{self.gateway.authority.key}/{YEAR}/"

    @property
    def country(self) -> str:
        """The address of the agency's collection."""
        return f"/agency/{self.gateway.agency.key}/{YEAR}/"


def a_county() -> County:
    """Make one: a school in every state, one of them by zip."""
    gateway = a_gateway()
    schools = {
        name: a_school_there(gateway, number=f"99920{serial:02}", name=f"{name} Primary School")
        for serial, name in enumerate(NAMES, 1)
    }
    Organisation.objects.create(kind=OrganisationKind.AUTHORITY, name="Farshire", number="998")
    foreign = a_school_there(gateway, number="9982001", name="Farbridge Primary School")
    trust = Organisation.objects.create(kind=OrganisationKind.TRUST, name="Heron Learning Trust")
    for school in (schools["Quellbridge"], foreign):
        Organisation.objects.filter(pk=school.organisation.pk).update(trust=trust)
    analyst = a_person(trust, Role.ANALYST, "Anil Brook")
    send(schools["Quellbridge"])
    send(foreign)
    wrong = {**GOOD, Subject.WRITING: "2B"}
    send(schools["Ottermere"], [a_pupil(each, wrong) for each in schools["Ottermere"].pupils[:2]])
    send(schools["Brackenford"])
    ask_to_send_again(
        schools["Brackenford"].gateway_return, "The science judgements look shifted by a row.",
        by=gateway.people[Role.OPERATOR], asked_for=gateway.agency,
    )  # fmt: skip
    GatewayReturn.objects.filter(pk=schools["Larkhollow"].gateway_return.pk).update(
        is_moderated=True, visit_on=date(2026, 6, 15)
    )
    officer = gateway.people[Role.DATA_OFFICER]
    set_authority_emails(gateway.collection, gateway.authority, "each", by=officer)
    content = a_zip(
        a_file(schools["Mossgate"]),
        (a_file(schools["Brackenford"], serial=7)[0], b"<CTfile>"),
        ("notes.txt", b"Hello"),
    )
    upload = receive_zip(gateway.collection, gateway.authority, "schools of Quellshire.zip", content, by=officer)
    return County(gateway, schools, foreign, trust, analyst, upload)
