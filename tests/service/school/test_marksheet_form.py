"""The marksheet as a plain form, without its script."""

import re

from django.http import HttpResponse
from django.test import Client

from keystage.service.accounts.models import Membership
from keystage.service.accounts.roles import Role
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.school.models import Judgement, Stage
from keystage.service.school.services.judgements import Change, save
from keystage.service.school.services.returns import move
from keystage.years.subjects import Subject
from service.made import MadeSchool


def fields_of(text: str) -> dict[str, str]:
    """The fields that a browser would send of a page, as they stand."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", text.split('id="marksheet"', 1)[1]):
        attributes = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if "name" in attributes and attributes.get("type") != "radio":
            found[attributes["name"]] = attributes.get("value", "")
    return found


def open_page(client: Client, school: MadeSchool, role: Role = Role.TEACHER) -> dict[str, str]:
    client.force_login(school.people[role])
    return fields_of(client.get(f"{school.base}marksheet/").content.decode())


def typed(fields: dict[str, str], school: MadeSchool, forename: str, code: str, subject: str = "writing") -> None:
    (name,) = (each for each in fields if each.startswith(f"{school.pupils[forename].key}.{subject}."))
    fields[name] = code


def send(client: Client, school: MadeSchool, fields: dict[str, str]) -> HttpResponse:
    return client.post(f"{school.base}marksheet/", fields)


def codes(school: MadeSchool) -> dict[tuple[str, str], str]:
    rows = Judgement.objects.select_related("pupil")
    return {(each.pupil.forename, each.subject): each.code for each in rows}


def by_somebody_else(school: MadeSchool, code: str, version: int = 0) -> None:
    change = Change(school.pupils["Ada"].key, Subject.WRITING, code, version)
    save(school.school_return, [change], by=school.people[Role.HEAD])


def test_what_was_typed_is_saved_and_said(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    fields = open_page(client, school)
    typed(fields, school, "Ada", " exs")
    response = client.post(f"{school.base}marksheet/?q=ada", fields, follow=True)
    assert response.redirect_chain == [(f"{school.base}marksheet/?q=ada", 302)]
    assert "1 judgement saved." in response.content.decode()
    assert codes(school) == {("Ada", "writing"): "EXS"}


def test_what_was_left_as_it_was_is_not_saved_again(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    by_somebody_else(school, "EXS")
    fields = open_page(client, school)
    response = client.post(f"{school.base}marksheet/", fields, follow=True)
    assert "Nothing was changed" in response.content.decode()
    assert Event.objects.filter(kind=Kind.JUDGEMENT_CHANGED).count() == 1


def test_a_cell_left_alone_makes_no_conflict_with_what_others_changed(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    school.pupil("Ben", "Example")
    fields = open_page(client, school)
    by_somebody_else(school, "EXS")
    typed(fields, school, "Ben", "GDS")
    assert send(client, school, fields).status_code == 302
    assert codes(school) == {("Ada", "writing"): "EXS", ("Ben", "writing"): "GDS"}


def test_a_code_that_is_not_valid_is_listed_at_the_top_and_stays_in_its_cell(
    client: Client, school: MadeSchool
) -> None:
    ada = school.pupil("Ada", "Example")
    school.pupil("Ben", "Example")
    fields = open_page(client, school)
    typed(fields, school, "Ada", "hnm")
    typed(fields, school, "Ben", "exs")
    text = send(client, school, fields).content.decode()
    assert "There is a problem" in text
    assert f'<a href="#{ada.key}-writing">Writing, Ada Example: “HNM” is a code for science, not for writing.' in text
    assert 'value="hnm" aria-label="Writing, Ada Example"' in text
    assert "<title>Error: " in text
    assert codes(school) == {("Ben", "writing"): "EXS"}


def test_both_values_are_shown_and_theirs_can_be_kept(client: Client, school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    fields = open_page(client, school)
    by_somebody_else(school, "EXS")
    typed(fields, school, "Ada", "GDS")
    text = send(client, school, fields).content.decode()
    assert "Hilary Fry entered EXS on" in text
    assert "You entered GDS." in text
    assert "Keep EXS" in text
    assert "Use GDS" in text
    assert codes(school) == {("Ada", "writing"): "EXS"}
    again = fields_of(text)
    again[f"choose-{ada.key}.writing.1.GDS"] = "theirs"
    assert send(client, school, again).status_code == 302
    assert codes(school) == {("Ada", "writing"): "EXS"}


def test_ones_own_value_can_be_used_instead(client: Client, school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    fields = open_page(client, school)
    by_somebody_else(school, "EXS")
    typed(fields, school, "Ada", "GDS")
    again = fields_of(send(client, school, fields).content.decode())
    again[f"choose-{ada.key}.writing.1.GDS"] = "mine"
    assert send(client, school, again).status_code == 302
    assert codes(school) == {("Ada", "writing"): "GDS"}
    assert Event.objects.filter(kind=Kind.JUDGEMENT_CHANGED).last().data["how"] == "chosen"


def test_where_nothing_is_chosen_the_question_stays(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    fields = open_page(client, school)
    by_somebody_else(school, "EXS")
    typed(fields, school, "Ada", "GDS")
    again = fields_of(send(client, school, fields).content.decode())
    text = send(client, school, again).content.decode()
    assert "Choose which to keep" in text
    assert "Use GDS" in text
    assert codes(school) == {("Ada", "writing"): "EXS"}


def test_a_third_change_before_the_choice_is_a_conflict_again(client: Client, school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    fields = open_page(client, school)
    by_somebody_else(school, "EXS")
    typed(fields, school, "Ada", "GDS")
    again = fields_of(send(client, school, fields).content.decode())
    by_somebody_else(school, "WTS", version=1)
    again[f"choose-{ada.key}.writing.1.GDS"] = "mine"
    text = send(client, school, again).content.decode()
    assert "Hilary Fry entered WTS on" in text
    assert codes(school) == {("Ada", "writing"): "WTS"}


def test_a_teacher_cannot_save_in_another_class(client: Client, school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example", "Elm")
    Membership.objects.filter(person=school.people[Role.TEACHER]).update(classes=["Oak"])
    client.force_login(school.people[Role.TEACHER])
    text = send(client, school, {f"{ada.key}.writing.0.": "EXS"}).content.decode()
    assert "This pupil is in another class than yours." in text
    assert codes(school) == {}


def test_somebody_who_may_not_enter_judgements_is_refused(client: Client, school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    client.force_login(school.people[Role.ACCOUNT_MANAGER])
    assert send(client, school, {f"{ada.key}.writing.0.": "EXS"}).status_code == 403
    assert codes(school) == {}


def test_nothing_is_saved_in_a_closed_year(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    fields = open_page(client, school)
    typed(fields, school, "Ada", "EXS")
    move(school.school_return, Stage.CLOSED, by=None)
    response = client.post(f"{school.base}marksheet/", fields, follow=True)
    assert "is closed and can only be read" in response.content.decode()
    assert codes(school) == {}


def test_a_name_that_no_page_has_is_refused_without_a_traceback(client: Client, school: MadeSchool) -> None:
    client.force_login(school.people[Role.TEACHER])
    for name in ("x.writing.y.", "x.history.0.", "x" * 40 + ".writing.0.", "x.writing.٣.", "clash.x"):
        assert send(client, school, {name: "EXS"}).status_code in (400, 302), name


def test_the_whole_form_of_a_large_school_is_taken(client: Client, school: MadeSchool) -> None:
    client.force_login(school.people[Role.TEACHER])
    fields = {f"nobody{number}.{subject}.0.": "" for number in range(300) for subject in Subject}
    assert send(client, school, fields).status_code == 302
