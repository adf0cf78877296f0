"""Organisations in which every page has something to show, and somebody who may see all of them."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from django.utils import timezone

from keystage.ctf.from_return import from_return
from keystage.ctf.writer import to_bytes
from keystage.returns.value import Return
from keystage.service.accounts.hooks import places
from keystage.service.accounts.models import Membership, Organisation, Person
from keystage.service.accounts.roles import ROLES, OrganisationKind
from keystage.service.demo.files import authority_zip, results_csv, revised_csv
from keystage.service.demo.gateway import DemoGateway, demo_gateway
from keystage.service.demo.seed import DemoSchool, demo_school
from keystage.service.gateway.models import GatewayReturn, HeldPupil, RegisteredPupil, Release, Route, State, Submission
from keystage.service.gateway.register import held_of, return_of
from keystage.service.gateway.services.checking import check
from keystage.service.gateway.services.correction_requests import Wrong, report_wrong, take_back
from keystage.service.gateway.services.helping import write
from keystage.service.gateway.services.receiving import Arrival, receive
from keystage.service.gateway.services.removing import Ground, remove_pupil
from keystage.service.gateway.services.resending import ask_to_send_again
from keystage.service.gateway.services.results_loading import load as load_results
from keystage.service.gateway.services.results_preparing import prepare
from keystage.service.gateway.services.uploads import receive_zip, work_through
from keystage.service.school.models.files import IncomingKind
from keystage.service.school.services.incoming import bring_in
from keystage.service.school.services.report_making import make_reports
from keystage.simulate import a_file
from keystage.years import load
from service.at_results import fresh
from service.made import YEAR, MadeSchool, a_school
from service.ready import fill, make, sign_everything
from service.registration_seeds import registration
from service.results_home_seeds import accepted, brought
from service.results_seeds import work
from service.school.report_seeds import all_met, bring_results
from service.seeds import session_of

_AT_GATEWAY = ("", "numbers/", "corrections/")
_PAGES = ("", "pupils/", "marksheet/", "checks/", "sign/return/", "sign/class/?class=Ash", "results/")


def everything() -> dict[str, Any]:
    """Make organisations of every kind with something in every state, and somebody who is everything everywhere."""
    practice = demo_school()
    person = practice.people[0][0]
    gateway = demo_gateway(practice)
    in_practice = Organisation.objects.filter(is_practice=True)
    _may_everything(person, *in_practice)
    at_school = _school_side(practice, person)
    real = registration(person)
    key = GatewayReturn.objects.get(number="9992001", collection__is_practice=False).key
    at_register = f"{real['year']}registration/schools/{key}/register/"
    at_gateway = [
        *_files_sent(gateway, person),
        *real["starts"],
        real["at_agency"],
        at_register,
        f"{real['year']}registration/",
    ]
    given = [place.href for each in in_practice.exclude(kind=OrganisationKind.SCHOOL) for place in places(each)]
    of_year = [f"{href}{YEAR}/" for href in given]
    _upload(gateway, person)
    _results(gateway, person)
    pupil = RegisteredPupil.objects.filter(gateway_return__collection__is_practice=True)[0].key
    agency = in_practice.get(kind=OrganisationKind.AGENCY).key
    others = [f"/agency/{agency}/personal/{pupil}/", "/", "/account/", "/outbox/", "/help/", "/guides/", "/demo/"]
    return {"session": session_of(person), "starts": [*at_school, *at_gateway, *given, *of_year, *others]}


def _may_everything(person: Person, *organisations: Organisation) -> None:
    for organisation in organisations:
        for role in ROLES[OrganisationKind(organisation.kind)]:
            Membership.objects.get_or_create(person=person, organisation=organisation, role=role, ended_at=None)


def _school_side(practice: DemoSchool, person: Person) -> list[str]:
    """Bring files in at the practice school, and make a school that has signed and made its file."""
    finished = a_school(number="9992909")
    _may_everything(person, finished.organisation)
    fill(finished)
    sign_everything(finished)
    make(finished)
    for kind, name, content in _files():
        bring_in(practice.school_return, kind, name, content, by=person)
    for name, content in (("results.csv", results_csv()), ("results-revised.csv", revised_csv())):
        accepted(practice, brought(practice, name, content))
    base = f"/schools/{practice.organisation.key}/{practice.school_return.year}/"
    _reports_of(finished, person)
    reports = (f"{finished.base}reports/", f"{finished.base}reports/{finished.pupils['Ada'].key}/preview/")
    return [*(f"{base}{page}" for page in _PAGES), *reports, *(f"{finished.base}{page}" for page in ("send/", "sign/"))]


def _reports_of(finished: MadeSchool, person: Person) -> None:
    """Give a school results, a report that was made, and a file of words that was brought in."""
    bring_results(finished, {"Ada": all_met(), "Bea": all_met()})
    make_reports(finished.school_return, {finished.pupils["Ada"].key}, by=person)
    content = f"UPN,General progress\r\n{finished.pupils['Ada'].upn},Reads a lot.\r\n".encode()
    bring_in(finished.school_return, IncomingKind.REPORTS, "words.csv", content, by=person)


def _files_sent(gateway: DemoGateway, person: Person) -> list[str]:
    """Leave files in every stage: unreadable, in error, with a query, with a difference, counting; and a message."""
    returns = list(
        GatewayReturn.objects.filter(collection=gateway.collection)
        .select_related("school", "collection")
        .order_by("number")
    )
    quell = next(each for each in returns if each.number == "9992001")
    accepted, other, *_ = [each for each in returns if each.state == State.ACCEPTED]
    _send(quell, b"no return", person)
    write(quell, "Where is Ada?", by=person, is_helpdesk=False, base="https://keystage.example")
    held = held_of(accepted)
    remove_pupil(accepted, held[0].key, next(iter(Ground)), "Registered at two schools.", by=person)
    ask_to_send_again(
        accepted, "One pupil was removed: send the whole file again.", by=person, asked_for=gateway.agency
    )
    _report(accepted, held[1], person)
    _send(other, _changed(other), person)
    faulty = next(each for each in returns if each.latest and each.state == State.IN_ERROR and each.latest.pupils)
    shown = [quell, accepted, other, faulty]
    moderated = next(each for each in returns if each.differing)
    agency = f"/agency/{gateway.agency.key}/{YEAR}/"
    at_school = [f"/gateway/{each.school.key}/{YEAR}/{page}" for each in shown for page in _AT_GATEWAY]
    at_school.append(f"/gateway/{moderated.school.key}/{YEAR}/")
    files = [f"/gateway/{each.gateway_return.school.key}/{YEAR}/files/{each.key}/" for each in _latest(shown)]
    at_agency = [f"{agency}schools/{each.key}/" for each in shown]
    return [*at_school, *files, f"{agency}results/", *at_agency]


def _report(found: GatewayReturn, held: HeldPupil, person: Person) -> None:
    """Report something as wrong, and take something back."""
    report_wrong(found, Wrong("writing", "It is another", held.upn, str(held), held.writing), by=person)
    take_back(report_wrong(found, Wrong("pupil", "Somebody is missing"), by=person), by=person)


def _latest(returns: list[GatewayReturn]) -> list[Submission]:
    return [each.submissions.select_related("gateway_return__school").latest("serial") for each in returns]


def _send(to: GatewayReturn, content: bytes, person: Person) -> None:
    check(receive(to, Arrival("return.xml", content, to.school, person, Route.BROWSER)), by=person)


def _changed(gateway_return: GatewayReturn) -> bytes:
    """Return a file of everybody who counts, with another forename for one of them."""
    first, *others = return_of(gateway_return, held_of(gateway_return)).pupils
    pupils = (first._replace(forename=f"{first.forename} Anne"), *others)
    changed = Return(gateway_return.number, YEAR, pupils)
    return to_bytes(from_return(changed, load(YEAR), made=timezone.now().replace(tzinfo=None), school_name=""))


def _upload(gateway: DemoGateway, person: Person) -> None:
    made = receive_zip(gateway.collection, gateway.authority, "schools.zip", authority_zip(), by=person)
    work_through.call(made.key)  # there is no worker


def _results(gateway: DemoGateway, person: Person) -> None:
    """Release results, and load revised ones that wait to be prepared."""
    first = load_results(gateway.collection, gateway.agency, "results.csv", BytesIO(results_csv()), by=person)
    work()
    prepare(fresh(first), by=person, errors_seen=fresh(first).errors)
    work()
    Release.objects.filter(pk=first.pk).update(release_at=timezone.now() - timedelta(minutes=1))
    load_results(gateway.collection, gateway.agency, "revised.csv", BytesIO(revised_csv()), by=person)
    work()


def _files() -> list[tuple[IncomingKind, str, bytes]]:
    roll = b"UPN,Surname,Forename,DOB,Sex,Class,Year\nX999200119999,Newcomer,Nia,01/02/2015,F,Ash,6\nbad,,,,,,\n"
    register = b"upn,surname,forename,dob,sex,maths\nX999200119999,Newcomer,Nia,2015-02-01,F,below\n"
    return [
        (IncomingKind.JUDGEMENTS, "notes.xml", b"<html>not a file of this kind</html>"),
        (IncomingKind.ROLL, "roll.csv", roll),
        (IncomingKind.REGISTER, "register.csv", register),
        (IncomingKind.JUDGEMENTS, "other.xml", a_file(pupils=5)),
    ]
