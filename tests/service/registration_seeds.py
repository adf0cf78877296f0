"""Gateways for servers in tests: one in which every page about registration and dates has something to show."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils import timezone

from keystage.service.accounts.models import Membership, Person
from keystage.service.accounts.roles import ROLES, OrganisationKind, Role
from keystage.service.gateway.models import AuthoritySettings, LoadStage, RegistrationLoad
from keystage.service.gateway.services import loading, registering, school_dates
from keystage.service.gateway.services.attendance import Attended, save_attendance, submit_attendance
from keystage.service.gateway.services.nil_returns import declare_nil
from keystage.years.subjects import Test
from service.at_gateway import Gateway, SchoolThere, a_gateway, a_school_there
from service.made import YEAR
from service.seeds import session_of


def registration(person: Person | None = None) -> dict[str, Any]:
    """Make a gateway with a school that has registered pupils, one with nobody, and files that were read or refused.

    Args:
        person: who is to be everything there; the head of the school where nobody is given.
    """
    gateway = a_gateway()
    there, nobody = (
        a_school_there(gateway, pupils=60),
        a_school_there(gateway, number="9992002", name="Ottermere Infant School", pupils=0),
    )
    _fill(gateway, there)
    declare_nil(nobody.now(), "An infant school: nobody is at the end of key stage 2", by=nobody.manager)
    loads = _loads(gateway)
    operator = gateway.people[Role.OPERATOR]
    everything = person or there.people[Role.HEAD]
    for organisation in (there.organisation, nobody.organisation, gateway.agency):
        for role in ROLES[OrganisationKind(organisation.kind)]:
            Membership.objects.get_or_create(person=everything, organisation=organisation, role=role, ended_at=None)
    agency, key = f"/agency/{gateway.agency.key}/", there.gateway_return.key
    return {
        "session": session_of(everything),
        "school": there.base,
        "nobody": nobody.base,
        "agency": agency,
        "year": f"{agency}{YEAR}/",
        "at_agency": f"{agency}{YEAR}/dates/schools/{there.gateway_return.key}/",
        "pupil": there.pupils[0].key,
        "loads": loads,
        "starts": [
            *(there.base, f"{there.base}register/", f"{there.base}attendance/maths/submit/", f"{there.base}nil/"),
            *(f"{nobody.base}nil/take-back/", agency, f"{agency}{YEAR}/", f"{agency}{YEAR}/dates/reopen/"),
            *(f"{agency}open/2027/", f"{agency}{YEAR}/registration/schools/{key}/attendance/maths/submit/"),
        ],
        "operator": operator.key,
    }


def _fill(gateway: Gateway, there: SchoolThere) -> None:
    now, manager = timezone.now(), there.manager
    first, second, third = there.pupils[:3]
    for pupil, fields in (
        (first, {"maths": "below", "reading": "below"}),
        (second, {"status": "left", "date_left": now.date()}),
        (third, {"status": "unregistered"}),
    ):
        wanted = replace(registering.entry_of(pupil), **fields)
        registering.change(there.now(), pupil.key, wanted, version=1, by=manager, reason="On the list by mistake")
    save_attendance(there.now(), Test.GPS, [Attended(there.pupils[4].key, "A", "")], by=manager)
    registering.submit_registration(there.now(), by=manager)
    for test in Test:
        submit_attendance(there.now(), test, by=manager)
    operator = gateway.people[Role.OPERATOR]
    school_dates.extend(
        there.now(), now + timedelta(days=40), "The boiler failed, and the school was closed", by=operator
    )
    school_dates.note_moderation(there.now(), (now + timedelta(days=9)).date(), by=operator, noted_by=gateway.agency)
    AuthoritySettings.objects.create(
        collection=gateway.collection, authority=gateway.authority, due_at=now + timedelta(days=20)
    )


def _loads(gateway: Gateway) -> dict[str, str]:
    head = "school,school_name,upn,surname,forename,dob,sex\n"
    good = "".join(
        f"99920{number:02},School {number},X{number},Example,Ada {number},2015-03-09,F\n" for number in range(9, 30)
    )
    bad = "12,,,A,B,never,F\n" * 30
    found = {}
    operator = gateway.people[Role.OPERATOR]
    for name, text in (("ready", head + good), ("faulty", head + bad), ("moving", head + good)):
        made = loading.take_in(gateway.collection, f"{name}.csv", [text.encode()], agency=gateway.agency, by=operator)
        if name != "moving":
            loading.read_load.call(made.key)
        found[name] = made.key
    RegistrationLoad.objects.filter(key=found["moving"]).update(
        stage=LoadStage.LOADING, schools=17_000, schools_done=4_321
    )
    return found
