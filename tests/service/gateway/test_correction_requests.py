"""What a school reports as wrong: who is told, and what closes it; nothing of it is lost."""

from typing import Any

import pytest
from django.core import mail

from keystage.service.accounts.presenters.sentences import sentence
from keystage.service.accounts.roles import Role
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.gateway.models import CorrectionRequest, HeldPupil, RegisteredPupil
from keystage.service.gateway.reported import same_pupil
from keystage.service.gateway.services.authorities import set_authority_emails
from keystage.service.gateway.services.checking import check
from keystage.service.gateway.services.correction_requests import Wrong, mark_as_right, report_wrong, take_back
from keystage.service.gateway.services.removing import Ground, remove_pupil, remove_return
from keystage.years.subjects import Subject
from service.at_gateway import GOOD, Gateway, SchoolThere, a_pupil, send


@pytest.fixture(autouse=True)
def _something_counts(there: SchoolThere) -> None:
    send(there)
    mail.outbox.clear()


def report(
    there: SchoolThere, *, what: str = "writing", shown: str = "EXS", says: str = "It is GDS"
) -> CorrectionRequest:
    """Report something of the first pupil."""
    first = there.pupils[0]
    return report_wrong(there.gateway_return, Wrong(what, says, first.upn, str(first), shown), by=there.manager)


def change(there: SchoolThere, codes: dict[Subject, str], *, serial: int = 2, who: int = 0, **fields: object) -> None:
    """Send a file in which one pupil is otherwise, and confirm the difference."""
    pupils = [a_pupil(each) for each in there.pupils]
    pupils[who] = a_pupil(there.pupils[who], {**GOOD, **codes}, **fields)
    sent = send(there, pupils, serial=serial)
    check(sent, by=there.manager, confirmed=sent.held_version)


def state(request: CorrectionRequest) -> str:
    request.refresh_from_db()
    return request.closed_how


def test_a_report_changes_nothing_and_stays_open(there: SchoolThere) -> None:
    made = report(there)
    assert state(made) == ""
    assert HeldPupil.objects.filter(upn=there.pupils[0].upn).get().writing == "EXS"


def test_a_file_that_counts_and_changes_it_closes_it(there: SchoolThere) -> None:
    made = report(there)
    change(there, {Subject.WRITING: "GDS"})
    assert state(made) == "sent again"
    assert made.closed_by == there.manager
    event = Event.objects.get(kind=Kind.WRONG_MENDED)
    assert sentence(event, "Dana Marsh", "") == (
        "Dana Marsh changed what was reported as wrong for 2026 (Writing judgement): accepted"
        " 9992001_KS2_NAALLLL_002.xml."
    )


def test_a_file_that_changes_something_else_leaves_it_open(there: SchoolThere) -> None:
    made = report(there)
    change(there, {Subject.SCIENCE: "HNM"})
    change(there, {Subject.WRITING: "GDS"}, serial=3, who=1)
    assert state(made) == ""


def test_a_file_that_does_not_count_yet_closes_nothing(there: SchoolThere) -> None:
    made = report(there)
    pupils = [a_pupil(each, {**GOOD, Subject.WRITING: "GDS"}) for each in there.pupils]
    send(there, pupils, serial=2)
    assert state(made) == ""


def test_a_name_that_is_put_right_closes_what_was_said_of_the_pupil(there: SchoolThere) -> None:
    first = there.pupils[0]
    held = HeldPupil.objects.get(upn=first.upn)
    shown = f"{first}, {first.upn}, 2 March 2015, {held.sex}"
    made, other = report(there, what="pupil", shown=shown), report(there)
    RegisteredPupil.objects.filter(pk=first.pk).update(surname="Exemplar")
    change(there, {}, surname="Exemplar")
    assert (state(made), state(other)) == ("sent again", "")


def test_who_is_meant_is_found_by_upn_by_a_former_one_or_by_a_name_that_is_theirs_alone(there: SchoolThere) -> None:
    made = report(there)
    held = list(HeldPupil.objects.order_by("pk"))
    assert same_pupil(made, held) == held[0]
    held[0].upn = "A999200110999"
    assert same_pupil(made, held) == held[0], "the UPN was put right"
    held[1].former_upn = made.upn
    assert same_pupil(made, held) == held[1]
    held[1].former_upn = ""
    held[2].surname, held[2].forename = held[0].surname, held[0].forename
    assert same_pupil(made, held) is None, "two have the name"


def test_who_was_missing_and_comes_closes_what_was_said_of_them(gateway: Gateway, there: SchoolThere) -> None:
    first = there.pupils[0]
    held = HeldPupil.objects.get(upn=first.upn)
    remove_pupil(there.gateway_return, held.key, Ground.OTHER, "By mistake", by=there.manager)
    made = report(there, shown="nothing counts", says="She is missing")
    change(there, {})
    assert state(made) == "sent again"


def test_a_pupil_who_is_removed_closes_what_was_said_of_them_and_of_no_other(there: SchoolThere) -> None:
    made = report(there)
    other = there.pupils[1]
    kept = report_wrong(there.gateway_return, Wrong("writing", "No", other.upn, str(other), "EXS"), by=there.manager)
    held = HeldPupil.objects.get(upn=there.pupils[0].upn)
    remove_pupil(there.gateway_return, held.key, Ground.NOT_HERE, "Moved in April", by=there.manager)
    assert (state(made), state(kept)) == ("removed", "")


def test_removing_the_return_closes_what_was_said_of_its_pupils(gateway: Gateway, there: SchoolThere) -> None:
    made = report(there)
    whole = report_wrong(there.gateway_return, Wrong("pupil", "Somebody is missing"), by=there.manager)
    remove_return(there.gateway_return, "Sent for the wrong school", by=gateway.people[Role.OPERATOR])
    assert (state(made), state(whole)) == ("removed", "")


def test_what_is_said_of_a_test_is_closed_by_no_file(there: SchoolThere) -> None:
    made = report(there, what="test:reading", shown="scaled score 99, AS")
    change(there, {Subject.READING: "WTS", Subject.WRITING: "GDS"})
    assert state(made) == ""


def test_it_is_marked_as_right_with_a_reason_and_the_school_is_told(
    gateway: Gateway, there: SchoolThere, django_capture_on_commit_callbacks: Any
) -> None:
    made = report(there)
    officer = gateway.people[Role.DATA_OFFICER]
    with pytest.raises(NotAllowedNow, match="Say why"):
        mark_as_right(made, "  ", by=officer, asked_for=gateway.authority)
    with django_capture_on_commit_callbacks(execute=True):
        mark_as_right(made, "The moderator judged EXS.", by=officer, asked_for=gateway.authority)
    assert (state(made), made.closed_by, made.because) == ("marked as right", officer, "The moderator judged EXS.")
    assert sorted(each.to[0] for each in mail.outbox) == sorted([there.manager.email, there.people[Role.HEAD].email])
    assert "Quellshire has answered" in mail.outbox[0].subject
    said = sentence(Event.objects.get(kind=Kind.WRONG_IS_RIGHT), "Data Quellshire", "")
    assert said.endswith("marked as right what was reported as wrong for 2026 (Writing judgement), because The"
                         " moderator judged EXS.")  # fmt: skip


def test_it_is_taken_back(there: SchoolThere) -> None:
    made = report(there)
    take_back(made, by=there.manager)
    assert state(made) == "taken back"


def test_what_is_closed_is_not_closed_again(gateway: Gateway, there: SchoolThere) -> None:
    made = report(there)
    take_back(made, by=there.manager)
    with pytest.raises(NotAllowedNow, match="closed already: it was taken back"):
        mark_as_right(made, "x", by=gateway.people[Role.OPERATOR], asked_for=gateway.agency)
    assert state(made) == "taken back"


def test_the_same_is_not_reported_twice_while_it_is_open(there: SchoolThere) -> None:
    made = report(there)
    with pytest.raises(NotAllowedNow, match="already"):
        report(there)
    take_back(made, by=there.manager)
    assert report(there).pk != made.pk


@pytest.mark.parametrize(("emails", "told"), [("each", 1), ("requests", 1), ("nothing", 0)])
def test_the_authority_is_told_as_it_has_chosen(
    gateway: Gateway, there: SchoolThere, django_capture_on_commit_callbacks: Any, emails: str, told: int
) -> None:
    officer = gateway.people[Role.DATA_OFFICER]
    set_authority_emails(gateway.collection, gateway.authority, emails, by=officer)
    with django_capture_on_commit_callbacks(execute=True):
        report(there)
    assert [each.to for each in mail.outbox] == [[officer.email]] * told


def test_no_email_and_no_event_names_a_pupil_or_repeats_what_the_school_says(
    gateway: Gateway, there: SchoolThere, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made = report(there, says="Exampleb is GDS")
        mark_as_right(made, "It is right", by=gateway.people[Role.OPERATOR], asked_for=gateway.agency)
    assert len(mail.outbox) == 3
    said = [f"{each.subject} {each.body}" for each in mail.outbox]
    said += [str(each.data) for each in Event.objects.filter(kind__startswith="correction.")]
    first = there.pupils[0]
    for words in said:
        assert first.surname not in words
        assert first.upn not in words


def test_it_can_be_reported_after_the_collection_has_closed(gateway: Gateway, there: SchoolThere) -> None:
    gateway.collection.closes_at = gateway.collection.opens_at
    gateway.collection.save()
    assert state(report(there)) == ""
