"""What was put right at the gateway is to be put right in the school's own records too; worked by hand."""

from datetime import date

import pytest
from django.test import Client

from keystage.returns.value import Pupil
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.gateway.models import Correction, HeldPupil, RegisteredPupil, Stage, Submission
from keystage.service.gateway.services.correcting import mark_done
from keystage.service.gateway.services.deciding import check_again, confirm
from keystage.service.gateway.services.removing import Ground, remove_pupil
from keystage.years.subjects import Subject
from service.at_gateway import GOOD, SchoolThere, a_pupil, send, send_sheet
from service.made import upn

BAD = {**GOOD, Subject.WRITING: "2B"}
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
    send(there, [a_pupil(first, BAD, forename="Pupill"), *map(a_pupil, others)])
    assert send_sheet(there, list(map(a_pupil, there.pupils))).stage == Stage.APPLIED
    assert noted() == [("forename", "Pupill", "Pupila"), ("writing", "2B", "EXS")]


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


@pytest.fixture
def guest(there: SchoolThere) -> Pupil:
    """A pupil who is in the school's own file, in error, and is not expected."""
    return a_pupil(there.pupils[0], BAD, upn=upn(50), surname="Guest", forename="Gail", birth_date=date(2015, 8, 30))


def test_a_pupil_left_out_of_the_spreadsheet_that_counts_is_noted_by_name(there: SchoolThere, guest: Pupil) -> None:
    send(there, [*map(a_pupil, there.pupils), guest])
    in_sheet(there, GOOD)
    assert noted() == [("pupil", "reported", "left out")]
    assert [(each.who, each.upn) for each in Correction.objects.all()] == [("Guest, Gail", guest.upn)]


def test_a_pupil_left_out_is_done_once_the_schools_own_file_has_them_no_more(there: SchoolThere, guest: Pupil) -> None:
    send(there, [*map(a_pupil, there.pupils), guest])
    in_sheet(there, GOOD)
    in_sheet(there, GDS)
    assert noted()[0] == ("pupil", "reported", "left out"), "noted once, and open still"
    send(there, list(map(a_pupil, there.pupils)), serial=2)
    assert noted(done=True) == [("pupil", "reported", "left out")]


def test_a_pupil_left_out_who_was_removed_is_noted_once(there: SchoolThere) -> None:
    send(there)
    held = HeldPupil.objects.get(upn=there.pupils[0].upn)
    remove_pupil(there.now(), held.key, Ground.OTHER, "Never here", by=there.manager)
    sent = send_sheet(there, [a_pupil(there.pupils[1], GDS), a_pupil(there.pupils[2])])
    assert sent.stage == Stage.IN_ERROR, "somebody is missing"
    RegisteredPupil.objects.filter(upn=held.upn).update(status="unregistered")
    sent = check_again(sent, by=there.manager)
    confirm(sent, sent.held_version, by=there.manager)
    assert noted() == [("pupil", "reported", "removed"), ("writing", "EXS", "GDS")]


def test_a_pupil_left_out_can_be_marked_as_done(there: SchoolThere, guest: Pupil) -> None:
    send(there, [*map(a_pupil, there.pupils), guest])
    in_sheet(there, GOOD)
    assert mark_done(there.now(), [Correction.objects.get().key], by=there.manager) == 1
    in_sheet(there, GDS)
    assert noted() == [("writing", "EXS", "GDS")], "what is done stays done"


def test_the_page_of_corrections_names_who_was_left_out(there: SchoolThere, guest: Pupil) -> None:
    send(there, [*map(a_pupil, there.pupils), guest])
    in_sheet(there, GOOD)
    client = Client()
    client.force_login(there.manager)
    page = client.get(f"{there.base}corrections/").content.decode()
    assert "Guest, Gail" in page
    assert "In the school’s own file, and not in the spreadsheet that counts" in page
    assert "A Common Transfer File of just these pupils" not in page


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
