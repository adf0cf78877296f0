"""Organisations in which every page has something to show, and somebody who may see all of them."""

from typing import Any

from keystage.service.accounts.models import Membership, Organisation
from keystage.service.accounts.roles import ROLES, OrganisationKind
from keystage.service.demo.gateway import demo_gateway
from keystage.service.demo.seed import demo_school
from keystage.service.gateway.models import GatewayReturn, Route
from keystage.service.gateway.services.checking import check
from keystage.service.gateway.services.helping import write
from keystage.service.gateway.services.receiving import Arrival, receive
from keystage.service.school.models.files import IncomingKind
from keystage.service.school.services.incoming import bring_in
from keystage.simulate import a_file
from service.made import a_school
from service.ready import fill, make, sign_everything
from service.seeds import session_of

_PAGES = ("", "pupils/", "marksheet/", "checks/", "sign/return/", "sign/class/?class=Ash")


def schools() -> dict[str, Any]:
    """Make the practice school, and one that has signed and made its file."""
    practice, finished = demo_school(), a_school(number="9992009")
    person = practice.people[0][0]
    gateway = demo_gateway(practice)
    others = Organisation.objects.filter(is_practice=True).exclude(kind=OrganisationKind.SCHOOL)
    for organisation in (practice.organisation, finished.organisation, *others):
        for role in ROLES[OrganisationKind(organisation.kind)]:
            Membership.objects.get_or_create(person=person, organisation=organisation, role=role, ended_at=None)
    thread = GatewayReturn.objects.get(collection=gateway.collection, school=practice.organisation)
    check(receive(thread, Arrival("return.xml", b"no return", practice.organisation, person, Route.BROWSER)), by=person)
    write(thread, "Where is Ada?", by=person, is_helpdesk=False, base="https://keystage.example")
    fill(finished)
    sign_everything(finished)
    make(finished)
    for kind, name, content in _files():
        bring_in(practice.school_return, kind, name, content, by=person)
    base = f"/schools/{practice.organisation.key}/{practice.school_return.year}/"
    in_practice = [f"{base}{page}" for page in _PAGES]
    when_finished = [f"{finished.base}{page}" for page in ("send/", "sign/")]
    return {
        "session": session_of(person),
        "starts": [*in_practice, *when_finished, "/", "/account/", "/outbox/", "/help/"],
    }


def _files() -> list[tuple[IncomingKind, str, bytes]]:
    roll = b"UPN,Surname,Forename,DOB,Sex,Class,Year\nX999200119999,Newcomer,Nia,01/02/2015,F,Ash,6\nbad,,,,,,\n"
    register = b"upn,surname,forename,dob,sex,maths\nX999200119999,Newcomer,Nia,2015-02-01,F,below\n"
    return [
        (IncomingKind.JUDGEMENTS, "notes.xml", b"<html>not a file of this kind</html>"),
        (IncomingKind.ROLL, "roll.csv", roll),
        (IncomingKind.REGISTER, "register.csv", register),
        (IncomingKind.JUDGEMENTS, "other.xml", a_file(pupils=5)),
    ]
