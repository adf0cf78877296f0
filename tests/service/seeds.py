"""What servers in tests are filled with; each function returns plain values for the test."""

import time
from datetime import date, timedelta
from hashlib import sha256
from random import Random
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, transaction
from django.utils import timezone

from keystage.service.accounts.hooks import places
from keystage.service.accounts.models import Person
from keystage.service.accounts.roles import Role
from keystage.service.accounts.sessions import begin
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.demo.gateway import demo_gateway
from keystage.service.demo.seed import demo_school
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.gateway.models import GatewayReturn, Release
from keystage.service.school.models import Export, Incoming, Judgement, Pupil, SchoolReturn
from keystage.service.school.models.files import IncomingKind
from keystage.service.school.outgoing import outgoing
from keystage.service.school.records import Records
from keystage.service.school.services import incoming_roll
from keystage.service.school.services.exports import Wanted, make_file
from keystage.service.school.services.files import content_of
from keystage.service.school.services.incoming import bring_in
from keystage.service.school.services.judgements import Change, save
from keystage.years.subjects import Subject
from service.finishing import put_right, signed
from service.made import a_school, upn
from service.ready import fill, sign_everything


def practice_school() -> dict[str, Any]:
    """Fill in the practice school; return its address and a signed-in session for each of its people."""
    school = demo_school()
    people = {what: session_of(person) for person, what in school.people}
    return {"base": f"schools/{school.organisation.key}/{school.school_return.year}/", "sessions": people}


def practice_school_at_gateway() -> dict[str, Any]:
    """Make the practice school and gateway; return the school's key, its places, and its data manager's session."""
    school = demo_school()
    demo_gateway(school)
    return {
        "key": school.organisation.key,
        "places": [place.text for place in places(school.organisation)],
        "session": session_of(school.people[0][0]),
    }


def session_of(person: Person) -> str:
    """Return the key of a session in which a person is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    begin(session, person)
    session.save()
    return str(session.session_key)


def school_of(pupils: int) -> dict[str, Any]:
    """Make a school with so many pupils of Year 6, all of whom sit the tests."""
    school = a_school()
    for number in range(pupils):
        school.pupil(f"Ada {number}", "Example", birth_date=date(2015, 1, 1))
    return {"return": school.school_return.key}


def save_all(key: str, code: str, at: float) -> dict[str, Any]:
    """Save one code for writing of every pupil, a few at a time, as somebody who saw all cells empty.

    Begins at a moment (seconds since 1970), so that several processes begin together.
    """
    found = SchoolReturn.objects.get(key=key)
    person = Person.objects.earliest("pk")
    changes = [Change(pupil.key, Subject.WRITING, code, 0) for pupil in found.pupils.all()]
    Random(code).shuffle(changes)
    saved: dict[str, str] = {}
    conflicts = acts = 0
    time.sleep(max(0, at - time.time()))
    for first in range(0, len(changes), 3):
        outcome = save(found, changes[first : first + 3], by=person)
        saved |= {each.pupil: each.code for each in outcome.saved}
        acts += bool(outcome.saved)
        conflicts += len(outcome.conflicts)
    return {"saved": saved, "conflicts": conflicts, "acts": acts}


def stored(key: str) -> dict[str, Any]:
    """Return what the database holds of a return."""
    found = SchoolReturn.objects.get(key=key)
    judgements = Judgement.objects.filter(pupil__school_return=found).select_related("pupil")
    return {
        "codes": {each.pupil.key: each.code for each in judgements},
        "events": Event.objects.filter(kind=Kind.JUDGEMENT_CHANGED).count(),
        "version": found.version,
    }


def try_to_change_events() -> dict[str, Any]:
    """Try to change and to delete the record."""
    refused = []
    for name, attempt in (
        ("update", lambda: Event.objects.update(target="x")),
        ("delete", lambda: Event.objects.all().delete()),
    ):
        try:
            with transaction.atomic():
                attempt()
        except DatabaseError:
            refused.append(name)
    return {"refused": refused}


def class_to_fill(pupils: int) -> dict[str, Any]:
    """Make a school whose pupils have no judgements yet; return its marksheet and a data manager's session."""
    school = a_school()
    made = [school.pupil(f"Ada {number}", "Example") for number in range(pupils)]
    session = session_of(school.people[Role.DATA_MANAGER])
    return {"path": f"{school.base.lstrip('/')}marksheet/", "session": session, "pupils": [each.key for each in made]}


def empty_school(upns: int) -> dict[str, Any]:
    """Make a school with its people and an open year, and nothing else; return some UPNs it could have given."""
    school = a_school(register=False)
    return {
        "path": school.base.lstrip("/"),
        "people": {str(role): person.email for role, person in school.people.items()},
        "upns": [upn(serial) for serial in range(1, upns + 1)],
    }


def ready_school(*, number: str, signed: bool = False) -> dict[str, Any]:
    """Make a school of two classes with every judgement; return its address and a session for each of its people."""
    school = a_school(number=number)
    fill(school)
    if signed:
        sign_everything(school)
    return {
        "path": school.base.lstrip("/"),
        "return": school.school_return.key,
        "people": [each.key for each in school.people.values()],
        "sessions": {str(role): session_of(person) for role, person in school.people.items()},
        "pupils": {forename: pupil.key for forename, pupil in school.pupils.items()},
    }


def make_file_at(key: str, who: str, at: float) -> dict[str, Any]:
    """Make the file at a moment, as somebody who sees the page as it is before."""
    found = SchoolReturn.objects.select_related("organisation").get(key=key)
    person = Person.objects.get(key=who)
    file = outgoing(Records.of(found))
    wanted = Wanted(file.records.fingerprint, file.serial, {})
    time.sleep(max(0, at - time.time()))
    try:
        made = make_file(found, wanted, by=person).export
    except NotAllowedNow as refused:
        return {"refused": str(refused)}
    return {"made": made.serial if made else None}


def files_made() -> dict[str, Any]:
    """Return what the database holds of files, and whether each lies whole on disk."""
    exports = list(Export.objects.select_related("file"))
    whole = [sha256(content_of(each.file)).hexdigest() == each.file.sha256 for each in exports]
    events = Event.objects.filter(kind=Kind.EXPORTED).count()
    return {"serials": [each.serial for each in exports], "whole": all(whole), "events": events}


def school_with_a_roll(pupils: int) -> dict[str, Any]:
    """Make a school to which a roll was brought in that is not taken over yet."""
    school = a_school()
    rows = "".join(f"{upn(number)},Example,Ada {number},09/03/2015,Oak\n" for number in range(1, pupils + 1))
    content = f"UPN,Surname,Forename,DOB,Class\n{rows}".encode()
    person = school.people[Role.DATA_MANAGER]
    made = bring_in(school.school_return, IncomingKind.ROLL, "roll.csv", content, by=person)
    return {"incoming": made.key, "people": [each.key for each in school.people.values()]}


def accept_at(key: str, who: str, at: float) -> dict[str, Any]:
    """Accept everything of a roll at a moment, as somebody who saw it before."""
    incoming = Incoming.objects.select_related("file", "school_return__organisation").get(key=key)
    seen = incoming_roll.plan(incoming, incoming.school_return).seen
    time.sleep(max(0, at - time.time()))
    try:
        taken = incoming_roll.accept(
            incoming, {incoming_roll.EVERYTHING: incoming_roll.TAKE}, by=Person.objects.get(key=who), seen=seen
        )
    except NotAllowedNow as refused:
        return {"refused": str(refused)}
    return {"added": len(taken.added)}


def pupils_kept() -> dict[str, Any]:
    """Return how many pupils there are, and how many events say that one was added."""
    return {"pupils": Pupil.objects.count(), "events": Event.objects.filter(kind=Kind.PUPIL_ADDED).count()}


def practice_ready() -> dict[str, Any]:
    """Put the practice school right and have everybody sign; return who is who, and where."""
    school = demo_school()
    gateway = demo_gateway(school)
    put_right(school)
    signed(school)
    there = GatewayReturn.objects.get(school=school.organisation, collection=gateway.collection)
    held = {pupil.upn for pupil in school.school_return.expected.all()}
    (leaver,) = there.registered.exclude(upn__in=held)
    return {
        "school": f"/schools/{school.organisation.key}/{there.collection.year}/",
        "gateway": f"/gateway/{school.organisation.key}/{there.collection.year}/",
        "authority": f"/authority/{gateway.authority.key}/{there.collection.year}/",
        "agency": f"/agency/{gateway.agency.key}/{there.collection.year}/",
        "people": {what: person.email for person, what in (*school.people, *gateway.people)},
        "leaver": {"key": leaver.key, "name": str(leaver)},
        "left": school.school_return.pupils.get(upn=leaver.upn).left.isoformat(),
    }


def release_now() -> dict[str, Any]:
    """Let the second of the release have come: a test cannot wait for it."""
    return {"moved": Release.objects.update(release_at=timezone.now() - timedelta(seconds=1))}
