"""Saving cells by the script, and hearing what others changed."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from keystage.service.accounts.models import Membership
from keystage.service.accounts.roles import Role
from keystage.service.school.models import Judgement, Stage
from keystage.service.school.services.judgements import Change, save
from keystage.service.school.services.returns import move
from keystage.years.subjects import Subject
from service.made import MadeSchool


def post(client: Client, school: MadeSchool, asked: object, role: Role = Role.TEACHER) -> HttpResponse:
    client.force_login(school.people[role])
    body = asked if isinstance(asked, str) else json.dumps(asked)
    return client.post(f"{school.base}marksheet/cells/", body, content_type="application/json")


def change(school: MadeSchool, forename: str, code: str, version: int = 0) -> dict[str, Any]:
    return {"pupil": school.pupils[forename].key, "subject": "writing", "code": code, "version": version}


def test_a_save_says_what_was_saved_and_what_is_left(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example", "Oak")
    school.pupil("Ben", "Example", "Elm")
    answer = post(client, school, {"changes": [change(school, "Ada", "exs")], "how": "pasted"}).json()
    assert answer["saved"] == [{**change(school, "Ada", "EXS"), "version": 1}]
    assert answer["remaining"] == {"total": 3, "classes": {"Elm": 2, "Oak": 1}}
    assert answer["checks"]["errors"] == 3
    assert answer["version"] == 1


def test_a_conflict_says_who_entered_what_and_when(client: Client, school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    save(school.school_return, [Change(ada.key, Subject.WRITING, "EXS", 0)], by=school.people[Role.HEAD])
    (clash,) = post(client, school, {"changes": [change(school, "Ada", "GDS")]}).json()["conflicts"]
    assert (clash["theirs"], clash["yours"], clash["version"], clash["is_yours"]) == ("EXS", "GDS", 1, False)
    assert clash["words"].startswith("Hilary Fry entered EXS on ")
    assert clash["words"].endswith(" You entered GDS.")


def test_a_conflict_with_oneself_is_told_apart(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    post(client, school, {"changes": [change(school, "Ada", "EXS")]})
    (clash,) = post(client, school, {"changes": [change(school, "Ada", "GDS")]}).json()["conflicts"]
    assert clash["is_yours"]


def test_a_refusal_says_why_and_what_can_stand_there(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    (refused,) = post(client, school, {"changes": [change(school, "Ada", "2B")]}).json()["refused"]
    assert refused["words"].startswith(
        "“2B” has not been used since 2015: it was a national curriculum level. Use GDS,"
    )


GOOD = {"pupil": "k", "subject": "writing", "code": "EXS", "version": 0}


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("{", "The request is not JSON."),
        ([], "The request must be an object with a list of `changes`."),
        ({"changes": {}}, "The request must be an object with a list of `changes`."),
        ({"changes": [GOOD] * 2001}, "The request has more than 2,000 changes."),
        ({"changes": [], "how": "imported"}, "`how` must be one of typed, pasted, filled, undone, chosen."),
        ({"changes": [], "how": ["typed"]}, "`how` must be one of typed, pasted, filled, undone, chosen."),
        ({"changes": [], "person": 7}, "`person` must be a text."),
        ({"changes": [{**GOOD, "more": 1}]}, "Change 1 must have `pupil`, `subject`, `code` and `version`"),
        ({"changes": [GOOD, {**GOOD, "pupil": 7}]}, "Change 2: `pupil` must be a pupil's key."),
        ({"changes": [{**GOOD, "subject": "history"}]}, "Change 1: `subject` must be one of reading"),
        ({"changes": [{**GOOD, "subject": ["writing"]}]}, "Change 1: `subject` must be one of reading"),
        ({"changes": [{**GOOD, "code": None}]}, "Change 1: `code` must be a text"),
        ({"changes": [{**GOOD, "code": "x" * 41}]}, "Change 1: `code` must be a text of at most 40 characters."),
        ({"changes": [{**GOOD, "code": "\0"}]}, "Change 1: `code` must be a text"),
        ({"changes": [{**GOOD, "version": True}]}, "Change 1: `version` must be a whole number from 0."),
        ({"changes": [{**GOOD, "version": -1}]}, "Change 1: `version` must be a whole number from 0."),
        ({"changes": [{**GOOD, "version": 2**31}]}, "Change 1: `version` must be a whole number from 0."),
    ],
)
def test_what_no_page_of_ours_asks_is_refused_in_words(
    client: Client, school: MadeSchool, asked: object, why: str
) -> None:
    response = post(client, school, asked)
    assert response.status_code == 400
    assert response.json()["why"].startswith(why)


def test_nested_json_without_end_is_refused(client: Client, school: MadeSchool) -> None:
    assert post(client, school, "[" * 100_000).status_code == 400


def test_a_teacher_saves_only_in_their_own_class(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example", "Elm")
    Membership.objects.filter(person=school.people[Role.TEACHER]).update(classes=["Oak"])
    (refused,) = post(client, school, {"changes": [change(school, "Ada", "EXS")]}).json()["refused"]
    assert refused["words"] == "This pupil is in another class than yours. Ask the data manager."


def test_somebody_who_may_not_enter_judgements_is_refused(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    response = post(client, school, {"changes": [change(school, "Ada", "EXS")]}, Role.ACCOUNT_MANAGER)
    assert response.status_code == 403
    assert not Judgement.objects.exists()


def test_what_one_person_typed_is_not_saved_as_another(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    asked = {"changes": [change(school, "Ada", "EXS")], "person": school.people[Role.HEAD].key}
    response = post(client, school, asked)
    assert response.status_code == 403
    assert "Somebody else has signed in" in response.json()["why"]
    assert not Judgement.objects.exists()


def test_a_closed_year_is_said_in_json(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    move(school.school_return, Stage.CLOSED, by=None)
    response = post(client, school, {"changes": [change(school, "Ada", "EXS")]})
    assert response.status_code == 409
    assert "closed" in response.json()["why"]


def test_others_changes_are_told_once(client: Client, school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    client.force_login(school.people[Role.TEACHER])
    address = f"{school.base}marksheet/cells/?since="
    since = client.get(address + "0").json()["last"]
    save(school.school_return, [Change(ada.key, Subject.WRITING, "EXS", 0)], by=school.people[Role.HEAD])
    answer = client.get(f"{address}{since}").json()
    (told,) = answer["changes"]
    assert (told["pupil"], told["subject"], told["code"], told["version"], told["by"]) == (
        *(ada.key, "writing", "EXS", 1),
        "Hilary Fry",
    )
    assert answer["remaining"]["total"] == 1
    assert client.get(f"{address}{answer['last']}").json()["changes"] == []


@pytest.mark.parametrize("since", ["", "-1", "x", "٣", "9" * 30])
def test_a_number_that_is_none_is_refused(client: Client, school: MadeSchool, since: str) -> None:
    client.force_login(school.people[Role.TEACHER])
    assert client.get(f"{school.base}marksheet/cells/", {"since": since}).status_code == 400


def test_the_page_is_to_be_loaded_again_when_the_year_is_closed(client: Client, school: MadeSchool) -> None:
    client.force_login(school.people[Role.TEACHER])
    since = client.get(f"{school.base}marksheet/cells/?since=0").json()["last"]
    move(school.school_return, Stage.CLOSED, by=None)
    assert client.get(f"{school.base}marksheet/cells/?since={since}").json()["reload"]


def test_a_save_needs_few_queries(client: Client, school: MadeSchool, django_assert_max_num_queries: object) -> None:
    for number in range(60):
        school.pupil(f"Ada {number}", "Example")
    client.force_login(school.people[Role.TEACHER])
    asked = json.dumps({"changes": [change(school, f"Ada {number}", "EXS") for number in range(60)]})
    with django_assert_max_num_queries(20):  # type: ignore[operator] - session, visit, lock, records twice, write, event
        response = client.post(f"{school.base}marksheet/cells/", asked, content_type="application/json")
    assert len(response.json()["saved"]) == 60
