"""Moderation: schools and pupils are chosen, judgements recorded, and a return that differs is flagged at once."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from keystage.service.accounts.models import Person
from keystage.service.accounts.roles import Role
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.gateway.models import Collection, ModeratedPupil, ModerationVisit, Stage, State
from keystage.service.gateway.services.moderating import (
    ChangedMeanwhile,
    Visit,
    end_moderation,
    moderate,
    save_visit,
    set_sample,
)
from keystage.service.gateway.services.moderating_judgements import Judged, record_judgements, version_of
from keystage.years.subjects import Subject
from service.at_gateway import GOOD, Gateway, SchoolThere, a_pupil, send

WRONG = {**GOOD, Subject.WRITING: "GDS"}
TODAY = date(2026, 6, 8)


@pytest.fixture
def moderator(gateway: Gateway) -> Person:
    return gateway.people[Role.MODERATION_MANAGER]


def choose(gateway: Gateway, there: SchoolThere, *serials: int) -> list[ModeratedPupil]:
    """Have a school moderated, with these of its pupils in the sample."""
    by = gateway.people[Role.MODERATION_MANAGER]
    moderate(there.gateway_return, TODAY, "", by=by, noted_by=gateway.authority)
    set_sample(there.gateway_return, [there.pupils[each].key for each in serials], seen=(), how="by hand", by=by)
    return list(ModeratedPupil.objects.order_by("registered__surname"))


def judge(there: SchoolThere, pupil: ModeratedPupil, code: str, by: Person, note: str = "", seen: str = "") -> int:
    return record_judgements(there.now(), [Judged(pupil.key, code, note, seen)], by=by)


def test_a_school_is_chosen_once(gateway: Gateway, there: SchoolThere, moderator: Person) -> None:
    assert moderate(there.gateway_return, TODAY, "Mo Lane", by=moderator, noted_by=gateway.authority)
    assert not moderate(there.gateway_return, None, "", by=moderator, noted_by=gateway.authority)
    assert (there.now().is_moderated, there.now().visit_on) == (True, TODAY)
    assert ModerationVisit.objects.get().moderator == "Mo Lane"
    assert [each.kind for each in Event.objects.order_by("id")] == [Kind.SCHOOL_MODERATED, Kind.VISIT_CHANGED]


def test_a_visit_is_kept_and_the_second_of_two_at_once_is_told(
    gateway: Gateway, there: SchoolThere, moderator: Person
) -> None:
    moderate(there.gateway_return, TODAY, "", by=moderator, noted_by=gateway.authority)
    later = Visit(TODAY + timedelta(days=1), "Mo Lane", None, "Bring the folders")
    kept = save_visit(there.gateway_return, later, version=0, by=moderator, noted_by=gateway.authority)
    assert (kept.version, there.now().visit_on) == (1, TODAY + timedelta(days=1))
    with pytest.raises(ChangedMeanwhile):
        save_visit(there.gateway_return, Visit(TODAY, "Else"), version=0, by=moderator, noted_by=gateway.authority)
    same = save_visit(there.gateway_return, later, version=0, by=moderator, noted_by=gateway.authority)
    assert same.version == 1, "the same said twice is no conflict"
    assert ModerationVisit.objects.get().moderator == "Mo Lane"


def test_a_visit_cannot_have_been_held_tomorrow(gateway: Gateway, there: SchoolThere, moderator: Person) -> None:
    moderate(there.gateway_return, TODAY, "", by=moderator, noted_by=gateway.authority)
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(NotAllowedNow, match="future"):
        save_visit(there.gateway_return, Visit(None, "", tomorrow), version=0, by=moderator, noted_by=gateway.authority)


def test_the_sample_keeps_what_the_school_had_judged(gateway: Gateway, there: SchoolThere) -> None:
    send(there)
    first, second = choose(gateway, there, 0, 1)
    assert (first.school_code, second.school_code, first.judgement) == ("EXS", "EXS", "")
    assert Event.objects.filter(kind=Kind.SAMPLE_CHOSEN, target=there.pupils[0].key).count() == 1


def test_two_who_choose_at_once_do_not_undo_each_other(gateway: Gateway, there: SchoolThere, moderator: Person) -> None:
    choose(gateway, there, 0)
    with pytest.raises(ChangedMeanwhile):
        set_sample(there.gateway_return, [there.pupils[1].key], seen=(), how="by hand", by=moderator)
    assert ModeratedPupil.objects.get().registered == there.pupils[0]


def test_nobody_of_another_school_gets_into_a_sample(gateway: Gateway, there: SchoolThere, moderator: Person) -> None:
    choose(gateway, there)
    with pytest.raises(NotAllowedNow, match="not on the school’s register"):
        set_sample(there.gateway_return, ["zzzzzzzzzzzz"], seen=(), how="by hand", by=moderator)


def test_no_sample_is_made_for_a_school_that_is_not_moderated(there: SchoolThere, moderator: Person) -> None:
    with pytest.raises(NotAllowedNow, match="not moderated"):
        set_sample(there.gateway_return, [there.pupils[0].key], seen=(), how="by hand", by=moderator)


def test_a_judgement_that_agrees_leaves_the_return_accepted(
    gateway: Gateway, there: SchoolThere, moderator: Person
) -> None:
    send(there)
    (pupil,) = choose(gateway, there, 0)
    before = there.now().register_version
    assert judge(there, pupil, "EXS", moderator) == 1
    now = there.now()
    assert (now.state, now.differing, now.register_version) == (State.ACCEPTED, 0, before + 1)
    there.pupils[0].refresh_from_db()
    assert (there.pupils[0].moderated_writing, there.pupils[0].version) == ("EXS", 2)


def test_a_judgement_that_differs_from_what_counts_is_flagged_and_the_return_not_accepted_any_more(
    gateway: Gateway, there: SchoolThere, moderator: Person, django_capture_on_commit_callbacks
) -> None:
    send(there)
    (pupil,) = choose(gateway, there, 0)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        judge(there, pupil, "WTS", moderator)
    assert (there.now().state, there.now().differing) == (State.INCOMPLETE, 1)
    assert {each.subject for each in mail.outbox} == {
        "Writing of Quellbridge Primary School differs from its moderation"
    }
    assert len(mail.outbox) == 2, "the data manager and the headteacher"
    assert not any(there.pupils[0].surname in each.body for each in mail.outbox), "no pupil is named in an email"
    event = Event.objects.get(kind=Kind.MODERATED)
    assert (event.target, event.data) == (there.pupils[0].key, {"before": "", "after": "WTS"})


def test_sending_the_moderated_judgement_takes_the_flag_away(
    gateway: Gateway, there: SchoolThere, moderator: Person
) -> None:
    send(there, [a_pupil(each, WRONG) for each in there.pupils])
    (pupil,) = choose(gateway, there, 0)
    judge(there, pupil, "EXS", moderator)
    assert there.now().differing == 1
    from keystage.service.gateway.models import Submission
    from keystage.service.gateway.services.checking import check

    codes = [GOOD, WRONG, WRONG]
    sent = send(there, [a_pupil(each, code) for each, code in zip(there.pupils, codes, strict=True)], serial=2)
    sent = check(Submission.objects.get(pk=sent.pk), by=there.manager, confirmed=sent.held_version)
    assert (sent.stage, there.now().differing, there.now().state) == (Stage.APPLIED, 0, State.ACCEPTED)


def test_a_file_that_is_refused_because_it_differs_is_flagged_too(
    gateway: Gateway, there: SchoolThere, moderator: Person
) -> None:
    (pupil,) = choose(gateway, there, 0)
    judge(there, pupil, "WTS", moderator)
    assert there.now().differing == 0, "nothing has come yet"
    assert send(there).stage == Stage.IN_ERROR
    assert (there.now().differing, there.now().state) == (1, State.IN_ERROR)


def test_a_waiting_file_is_checked_again_when_a_judgement_is_changed(
    gateway: Gateway, there: SchoolThere, moderator: Person
) -> None:
    (pupil,) = choose(gateway, there, 0)
    judge(there, pupil, "WTS", moderator)
    send(there)
    pupil.refresh_from_db()
    judge(there, pupil, "EXS", moderator, seen=version_of(pupil))
    assert (there.now().state, there.now().differing) == (State.ACCEPTED, 0)


def test_a_judgement_is_taken_back_with_an_entry_in_the_record(
    gateway: Gateway, there: SchoolThere, moderator: Person
) -> None:
    send(there)
    (pupil,) = choose(gateway, there, 0)
    judge(there, pupil, "WTS", moderator)
    pupil.refresh_from_db()
    judge(there, pupil, "", moderator, seen=version_of(pupil))
    assert (there.now().state, there.now().differing) == (State.ACCEPTED, 0)
    last = Event.objects.filter(kind=Kind.MODERATED).latest("id")
    assert last.data == {"before": "WTS", "after": ""}


def test_of_two_who_record_at_once_the_second_is_told_and_nothing_is_lost(
    gateway: Gateway, there: SchoolThere, moderator: Person
) -> None:
    first, second = choose(gateway, there, 0, 1)
    judge(there, first, "EXS", moderator)
    with pytest.raises(ChangedMeanwhile):
        record_judgements(there.now(), [Judged(second.key, "EXS", "", ""), Judged(first.key, "WTS", "", "")],
                          by=moderator)  # fmt: skip
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.judgement, second.judgement) == ("EXS", ""), "all or none"
    assert judge(there, first, "EXS", moderator) == 0, "the same said twice is no conflict"


@pytest.mark.parametrize("code", ["EXs", "2B", "HNM", "D"])
def test_a_code_that_writing_does_not_have_is_refused(
    gateway: Gateway, there: SchoolThere, moderator: Person, code: str
) -> None:
    (pupil,) = choose(gateway, there, 0)
    with pytest.raises(NotAllowedNow, match="not a judgement in writing"):
        judge(there, pupil, code, moderator)


def test_nothing_is_recorded_once_the_school_cannot_send_any_more(
    gateway: Gateway, there: SchoolThere, moderator: Person
) -> None:
    (pupil,) = choose(gateway, there, 0)
    Collection.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(NotAllowedNow, match="closed"):
        judge(there, pupil, "EXS", moderator)


def test_who_has_a_judgement_stays_in_the_sample_and_the_school_moderated(
    gateway: Gateway, there: SchoolThere, moderator: Person
) -> None:
    (pupil,) = choose(gateway, there, 0)
    judge(there, pupil, "EXS", moderator)
    with pytest.raises(NotAllowedNow, match="Take it back"):
        set_sample(there.gateway_return, [], seen=[there.pupils[0].key], how="by hand", by=moderator)
    with pytest.raises(NotAllowedNow, match="1 moderated judgement is recorded"):
        end_moderation(there.gateway_return, by=moderator, noted_by=gateway.authority)
    pupil.refresh_from_db()
    judge(there, pupil, "", moderator, seen=version_of(pupil))
    end_moderation(there.gateway_return, by=moderator, noted_by=gateway.authority)
    assert (there.now().is_moderated, ModeratedPupil.objects.count()) == (False, 0)
