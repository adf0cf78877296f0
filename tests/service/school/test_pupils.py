"""Pupils added, changed, taken off and put back by hand."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from keystage.pupils.upn import check_letter
from keystage.service.accounts.roles import Role
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.school.models import Expected, Pupil, Stage
from keystage.service.school.records import Records
from keystage.service.school.services import pupils
from keystage.service.school.services.judgements import Change, save
from keystage.service.school.services.pupils import ChangedMeanwhile, Details, details_of
from keystage.service.school.services.returns import move
from keystage.years.subjects import Subject
from service.made import MadeSchool, a_school, upn
from service.school.pupil_pages import get, post, value_of

NIA = {"surname": "New", "forename": "Nia", "upn": "G999200110001", "birth_date": "6/7/2015", "year_group": "Year 6"}


def test_a_pupil_is_added_with_an_event(client: Client, school: MadeSchool) -> None:
    post(client, school, "pupils/add/", {**NIA, "class_name": "Oak", "joined": "1 9 2025"})
    nia = Pupil.objects.get()
    assert details_of(nia) == Details(
        "G999200110001", "", "New", "Nia", date(2015, 7, 6), "", "Oak", "6", date(2025, 9, 1), None
    )
    event = Event.objects.get(kind=Kind.PUPIL_ADDED)
    assert (event.target, event.person) == (nia.key, school.people[Role.DATA_MANAGER])
    assert "New" not in str(event.data)


def test_a_date_that_is_none_is_refused_and_what_was_typed_stays(client: Client, school: MadeSchool) -> None:
    page = post(client, school, "pupils/add/", {**NIA, "left": "31/02/2026"}, status=200).content.decode()
    assert "Date of leaving must be a real date, such as 09/03/2015" in page
    assert 'value="31/02/2026"' in page
    assert not Pupil.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"surname": "", "forename": " "}, "Enter the pupil’s name"),
        ({"joined": "1/9/2025", "left": "1/8/2025"}, "The date of leaving is before the date of joining"),
    ],
)
def test_a_pupil_without_a_name_or_with_dates_the_wrong_way_round_is_refused(
    client: Client, school: MadeSchool, fields: dict[str, str], words: str
) -> None:
    assert words in post(client, school, "pupils/add/", {**NIA, **fields}, status=200).content.decode()
    assert not Pupil.objects.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("A999200110001", "It begins with A, but its other 12 characters need G."),
        ("G99920011000", "This is not a UPN: it has 12 characters where a UPN has 13."),
        (check_letter("99920011000A") + "99920011000A", "It is a temporary UPN"),
        ("", "The pupil has no UPN."),
    ],
)
def test_a_doubtful_upn_is_asked_about_once_and_not_refused(
    client: Client, school: MadeSchool, typed: str, words: str
) -> None:
    page = post(client, school, "pupils/add/", {**NIA, "upn": typed}, status=200).content.decode()
    assert words in page
    assert not Pupil.objects.exists()
    post(client, school, "pupils/add/", {**NIA, "upn": typed, "doubts": value_of(page, "doubts")})
    assert Pupil.objects.get().upn == typed


def test_the_same_upn_and_the_same_child_are_warned_about(client: Client, school: MadeSchool) -> None:
    school.pupil("Nia", "NEW", birth_date=date(2015, 7, 6))
    page = post(client, school, "pupils/add/", {**NIA, "upn": "G999200110001"}, status=200).content.decode()
    assert "NEW, Nia has the UPN G999200110001 too." in page
    other = post(client, school, "pupils/add/", {**NIA, "upn": upn(2)}, status=200).content.decode()
    assert "NEW, Nia, with UPN G999200110001, has the same name and date of birth: perhaps the same child." in other


def test_a_change_raises_the_version_and_names_the_fields_not_the_values(school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    wanted = replace(details_of(ada), surname="Renamed", class_name="Elm")
    changed = pupils.change(school.school_return, ada.key, wanted, version=1, by=school.people[Role.DATA_MANAGER])
    assert (changed.surname, changed.version) == ("Renamed", 2)
    event = Event.objects.get(kind=Kind.PUPIL_CHANGED)
    assert event.data == {"fields": ["surname", "class_name"], "how": "typed"}
    school.school_return.refresh_from_db()
    assert school.school_return.version == 1


def test_saving_what_is_there_writes_nothing(school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    pupils.change(school.school_return, ada.key, details_of(ada), version=0, by=school.people[Role.DATA_MANAGER])
    assert not Event.objects.filter(kind=Kind.PUPIL_CHANGED).exists()


def test_the_second_of_two_people_is_shown_both_and_chooses(client: Client, school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    form = {"surname": "Mine", "forename": "Ada", "upn": ada.upn, "birth_date": "1/3/2015", "sex": "F", "version": "1"}
    theirs = replace(details_of(ada), surname="Theirs")
    pupils.change(school.school_return, ada.key, theirs, version=1, by=school.people[Role.HEAD])
    page = post(client, school, f"pupils/{ada.key}/change/", form, status=409).content.decode()
    assert "Hilary Fry changed this pupil while you did" in page
    assert ">Mine</td>" in page
    assert ">Theirs</td>" in page
    ada.refresh_from_db()
    assert ada.surname == "Theirs"
    post(client, school, f"pupils/{ada.key}/change/", {**form, "version": value_of(page, "version")})
    ada.refresh_from_db()
    assert ada.surname == "Mine"


def test_an_old_version_is_never_saved_over_a_newer_one(school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    person = school.people[Role.DATA_MANAGER]
    pupils.change(school.school_return, ada.key, replace(details_of(ada), surname="First"), version=1, by=person)
    with pytest.raises(ChangedMeanwhile):
        pupils.change(school.school_return, ada.key, replace(details_of(ada), surname="Second"), version=1, by=person)


def test_a_pupil_who_is_taken_off_leaves_the_return_and_comes_back_with_the_judgements(
    client: Client, school: MadeSchool
) -> None:
    ada = school.pupil("Ada", "Example")
    save(school.school_return, [Change(ada.key, Subject.WRITING, "EXS", 0)], by=school.people[Role.TEACHER])
    post(client, school, f"pupils/{ada.key}/take-off/", {"reason": "Put on by mistake."})
    assert Records.of(school.school_return).reported == 0
    assert "Put on by mistake." in get(client, school, "pupils/")
    assert "Taken off the roll: Put on by mistake." in get(client, school, f"pupils/{ada.key}/")
    post(client, school, f"pupils/{ada.key}/put-back/")
    (line,) = Records.of(school.school_return).lines
    assert line.cell(Subject.WRITING).code == "EXS"


def test_nobody_is_taken_off_without_a_reason(client: Client, school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    post(client, school, f"pupils/{ada.key}/take-off/", {"reason": ""}, status=200)
    with pytest.raises(NotAllowedNow):
        pupils.remove(school.school_return, ada.key, "  ", by=school.people[Role.DATA_MANAGER])
    assert Records.of(school.school_return).reported == 1


def test_one_who_was_taken_off_is_put_back_from_the_register_and_not_made_twice(school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    person = school.people[Role.DATA_MANAGER]
    pupils.remove(school.school_return, ada.key, "By mistake.", by=person)
    key = Expected.objects.get().key
    assert [each.key for each in pupils.add_from_register(school.school_return, [key], by=person)] == [ada.key]
    assert pupils.add_from_register(school.school_return, [key], by=person) == []
    assert Pupil.objects.count() == 1


def test_the_tests_of_a_pupil_are_registered_by_hand_with_an_event(client: Client, school: MadeSchool) -> None:
    kim = school.pupil("Kim", "Late", expected=None)
    form = {"reading": "registered", "gps": "registered", "maths": "below", "status": "registered"}
    post(client, school, f"pupils/{kim.key}/tests/", form)
    entry = Expected.objects.get()
    assert (entry.upn, entry.reading, entry.maths) == (kim.upn, "registered", "below")
    assert Event.objects.get(kind=Kind.PUPIL_CHANGED).data == {
        "changes": {"maths": ["registered", "below"]},
        "is_new": True,
    }
    page = get(client, school, f"pupils/{kim.key}/")
    assert "Put on the register by hand; changed maths test from registered to below" in page


def test_without_a_register_nobody_is_registered_by_hand(client: Client, db: None) -> None:
    school = a_school(register=False)
    kim = school.pupil("Kim", "Late", expected=None)
    form = {"reading": "registered", "gps": "registered", "maths": "below", "status": "registered"}
    post(client, school, f"pupils/{kim.key}/tests/", form)
    assert "No register is loaded" in get(client, school, f"pupils/{kim.key}/tests/")
    assert not Expected.objects.exists()


def test_the_words_about_a_upn_are_served_to_the_script(client: Client, school: MadeSchool) -> None:
    client.force_login(school.people[Role.DATA_MANAGER])
    found = client.get(f"{school.base}pupils/upn/", {"value": "a9992 00110001"}).json()
    assert found["upn"] == "A999200110001"
    assert found["wrong"] is True
    assert found["words"][0].startswith("It begins with A, but its other 12 characters need G.")


@pytest.mark.parametrize("path", ["change/", "take-off/", "put-back/", "decide/", "undecide/", "tests/", ""])
def test_nobody_else_is_known_by_a_key(client: Client, school: MadeSchool, path: str) -> None:
    other = a_school(name="Another School", number="9992002").pupil("Eve", "Elsewhere")
    get(client, school, f"pupils/{other.key}/{path}", status=404)


def test_nothing_is_changed_in_a_closed_year(client: Client, school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    move(school.school_return, Stage.CLOSED, by=school.people[Role.DATA_MANAGER])
    post(client, school, "pupils/add/", NIA | {"upn": upn(9)})
    post(client, school, f"pupils/{ada.key}/take-off/", {"reason": "Too late."})
    post(client, school, f"pupils/{ada.key}/change/", {"surname": "Late", "upn": ada.upn, "version": "1"})
    ada.refresh_from_db()
    assert (Pupil.objects.count(), ada.removed_at, ada.surname) == (1, None, "Example")
    assert ">Change<" not in get(client, school, f"pupils/{ada.key}/")
