"""The settings of a school, and its years."""

import re

import pytest

from keystage.service.accounts.models import Membership, Organisation
from keystage.service.accounts.roles import Role
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.school.models import ExportSettings, SchoolReturn, Stage
from keystage.service.school.services.practice import open_practice
from keystage.service.school.services.returns import move
from keystage.service.school.services.settings import FileSettings, change_file_settings
from keystage.service.school.services.years import close_year, reopen_year
from service.made import MadeSchool
from service.ready import fill, records_of, sign_class

FILES = {"which": "files", "folder_name": "S:\\KS2", "destination": "", "security_message": "Keep it safe."}


@pytest.fixture
def manager(school: MadeSchool, client):
    client.force_login(school.people[Role.DATA_MANAGER])
    return client


def words(response) -> str:
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def where(school: MadeSchool, rest: str = "") -> str:
    return f"/schools/{school.organisation.key}/{rest}"


def test_the_defaults_are_right_and_need_no_row(manager, school):
    shown = words(manager.get(where(school, "settings/")))
    assert 'value="This file contains sensitive information."' in shown
    held = FileSettings("", "", "This file contains sensitive information.", True)
    assert not change_file_settings(school.organisation, held, by=school.people[Role.DATA_MANAGER])
    assert not ExportSettings.objects.exists()


def test_how_files_are_made_is_changed_and_recorded(manager, school):
    shown = words(manager.post(where(school, "settings/"), FILES, follow=True))
    assert "The settings are saved." in shown
    found = ExportSettings.objects.get()
    assert (found.folder_name, found.security_message, found.include_former_upn) == (
        *("S:\\KS2", "Keep it safe.", False),
    )
    assert Event.objects.get(kind=Kind.SETTINGS_CHANGED).data["changes"]["folder_name"] == ["", "S:\\KS2"]
    assert "Nothing was changed." in words(manager.post(where(school, "settings/"), FILES, follow=True))


@pytest.mark.parametrize(("typed", "kept"), [(" 999 llll", "999LLLL"), ("NAA/LLLL", "NAALLLL")])
def test_a_destination_is_tidied(manager, school, typed, kept):
    manager.post(where(school, "settings/"), {**FILES, "destination": typed})
    assert ExportSettings.objects.get().destination == kept


def test_a_destination_that_is_none_is_refused(manager, school):
    shown = words(manager.post(where(school, "settings/"), {**FILES, "destination": "Norfolk"[:6]}))
    assert "A destination has seven figures and letters, like NAALLLL" in shown
    assert not ExportSettings.objects.exists()


def test_the_name_and_urn_are_changed(manager, school):
    data = {"which": "school", "name": "Quellbridge Academy", "urn": "999123"}
    manager.post(where(school, "settings/"), data)
    school.organisation.refresh_from_db()
    assert (school.organisation.name, school.organisation.urn) == ("Quellbridge Academy", "999123")
    assert Event.objects.get(kind=Kind.ORGANISATION_CHANGED).data["changes"]["urn"] == ["", "999123"]
    assert "A URN has six figures" in words(manager.post(where(school, "settings/"), {**data, "urn": "12"}))


def test_a_new_number_is_of_the_open_years_and_the_old_one_is_kept(manager, school):
    fill(school)
    signature = sign_class(school, "Oak")
    data = {"number": "999/4001", "until": "31/8/2026"}
    shown = words(manager.post(where(school, "settings/number/"), data, follow=True))
    assert "999/4001" in shown
    assert "Before that: 999/2001 until 31 August 2026" in shown
    assert records_of(school).return_.school == "9994001"
    signature.refresh_from_db()
    assert signature.voided_at is not None


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"number": "12", "until": "31/8/2026"}, "A DfE number has seven figures"),
        ({"number": "9994001", "until": "tomorrow"}, "must be a real date"),
    ],
)
def test_a_number_or_a_day_that_cannot_be_is_said(manager, school, data, why):
    assert why in words(manager.post(where(school, "settings/number/"), data))


# -- years -----------------------------------------------------------------------------------------------------------


def test_a_year_is_opened_and_a_draft_is_marked(manager, school):
    assert "2027 (school year 2026/27, a draft)" in words(manager.get(where(school)))
    manager.post(where(school, "open/"), {"year": "2027"})
    assert SchoolReturn.objects.filter(year=2027).exists()
    shown = words(manager.get(where(school)))
    assert "Draft" in shown
    assert "not confirmed" in shown


@pytest.mark.parametrize("year", ["1999", "next", ""])
def test_a_year_that_is_not_held_is_not_opened(manager, school, year):
    assert "Nothing is held for" in words(manager.post(where(school, "open/"), {"year": year}, follow=True))


def test_a_year_is_closed_and_opened_again_with_the_reason(manager, school):
    assert "Do you want to close summer 2026?" in words(manager.get(f"{school.base}close/"))
    assert "It can still be read" in words(manager.post(f"{school.base}close/", follow=True))
    assert SchoolReturn.objects.get().stage == Stage.CLOSED
    for page in ("", "pupils/", "marksheet/", "checks/", "sign/", "send/"):
        assert manager.get(school.base + page).status_code == 200
    assert "Say why" in words(manager.post(f"{school.base}reopen/", {"reason": ""}))
    manager.post(f"{school.base}reopen/", {"reason": "A late correction."})
    assert SchoolReturn.objects.get().stage == Stage.OPEN
    assert Event.objects.get(kind=Kind.YEAR_REOPENED).data == {"reason": "A late correction."}


def test_closing_twice_and_opening_what_is_open_are_refused(school):
    by = school.people[Role.DATA_MANAGER]
    with pytest.raises(NotAllowedNow, match="open already"):
        reopen_year(school.school_return, "Why not.", by=by)
    close_year(school.school_return, by=by)
    with pytest.raises(NotAllowedNow, match="closed already"):
        close_year(school.school_return, by=by)
    with pytest.raises(NotAllowedNow, match="Say why"):
        reopen_year(school.school_return, " ", by=by)


def test_a_nil_return_and_back(manager, school):
    assert "Why is there nobody?" in words(manager.get(f"{school.base}nil/"))
    shown = words(manager.post(f"{school.base}nil/", {"reason": "No Year 6."}, follow=True))
    assert "This is now a nil return." in shown
    assert "A nil return has no file" in shown
    manager.post(f"{school.base}nil/", {"back": "yes"})
    assert SchoolReturn.objects.get().nil_reason == ""


def test_a_school_with_pupils_makes_no_nil_return(manager, school):
    fill(school)
    assert "it cannot be a nil return" in words(manager.get(f"{school.base}nil/"))
    shown = words(manager.post(f"{school.base}nil/", {"reason": "x"}, follow=True))
    assert "There are pupils to report" in shown


@pytest.mark.parametrize("role", [Role.TEACHER, Role.HEAD, Role.ACCOUNT_MANAGER])
def test_years_are_turned_by_the_data_manager_alone(client, school, role):
    client.force_login(school.people[role])
    assert "Open a year" not in words(client.get(where(school)))
    for page in ("close/", "reopen/", "nil/"):
        assert client.get(school.base + page).status_code == 403


# -- practice --------------------------------------------------------------------------------------------------------


def test_a_practice_school_is_ones_own_filled_and_marked(manager, school):
    shown = words(manager.post(where(school, "practise/"), follow=True))
    assert "Practice school: made-up data." in shown
    made = Organisation.objects.get(is_practice=True)
    mine = Membership.objects.filter(organisation=made)
    assert {(each.person, each.role) for each in mine} == {(school.people[Role.DATA_MANAGER], role) for role in Role}
    assert made.returns.get().pupils.count() > 20
    manager.post(where(school, "practise/"))
    assert Organisation.objects.filter(is_practice=True).count() == 1


def test_it_may_be_empty_where_nothing_fills_it(school):
    made = open_practice(school.people[Role.HEAD], fill=None)
    assert made.returns.get().pupils.count() == 0
    move(made.returns.get(), Stage.CLOSED, by=None)
