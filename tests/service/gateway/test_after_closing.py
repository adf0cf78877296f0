"""A file that arrived in time and was not finished in time: what the school, the agency and the pages make of it."""

from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from keystage.service.accounts.presenters.sentences import sentence
from keystage.service.accounts.roles import Role
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.gateway.asked import asked, queries_in
from keystage.service.gateway.models import Collection, Route, Stage, Submission
from keystage.service.gateway.services import registering
from keystage.service.gateway.services.answering import answer
from keystage.service.gateway.services.checking import check
from keystage.service.gateway.services.deciding import confirm
from keystage.service.gateway.services.receiving import Arrival, receive
from keystage.service.gateway.services.school_dates import extend, note_moderation
from keystage.years.subjects import Subject
from service.at_gateway import GOOD, Gateway, SchoolThere, a_file, a_pupil, send
from service.made import YEAR

ASKED = {**GOOD, Subject.READING: "PK4"}
"""Codes that the checks ask about."""


def close() -> None:
    """Let the closing of every collection pass."""
    Collection.objects.update(closes_at=timezone.now() - timedelta(hours=1))


def short_of_one(there: SchoolThere) -> Submission:
    """Send a file in which the third pupil is missing."""
    return send(there, [a_pupil(each) for each in there.pupils[:2]])


def with_query(there: SchoolThere) -> Submission:
    first, *others = there.pupils
    return send(there, [a_pupil(first, ASKED), *map(a_pupil, others)])


def with_difference(there: SchoolThere) -> Submission:
    send(there)
    first, *others = there.pupils
    return send(there, [a_pupil(first, {**GOOD, Subject.WRITING: "GDS"}), *map(a_pupil, others)], serial=2)


def take_off(there: SchoolThere, gateway: Gateway, *, for_agency: bool = True) -> None:
    """Enter the third pupil as registered by mistake."""
    correct(there, gateway, for_agency=for_agency, status="unregistered")


def correct(there: SchoolThere, gateway: Gateway, *, for_agency: bool = True, **fields: Any) -> None:
    """Correct what the register says of the third pupil."""
    pupil = there.pupils[2]
    entry = replace(registering.entry_of(pupil), **fields)
    by = gateway.people[Role.OPERATOR] if for_agency else there.manager
    registering.change(
        there.now(), pupil.key, entry, version=pupil.version, by=by, reason="Never here", for_agency=for_agency
    )


def stage_of(sent: Submission) -> str:
    return Submission.objects.get(pk=sent.pk).stage


def page_of(client: Client, there: SchoolThere, sent: Submission) -> str:
    return " ".join(unescape(client.get(f"{there.base}files/{sent.key}/").content.decode()).split())


def test_a_file_that_arrived_in_time_counts_when_it_is_checked_first_after_the_closing(there: SchoolThere) -> None:
    name, content = a_file(there)
    arrived = receive(there.now(), Arrival(name, content, there.organisation, there.manager, Route.BROWSER))
    close()
    assert check(arrived, by=None).stage == Stage.APPLIED


def test_a_query_is_not_answered_after_the_closing(there: SchoolThere) -> None:
    sent = with_query(there)
    close()
    with pytest.raises(NotAllowedNow, match="let one school go on for longer"):
        answer(sent, list(map(asked, queries_in(sent.report))), "So it is", by=there.manager)
    assert stage_of(sent) == Stage.TO_ANSWER


def test_a_difference_is_not_confirmed_after_the_closing(there: SchoolThere) -> None:
    sent = with_difference(there)
    close()
    with pytest.raises(NotAllowedNow, match="closed for your school"):
        confirm(sent, sent.held_version, by=there.manager)
    assert stage_of(sent) == Stage.TO_CONFIRM


def test_with_an_extension_the_school_finishes_its_file(there: SchoolThere, gateway: Gateway) -> None:
    sent = with_query(there)
    close()
    extend(
        there.now(), timezone.now() + timedelta(days=1), "Their server stood still", by=gateway.people[Role.OPERATOR]
    )
    done = answer(sent, list(map(asked, queries_in(sent.report))), "So it is", by=there.manager)
    assert done.stage == Stage.APPLIED


def test_what_the_agency_corrects_on_the_register_lets_a_file_count_that_came_in_time(
    there: SchoolThere, gateway: Gateway
) -> None:
    sent = short_of_one(there)
    close()
    take_off(there, gateway)
    assert stage_of(sent) == Stage.APPLIED


def test_what_a_school_changes_on_its_register_after_the_closing_lets_nothing_count(
    there: SchoolThere, gateway: Gateway
) -> None:
    """The cut-off for joiners and leavers can lie after the closing."""
    sent = short_of_one(there)
    close()
    Collection.objects.update(registration_closes_at=timezone.now() + timedelta(days=7))
    take_off(there, gateway, for_agency=False)
    assert (stage_of(sent), there.now().expected) == (Stage.IN_ERROR, 2)


def test_the_agencys_correction_confirms_no_difference(there: SchoolThere, gateway: Gateway) -> None:
    sent = with_difference(there)
    close()
    correct(there, gateway, next_school="9994001")
    assert stage_of(sent) == Stage.TO_CONFIRM


def test_the_record_says_that_it_counted_after_the_closing(there: SchoolThere, gateway: Gateway) -> None:
    short_of_one(there)
    close()
    take_off(there, gateway)
    event = Event.objects.get(kind=Kind.FILE_APPLIED)
    assert sentence(event, "Olive Brook", "").endswith("after files were taken no more: it had arrived in time.")


def test_the_record_of_a_file_that_counted_in_time_says_nothing_of_it(there: SchoolThere) -> None:
    send(there)
    assert "late" not in Event.objects.get(kind=Kind.FILE_APPLIED).data


@pytest.mark.parametrize(
    ("story", "heading"),
    [
        (short_of_one, "1 error not put right in time"),
        (with_query, "1 query not answered in time"),
        (with_difference, "Changes not confirmed in time"),
    ],
)
def test_the_page_of_the_file_says_that_it_is_too_late_and_who_can_help(
    there: SchoolThere, manager: Client, story: object, heading: str
) -> None:
    sent = story(there)  # type: ignore[operator]
    close()
    page = page_of(manager, there, sent)
    assert heading in page
    assert "because it arrived in time" in page
    assert "Write to the helpdesk" in page
    assert "send it as it is" not in page


def test_the_page_of_the_return_leads_to_the_file_that_is_too_late(there: SchoolThere, manager: Client) -> None:
    sent = short_of_one(there)
    close()
    page = manager.get(there.base).content.decode()
    assert "arrived in time and does not count" in page
    assert f"files/{sent.key}/" in page


def test_the_agencys_page_of_the_file_says_what_lets_it_count(there: SchoolThere, gateway: Gateway) -> None:
    sent = short_of_one(there)
    client = Client()
    client.force_login(gateway.people[Role.OPERATOR])
    path = f"/agency/{gateway.agency.key}/{YEAR}/schools/{there.gateway_return.key}/file/{sent.key}/"
    before = client.get(path).content.decode()
    close()
    after = client.get(path).content.decode()
    assert ["extend the school" in page for page in (before, after)] == [False, True]


def test_the_operator_is_told_that_the_correction_lets_the_file_count(there: SchoolThere, gateway: Gateway) -> None:
    sent, pupil = short_of_one(there), there.pupils[2]
    close()
    client = Client()
    client.force_login(gateway.people[Role.OPERATOR])
    path = f"/agency/{gateway.agency.key}/{YEAR}/registration/schools/{there.gateway_return.key}/register/{pupil.key}/"
    assert pupil.birth_date
    given = {
        "upn": pupil.upn, "surname": pupil.surname, "forename": pupil.forename, "sex": pupil.sex,
        "birth_date": f"{pupil.birth_date:%d/%m/%Y}", "reading": pupil.reading, "gps": pupil.gps, "maths": pupil.maths,
        "status": "unregistered", "reason": "Never here", "version": pupil.version,
    }  # fmt: skip
    page = client.post(f"{path}change/", given, follow=True).content.decode()
    assert f"nothing is against {sent.file.name} any more" in page


def test_the_receipt_says_when_the_file_arrived(there: SchoolThere, manager: Client, gateway: Gateway) -> None:
    short_of_one(there)
    close()
    take_off(there, gateway)
    receipt = there.now().receipts.get()
    assert "Arrived" in manager.get(f"{there.base}receipts/{receipt.number}/").content.decode()


def test_the_record_says_once_that_a_file_was_accepted(there: SchoolThere) -> None:
    sent = send(there)
    about = Event.objects.filter(target=sent.key).order_by("pk").values_list("kind", flat=True)
    assert list(about) == [Kind.FILE_RECEIVED, Kind.FILE_APPLIED]


def test_the_record_says_whether_a_school_is_moderated_and_when_it_is_visited(
    there: SchoolThere, gateway: Gateway
) -> None:
    for day, is_moderated in ((date(2026, 6, 9), True), (None, False)):
        note_moderation(
            there.now(), day, is_moderated=is_moderated, by=gateway.people[Role.OPERATOR], noted_by=gateway.agency
        )
    said = [sentence(each, "Olive Brook", "") for each in Event.objects.filter(kind=Kind.SCHOOL_MODERATED)]
    assert sorted(said) == [
        "Olive Brook noted that the school is moderated for 2026, with a visit on 9 June 2026.",
        "Olive Brook noted that the school is not moderated for 2026.",
    ]
