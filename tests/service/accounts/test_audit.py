"""The record of who did what: in words, narrowed down, taken away as a file."""

import pytest
from django.db import transaction
from django.test import Client

from keystage.service.accounts import hooks
from keystage.service.accounts.presenters.audit import events_of, lines
from keystage.service.accounts.presenters.sentences import SENTENCES
from keystage.service.accounts.roles import Role
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from service.made import MadeSchool, a_school


def address(school: MadeSchool, rest: str = "") -> str:
    return f"/organisations/{school.organisation.key}/record/{rest}"


def told(school: MadeSchool, kind: Kind, by: Role | None = Role.DATA_MANAGER, **data: object) -> str:
    """Record something and return what the record says of it."""
    who = school.people[by] if by else None
    with transaction.atomic():
        record(kind, by=who, organisation=school.organisation, year=2026, **data)  # type: ignore[arg-type]
    return lines(school.organisation, events_of(school.organisation)[:1])[0].what


def test_every_kind_has_a_sentence() -> None:
    assert set(Kind) == set(SENTENCES), "add a sentence to accounts/presenters/sentences.py"


@pytest.mark.parametrize("kind", Kind)
def test_every_sentence_can_be_said_of_an_event_without_data(school: MadeSchool, kind: Kind) -> None:
    what = told(school, kind)
    assert what.startswith("Dana Marsh ")
    assert what.endswith(".")
    assert "{" not in what


def test_a_judgement_is_told_with_what_it_was_and_the_pupils_name(
    school: MadeSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "_target_names", [lambda _, keys: {"k3j": "Ada Example"} if keys else {}])
    change = {"target": "k3j", "part": "writing", "from": "EXS", "to": "GDS", "how": "pasted"}
    what = told(school, Kind.JUDGEMENT_CHANGED, **change)
    assert what == "Dana Marsh changed writing of Ada Example from EXS to GDS (pasted)."


def test_a_pupil_whom_nobody_knows_is_told_by_key(school: MadeSchool) -> None:
    change = {"target": "k3j", "part": "writing", "from": "", "to": "GDS", "how": "typed"}
    assert told(school, Kind.JUDGEMENT_CHANGED, **change) == "Dana Marsh changed writing of k3j from nothing to GDS."


def test_a_failed_sign_in_is_told_without_saying_who_it_was(school: MadeSchool) -> None:
    data = {"target": school.people[Role.HEAD].key, "address": "192.0.2.1", "what": "password"}
    what = told(school, Kind.SIGN_IN_FAILED, by=None, **data)
    assert what == "Somebody tried to sign in as Hilary Fry with a wrong password from 192.0.2.1."


def test_a_role_is_told_with_its_classes(school: MadeSchool) -> None:
    data = {"target": school.people[Role.TEACHER].key, "part": "teacher", "classes": ["Oak", "Elm"]}
    assert told(school, Kind.ROLE_GIVEN, **data) == "Dana Marsh made Tamsin Ash teacher of Oak and Elm."


def test_the_newest_comes_first_fifty_on_a_page(client: Client, school: MadeSchool) -> None:
    for number in range(60):
        told(school, Kind.INVITATION_WITHDRAWN, email=f"number-{number}@school.example")
    client.force_login(school.people[Role.HEAD])
    first = client.get(address(school)).content.decode()
    second = client.get(address(school) + "?page=2").content.decode()
    assert first.index("number-59@") < first.index("number-58@")
    assert "number-5@" not in first
    assert "number-5@" in second


def test_it_is_narrowed_down_by_person_and_by_kind(client: Client, school: MadeSchool) -> None:
    told(school, Kind.SETTINGS_CHANGED, by=Role.HEAD)
    told(school, Kind.PUPIL_ADDED, by=Role.DATA_MANAGER, target="k3j")
    client.force_login(school.people[Role.HEAD])
    by_head = client.get(address(school), {"person": school.people[Role.HEAD].key}).content.decode()
    assert "changed the settings" in by_head
    assert "added k3j" not in by_head
    pupils = client.get(address(school), {"about": "pupils"}).content.decode()
    assert "changed the settings" not in pupils
    assert "added k3j" in pupils


def test_another_schools_record_is_not_shown(client: Client, school: MadeSchool) -> None:
    other = a_school(name="Ottermere School", number="9992002")
    told(other, Kind.INVITATION_WITHDRAWN, email="secret@school.example")
    client.force_login(school.people[Role.HEAD])
    assert "secret@" not in client.get(address(school)).content.decode()
    assert client.get(address(other)).status_code == 404


def test_the_file_holds_every_line_and_no_formula(client: Client, school: MadeSchool) -> None:
    school.people[Role.DATA_MANAGER].name = "=cmd|' /C calc'!A0"
    school.people[Role.DATA_MANAGER].save()
    for _ in range(60):
        told(school, Kind.SETTINGS_CHANGED, by=Role.DATA_MANAGER)
    client.force_login(school.people[Role.HEAD])
    response = client.get(address(school, "download/"), {"about": "settings"})
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    rows = text.splitlines()
    assert rows[0] == "\ufeffWhen,Who,What,Kind,Year"
    assert len(rows) == 61
    assert ",'=cmd|' /C calc'!A0,'=cmd|' /C calc'!A0 changed the settings.,settings.changed,2026" in rows[1]


def test_the_page_takes_few_queries(client: Client, school: MadeSchool, django_assert_max_num_queries: object) -> None:
    for number in range(60):
        told(school, Kind.PUPIL_ADDED, target=f"pupil{number}")
    client.force_login(school.people[Role.HEAD])
    with django_assert_max_num_queries(11):  # type: ignore[operator]
        client.get(address(school))
