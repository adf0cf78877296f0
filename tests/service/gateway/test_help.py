"""The thread between a school and the helpdesk: who may read and write, whose turn it is, and who gets an email."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from keystage.service.accounts.models import Person
from keystage.service.accounts.roles import Role
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.gateway.models import Message, ThreadSeen
from keystage.service.gateway.services.helping import HELPDESK, LONGEST, SCHOOL, look, needs_no_answer, write
from service.at_gateway import Gateway, SchoolThere, a_gateway, a_school_there
from service.made import YEAR

KEY = "abcdefghjkmn"
BASE = "https://keystage.example"


@pytest.fixture(autouse=True)
def _at_once(settings: object, db: None) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}  # type: ignore[attr-defined]
    cache.clear()


@pytest.fixture
def gateway() -> Gateway:
    return a_gateway()


@pytest.fixture
def there(gateway: Gateway) -> SchoolThere:
    return a_school_there(gateway)


def ask(there: SchoolThere, text: str = "Where is Ada?", by: Person | None = None) -> Message:
    return write(there.gateway_return, text, by=by or there.manager, is_helpdesk=False, base=BASE)


def answer(gateway: Gateway, there: SchoolThere, text: str = "On the register.") -> Message:
    return write(there.gateway_return, text, by=gateway.people[Role.HELPDESK], is_helpdesk=True, base=BASE)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def at_school(there: SchoolThere, rest: str = "") -> str:
    return f"{there.base}help/{rest}"


def at_agency(gateway: Gateway, there: SchoolThere | None = None, rest: str = "") -> str:
    thread = f"{there.gateway_return.key}/" if there else ""
    return f"/agency/{gateway.agency.key}/{YEAR}/help/{thread}{rest}"


def told() -> list[str]:
    return sorted(to for each in mail.outbox for to in each.to)


# -- writing ----------------------------------------------------------------------------------------------------------


def test_a_message_of_the_school_waits_for_the_helpdesk_and_an_answer_for_the_school(
    gateway: Gateway, there: SchoolThere
) -> None:
    ask(there)
    assert there.now().waiting_for == HELPDESK
    answer(gateway, there)
    assert there.now().waiting_for == SCHOOL


def test_a_thread_waits_since_the_first_message_without_an_answer(there: SchoolThere) -> None:
    first = ask(there)
    there.gateway_return.messages.update(at=timezone.now() - timedelta(hours=2))
    since = there.now().waiting_since
    ask(there, "Still waiting")
    assert since is not None
    assert abs(since - first.at) < timedelta(seconds=1)
    assert there.now().waiting_since == since


def test_a_message_is_in_the_record_without_its_text(there: SchoolThere) -> None:
    made = ask(there, "Ada Example was not here")
    event = Event.objects.get(kind=Kind.MESSAGE_WRITTEN)
    assert (event.target, event.person, event.organisation) == (made.key, there.manager, there.organisation)
    assert "Ada" not in json.dumps(event.data)


def test_the_same_form_sent_twice_is_one_message(there: SchoolThere) -> None:
    client = signed_in(there.manager)
    for _ in range(2):
        assert client.post(at_school(there), {"text": "Hello", "key": KEY}).status_code == 302
    assert Message.objects.count() == 1


def test_the_same_form_with_another_text_is_another_message(there: SchoolThere) -> None:
    client = signed_in(there.manager)
    for text in ("Hello", "Hello again"):
        client.post(at_school(there), {"text": text, "key": KEY})
    assert [each.text for each in Message.objects.order_by("pk")] == ["Hello", "Hello again"]


def test_a_key_of_another_thread_gives_nothing_of_it(gateway: Gateway, there: SchoolThere) -> None:
    other = a_school_there(gateway, number="9992002", name="Ottermere Primary School")
    signed_in(there.manager).post(at_school(there), {"text": "Hello", "key": KEY})
    signed_in(other.manager).post(at_school(other), {"text": "Hello", "key": KEY})
    assert [each.gateway_return for each in Message.objects.order_by("pk")] == [
        there.gateway_return, other.gateway_return,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "Enter a message"), ("x" * (LONGEST + 1), f"Message must be {LONGEST} characters or fewer")],
)
def test_a_message_that_cannot_be_sent_stays_in_the_form(there: SchoolThere, text: str, why: str) -> None:
    shown = signed_in(there.manager).post(at_school(there), {"text": text, "key": KEY}).content.decode()
    assert why in shown
    assert text in shown
    assert not Message.objects.exists()


def test_the_longest_message_is_taken(there: SchoolThere) -> None:
    signed_in(there.manager).post(at_school(there), {"text": "x" * LONGEST})
    assert len(Message.objects.get().text) == LONGEST


def test_too_many_messages_are_held_back_with_the_text_kept_and_the_time_said(there: SchoolThere) -> None:
    client = signed_in(there.manager)
    for number in range(20):
        client.post(at_school(there), {"text": f"Message {number}"})
    shown = client.post(at_school(there), {"text": "One more"}).content.decode()
    assert "You have sent 20 messages within 10 minutes" in shown
    assert "Wait 10 minutes" in shown
    assert "One more" in shown
    assert Message.objects.count() == 20


def test_one_persons_messages_do_not_hold_back_anothers(there: SchoolThere) -> None:
    for number in range(21):
        signed_in(there.manager).post(at_school(there), {"text": f"Message {number}"})
    signed_in(there.people[Role.HEAD]).post(at_school(there), {"text": "From the head"})
    assert Message.objects.filter(text="From the head").exists()


# -- reading ----------------------------------------------------------------------------------------------------------


def test_everybody_at_the_school_reads_and_the_teacher_does_not_write(there: SchoolThere) -> None:
    ask(there)
    for person in there.people.values():
        assert "Where is Ada?" in signed_in(person).get(at_school(there)).content.decode()
    teacher = signed_in(there.people[Role.TEACHER])
    assert "Send the message" not in teacher.get(at_school(there)).content.decode()
    assert teacher.post(at_school(there), {"text": "Hello"}).status_code == 403
    assert Message.objects.count() == 1


def test_a_thread_is_no_other_schools(gateway: Gateway, there: SchoolThere) -> None:
    other = a_school_there(gateway, number="9992002", name="Ottermere Primary School")
    ask(there)
    assert "Where is Ada?" not in signed_in(other.manager).get(at_school(other)).content.decode()
    assert signed_in(other.manager).get(at_school(there)).status_code == 404
    assert signed_in(other.manager).get(at_agency(gateway, there)).status_code == 404


def test_a_practice_agency_sees_no_real_thread(gateway: Gateway, there: SchoolThere) -> None:
    practice = a_gateway(is_practice=True)
    ask(there)
    client = signed_in(practice.people[Role.HELPDESK])
    assert client.get(at_agency(practice, there)).status_code == 404


def test_what_was_written_is_shown_as_text_and_no_link_can_be_followed(there: SchoolThere) -> None:
    ask(there, "<b>See</b>\nhttps://evil.example/")
    shown = signed_in(there.manager).get(at_school(there)).content.decode()
    assert "&lt;b&gt;See&lt;/b&gt;\nhttps://evil.example/" in shown
    assert 'href="https://evil.example' not in shown


def test_of_hundreds_of_messages_the_newest_are_shown_and_all_can_be(there: SchoolThere) -> None:
    now = timezone.now()
    Message.objects.bulk_create(
        Message(gateway_return=there.gateway_return, by=there.manager, is_helpdesk=False, text=f"No {n}.", at=now)
        for n in range(300)
    )
    client = signed_in(there.manager)
    shown = client.get(at_school(there)).content.decode()
    assert "No 299." in shown
    assert "No 249." not in shown
    assert "Show all 300 messages" in shown
    assert client.get(at_school(there, "?all")).content.decode().count('class="ks-message') >= 300


def test_the_newest_message_comes_first(gateway: Gateway, there: SchoolThere) -> None:
    ask(there, "Earlier words")
    answer(gateway, there, "Later words")
    shown = signed_in(there.manager).get(at_school(there)).content.decode()
    assert shown.index("Later words") < shown.index("Earlier words")


# -- live -------------------------------------------------------------------------------------------------------------


def test_the_script_hears_only_what_is_new(gateway: Gateway, there: SchoolThere) -> None:
    seen = ask(there)
    client = signed_in(there.manager)
    assert client.get(at_school(there, f"news/?after={seen.key}")).status_code == 204
    new = answer(gateway, there)
    found = client.get(at_school(there, f"news/?after={seen.key}")).json()
    assert (found["last"], found["by"]) == (new.key, ["Helpdesk Made-up"])
    assert "On the register." in found["html"]
    assert "Where is Ada?" not in found["html"]


def test_hearing_what_is_new_costs_few_queries(there: SchoolThere, django_assert_max_num_queries: object) -> None:
    seen = ask(there)
    client = signed_in(there.manager)
    client.get(at_school(there, f"news/?after={seen.key}&looking"))
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        client.get(at_school(there, f"news/?after={seen.key}&looking"))


def test_the_script_sends_a_message_and_gets_a_key_for_the_next(there: SchoolThere) -> None:
    sent = {"text": "By script", "key": KEY}
    answer = signed_in(there.manager).post(at_school(there, "news/"), sent, content_type="application/json")
    assert (answer.status_code, answer.json()["key"]) == (201, KEY)
    assert len(answer.json()["next"]) == 12
    assert Message.objects.get().text == "By script"


@pytest.mark.parametrize(
    "body", ["", "[]", '{"text": 1}', '{"text": ""}', '{"text": "\\ud800"}', '{"text": "\\u0000"}']
)
def test_what_is_no_message_is_refused_in_words(there: SchoolThere, body: str) -> None:
    answer = signed_in(there.manager).post(at_school(there, "news/"), body, content_type="application/json")
    assert answer.status_code in (400, 422)
    assert answer.json()["why"]
    assert not Message.objects.exists()


def test_somebody_signed_out_is_told_so_and_keeps_the_text(there: SchoolThere) -> None:
    answer = Client().post(at_school(there, "news/"), {"text": "Hello"}, content_type="application/json")
    assert answer.status_code == 401
    assert "signed out" in answer.json()["why"]


# -- email ------------------------------------------------------------------------------------------------------------


def test_the_helpdesk_is_told_once_until_somebody_looks(gateway: Gateway, there: SchoolThere) -> None:
    helpers = sorted(gateway.people[role].email for role in (Role.HELPDESK, Role.OPERATOR))
    ask(there)
    ask(there, "And Ben?")
    assert told() == helpers
    for role in (Role.HELPDESK, Role.OPERATOR):
        look(there.gateway_return, gateway.people[role])
    ThreadSeen.objects.update(open_at=timezone.now() - timedelta(minutes=1))
    ThreadSeen.objects.update(emailed_at=timezone.now() - timedelta(hours=1))
    ask(there, "They have it open")
    assert told() == helpers
    ThreadSeen.objects.update(open_at=timezone.now() - timedelta(minutes=30))
    ask(there, "They are away again")
    assert told() == sorted([*helpers, *helpers])


def test_the_helpdesk_gets_one_email_however_many_schools_write(gateway: Gateway, there: SchoolThere) -> None:
    other = a_school_there(gateway, number="9992002", name="Ottermere Primary School")
    ask(there)
    ask(other)
    assert len(told()) == 2  # the helpdesk and the operator, each once


def test_of_the_school_those_are_told_who_wrote(gateway: Gateway, there: SchoolThere) -> None:
    ask(there, by=there.people[Role.HEAD])
    ThreadSeen.objects.update(open_at=timezone.now() - timedelta(hours=1))
    mail.outbox.clear()
    answer(gateway, there)
    assert told() == [there.people[Role.HEAD].email]


def test_where_the_helpdesk_writes_first_all_are_told_who_may_answer(gateway: Gateway, there: SchoolThere) -> None:
    answer(gateway, there)
    may = (Role.DATA_MANAGER, Role.HEAD, Role.ACCOUNT_MANAGER)
    assert told() == sorted(there.people[role].email for role in may)


def test_somebody_who_has_the_thread_open_gets_no_email(gateway: Gateway, there: SchoolThere) -> None:
    ask(there)
    mail.outbox.clear()
    answer(gateway, there)
    assert told() == []


def test_the_email_holds_nothing_that_was_written(gateway: Gateway, there: SchoolThere) -> None:
    answer(gateway, there, "Ada Example, A999200111111")
    (first, *_) = mail.outbox
    assert "Ada" not in first.subject + first.body
    assert "A9992" not in first.subject + first.body
    assert f"{BASE}{at_school(there)}" in first.body


def test_the_helpdesks_email_leads_to_the_thread(gateway: Gateway, there: SchoolThere) -> None:
    ask(there)
    assert f"{BASE}{at_agency(gateway, there)}" in mail.outbox[0].body
    assert there.organisation.name in mail.outbox[0].subject


# -- the helpdesk -----------------------------------------------------------------------------------------------------


def test_the_thread_that_has_waited_longest_comes_first(gateway: Gateway, there: SchoolThere) -> None:
    other = a_school_there(gateway, number="9992002", name="Ottermere Primary School")
    ask(there)
    ask(other)
    shown = signed_in(gateway.people[Role.HELPDESK]).get(at_agency(gateway)).content.decode()
    assert shown.index("Quellbridge") < shown.index("Ottermere")
    answer(gateway, there)
    shown = signed_in(gateway.people[Role.HELPDESK]).get(at_agency(gateway)).content.decode()
    assert "Quellbridge" not in shown
    assert "Ottermere" in shown


def test_every_thread_can_be_listed_and_a_school_found_that_never_wrote(gateway: Gateway, there: SchoolThere) -> None:
    other = a_school_there(gateway, number="9992002", name="Ottermere Primary School")
    answer(gateway, there)
    client = signed_in(gateway.people[Role.HELPDESK])
    every = client.get(at_agency(gateway, rest="?show=all")).content.decode()
    assert "Quellbridge" in every
    assert "Ottermere" not in every
    for search in ("otter", "9992002"):
        assert other.gateway_return.key in client.get(at_agency(gateway, rest=f"?q={search}")).content.decode()


def test_the_list_takes_no_more_queries_with_many_threads(
    gateway: Gateway, there: SchoolThere, django_assert_max_num_queries: object
) -> None:
    for number in range(2, 12):
        ask(a_school_there(gateway, number=f"99920{number:02}", name=f"School {number}", pupils=0))
    client = signed_in(gateway.people[Role.HELPDESK])
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        client.get(at_agency(gateway))


def test_a_thread_that_needs_no_answer_leaves_the_queue_and_comes_back_with_the_next_message(
    gateway: Gateway, there: SchoolThere
) -> None:
    ask(there, "Thank you!")
    client = signed_in(gateway.people[Role.HELPDESK])
    client.post(at_agency(gateway, there, "no-answer/"))
    assert there.now().waiting_for == ""
    assert Event.objects.filter(kind=Kind.HELP_SETTLED).count() == 1
    ask(there, "One more thing")
    assert there.now().waiting_for == HELPDESK


def test_a_thread_that_the_school_must_answer_cannot_be_settled(gateway: Gateway, there: SchoolThere) -> None:
    answer(gateway, there)
    needs_no_answer(there.gateway_return, by=gateway.people[Role.HELPDESK])
    assert there.now().waiting_for == SCHOOL


def test_the_helpdesk_sees_where_the_return_stands(gateway: Gateway, there: SchoolThere) -> None:
    shown = signed_in(gateway.people[Role.HELPDESK]).get(at_agency(gateway, there)).content.decode()
    for words in ("Not started", "Quellbridge Primary School", "9992001", "999"):
        assert words in shown


def test_who_only_looks_after_people_at_the_agency_reads_no_thread(gateway: Gateway, there: SchoolThere) -> None:
    client = signed_in(gateway.people[Role.ACCOUNT_MANAGER])
    assert client.get(at_agency(gateway)).status_code == 403
    assert client.get(at_agency(gateway, there)).status_code == 403
