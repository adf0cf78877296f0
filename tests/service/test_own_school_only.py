"""Nothing of another school is reached by way of one's own, and nothing is changed but by this site's own forms."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client

from keystage.service.accounts.models import Membership, Person
from keystage.service.accounts.roles import Role
from keystage.service.accounts.services.invitations import invite
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.school.models import Expected, QueryNote, Signature
from keystage.service.school.models.files import IncomingKind
from keystage.service.school.services.incoming import bring_in
from keystage.service.school.services.signing import delegate
from keystage.years.subjects import Subject
from service.addresses import Address, addresses
from service.made import YEAR, MadeSchool, a_school, upn
from service.ready import fill, make, records_of, sign_everything

KEYED = [
    each for each in addresses() if each.permission and each.route.count("<") > 2 - ("<int:year>" not in each.route)
]


def with_everything(school: MadeSchool) -> dict[str, list[str]]:
    """Put one of everything into a school; return the keys that stand in addresses."""
    fill(school)
    sign_everything(school)
    export = make(school)
    person, deputy, head = (school.people[each] for each in (Role.DATA_MANAGER, Role.TEACHER, Role.HEAD))
    incoming = [
        bring_in(school.school_return, kind, f"{kind}.csv", b"UPN,Surname\nA,B\n", by=person) for kind in IncomingKind
    ]
    note = QueryNote.objects.create(
        school_return=school.school_return, code="P01", found="f" * 64, text="It is right", person=person
    )
    delegation = delegate(school.organisation, deputy, "Deputy", by=head)
    invited = invite(school.organisation, "a@school.example", [Role.TEACHER], [], by=head, link=lambda token: token)
    signatures = Signature.objects.filter(school_return=school.school_return)
    return {
        "key": [each.key for each in (*school.pupils.values(), export, *incoming, *signatures)],
        "pupil": [school.pupils["Ada"].key],
        "person": [deputy.key],
        "invitation": [invited.key],
        "note": [str(note.pk)],
        "delegation": [str(delegation.pk)],
    }


def everything_at(school: MadeSchool) -> Person:
    """Return somebody who may do everything at a school."""
    person = school.people[Role.DATA_MANAGER]
    for role in Role:
        Membership.objects.get_or_create(person=person, organisation=school.organisation, role=role, ended_at=None)
    return person


@pytest.fixture
def foreign(db: None) -> MadeSchool:
    return a_school(name="Ottermere Primary School", number="9992002")


def asked(address: Address, organisation: str, keys: dict[str, list[str]]) -> Iterator[str]:
    """Return the addresses with each of another school's keys."""
    known = {name: values[0] for name, values in keys.items()}
    for key in keys["key"] if "<str:key>" in address.route else [""]:
        yield address.path(**{**known, "key": key, "organisation": organisation, "year": YEAR, "subject": "writing"})


def test_nothing_of_another_school_is_reached_by_way_of_ones_own(school: MadeSchool, foreign: MadeSchool) -> None:
    keys = with_everything(foreign)
    client = Client()
    client.force_login(everything_at(school))
    before = Event.objects.count()
    tried = 0
    for address in KEYED:
        for path in asked(address, school.organisation.key, keys):
            for method in (client.get, client.post):
                tried += 1
                status = method(path).status_code
                # A note or a delegation is said to be gone, on the page that lists them.
                is_number = "<int:note>" in address.route or "<int:delegation>" in address.route
                assert status in ((302, 405) if is_number else (404, 405)), path
    assert tried > 100
    assert Event.objects.count() == before, "something was done"
    assert QueryNote.objects.filter(withdrawn_at=None).count() == 1


def test_pupils_of_another_school_are_not_changed_by_what_a_form_or_a_script_sends(
    school: MadeSchool, foreign: MadeSchool
) -> None:
    fill(foreign)
    foreign.pupil("Entry", "Only")
    ada = foreign.pupils["Ada"]
    foreign.pupils["Entry"].delete()
    entry = Expected.objects.get(school_return=foreign.school_return, forename="Entry")
    client = Client()
    client.force_login(everything_at(school))
    before, events = records_of(foreign).fingerprint, Event.objects.count()
    change = {"pupil": ada.key, "subject": "writing", "code": "GDS", "version": 1}
    answer = client.post(f"{school.base}marksheet/cells", {"changes": [change]}, content_type="application/json")
    assert answer.json()["refused"]
    client.post(f"{school.base}marksheet/", {f"{ada.key}.writing.1.EXS": "GDS"})
    client.post(f"{school.base}pupils/from-register/", {"entry": [entry.key, ada.key]})
    client.post(f"{school.base}sign/delegate/", {"deputy": foreign.people[Role.HEAD].key, "job_title": "Deputy"})
    client.post(f"{school.base}send/make/", {"seen": before, "serial": 1, "leaving": "yes", f"reason-{ada.key}": "x"})
    rows = f"UPN,Surname,Forename,DOB,Writing\n{upn(1)},Example,Ada,01/03/2015,GDS\n".encode()
    made = bring_in(school.school_return, IncomingKind.JUDGEMENTS, "a.csv", rows, by=school.people[Role.DATA_MANAGER])
    client.post(f"{school.base}pupils/import/{made.key}/?same=1:{ada.key}", {"take": [f"1:{ada.key}:writing:1"]})
    assert records_of(foreign).fingerprint == before
    assert records_of(foreign).line(ada.key).cell(Subject.WRITING).code == "EXS"  # type: ignore[union-attr]
    assert Event.objects.exclude(kind=Kind.FILE_BROUGHT_IN).count() == events


def test_no_address_takes_a_form_or_json_that_is_not_from_this_site(school: MadeSchool) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(everything_at(school))
    for address in (each for each in addresses() if "^" not in each.route):
        path = address.path(organisation=school.organisation.key, year=YEAR)
        if path.startswith("/api/"):
            continue  # takes a token and no session: a form of another site has none to give
        for kind in ("application/x-www-form-urlencoded", "application/json", "text/plain"):
            with transaction.atomic():
                status = client.post(path, "{}", content_type=kind).status_code
            assert status in (403, 405), f"{address.route} took {kind}"


def test_a_get_changes_nothing(school: MadeSchool) -> None:
    keys = with_everything(school)
    client = Client()
    client.force_login(everything_at(school))
    before, events = records_of(school), Event.objects.count()
    for address in addresses():
        for path in asked(address, school.organisation.key, keys):
            client.get(path)
    assert records_of(school).fingerprint == before.fingerprint
    kinds = set(Event.objects.order_by("pk").values_list("kind", flat=True)[events:])
    assert kinds <= {Kind.DOWNLOADED}
    assert client.get("/account/").status_code == 200, "a GET signed out"


def test_a_class_teacher_changes_and_signs_for_no_other_class(school: MadeSchool) -> None:
    fill(school)
    teacher = school.people[Role.TEACHER]
    Membership.objects.filter(person=teacher).update(classes=["Oak"])
    client = Client()
    client.force_login(teacher)
    cal = school.pupils["Cal"]
    before = records_of(school).fingerprint
    change = {"pupil": cal.key, "subject": "writing", "code": "GDS", "version": 1}
    for how in ("typed", "pasted", "filled", "undone", "chosen"):
        asked_for = {"changes": [change], "how": how}
        answer = client.post(f"{school.base}marksheet/cells", asked_for, content_type="application/json")
        assert answer.json()["refused"], how
    client.post(f"{school.base}marksheet/", {f"{cal.key}.writing.1.EXS": "GDS"})
    place = f"{cal.key}.writing.1.GDS"
    client.post(f"{school.base}marksheet/", {f"clash.{place}": "", f"choose-{place}": "mine"})
    assert client.post(f"{school.base}sign/class/?class=Elm", {"confirm": "on"}).status_code == 403
    assert client.post(f"{school.base}sign/return/", {"confirm": "on"}).status_code == 403
    assert records_of(school).fingerprint == before
    assert not Signature.objects.exists()
