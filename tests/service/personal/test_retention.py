"""What was kept for as long as it should be goes, piece by piece; nothing open, nothing held, nothing younger."""

from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from keystage.service.accounts.models import ApiToken, Invitation, KeptEmail
from keystage.service.accounts.roles import Role
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.events.record import record
from keystage.service.gateway.models import (
    Collection,
    GatewayReturn,
    HeldPupil,
    Message,
    PreparedFile,
    Receipt,
    RegisteredPupil,
    Release,
    Submission,
)
from keystage.service.gateway.services.helping import write
from keystage.service.personal import doomed
from keystage.service.personal.holds import set_hold
from keystage.service.personal.retention import due
from keystage.service.school.models import Export, Incoming, Pupil, SchoolReturn, Signature
from keystage.service.work import retention
from service.at_gateway import SchoolThere, a_gateway, a_school_there, send
from service.at_results import national, released
from service.made import MadeSchool, upn
from service.personal.everything import everything_said

IN_TIME = timezone.make_aware(datetime(2033, 8, 31, 12))  # noqa: DTZ001 - in London
OVER = timezone.make_aware(datetime(2033, 9, 1, 12))  # noqa: DTZ001
"""Seven years and the rest of the summer after 2026."""


def words(moment: datetime) -> list[str]:
    return [piece.words for _, piece in due(retention.RULES, moment)]


def test_a_closed_year_of_a_school_goes_when_its_years_are_over(closed: MadeSchool) -> None:
    assert "the pupils of 2026 at Quellbridge Primary School" not in words(IN_TIME)
    assert "the pupils of 2026 at Quellbridge Primary School" in words(OVER)
    retention.run(OVER, all_rules=True)
    doomed.take_away(grace=timedelta(0))
    said = everything_said()
    for gone in (upn(1), upn(2), "Example", "Specimen", "Hilary Fry has"):
        assert gone not in said
    assert Pupil.objects.count() == 0


def test_that_a_return_was_signed_and_sent_stays(closed: MadeSchool) -> None:
    before = [
        Signature.objects.values_list("fingerprint", "person"),
        Export.objects.values_list("fingerprint", "pupils"),
    ]
    held = [list(each) for each in before]
    retention.run(OVER, all_rules=True)
    assert [list(each.all()) for each in before] == held
    assert SchoolReturn.objects.get().year == 2026


def test_a_year_that_is_not_closed_stays(filled: MadeSchool) -> None:
    retention.run(OVER, all_rules=True)
    assert Pupil.objects.count() == 3


def test_a_year_of_a_school_that_is_held_stays(closed: MadeSchool) -> None:
    set_hold(closed.organisation, "Inquiry 3", by=None)
    retention.run(OVER, all_rules=True)
    assert Pupil.objects.count() == 3


def test_a_hold_on_one_pupil_keeps_everything_of_the_school(closed: MadeSchool) -> None:
    set_hold(closed.organisation, "Complaint 17", by=None, pupil=closed.pupils["Ada"].key)
    retention.run(OVER, all_rules=True)
    assert Pupil.objects.count() == 3


def test_nothing_goes_without_being_asked_for_but_what_is_of_no_use(closed: MadeSchool) -> None:
    retention.run(OVER, all_rules=False)
    assert Pupil.objects.count() == 3


def test_looking_at_what_is_over_changes_nothing(closed: MadeSchool) -> None:
    before = everything_said()
    assert words(OVER)
    assert everything_said() == before


def test_each_piece_is_an_event_with_its_counts(closed: MadeSchool) -> None:
    retention.run(OVER, all_rules=True)
    event = Event.objects.get(kind=Kind.RETENTION_DONE, organisation=closed.organisation)
    assert event.data["reason"] == "the pupils of 2026 at Quellbridge Primary School"


def test_a_run_that_was_stopped_goes_on_where_it_was(closed: MadeSchool, monkeypatch: pytest.MonkeyPatch) -> None:
    pieces = due(retention.RULES, OVER)
    assert len(pieces) > 1

    def stopped(*_: object) -> None:
        if not Pupil.objects.exists():
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        retention.run(OVER, all_rules=True, tell=stopped)
    assert 0 < len(due(retention.RULES, OVER)) < len(pieces)
    retention.run(OVER, all_rules=True)
    assert due(retention.RULES, OVER) == []


def test_a_file_that_was_not_taken_over_goes_after_its_days(filled: MadeSchool) -> None:
    assert Incoming.objects.filter(kind="roll").exists()
    retention.run(timezone.now() + timedelta(days=89), all_rules=True)
    assert Incoming.objects.filter(kind="roll").exists()
    retention.run(timezone.now() + timedelta(days=91), all_rules=True)
    assert not Incoming.objects.filter(kind="roll").exists()


@pytest.fixture
def there(db: None) -> SchoolThere:
    gateway = a_gateway()
    there = a_school_there(gateway)
    send(there)
    send(there, [], serial=2)
    write(there.now(), "Our pupil has left", by=there.manager, is_helpdesk=False, base="https://gateway.example")
    released(gateway, national(there))
    return there


def test_the_pupils_of_a_collection_go_and_with_them_the_files_of_the_country(there: SchoolThere) -> None:
    assert RegisteredPupil.objects.count() == 3
    retention.run(IN_TIME, all_rules=True)
    assert RegisteredPupil.objects.count() == 3
    retention.run(OVER, all_rules=True)
    retention.run(OVER, all_rules=True)  # the country's files, once nobody of it is left
    doomed.take_away(grace=timedelta(0))
    said = everything_said()
    for gone in (upn(1), "Exampleb", "Our pupil has left"):
        assert gone not in said
    assert HeldPupil.objects.count() == 0
    assert Message.objects.get().text == "[erased]"
    assert Submission.objects.get(serial=1).pupils == 3
    assert Receipt.objects.get().content["counts"]["accepted"] == 3


def test_the_pupils_of_a_school_that_may_send_for_longer_stay(there: SchoolThere) -> None:
    GatewayReturn.objects.update(extended_until=OVER + timedelta(days=1))
    retention.run(OVER, all_rules=True)
    assert RegisteredPupil.objects.count() == 3


def test_a_file_that_never_counted_loses_its_content_once_the_collection_is_over(there: SchoolThere) -> None:
    later = timezone.now() + timedelta(days=91)
    Collection.objects.update(closes_at=later + timedelta(days=1))
    retention.run(later, all_rules=True)
    assert Submission.objects.get(serial=2).file.sha256
    Collection.objects.update(closes_at=later - timedelta(days=1))
    retention.run(later, all_rules=True)
    assert Submission.objects.get(serial=2).file.sha256 == ""
    assert Submission.objects.get(serial=1).file.sha256


def test_prepared_results_go_after_their_days(there: SchoolThere) -> None:
    Release.objects.update(release_at=timezone.now() - timedelta(days=401))
    assert PreparedFile.objects.exclude(sha256="").exists()
    retention.run(timezone.now(), all_rules=True)
    assert not PreparedFile.objects.exclude(sha256="").exists()


def test_ended_sessions_and_kept_emails_go_on_their_own(db: None) -> None:
    now = timezone.now()
    Session.objects.create(session_key="old", session_data="x", expire_date=now - timedelta(seconds=1))
    Session.objects.create(session_key="new", session_data="x", expire_date=now + timedelta(hours=1))
    for subject, days in (("old", 31), ("new", 29)):
        made = KeptEmail.objects.create(to="a@school.example", subject=subject, body="")
        KeptEmail.objects.filter(pk=made.pk).update(at=now - timedelta(days=days))
    retention.run(now, all_rules=False)
    assert [each.session_key for each in Session.objects.all()] == ["new"]
    assert [each.subject for each in KeptEmail.objects.all()] == ["new"]


def test_past_invitations_and_tokens_go_and_those_in_use_stay(school: MadeSchool) -> None:
    now, head = timezone.now(), school.people[Role.HEAD]
    for name, expires in (("old", now - timedelta(days=401)), ("new", now)):
        Invitation.objects.create(
            organisation=school.organisation, email=f"{name}@school.example", roles=[], token_hash=name,
            sent_at=now, expires_at=expires,
        )  # fmt: skip
        ApiToken.objects.create(
            organisation=school.organisation, name=name, token_hash=name, scopes=[], made_by=head, expires_at=expires
        )
    retention.run(now, all_rules=True)
    assert [each.email for each in Invitation.objects.all()] == ["new@school.example"]
    assert [each.name for each in ApiToken.objects.all()] == ["new"]


def test_the_record_forgets_network_addresses_and_later_its_words(school: MadeSchool) -> None:
    now = timezone.now()
    record(Kind.SIGNED_IN, by=None, target="x", address="192.0.2.1", ways=["password"])
    retention.run(now + timedelta(days=364), all_rules=True)
    assert Event.objects.get(kind=Kind.SIGNED_IN).data["address"] == "192.0.2.1"
    retention.run(now + timedelta(days=366), all_rules=True)
    assert Event.objects.get(kind=Kind.SIGNED_IN).data.keys() == {"ways", "erased"}
    record(Kind.NIL_RETURN, by=None, organisation=school.organisation, reason="Nobody in Year 6")
    retention.run(now + timedelta(days=366 * 7 + 3), all_rules=True)
    assert "reason" not in Event.objects.get(kind=Kind.NIL_RETURN).data


def test_the_job_is_put_into_the_queue_once_a_day(db: None) -> None:
    from django.core.cache import cache

    cache.clear()
    assert retention.let_go_once_a_day()
    assert not retention.let_go_once_a_day()
    cache.clear()
