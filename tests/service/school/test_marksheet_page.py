"""The page of the marksheet."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from keystage.service.accounts.models import Membership
from keystage.service.accounts.roles import Role
from keystage.service.school.models import Judgement, Stage
from keystage.service.school.services.judgements import Change, save
from keystage.service.school.services.returns import move
from keystage.years.subjects import Subject
from service.made import MadeSchool, a_school

MOST_QUERIES = 12


def page(client: Client, school: MadeSchool, query: str = "", role: Role = Role.DATA_MANAGER) -> str:
    client.force_login(school.people[role])
    response = client.get(f"{school.base}marksheet/{query}")
    assert response.status_code == 200
    return response.content.decode()


def enter(school: MadeSchool, forename: str, code: str, subject: Subject = Subject.WRITING) -> None:
    save(school.school_return, [Change(school.pupils[forename].key, subject, code, 0)], by=school.people[Role.TEACHER])


def test_a_school_without_pupils_is_told_to_load_the_roll(client: Client, school: MadeSchool) -> None:
    assert "There are no pupils to enter judgements for" in page(client, school)


def test_each_open_cell_has_an_input_that_says_subject_and_pupil(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    text = page(client, school)
    assert 'aria-label="Writing, Ada Example"' in text
    assert 'aria-label="Reading, Ada Example"' not in text


def test_a_closed_cell_says_why_to_those_who_listen(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    assert "No judgement is wanted. The pupil sits the test, so no judgement is wanted." in page(client, school)


def test_a_code_in_a_closed_cell_is_a_fault_that_can_be_cleared(client: Client, school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example", expected={"reading": "below"})
    enter(school, "Ada", "PK6", Subject.READING)
    school.school_return.expected.update(reading="registered")
    text = page(client, school)
    assert f'id="{ada.key}-reading" name="{ada.key}.reading.1.PK6" value="PK6"' in text
    assert 'aria-invalid="true"' in text
    assert "Reading: The pupil sits the test, so no judgement is wanted. Clear it." in text


def test_leavers_and_pupils_out_of_year_are_marked_in_words(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example", left=date(2026, 6, 20))
    school.pupil("Ben", "Example", year_group="5")
    text = page(client, school)
    assert "Left 20 June 2026" in text
    assert "Year 5" in text


def test_two_pupils_of_one_name_are_told_apart(client: Client, school: MadeSchool) -> None:
    for day in (1, 2):
        school.pupil("Ada", "Example", birth_date=date(2015, 5, day))
    text = page(client, school)
    assert "Born 1 May 2015" in text
    assert "Born 2 May 2015" in text


def test_what_is_left_is_counted_for_all_and_for_each_class(client: Client, school: MadeSchool) -> None:
    for forename, class_name in (("Ada", "Oak"), ("Ben", "Elm"), ("Cem", "Elm")):
        school.pupil(forename, "Example", class_name)
    enter(school, "Ben", "EXS")
    text = page(client, school)
    assert '<strong id="ms-total">5</strong> of 6 left' in text
    assert '<span data-left-of="Elm">3</span> left' in text
    assert '<span data-left-of="Oak">2</span> left' in text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?class=Elm", {"Ben"}),
        ("?show=missing", {"Ada", "Zoë"}),
        ("?q=zoe", {"Zoë"}),
        ("?q=example+ad", {"Ada"}),
        ("?show=nonsense", {"Ada", "Ben", "Zoë"}),
        ("?class=Nowhere", set()),
    ],
)
def test_the_pupils_who_are_shown_can_be_chosen(
    client: Client, school: MadeSchool, query: str, shown: set[str]
) -> None:
    for forename, class_name in (("Ada", "Oak"), ("Ben", "Elm"), ("Zoë", "Oak")):
        school.pupil(forename, "Example", class_name)
    enter(school, "Ben", "EXS")
    enter(school, "Ben", "EXS", Subject.SCIENCE)
    text = page(client, school, query)
    assert {name for name in school.pupils if f"Writing, {name} Example" in text} == shown
    assert ("No pupil fits" in text.split('id="ms-nobody"')[0]) is not shown


def test_only_pupils_with_errors_are_shown_where_wanted(client: Client, school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    school.pupil("Ben", "Example")
    Judgement.objects.create(pupil=ada, subject="writing", code="2B", changed_at=timezone.now())
    text = page(client, school, "?show=errors")
    assert "Writing, Ada Example" in text
    assert "“2B” has not been used since 2015" in text
    assert "Writing, Ben Example" not in text


def test_a_teacher_of_a_class_sees_it_first_and_can_change_nothing_else(client: Client, school: MadeSchool) -> None:
    school.pupil("Ben", "Example", "Elm")
    school.pupil("Ada", "Example", "Oak")
    Membership.objects.filter(person=school.people[Role.TEACHER]).update(classes=["Oak"])
    text = page(client, school, role=Role.TEACHER)
    assert text.index("Example, Ada") < text.index("Example, Ben")
    assert 'aria-label="Writing, Ada Example"' in text
    assert 'aria-label="Writing, Ben Example"' not in text
    assert "You enter judgements for Oak, and can only read this class." in text


def test_a_data_manager_who_also_teaches_a_class_changes_all(client: Client, school: MadeSchool) -> None:
    school.pupil("Ben", "Example", "Elm")
    manager = school.people[Role.DATA_MANAGER]
    Membership.objects.create(person=manager, organisation=school.organisation, role=Role.TEACHER, classes=["Oak"])
    assert 'aria-label="Writing, Ben Example"' in page(client, school)


def test_somebody_who_enters_no_judgements_can_read_them(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    enter(school, "Ada", "EXS")
    text = page(client, school, role=Role.ACCOUNT_MANAGER)
    assert "<input" not in text.split("<table", 1)[1].split("</table>", 1)[0]
    assert ">EXS</span>" in text


def test_a_closed_year_is_read_only(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    move(school.school_return, Stage.CLOSED, by=None)
    text = page(client, school)
    assert "This year is closed" in text
    assert 'type="submit">Save' not in text


def test_without_a_register_the_page_says_what_is_not_known(client: Client, db: None) -> None:
    school = a_school(register=False)
    school.pupil("Ada", "Example", expected=None)
    text = page(client, school)
    assert "No register is loaded" in text
    assert 'aria-label="Reading, Ada Example"' in text


def test_a_name_of_any_letters_is_shown_and_nothing_in_it_is_markup(client: Client, school: MadeSchool) -> None:
    school.pupil('<b>"Ada"</b>', "O’Néill-Żółć " + "x" * 100, "<i>")
    text = page(client, school)
    assert "<b>" not in text.split("<table", 1)[1].split("</table>")[0]
    assert "O’Néill-Żółć" in text


def test_240_pupils_need_no_more_queries_than_one(
    client: Client, school: MadeSchool, django_assert_max_num_queries: object
) -> None:
    for number in range(240):
        school.pupil(f"Ada {number}", "Example", birth_date=date(2015, 1, 1))
    client.force_login(school.people[Role.DATA_MANAGER])
    with django_assert_max_num_queries(MOST_QUERIES):  # type: ignore[operator]
        assert client.get(f"{school.base}marksheet/").status_code == 200
