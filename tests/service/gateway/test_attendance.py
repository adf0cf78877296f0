"""Attendance registers move what pupils owe; the declaration follows them; a school with nobody sends a nil return."""

import pytest
from django.core import mail
from django.test import Client

from keystage.service.accounts.models import Person
from keystage.service.accounts.roles import Role
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.gateway.models import AttendanceRegister, Receipt, RegisteredPupil, Stage, State
from keystage.service.gateway.register import expected
from keystage.service.gateway.services.attendance import (
    Attended,
    changed_since,
    codes_of,
    save_attendance,
    submit_attendance,
)
from keystage.service.gateway.services.declaring import STATEMENTS, declare, still_to_submit
from keystage.service.gateway.services.nil_returns import declare_nil, take_back_nil
from keystage.service.gateway.services.registering import submit_registration
from keystage.service.gateway.services.settling import settle
from keystage.years import load
from keystage.years.registration import TestStatus
from keystage.years.subjects import Subject, Test
from service.at_gateway import GOOD, Gateway, SchoolThere, a_gateway, a_pupil, a_school_there, expect, send
from service.made import YEAR


@pytest.fixture
def gateway(db: None) -> Gateway:
    return a_gateway()


@pytest.fixture
def there(gateway: Gateway) -> SchoolThere:
    return a_school_there(gateway)


@pytest.fixture
def nobody(gateway: Gateway) -> SchoolThere:
    return a_school_there(gateway, pupils=0)


def give(there: SchoolThere, test: Test, code: str, seen: str = "", pupil: int = 0) -> int:
    saved = save_attendance(there.now(), test, [Attended(there.pupils[pupil].key, code, seen)], by=there.manager)
    return saved.changed


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def submit_all(there: SchoolThere) -> None:
    submit_registration(there.now(), by=there.manager)
    for test in Test:
        submit_attendance(there.now(), test, by=there.manager)


# -- attendance -------------------------------------------------------------------------------------------------------


def test_the_codes_are_those_of_the_years_data() -> None:
    assert sorted(codes_of(load(YEAR))) == ["A", "B", "F", "J", "L", "P", "U"]


def test_a_code_moves_what_is_owed(there: SchoolThere) -> None:
    assert give(there, Test.MATHS, "B") == 1
    pupil = RegisteredPupil.objects.get(pk=there.pupils[0].pk)
    assert expected(pupil).maths is TestStatus.BELOW
    assert there.now().register_version == 1


def test_a_code_makes_a_waiting_file_right(there: SchoolThere) -> None:
    pupils = [a_pupil(there.pupils[0], {**GOOD, Subject.MATHS: "PK3"}), *map(a_pupil, there.pupils[1:])]
    sent = send(there, pupils)
    assert sent.stage != Stage.APPLIED
    give(there, Test.MATHS, "B")
    sent.refresh_from_db()
    assert sent.stage == Stage.APPLIED, sent.report["findings"]


def test_each_change_has_its_event(there: SchoolThere) -> None:
    give(there, Test.MATHS, "A")
    give(there, Test.MATHS, "", seen="A")
    events = Event.objects.filter(kind=Kind.ATTENDANCE_CHANGED).order_by("pk")
    assert [(each.target, each.part, each.data) for each in events] == [
        (there.pupils[0].key, "maths", {"from": "", "to": "A"}),
        (there.pupils[0].key, "maths", {"from": "A", "to": ""}),
    ]


def test_a_code_that_somebody_else_changed_is_not_written_over(there: SchoolThere) -> None:
    give(there, Test.MATHS, "A")
    saved = save_attendance(there.now(), Test.MATHS, [Attended(there.pupils[0].key, "U", "")], by=there.manager)
    assert (saved.changed, saved.conflicts) == (0, (there.pupils[0],))
    assert RegisteredPupil.objects.get(pk=there.pupils[0].pk).attended_maths == "A"


def test_a_letter_that_is_no_code_is_refused(there: SchoolThere) -> None:
    with pytest.raises(NotAllowedNow, match="no code"):
        give(there, Test.MATHS, "Z")


def test_wrong_letters_are_all_said_at_once_and_nothing_typed_is_lost(there: SchoolThere) -> None:
    one, two, three = (each.key for each in there.pupils)
    typed = {f"code-{one}": "x", f"code-{two}": "9", f"code-{three}": "a"}
    page = browser(there.manager).post(f"{there.base}attendance/maths/", typed)
    words = page.content.decode()
    assert page.status_code == 422
    assert "“X” is no code" in words
    assert "“9” is no code" in words
    assert f'name="code-{three}" value="A"' in words
    assert not RegisteredPupil.objects.exclude(attended_maths="").exists()


def test_small_letters_are_taken_and_the_page_leads_on_to_submitting(there: SchoolThere) -> None:
    key = there.pupils[0].key
    typed = {f"code-{key}": "a", f"seen-{key}": "", "then": "submit"}
    answer = browser(there.manager).post(f"{there.base}attendance/gps/", typed)
    assert answer.headers["Location"] == f"{there.base}attendance/gps/submit/"
    assert RegisteredPupil.objects.get(key=key).attended_gps == "A"


def test_submitting_says_who_was_present(there: SchoolThere) -> None:
    give(there, Test.READING, "A")
    client = browser(there.manager)
    page = client.get(f"{there.base}attendance/reading/submit/").content.decode()
    assert "2 of 3 pupils were present" in page
    assert "1 with A: was absent from the test" in page
    client.post(f"{there.base}attendance/reading/submit/")
    assert AttendanceRegister.objects.get().submitted_by == there.manager


def test_a_change_after_submitting_is_seen(there: SchoolThere) -> None:
    submit_attendance(there.now(), Test.MATHS, by=there.manager)
    assert not changed_since(there.now(), AttendanceRegister.objects.get())
    give(there, Test.READING, "A")
    assert not changed_since(there.now(), AttendanceRegister.objects.get())
    give(there, Test.MATHS, "A")
    assert changed_since(there.now(), AttendanceRegister.objects.get())


def test_there_is_no_register_of_a_test_that_does_not_exist(there: SchoolThere) -> None:
    assert browser(there.manager).get(f"{there.base}attendance/science/").status_code == 404


# -- the declaration --------------------------------------------------------------------------------------------------


def test_the_declaration_waits_for_every_register(there: SchoolThere) -> None:
    assert len(still_to_submit(there.now())) == 4
    with pytest.raises(NotAllowedNow, match="First submit the registration"):
        declare(there.now(), by=there.people[Role.HEAD])
    submit_all(there)
    assert still_to_submit(there.now()) == []


def test_the_declaration_is_kept_word_for_word(there: SchoolThere) -> None:
    submit_all(there)
    browser(there.people[Role.HEAD]).post(f"{there.base}declaration/make/", {"confirm": "on"})
    now = there.now()
    assert now.declaration["words"] == list(STATEMENTS)
    assert (now.declared_by, now.declaration["name"]) == (there.people[Role.HEAD], "Hilary Fry")


def test_without_the_tick_nothing_is_declared(there: SchoolThere) -> None:
    submit_all(there)
    page = browser(there.people[Role.HEAD]).post(f"{there.base}declaration/make/", {})
    assert page.status_code == 422
    assert "Tick the box" in page.content.decode()
    assert there.now().declared_at is None


def test_a_register_that_was_changed_must_be_submitted_again_first(there: SchoolThere) -> None:
    submit_all(there)
    give(there, Test.MATHS, "A")
    assert still_to_submit(there.now()) == ["the attendance register for maths again, because it was changed since"]


def test_only_the_headteacher_declares(there: SchoolThere) -> None:
    assert browser(there.manager).post(f"{there.base}declaration/make/", {"confirm": "on"}).status_code == 403


# -- nil returns ------------------------------------------------------------------------------------------------------


def test_a_nil_return_is_accepted_with_a_receipt(nobody: SchoolThere) -> None:
    receipt = declare_nil(nobody.now(), "Nobody finishes this year", by=nobody.manager)
    assert nobody.now().state == State.ACCEPTED
    assert (receipt.submission, receipt.content["nil_reason"]) == (None, "Nobody finishes this year")
    assert receipt.content["counts"]["expected"] == 0


def test_the_receipt_of_a_nil_return_is_emailed_to_the_sender_and_the_head(nobody: SchoolThere) -> None:
    receipt = declare_nil(nobody.now(), "Nobody finishes this year", by=nobody.manager)
    told = {each.to[0]: str(each.body) for each in mail.outbox}
    assert set(told) == {nobody.manager.email, nobody.people[Role.HEAD].email}
    assert all(f"Receipt: {receipt.number}" in body for body in told.values())


def test_a_school_that_expects_somebody_sends_no_nil_return(there: SchoolThere) -> None:
    with pytest.raises(NotAllowedNow, match="Pupils are expected"):
        declare_nil(there.now(), "Nobody", by=there.manager)
    assert there.now().nil_at is None
    assert not Receipt.objects.exists()


def test_a_nil_return_is_taken_back_and_its_receipt_stays(nobody: SchoolThere) -> None:
    declare_nil(nobody.now(), "Nobody", by=nobody.manager)
    take_back_nil(nobody.now(), by=nobody.manager)
    assert (nobody.now().state, nobody.now().nil_reason) == (State.NOT_STARTED, "")
    assert Receipt.objects.count() == 1


def test_a_nil_return_after_a_faulty_file_can_be_taken_back(nobody: SchoolThere) -> None:
    """The file of a pupil nobody expects is an error or a query; either way the state must find its way back."""
    expect(nobody, 1)
    settle(nobody.now())
    faulty = send(nobody, [a_pupil(nobody.pupils[0], {**GOOD, Subject.WRITING: "2B"})])
    assert faulty.stage == Stage.IN_ERROR
    RegisteredPupil.objects.update(status="unregistered")
    settle(nobody.now())
    declare_nil(nobody.now(), "Nobody", by=nobody.manager)
    assert nobody.now().state == State.ACCEPTED
    take_back_nil(nobody.now(), by=nobody.manager)
    assert nobody.now().state == State.IN_ERROR


def test_somebody_registered_after_a_nil_return_makes_it_incomplete(nobody: SchoolThere) -> None:
    declare_nil(nobody.now(), "Nobody", by=nobody.manager)
    expect(nobody, 1)
    settle(nobody.now())
    assert nobody.now().state == State.INCOMPLETE


def test_the_pages_of_a_nil_return(nobody: SchoolThere) -> None:
    client = browser(nobody.manager)
    assert "Send the nil return" in client.get(f"{nobody.base}nil/").content.decode()
    assert client.post(f"{nobody.base}nil/", {"reason": ""}).status_code == 422
    client.post(f"{nobody.base}nil/", {"reason": "An infant school"})
    page = client.get(f"{nobody.base}nil/").content.decode()
    assert "An infant school" in page
    number = Receipt.objects.get().number
    assert f'href="{nobody.base}receipts/{number}/">{number}</a>' in page
    client.post(f"{nobody.base}nil/take-back/")
    assert nobody.now().nil_at is None
