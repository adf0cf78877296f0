"""A difference is confirmed, a file is checked again or set aside; worked by hand."""

import pytest

from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.gateway.models import HeldPupil, RegisteredPupil, Stage, State, Submission
from keystage.service.gateway.services.checking import difference_of
from keystage.service.gateway.services.deciding import check_again, confirm, set_aside
from keystage.service.gateway.services.removing import Ground, remove_pupil
from keystage.years.subjects import Subject
from service.at_gateway import GOOD, SchoolThere, a_file, a_pupil, send, send_content


def changed(there: SchoolThere) -> Submission:
    first, *others = there.pupils
    return send(there, [a_pupil(first, {**GOOD, Subject.WRITING: "GDS"}), *map(a_pupil, others)], serial=2)


def test_a_difference_counts_once_it_is_confirmed_as_it_was_shown(there: SchoolThere) -> None:
    send(there)
    waiting = changed(there)
    assert confirm(waiting, waiting.held_version, by=there.manager).stage == Stage.APPLIED


def test_what_was_not_shown_cannot_be_confirmed(there: SchoolThere) -> None:
    send(there)
    with pytest.raises(NotAllowedNow, match="Look at the difference"):
        confirm(changed(there), "", by=there.manager)


def test_a_confirmation_of_something_else_shows_the_difference_anew(there: SchoolThere) -> None:
    send(there)
    waiting = changed(there)
    seen = waiting.held_version
    last = HeldPupil.objects.order_by("pk").last()
    assert last is not None
    remove_pupil(there.now(), last.key, Ground.DUPLICATE, "Twice", by=there.manager)
    again = confirm(waiting, seen, by=there.manager)
    assert (again.stage, again.held_version != seen) == (Stage.TO_CONFIRM, True)
    assert confirm(again, again.held_version, by=there.manager).stage == Stage.APPLIED


def test_the_difference_names_what_would_change_and_removes_nobody(there: SchoolThere) -> None:
    send(there)
    sent = send(there, [a_pupil(there.pupils[0], {**GOOD, Subject.WRITING: "GDS"})], serial=2)
    found = difference_of(sent)
    assert found is not None
    assert [(each.subject, each.before, each.after) for each in found.judgements] == [("writing", "EXS", "GDS")]
    assert HeldPupil.objects.filter(removed_at=None).count() == 3


def test_a_file_is_checked_again_once_the_register_has_changed(there: SchoolThere) -> None:
    sent = send(there, [a_pupil(each) for each in there.pupils[:2]])
    assert sent.stage == Stage.IN_ERROR
    RegisteredPupil.objects.filter(pk=there.pupils[2].pk).update(status="unregistered")
    assert check_again(sent, by=there.manager).stage == Stage.APPLIED


def test_a_file_set_aside_never_counts_and_the_reason_is_kept(there: SchoolThere) -> None:
    send(there)
    waiting = changed(there)
    set_aside(waiting, "The wrong file", by=there.manager)
    assert confirm(waiting, waiting.held_version, by=there.manager).stage == Stage.SET_ASIDE
    assert there.now().state == State.ACCEPTED
    assert Event.objects.get(kind=Kind.FILE_SET_ASIDE).data["reason"] == "The wrong file"


def test_where_nothing_counts_a_return_whose_file_is_set_aside_is_not_started(there: SchoolThere) -> None:
    set_aside(send(there, []), "The wrong file", by=there.manager)
    assert there.now().state == State.NOT_STARTED


def test_a_file_that_counts_cannot_be_set_aside(there: SchoolThere) -> None:
    with pytest.raises(NotAllowedNow, match="cannot be set aside"):
        set_aside(send(there), "The wrong file", by=there.manager)


def test_a_file_that_was_set_aside_is_a_new_one_when_it_is_sent_again(there: SchoolThere) -> None:
    name, content = a_file(there, [a_pupil(each) for each in there.pupils[:2]])
    waiting = send_content(there, name, content)
    set_aside(waiting, "Too early", by=there.manager)
    again = send_content(there, name, content)
    assert (again.pk != waiting.pk, again.stage) == (True, Stage.IN_ERROR)
