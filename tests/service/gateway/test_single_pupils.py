"""A collection that accepts single pupils, and one that does not; worked by hand on three pupils."""

from django.test import Client

from keystage.service.gateway.models import HeldPupil, Receipt, Stage, State, Submission
from keystage.service.gateway.services.deciding import confirm
from keystage.years.subjects import Subject
from service.at_gateway import GOOD, Gateway, SchoolThere, a_pupil, send

BAD = {**GOOD, Subject.WRITING: "2B"}


def accept_single(gateway: Gateway) -> None:
    gateway.collection.accepts_single_pupils = True
    gateway.collection.save()


def one_bad(there: SchoolThere, *, serial: int = 1) -> Submission:
    first, *others = there.pupils
    return send(there, [a_pupil(first, BAD), *map(a_pupil, others)], serial=serial)


def who_counts(there: SchoolThere) -> list[str]:
    held = HeldPupil.objects.filter(gateway_return=there.gateway_return, removed_at=None)
    return sorted(held.values_list("upn", flat=True))


def test_by_default_one_pupil_in_error_keeps_the_whole_file_from_counting(there: SchoolThere) -> None:
    assert one_bad(there).stage == Stage.IN_ERROR
    assert who_counts(there) == []


def test_where_single_pupils_are_accepted_the_sound_ones_count(gateway: Gateway, there: SchoolThere) -> None:
    accept_single(gateway)
    sent = one_bad(there)
    assert sent.stage == Stage.APPLIED
    assert who_counts(there) == sorted(each.upn for each in there.pupils[1:])
    assert (there.now().state, there.now().missing) == (State.INCOMPLETE, 1)
    assert Receipt.objects.get(submission=sent).content["counts"]["missing"] == 1


def test_a_pupil_who_counted_stays_as_they_were_when_a_later_file_has_them_in_error(
    gateway: Gateway, there: SchoolThere
) -> None:
    send(there)
    accept_single(gateway)
    assert one_bad(there, serial=2).stage == Stage.APPLIED
    assert HeldPupil.objects.get(upn=there.pupils[0].upn).writing == "EXS"
    assert there.now().accepted == 3


def test_only_the_sound_pupils_make_the_difference_to_confirm(gateway: Gateway, there: SchoolThere) -> None:
    send(there)
    accept_single(gateway)
    first, second, third = there.pupils
    better = a_pupil(second, {**GOOD, Subject.WRITING: "GDS"})
    sent = send(there, [a_pupil(first, BAD), better, a_pupil(third)], serial=2)
    assert sent.stage == Stage.TO_CONFIRM
    confirm(sent, sent.held_version, by=there.manager)
    held = {each.upn: each.writing for each in HeldPupil.objects.all()}
    assert held == {first.upn: "EXS", second.upn: "GDS", third.upn: "EXS"}


def test_an_error_of_the_file_as_a_whole_keeps_everybody_out(gateway: Gateway, there: SchoolThere) -> None:
    accept_single(gateway)
    there.gateway_return.number = "9992009"
    assert one_bad(there).stage == Stage.IN_ERROR
    assert who_counts(there) == []


def test_two_pupils_with_one_upn_are_both_kept_out(gateway: Gateway, there: SchoolThere) -> None:
    accept_single(gateway)
    first, second, third = there.pupils
    sent = send(there, [a_pupil(first), a_pupil(second, upn=first.upn), a_pupil(third)])
    assert sent.stage == Stage.APPLIED
    assert who_counts(there) == [third.upn]


def test_a_file_with_errors_that_waits_for_an_answer_does_not_say_that_it_has_none(
    gateway: Gateway, there: SchoolThere, manager: Client
) -> None:
    accept_single(gateway)
    first, second, third = there.pupils
    asked = a_pupil(second, {**GOOD, Subject.READING: "PK4"})
    sent = send(there, [a_pupil(first, BAD), asked, a_pupil(third)])
    assert sent.stage == Stage.TO_ANSWER
    page = manager.get(f"{there.base}files/{sent.key}/").content.decode()
    assert "The file has no errors" not in page
    assert "The pupils without errors count once every query is answered." in page
