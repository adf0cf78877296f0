"""A file arrives, is checked, counts or does not; worked by hand on three pupils."""

import pytest

from keystage.service.gateway.models import HeldPupil, Receipt, RegisteredPupil, Stage, State, Submission
from keystage.service.gateway.services.checking import check
from keystage.service.gateway.services.settling import settle
from keystage.years.subjects import Subject
from service.at_gateway import GOOD, Gateway, SchoolThere, a_gateway, a_pupil, a_school_there, expect, send
from service.made import upn


@pytest.fixture
def gateway(db: None) -> Gateway:
    return a_gateway()


@pytest.fixture
def there(gateway: Gateway) -> SchoolThere:
    return a_school_there(gateway)


def held(there: SchoolThere) -> list[HeldPupil]:
    return list(HeldPupil.objects.filter(gateway_return=there.gateway_return, removed_at=None).order_by("upn"))


def test_a_sound_file_counts_at_once(there: SchoolThere) -> None:
    sent = send(there)
    assert (sent.stage, sent.errors, sent.queries) == (Stage.APPLIED, 0, 0), sent.report["findings"]
    now = there.now()
    assert (now.state, now.expected, now.received, now.missing, now.unexpected) == (State.ACCEPTED, 3, 3, 0, 0)
    assert [each.writing for each in held(there)] == ["EXS", "EXS", "EXS"]
    assert Receipt.objects.get(submission=sent).content["counts"]["accepted"] == 3


def test_a_file_without_somebody_expected_is_in_error_and_changes_nothing(there: SchoolThere) -> None:
    sent = send(there, [a_pupil(each) for each in there.pupils[:2]])
    assert sent.stage == Stage.IN_ERROR
    assert [each["code"] for each in sent.report["findings"] if each["severity"] == "error"] == ["C01"]
    assert held(there) == []
    assert there.now().state == State.IN_ERROR


def test_a_faulty_file_does_not_touch_what_counted_before(there: SchoolThere) -> None:
    send(there)
    faulty = send(there, [a_pupil(each, {**GOOD, Subject.WRITING: "2B"}) for each in there.pupils], serial=2)
    assert faulty.stage == Stage.IN_ERROR
    assert [each.writing for each in held(there)] == ["EXS", "EXS", "EXS"]
    assert there.now().state == State.ACCEPTED


def test_a_later_file_counts_once_its_difference_is_confirmed(there: SchoolThere) -> None:
    send(there)
    first, *others = there.pupils
    sent = send(there, [a_pupil(first, {**GOOD, Subject.WRITING: "GDS"}), *map(a_pupil, others)], serial=2)
    assert sent.stage == Stage.TO_CONFIRM
    assert held(there)[0].writing == "EXS"
    assert check(sent, by=there.manager, confirmed="seen something else").stage == Stage.TO_CONFIRM
    assert check(sent, by=there.manager, confirmed=sent.held_version).stage == Stage.APPLIED
    assert sorted(each.writing for each in held(there)) == ["EXS", "EXS", "GDS"]


def test_the_same_file_again_is_the_same_submission(there: SchoolThere) -> None:
    first = send(there)
    assert send(there).pk == first.pk
    assert Submission.objects.count() == 1
    assert len(held(there)) == 3


def test_a_pupil_registered_late_is_missing_at_once_and_makes_the_return_incomplete(there: SchoolThere) -> None:
    send(there)
    expect(there, 4)
    settle(there.now())
    now = there.now()
    assert (now.state, now.expected, now.missing) == (State.INCOMPLETE, 4, 1)


def test_a_corrected_upn_never_makes_a_second_pupil(there: SchoolThere) -> None:
    send(there)
    first, *others = there.pupils
    new = upn(9)
    RegisteredPupil.objects.filter(pk=first.pk).update(upn=new, former_upn=first.upn)
    corrected = a_pupil(first, upn=new, former_upn=first.upn)
    sent = send(there, [corrected, *map(a_pupil, others)], serial=2)
    assert sent.stage == Stage.TO_CONFIRM, sent.report["findings"]
    check(sent, by=there.manager, confirmed=sent.held_version)
    assert sorted(each.upn for each in held(there)) == sorted([new, *(each.upn for each in others)])
