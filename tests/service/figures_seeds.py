"""An authority with schools of several sizes, in the database of a server: figures before and after a release."""

from datetime import timedelta
from random import Random
from typing import Any

from django.utils import timezone

from keystage.service.accounts.roles import Role
from keystage.service.gateway.early import Early
from keystage.service.gateway.models import Release
from keystage.service.gateway.services.authorities import set_authority_figures
from keystage.service.gateway.services.correction_requests import Wrong, mark_as_right, report_wrong
from keystage.service.gateway.services.results_preparing import prepare
from keystage.years.subjects import Subject
from service.at_gateway import GOOD, Gateway, SchoolThere, a_gateway, a_pupil, a_school_there, send
from service.at_results import HEAD, a_trust, fresh, loaded, operator, row
from service.made import YEAR
from service.results_seeds import work
from service.seeds import session_of

_SIZES = (("Quellbridge", 27), ("Ottermere", 31), ("Brackenford", 4), ("Larkhollow", 12), ("Mossgate", 0), ("Alder", 9))
_RESULTS = (
    "25,100,AS,34,100,AS,56,100,AS,EXS,EXS",
    "35,112,AS,60,112,AS,95,112,AS,GDS,EXS",
    ",,A,,,A,,,A,WTS,HNM",
    ",,B,34,100,AS,56,100,AS,EXS,EXS",
)


def an_authority(*, is_released: bool) -> dict[str, Any]:
    """Make an authority whose schools have sent, but one; return addresses with a session for each of its people."""
    gateway = a_gateway()
    schools = [
        a_school_there(gateway, number=f"99920{serial:02}", name=f"{name} Primary School", pupils=size)
        for serial, (name, size) in enumerate(_SIZES, 1)
    ]
    for there in schools[:-1]:
        _send(there)
    trust, analyst = a_trust(schools[:3])
    officer = gateway.people[Role.DATA_OFFICER]
    set_authority_figures(gateway.collection, gateway.authority, Early.SCHOOLS, 6, by=officer)
    first = schools[0]
    _report(gateway, first)
    if is_released:
        _release(gateway, schools)
    base, of_trust = f"/authority/{gateway.authority.key}/{YEAR}/", f"/authority/{trust.key}/{YEAR}/"
    agency = f"/agency/{gateway.agency.key}/{YEAR}/schools/{first.gateway_return.key}/"
    return {
        "authority": base, "trust": of_trust, "school": first.base, "agency": agency,
        "key": first.gateway_return.key, "pupil": first.gateway_return.held.all()[0].key,
        "request": first.gateway_return.correction_requests.get(closed_at=None).key,
        "sessions": {
            "officer": session_of(officer), "analyst": session_of(analyst), "manager": session_of(first.manager),
            "teacher": session_of(first.people[Role.TEACHER]),
            "operator": session_of(gateway.people[Role.OPERATOR]),
        },
    }  # fmt: skip


def _send(there: SchoolThere) -> None:
    chance = Random(there.gateway_return.number)
    codes = [{**GOOD, Subject.WRITING: chance.choice(("GDS", "EXS", "EXS", "WTS"))} for _ in there.pupils]
    send(there, [a_pupil(each, code) for each, code in zip(there.pupils, codes, strict=True)])


def _report(gateway: Gateway, there: SchoolThere) -> None:
    one, two = there.pupils[:2]
    says = "She is working at greater depth: her book of poems was not looked at."
    report_wrong(there.gateway_return, Wrong("writing", says, one.upn, str(one), "EXS"), by=there.manager)
    over = report_wrong(
        there.gateway_return, Wrong("science", "He missed no lesson", two.upn, str(two), "EXS"), by=there.manager
    )
    mark_as_right(over, "it is the code that your file has.", by=gateway.people[Role.DATA_OFFICER],
                  asked_for=gateway.authority)  # fmt: skip


def _release(gateway: Gateway, schools: list[SchoolThere]) -> None:
    chance = Random(1)
    lines = (row(each.gateway_return.number, one, chance.choice(_RESULTS)) for each in schools for one in each.pupils)
    made = loaded(gateway, (HEAD + "".join(lines)).encode())
    work()
    prepare(fresh(made), by=operator(gateway), errors_seen=fresh(made).errors)
    work()
    Release.objects.filter(pk=made.pk).update(release_at=timezone.now() - timedelta(minutes=1))
