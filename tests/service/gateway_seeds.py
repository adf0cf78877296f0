"""Schools at a made-up gateway, in every state that a school's pages show; each function returns plain values."""

from typing import Any

from keystage.service.accounts.models import Membership
from keystage.service.accounts.roles import OrganisationKind, Role
from keystage.service.gateway.asked import asked, queries_in
from keystage.service.gateway.models import Submission
from keystage.service.gateway.services.answering import answer
from keystage.service.gateway.services.deciding import confirm
from keystage.service.gateway.services.removing import Ground, remove_pupil
from keystage.years.subjects import Subject
from service.at_gateway import GOOD, SchoolThere, a_gateway, a_pupil, a_school_there, expect, send, send_sheet
from service.made import upn
from service.seeds import session_of


def schools_at_the_gateway() -> dict[str, Any]:
    """Make a school in each state, with one person who may do everything at all of them."""
    gateway = a_gateway()
    bases: dict[str, str] = {}
    made: dict[str, SchoolThere] = {}
    for index, name in enumerate(("nothing", "faulty", "asked", "changed", "accepted")):
        there = a_school_there(gateway, number=f"999200{index + 1}", name=f"{name.title()} Primary School", pupils=8)
        for serial, each in enumerate(there.pupils, start=1):
            each.upn = upn(100 * index + serial)
            each.save()
        made[name], bases[name] = there, there.base
    _fill(made)
    person = made["accepted"].manager
    for there in made.values():
        for role in (Role.DATA_MANAGER, Role.HEAD, Role.TEACHER, Role.ACCOUNT_MANAGER):
            Membership.objects.get_or_create(person=person, organisation=there.organisation, role=role, ended_at=None)
    files = {name: Submission.objects.filter(gateway_return=there.gateway_return).latest("serial").key
             for name, there in made.items() if there.now().latest_id}  # fmt: skip
    return {"bases": bases, "files": files, "session": session_of(person), "kind": str(OrganisationKind.SCHOOL)}


def _fill(made: dict[str, SchoolThere]) -> None:
    bad = {**GOOD, Subject.WRITING: "2B"}
    query = {**GOOD, Subject.READING: "PK4"}
    faulty = [a_pupil(each, bad) for each in made["faulty"].pupils[:6]]
    faulty[0] = faulty[0]._replace(upn="X123", sex="")
    faulty.append(a_pupil(made["faulty"].pupils[6], query))
    send(made["faulty"], faulty)
    queried = [a_pupil(each, query) for each in made["asked"].pupils[:6]]
    send(made["asked"], [*queried, *map(a_pupil, made["asked"].pupils[6:])])
    changed = made["changed"]
    send(changed)
    better = a_pupil(changed.pupils[0], {**GOOD, Subject.WRITING: "GDS"}, forename="Pupilka")
    send(changed, [better, *map(a_pupil, changed.pupils[1:6])], serial=2)
    _accept(made["accepted"])


def _accept(there: SchoolThere) -> None:
    query = {**GOOD, Subject.READING: "PK4"}
    send(there)
    sent = send_sheet(there, [a_pupil(there.pupils[0], query), *map(a_pupil, there.pupils[1:])])
    answer(sent, [asked(each) for each in queries_in(sent.report)], "They sat it last year", by=there.manager)
    sent.refresh_from_db()
    confirm(sent, sent.held_version, by=there.manager)
    last = there.now().held.latest("pk")
    remove_pupil(there.now(), last.key, Ground.NOT_HERE, "Moved to Ottermere in April", by=there.manager)
    there.pupils[7].status = "unregistered"
    there.pupils[7].save()
    expect(there, 9, upn=upn(777))
