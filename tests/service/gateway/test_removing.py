"""Removing is a separate act with a reason; worked by hand."""

import pytest

from keystage.service.config.refusals import NotAllowedNow
from keystage.service.gateway.models import Correction, HeldPupil, Receipt, Stage, State
from keystage.service.gateway.services.deciding import confirm
from keystage.service.gateway.services.removing import Ground, remove_pupil, remove_return
from service.at_gateway import Gateway, SchoolThere, a_school_there, send
from service.made import upn


def the_last(there: SchoolThere) -> HeldPupil:
    return HeldPupil.objects.filter(gateway_return=there.gateway_return, removed_at=None).latest("pk")


def test_a_removed_pupil_does_not_count_and_stays_on_record(there: SchoolThere) -> None:
    send(there)
    gone = remove_pupil(there.now(), the_last(there).key, Ground.NOT_HERE, "Moved in April", by=there.manager)
    gone.refresh_from_db()
    assert gone.removed_reason == "not registered at this school in test week: Moved in April"
    now = there.now()
    assert (now.state, now.accepted, now.missing) == (State.INCOMPLETE, 2, 1)


def test_a_pupil_is_not_removed_without_a_reason(there: SchoolThere) -> None:
    send(there)
    with pytest.raises(NotAllowedNow, match="Say why"):
        remove_pupil(there.now(), the_last(there).key, Ground.DUPLICATE, " ", by=there.manager)


def test_a_pupil_of_another_school_is_not_found(gateway: Gateway, there: SchoolThere) -> None:
    other = a_school_there(gateway, number="9992002", name="Ottermere")
    for index, each in enumerate(other.pupils):
        each.upn = upn(50 + index)
        each.save()
    send(other)
    with pytest.raises(NotAllowedNow, match="does not count any more"):
        remove_pupil(there.now(), the_last(other).key, Ground.OTHER, "No", by=there.manager)


def test_a_removed_pupil_is_on_the_list_of_corrections(there: SchoolThere) -> None:
    send(there)
    gone = remove_pupil(there.now(), the_last(there).key, Ground.NOT_HERE, "Moved", by=there.manager)
    (noted,) = Correction.objects.all()
    assert (noted.held_id, noted.field, noted.after, noted.done_at) == (gone.pk, "pupil", "removed", None)


def test_a_later_file_brings_a_removed_pupil_back_only_when_confirmed(there: SchoolThere) -> None:
    send(there)
    remove_pupil(there.now(), the_last(there).key, Ground.OTHER, "By mistake", by=there.manager)
    again = send(there, serial=2)
    assert again.stage == Stage.TO_CONFIRM
    confirm(again, again.held_version, by=there.manager)
    assert (there.now().accepted, there.now().state) == (3, State.ACCEPTED)


def test_where_the_last_pupil_is_removed_nothing_counts(there: SchoolThere) -> None:
    send(there)
    for _ in range(3):
        remove_pupil(there.now(), the_last(there).key, Ground.OTHER, "Closed", by=there.manager)
    assert (there.now().state, there.now().counting) == (State.REMOVED, None)


def test_the_agency_removes_a_whole_return_and_its_receipts_stay(gateway: Gateway, there: SchoolThere) -> None:
    sent = send(there)
    remove_return(there.now(), "The wrong school", by=next(iter(gateway.people.values())))
    now = there.now()
    assert (now.state, now.accepted, now.removed_reason) == (State.REMOVED, 0, "The wrong school")
    assert Receipt.objects.get(submission=sent).content["counts"]["accepted"] == 3


def test_after_a_removal_the_same_file_begins_anew(gateway: Gateway, there: SchoolThere) -> None:
    sent = send(there)
    remove_return(there.now(), "The wrong school", by=next(iter(gateway.people.values())))
    again = send(there)
    assert (again.pk != sent.pk, again.stage, there.now().state) == (True, Stage.APPLIED, State.ACCEPTED)


def test_a_return_in_which_nothing_counts_cannot_be_removed(gateway: Gateway, there: SchoolThere) -> None:
    with pytest.raises(NotAllowedNow, match="nothing to remove"):
        remove_return(there.now(), "The wrong school", by=next(iter(gateway.people.values())))
