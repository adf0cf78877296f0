"""Made-up results at the made-up gateway: national files worked out by hand, loaded, prepared, released."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from io import BytesIO

from django.utils import timezone

from keystage.service.accounts.models import Organisation, Person
from keystage.service.accounts.roles import OrganisationKind, Role
from keystage.service.gateway.models import RegisteredPupil, Release
from keystage.service.gateway.services.results_loading import load
from keystage.service.gateway.services.results_preparing import prepare
from keystage.service.gateway.services.results_releasing import set_time
from service.at_gateway import Gateway, SchoolThere
from service.made import a_person

HEAD = (
    "LEA,ESTAB,UPN,SURNAME,FORENAME,DOB,SEX,READMRK,READSCORE,READOUTCOME,GPSMRK,GPSSCORE,GPSOUTCOME,"
    "MATMRK,MATSCORE,MATOUTCOME,WRITTAOUTCOME,SCITAOUTCOME\n"
)
GOOD = "25,100,AS,34,100,AS,56,100,AS,EXS,EXS"
"""Marks that the table of 2026 turns into the score 100 in every test."""


def row(number: str, pupil: RegisteredPupil, results: str = GOOD) -> str:
    """Return a line of the national file."""
    born = pupil.birth_date.isoformat() if pupil.birth_date else ""
    return f"{number[:3]},{number[3:]},{pupil.upn},{pupil.surname},{pupil.forename},{born},{pupil.sex},{results}\n"


def national(*schools: SchoolThere, results: str = GOOD) -> bytes:
    """Return a national file of schools, everybody with the same results."""
    rows = (row(there.gateway_return.number, each, results) for there in schools for each in there.pupils)
    return (HEAD + "".join(rows)).encode()


def operator(gateway: Gateway) -> Person:
    """Return the agency's operator."""
    return gateway.people[Role.OPERATOR]


def loaded(gateway: Gateway, content: bytes, name: str = "national.csv") -> Release:
    """Load a national file; with the immediate backend it is checked at once."""
    return load(gateway.collection, gateway.agency, name, BytesIO(content), by=operator(gateway))


def fresh(release: Release) -> Release:
    """Return a release as it is now."""
    return Release.objects.select_related("collection").get(pk=release.pk)


def prepared(gateway: Gateway, content: bytes) -> Release:
    """Load a national file and have its files prepared."""
    release = loaded(gateway, content)
    assert release.stage == "checked", (release.stage, release.fault, release.notes)
    prepare(release, by=operator(gateway), errors_seen=release.errors)
    return fresh(release)


def set_for(gateway: Gateway, release: Release, at: datetime) -> Release:
    """Set the time of a release."""
    set_time(release, gateway.agency, at, by=operator(gateway))
    return fresh(release)


def released(gateway: Gateway, content: bytes) -> Release:
    """Load, prepare and release a national file: its second came a second ago."""
    release = prepared(gateway, content)
    Release.objects.filter(pk=release.pk).update(release_at=timezone.now() - timedelta(seconds=1))
    return fresh(release)


def a_trust(schools: Iterable[SchoolThere], name: str = "Made-up Trust") -> tuple[Organisation, Person]:
    """Make a trust of some schools, and its analyst."""
    trust = Organisation.objects.create(kind=OrganisationKind.TRUST, name=name)
    for each in schools:
        each.organisation.trust = trust
        each.organisation.save()
    return trust, a_person(trust, Role.ANALYST, "Anna Lyst")


def a_secondary(pupils: Iterable[RegisteredPupil], number: str = "9994001") -> tuple[Organisation, Person]:
    """Make a secondary school to which some pupils go, and its results reader."""
    made = Organisation.objects.create(kind=OrganisationKind.SECONDARY, name="Rushenford High School", number=number)
    for each in pupils:
        each.next_school = number
        each.save()
    return made, a_person(made, Role.RESULTS_READER, "Rea Der")
