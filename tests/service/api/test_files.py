"""A program sends files, reads what the checks say, answers, confirms."""

import hashlib
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from keystage.service.accounts.roles import Role
from keystage.service.events.models import Event
from keystage.service.files.store import NotStored, get
from keystage.service.gateway.models import Collection, QueryAnswer, RegisteredPupil, Stage, Submission
from keystage.service.gateway.services.checking import check
from keystage.service.gateway.services.receiving import Arrival, Route, receive
from keystage.years.subjects import Subject
from service.api.asking import BASE, Program
from service.at_gateway import GOOD, SchoolThere, a_file, a_pupil, expect


def test_a_sound_file_is_accepted_with_its_receipt(there: SchoolThere, program: Program) -> None:
    answer = program.send(there)
    said = answer.json()
    assert answer.status_code == 201
    assert said["status"] == "accepted"
    assert said["receipt"].startswith("R-2026-")
    assert said["message"] == f"Accepted: 3 pupils. The receipt is {said['receipt']}."
    assert said["stage"] == "applied"
    assert said["findings"] == {"errors": 0, "queries": 0, "infos": 1}
    receipt = program.client.get(said["links"]["receipt"]).json()
    assert (receipt["number"], receipt["content"]["counts"]["accepted"]) == (said["receipt"], 3)
    found = Submission.objects.get(key=said["key"])
    assert (found.route, found.token, found.by) == (Route.API, program.token, there.people[Role.HEAD])


def test_it_is_in_the_store_to_the_byte(there: SchoolThere, program: Program) -> None:
    name, content = a_file(there)
    said = program.send_bytes(name, content).json()
    assert said["sha256"] == hashlib.sha256(content).hexdigest()
    assert get(said["sha256"]) == content


def test_a_file_with_errors_is_kept_and_its_findings_can_be_read(there: SchoolThere, program: Program) -> None:
    answer = program.send(there, [a_pupil(each) for each in there.pupils[:2]])
    said = answer.json()
    assert answer.status_code == 201
    assert (said["status"], said["stage"]) == ("received", "in error")
    assert said["receipt"] == f"F-2026-{said['key'].upper()}"
    assert said["message"].startswith("It has arrived, with 1 error: nothing counts of it.")
    assert said["links"]["receipt"] is None
    read = program.client.get(said["links"]["self"]).json()
    assert [each["code"] for each in read["report"] if each["severity"] == "error"] == ["C01"]
    assert read["verdict"] == "errors"


def test_the_same_key_again_is_answered_as_before_and_counts_once(there: SchoolThere, program: Program) -> None:
    name, content = a_file(there)
    first, second = (program.send_bytes(name, content, key="k" * 64) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert Submission.objects.count() == 1


def test_the_key_of_another_file_is_refused(there: SchoolThere, program: Program) -> None:
    program.send(there, key="one")
    answer = program.send(there, [a_pupil(each) for each in there.pupils[:2]], key="one")
    assert answer.status_code == 409
    assert "This key was used for another file" in answer.json()["message"]


def test_a_file_made_anew_of_the_same_return_is_the_same_where_its_fingerprint_is_the_key(
    there: SchoolThere, program: Program
) -> None:
    name, content = a_file(there)
    first = program.send_bytes(name, content)
    key = Submission.objects.get().fingerprint
    Submission.objects.update(idempotency_key=key)
    anew = content.replace(b"<CTfile>", b"<CTfile> ", 1)
    assert anew != content
    again = program.send_bytes(name.replace("_001", "_002"), anew, key=key)
    assert (again.status_code, again.json()["key"]) == (200, first.json()["key"])


def test_a_file_that_had_arrived_is_answered_for_also_after_the_deadline(there: SchoolThere, program: Program) -> None:
    file = a_file(there)
    first = program.send_bytes(*file)
    name, late = a_file(there, [a_pupil(each) for each in there.pupils[:2]], serial=2)
    Collection.objects.update(closes_at=timezone.now())
    assert program.send_bytes(*file).json() == first.json()
    refused = program.send_bytes(name, late)
    assert refused.status_code == 409
    assert "The collection is closed: this file was not received." in refused.json()["message"]


def test_a_file_that_a_killed_process_left_unchecked_is_checked_when_it_comes_again(
    there: SchoolThere, program: Program
) -> None:
    name, content = a_file(there)
    receive(there.now(), Arrival(name, content, there.organisation, there.manager, Route.API))
    assert Submission.objects.get().stage == Stage.RECEIVED
    assert program.send_bytes(name, content).json()["status"] == "accepted"
    assert Submission.objects.count() == 1


def change_writing(there: SchoolThere, program: Program) -> dict[str, Any]:
    program.send(there)
    first, *others = there.pupils
    changed = [a_pupil(first, {**GOOD, Subject.WRITING: "GDS"}), *map(a_pupil, others)]
    said: dict[str, Any] = program.send(there, changed, serial=2).json()
    return said


def test_a_later_file_shows_its_difference_and_counts_once_it_is_confirmed(
    there: SchoolThere, program: Program
) -> None:
    said = change_writing(there, program)
    difference = said["difference"]
    assert isinstance(difference, dict)
    held = difference.pop("held")
    assert difference == {
        "pupils_added": 0, "pupils_not_in_the_file": 0, "identities_changed": 0, "judgements_changed": 1
    }  # fmt: skip
    confirmed = program.post(f"files/{said['key']}/confirm", {"held": held})
    assert confirmed.json()["status"] == "accepted"
    assert program.post(f"files/{said['key']}/confirm", {"held": held}).status_code == 200


def test_nothing_is_confirmed_once_the_collection_is_closed(there: SchoolThere, program: Program) -> None:
    said = change_writing(there, program)
    difference = said["difference"]
    assert isinstance(difference, dict)
    Collection.objects.update(closed_at=timezone.now())
    refused = program.post(f"files/{said['key']}/confirm", {"held": difference["held"]})
    assert refused.status_code == 409
    assert "The collection is closed for your school" in refused.json()["message"]
    assert Submission.objects.get(key=said["key"]).stage == Stage.TO_CONFIRM


def test_a_difference_that_is_not_the_one_that_was_seen_is_not_confirmed(there: SchoolThere, program: Program) -> None:
    said = change_writing(there, program)
    refused = program.post(f"files/{said['key']}/confirm", {"held": "seen something else"})
    assert refused.status_code == 409
    assert "Look at the difference again" in refused.json()["message"]
    assert Submission.objects.get(key=said["key"]).stage == Stage.TO_CONFIRM


def test_once_the_collection_is_closed_nothing_is_confirmed_any_more(there: SchoolThere, program: Program) -> None:
    said = change_writing(there, program)
    Collection.objects.update(closes_at=timezone.now())
    refused = program.post(f"files/{said['key']}/confirm", {"held": said["difference"]["held"]})
    assert refused.status_code == 409
    assert "The collection is closed for your school" in refused.json()["message"]
    assert Submission.objects.get(key=said["key"]).stage == Stage.TO_CONFIRM


def test_what_was_confirmed_in_time_stays_so_when_the_answer_was_lost(there: SchoolThere, program: Program) -> None:
    said = change_writing(there, program)
    program.post(f"files/{said['key']}/confirm", {"held": said["difference"]["held"]})
    Collection.objects.update(closes_at=timezone.now())
    again = program.post(f"files/{said['key']}/confirm", {"held": said["difference"]["held"]})
    assert (again.status_code, again.json()["status"]) == (200, "accepted")


def ask_about_somebody(there: SchoolThere, program: Program) -> dict[str, object]:
    """Send a file with a query: a pupil's date of birth differs from the register's."""
    first, *others = there.pupils
    RegisteredPupil.objects.filter(pk=first.pk).update(surname="Otherwise")
    said: dict[str, object] = program.send(there, [a_pupil(first), *map(a_pupil, others)]).json()
    assert said["stage"] == "queries to answer", said
    return said


def test_queries_are_answered_and_the_file_counts(there: SchoolThere, program: Program) -> None:
    said = ask_about_somebody(there, program)
    read = program.get(f"files/{said['key']}").json()
    asked = [each["asks"] for each in read["report"] if each["severity"] == "query"]
    body = {"answers": [{"asks": each, "text": "Married name."} for each in asked]}
    answered = program.post(f"files/{said['key']}/answers", body)
    assert answered.json()["status"] == "accepted"
    assert {each.text for each in QueryAnswer.objects.all()} == {"Married name."}
    report = program.get(f"files/{said['key']}").json()["report"]
    assert {each["answer"] for each in report if each["severity"] == "query"} == {"Married name."}


def test_an_answer_to_what_is_not_asked_is_not_kept(there: SchoolThere, program: Program) -> None:
    said = ask_about_somebody(there, program)
    before = Event.objects.count()
    refused = program.post(f"files/{said['key']}/answers", {"answers": [{"asks": "f" * 64, "text": "Right."}]})
    assert refused.status_code == 409
    assert (QueryAnswer.objects.count(), Event.objects.count()) == (0, before)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "“answers” is wrong"),
        ({"answers": []}, "“answers” is wrong"),
        ({"answers": [{"asks": "a", "text": ""}]}, "answers.0.text"),
        ({"answers": [{"asks": "a", "text": " \n\x1e "}]}, "“answers.0.text” is wrong: must say why it is right."),
        ({"answers": [{"asks": "a", "text": "a\0b"}]}, "without the character NUL"),
        ({"answers": [{"asks": "a", "text": "x" * 2001}]}, "answers.0.text"),
        ("nonsense", "The request cannot be read"),
    ],
)
def test_what_is_missing_or_wrong_is_named(there: SchoolThere, program: Program, body: object, said: str) -> None:
    key = ask_about_somebody(there, program)["key"]
    refused = program.post(f"files/{key}/answers", body)
    assert refused.status_code == (400 if body == "nonsense" else 422)
    assert said in refused.json()["message"]


@pytest.mark.parametrize("body", [b"\xff\0", b'{"held": "\\ud800"}', b"[" * 100_000, b'{"held": ' + b"9" * 6000])
def test_what_is_no_json_is_refused_in_words(there: SchoolThere, program: Program, body: bytes) -> None:
    key = program.send(there).json()["key"]
    refused = program.client.post(f"{BASE}files/{key}/confirm", body, content_type="application/json")
    assert refused.status_code in (400, 422)
    assert json.loads(refused.content)["message"]


def test_without_a_file_it_says_how_to_send_one(program: Program) -> None:
    refused = program.client.post(f"{BASE}files", {"wrong": "x"})
    assert refused.status_code == 422
    assert (
        refused.json()["message"] == "Send the file whole, as multipart/form-data, in the field “file”, with its name."
    )


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded", "text/plain", ""])
def test_a_body_that_is_no_form_is_of_the_wrong_kind(program: Program, kind: str) -> None:
    refused = program.client.generic("POST", f"{BASE}files", b"<CTfile/>", content_type=kind)
    assert refused.status_code == 415
    assert "multipart/form-data" in refused.json()["message"]


@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "text/json", ""]
)
def test_an_answer_that_is_not_said_to_be_json_is_of_the_wrong_kind(
    there: SchoolThere, program: Program, kind: str
) -> None:
    key = program.send(there).json()["key"]
    refused = program.client.generic("POST", f"{BASE}files/{key}/confirm", b'{"held": "a"}', content_type=kind)
    assert (refused.status_code, refused.json()["message"]) == (415, "Send the body as application/json, in UTF-8.")


def test_a_store_that_is_full_is_no_fault_of_the_file_and_can_be_tried_again(
    there: SchoolThere, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_content: bytes) -> str:
        raise NotStored

    monkeypatch.setattr("keystage.service.gateway.services.receiving.put", full)
    refused = program.send(there)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "60")
    assert "its store is full or does not answer" in refused.json()["message"]
    assert not Submission.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\0" * 50, b"PK\x03\x04\xff\xff", b"<a/>", b"\xff\xfe\xff"])
def test_a_file_that_is_none_is_kept_and_said_to_be_unreadable(program: Program, content: bytes) -> None:
    answer = program.send_bytes("9992001_KS2_NAALLLL_001.xml", content)
    assert answer.status_code == 201, answer.content
    assert answer.json()["stage"] in ("unreadable", "in error")


@pytest.mark.parametrize("name", ["a\0b.xml", "../../etc/passwd", "\u202egnp.xml", "x" * 5000, "😀.xml"])
def test_a_hostile_file_name_breaks_nothing(there: SchoolThere, program: Program, name: str) -> None:
    _, content = a_file(there)
    sent = SimpleUploadedFile("a.xml", content)
    sent._name = name  # type: ignore[attr-defined] - its setter would clean it
    answer = program.client.post(f"{BASE}files", {"file": sent})
    assert answer.status_code == (400 if len(name) > 1000 else 201), answer.content
    assert "\0" not in answer.json().get("name", "")


@pytest.mark.parametrize("key", ["x" * 101, "é", "a\x01b"])
def test_an_idempotency_key_that_cannot_be_one_is_refused(there: SchoolThere, program: Program, key: str) -> None:
    assert program.send(there, key=key).status_code == 422
    assert not Submission.objects.exists()


def test_too_large_a_body_is_refused_before_it_is_read(program: Program) -> None:
    refused = program.client.generic(
        "POST", f"{BASE}files", b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH="200000000"
    )
    assert refused.status_code == 413
    assert "too large" in refused.json()["message"]


def test_the_files_are_listed_the_latest_first(there: SchoolThere, program: Program) -> None:
    program.send(there, [a_pupil(each) for each in there.pupils[:2]])
    program.send(there, serial=2)
    assert [each["stage"] for each in program.get("files").json()] == ["applied", "set aside"]


def test_a_pupil_registered_after_the_file_came_leaves_it_accepted_and_the_return_incomplete(
    there: SchoolThere, program: Program
) -> None:
    said = program.send(there).json()
    expect(there, 4)
    check(Submission.objects.get(), by=there.manager)
    assert program.get(f"files/{said['key']}").json()["status"] == "accepted"


def test_an_upload_takes_so_many_queries_whatever_the_number_of_pupils(
    there: SchoolThere, program: Program, django_assert_max_num_queries: object
) -> None:
    name, content = a_file(there)
    with django_assert_max_num_queries(27):  # type: ignore[operator]
        program.send_bytes(name, content)
