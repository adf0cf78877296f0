"""What was put right at the gateway is to be put right in the school's own records too; worked by hand."""

import pytest

from keystage.service.config.refusals import NotAllowedNow
from keystage.service.gateway.models import Correction, Stage, Submission
from keystage.service.gateway.services.correcting import mark_done
from keystage.service.gateway.services.deciding import confirm
from keystage.service.gateway.services.removing import Ground, remove_pupil
from keystage.years.subjects import Subject
from service.at_gateway import GOOD, SchoolThere, a_pupil, send, send_sheet

GDS = {**GOOD, Subject.WRITING: "GDS"}


def noted(*, done: bool = False) -> list[tuple[str, str, str]]:
    found = Correction.objects.filter(done_at__isnull=not done).order_by("pk")
    return [(each.field, each.before, each.after) for each in found]


def in_sheet(there: SchoolThere, codes: dict[Subject, str]) -> Submission:
    """Send a template in which the first pupil has other codes, and let it count."""
    first, *others = there.pupils
    sent = send_sheet(there, [a_pupil(first, codes), *map(a_pupil, others)])
    return confirm(sent, sent.held_version, by=there.manager) if sent.stage == Stage.TO_CONFIRM else sent


def test_what_a_spreadsheet_changes_against_the_schools_own_file_is_noted(there: SchoolThere) -> None:
    send(there)
    assert in_sheet(there, GDS).stage == Stage.APPLIED
    assert noted() == [("writing", "EXS", "GDS")]


def test_a_pupil_missing_from_the_schools_own_file_in_error_is_noted_as_added(there: SchoolThere) -> None:
    assert send(there, [a_pupil(each) for each in there.pupils[:2]]).stage == Stage.IN_ERROR
    in_sheet(there, GOOD)
    assert noted() == [("pupil", "", "added")]


def test_where_no_file_of_the_schools_own_came_nothing_is_noted(there: SchoolThere) -> None:
    in_sheet(there, GDS)
    assert noted() == []


def test_a_name_put_right_is_noted(there: SchoolThere) -> None:
    first, *others = there.pupils
    send(there, [a_pupil(first, forename="Pupila"), *map(a_pupil, others)])
    send_sheet(there, list(map(a_pupil, there.pupils)))
    waiting = Submission.objects.latest("serial")
    confirm(waiting, waiting.held_version, by=there.manager)
    assert ("forename", "Pupila", "Pupila") not in noted()


def test_a_later_file_of_the_schools_own_that_shows_it_closes_it(there: SchoolThere) -> None:
    send(there)
    in_sheet(there, GDS)
    first, *others = there.pupils
    send(there, [a_pupil(first, GDS), *map(a_pupil, others)], serial=2)
    assert (noted(), noted(done=True)) == ([], [("writing", "EXS", "GDS")])
    assert Correction.objects.get().done_by is None


def test_a_later_file_in_error_that_shows_it_closes_it_too(there: SchoolThere) -> None:
    send(there)
    in_sheet(there, GDS)
    first, second, third = there.pupils
    bad = a_pupil(third, {**GOOD, Subject.SCIENCE: "2B"})
    assert send(there, [a_pupil(first, GDS), a_pupil(second), bad], serial=2).stage == Stage.IN_ERROR
    assert noted() == []


def test_a_later_file_that_does_not_show_it_leaves_it_open(there: SchoolThere) -> None:
    send(there)
    in_sheet(there, GDS)
    first, *others = there.pupils
    send(there, [a_pupil(first), *map(a_pupil, others)], serial=2)
    assert noted() == [("writing", "EXS", "GDS")]


def test_a_file_without_the_pupil_says_nothing_of_the_correction(there: SchoolThere) -> None:
    send(there)
    in_sheet(there, GDS)
    send(there, list(map(a_pupil, there.pupils[1:])), serial=2)
    assert noted() == [("writing", "EXS", "GDS")]


def test_the_same_spreadsheet_change_is_noted_once(there: SchoolThere) -> None:
    send(there)
    in_sheet(there, GDS)
    in_sheet(there, {**GDS, Subject.SCIENCE: "HNM"})
    assert noted() == [("writing", "EXS", "GDS"), ("science", "EXS", "HNM")]


def test_a_change_taken_back_at_the_gateway_closes_its_note(there: SchoolThere) -> None:
    send(there)
    in_sheet(there, GDS)
    in_sheet(there, GOOD)
    assert noted() == []


def test_what_is_marked_as_done_stays_done_when_a_spreadsheet_says_it_again(there: SchoolThere) -> None:
    send(there)
    in_sheet(there, GDS)
    assert mark_done(there.now(), [Correction.objects.get().key], by=there.manager) == 1
    in_sheet(there, {**GDS, Subject.SCIENCE: "HNM"})
    assert noted() == [("science", "EXS", "HNM")]


def test_what_is_done_cannot_be_marked_again(there: SchoolThere) -> None:
    send(there)
    in_sheet(there, GDS)
    key = Correction.objects.get().key
    mark_done(there.now(), [key], by=there.manager)
    with pytest.raises(NotAllowedNow, match="done already"):
        mark_done(there.now(), [key], by=there.manager)


def test_a_removed_pupil_who_is_gone_from_the_schools_own_file_is_done(there: SchoolThere) -> None:
    send(there)
    held = there.now().held.latest("pk")
    remove_pupil(there.now(), held.key, Ground.NOT_HERE, "Moved", by=there.manager)
    assert noted() == [("pupil", "reported", "removed")]
    send(there, list(map(a_pupil, there.pupils[:2])), serial=2)
    assert noted() == []
