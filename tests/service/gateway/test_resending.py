"""Requests to send again: who may be asked, who is told, and what answers them."""

import pytest
from django.core import mail

from keystage.service.accounts.roles import Role
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.gateway.models import AuthoritySettings, ResendRequest
from keystage.service.gateway.queries import open_requests
from keystage.service.gateway.services.authorities import set_authority_emails
from keystage.service.gateway.services.checking import check
from keystage.service.gateway.services.resending import ask_to_send_again
from keystage.years.subjects import Subject
from service.at_gateway import GOOD, Gateway, SchoolThere, a_gateway, a_pupil, a_school_there, send

REASON = "The writing judgements look shifted by a row"


@pytest.fixture
def gateway(db: None) -> Gateway:
    return a_gateway()


@pytest.fixture
def there(gateway: Gateway) -> SchoolThere:
    made = a_school_there(gateway)
    send(made)
    return made


def ask(gateway: Gateway, there: SchoolThere, reason: str = REASON, *, role: Role = Role.OPERATOR) -> ResendRequest:
    organisation = gateway.agency if role is Role.OPERATOR else gateway.authority
    return ask_to_send_again(there.gateway_return, reason, by=gateway.people[role], asked_for=organisation)


def test_a_request_is_open_until_the_next_file_counts(gateway: Gateway, there: SchoolThere) -> None:
    made = ask(gateway, there)
    assert open_requests(there.now()) == [made]
    changed = [a_pupil(each, {**GOOD, Subject.WRITING: "GDS"}) for each in there.pupils]
    sent = send(there, changed, serial=2)
    assert open_requests(there.now()) == [made]
    check(sent, by=there.manager, confirmed=sent.held_version)
    assert open_requests(there.now()) == []
    made.refresh_from_db()
    assert made.answered_by == sent


def test_a_request_is_kept_in_the_record_of_the_school(gateway: Gateway, there: SchoolThere) -> None:
    ask(gateway, there)
    event = Event.objects.get(kind=Kind.RESEND_ASKED)
    assert (event.organisation, event.person, event.data["reason"]) == (
        there.organisation,
        gateway.people[Role.OPERATOR],
        REASON,
    )


def test_a_school_that_has_sent_nothing_is_not_asked_to_send_again(gateway: Gateway) -> None:
    silent = a_school_there(gateway, number="9992002", name="Ottermere Primary School")
    with pytest.raises(NotAllowedNow, match="Nothing has come from Ottermere"):
        ask(gateway, silent)


def test_a_school_that_cannot_send_any_more_is_not_asked(gateway: Gateway, there: SchoolThere) -> None:
    gateway.collection.closes_at = gateway.collection.opens_at
    gateway.collection.save()
    with pytest.raises(NotAllowedNow, match="cannot send now"):
        ask(gateway, there)


def test_the_same_reason_is_given_once_while_it_is_open(gateway: Gateway, there: SchoolThere) -> None:
    ask(gateway, there)
    with pytest.raises(NotAllowedNow, match="asked for this reason already"):
        ask(gateway, there)
    assert ResendRequest.objects.count() == 1


def told(gateway: Gateway, callbacks, act) -> set[str]:
    mail.outbox.clear()
    with callbacks(execute=True):
        act()
    return {each.to[0] for each in mail.outbox}


def test_the_school_and_the_authority_are_told_of_a_request(
    gateway: Gateway, there: SchoolThere, django_capture_on_commit_callbacks
) -> None:
    officer = gateway.people[Role.DATA_OFFICER].email
    found = told(gateway, django_capture_on_commit_callbacks, lambda: ask(gateway, there))
    assert found == {there.manager.email, there.people[Role.HEAD].email, officer}
    assert all(REASON in each.body and "Made-up Agency" in each.body for each in mail.outbox)


def test_who_asks_is_not_told_what_they_did(
    gateway: Gateway, there: SchoolThere, django_capture_on_commit_callbacks
) -> None:
    act = lambda: ask(gateway, there, role=Role.DATA_OFFICER)  # noqa: E731
    assert gateway.people[Role.DATA_OFFICER].email not in told(gateway, django_capture_on_commit_callbacks, act)


@pytest.mark.parametrize(("emails", "of_request", "of_file"), [
    ("each", True, True), ("requests", True, False), ("nothing", False, False),
])  # fmt: skip
def test_an_authority_is_told_of_what_it_wants(
    gateway: Gateway, there: SchoolThere, django_capture_on_commit_callbacks, emails: str, of_request: bool,
    of_file: bool,
) -> None:  # fmt: skip
    officer = gateway.people[Role.DATA_OFFICER]
    set_authority_emails(gateway.collection, gateway.authority, emails, by=officer)
    assert AuthoritySettings.objects.get().emails == emails
    found = told(gateway, django_capture_on_commit_callbacks, lambda: ask(gateway, there))
    assert (officer.email in found) is of_request
    found = told(gateway, django_capture_on_commit_callbacks, lambda: send(there, there_without(there), serial=2))
    assert (officer.email in found) is of_file


def there_without(there: SchoolThere):
    return [a_pupil(each) for each in there.pupils[:2]]


def test_an_authority_that_has_chosen_nothing_is_not_told_of_each_file(
    gateway: Gateway, there: SchoolThere, django_capture_on_commit_callbacks
) -> None:
    act = lambda: send(there, there_without(there), serial=2)  # noqa: E731
    assert told(gateway, django_capture_on_commit_callbacks, act) == set()


def test_a_file_checked_again_is_not_told_again(
    gateway: Gateway, there: SchoolThere, django_capture_on_commit_callbacks
) -> None:
    set_authority_emails(gateway.collection, gateway.authority, "each", by=gateway.people[Role.DATA_OFFICER])
    sent = send(there, there_without(there), serial=2)
    assert told(gateway, django_capture_on_commit_callbacks, lambda: check(sent, by=there.manager)) == set()


def test_email_that_fails_undoes_nothing(
    gateway: Gateway, there: SchoolThere, django_capture_on_commit_callbacks, settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with django_capture_on_commit_callbacks(execute=True):
        made = ask(gateway, there)
    assert open_requests(there.now()) == [made]
