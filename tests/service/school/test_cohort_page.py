"""The cohort table: who is where, why, and what a person decided."""

from datetime import date

import pytest
from django.test import Client

from keystage.service.accounts.roles import Role
from keystage.service.school.models import Expected, Stage
from keystage.service.school.services.returns import move
from service.made import MadeSchool, a_school
from service.school.pupil_pages import bring_in, csv, get, many, post, value_of

ROLL_HEAD = ("UPN", "Surname", "Forename", "DOB", "Sex", "Class", "Year group", "Date of admission", "Date of leaving")
REGISTER_HEAD = ("upn", "surname", "forename", "dob", "sex", "reading", "maths", "gps", "status")
# 999/2001, serials 1 to 6; the letters are worked out by hand: 9*2 + 9*3 + 9*4 + 2*5 + 1*8 + 1*9 = 108, + 13 a serial.
UPNS = ("G999200110001", "W999200110002", "K999200110003", "Z999200110004", "N999200110005", "C999200110006")
FIVE = (
    (UPNS[0], "Before", "Bea", "2015-03-01", "F", "Oak", "6", "", "2026-03-20"),
    (UPNS[1], "During", "Dan", "2015-03-02", "M", "Oak", "6", "", "2026-05-12"),
    (UPNS[2], "After", "Asa", "2015-03-03", "M", "Oak", "6", "", "2026-06-05"),
    (UPNS[3], "Late", "Liv", "2015-03-04", "F", "Elm", "6", "2026-06-08", ""),
    (UPNS[4], "Outside", "Oli", "2016-03-05", "M", "Elm", "5", "", ""),
)


def groups(page: str) -> dict[str, str]:
    """Return the text of each group of the table by its heading."""
    parts = page.split('<h2 class="govuk-heading-m" id="group-')[1:]
    return {part.partition(">")[2].partition(" <span")[0].strip(): part for part in parts}


def load(
    client: Client, school: MadeSchool, roll: tuple[tuple[str, ...], ...], register: tuple[tuple[str, ...], ...]
) -> None:
    address = bring_in(client, school, "pupils/import/roll/", csv(ROLL_HEAD, *roll), "roll.csv")
    seen = value_of(get(client, school, address), "seen")
    post(client, school, address, {"seen": seen, "accept": "everything"})
    address = bring_in(client, school, "pupils/import/register/", csv(REGISTER_HEAD, *register), "register.csv")
    post(client, school, address, {"seen": value_of(get(client, school, address), "seen")})


def test_the_five_hard_cases_land_rightly_through_the_real_upload(client: Client, school: MadeSchool) -> None:
    """A leaver before, in and after test week (11 to 14 May 2026), a late arrival and a pupil out of year."""
    register = tuple((*pupil[:5], "", "", "", "") for pupil in FIVE[:3])
    load(client, school, FIVE, register)
    found = groups(get(client, school, "pupils/"))
    assert "Before, Bea" in found["Report as left"]
    assert "20 March 2026" in found["Report as left"]
    assert "During, Dan" in found["Decide first"]
    assert "After, Asa" in found["Report"]
    assert "Late, Liv" in found["Decide first"]
    assert "Outside, Oli" in found["Not ours"]


def test_a_pupil_who_is_only_on_the_register_is_decided_about_and_can_be_added(
    client: Client, school: MadeSchool
) -> None:
    entry = Expected.objects.create(
        school_return=school.school_return, upn=UPNS[0], surname="Only", forename="Ona", birth_date=date(2015, 3, 1)
    )
    page = get(client, school, "pupils/")
    assert "Only, Ona" in groups(page)["Decide first"]
    assert "Not on the roll" in page
    post(client, school, "pupils/from-register/", {"entry": entry.key})
    assert "Only, Ona" in groups(get(client, school, "pupils/"))["Report"]


def test_a_decision_moves_the_pupil_and_names_who_and_why(client: Client, school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    post(client, school, f"pupils/{ada.key}/decide/", {"verdict": "not ours", "reason": "Educated elsewhere."})
    found = groups(get(client, school, "pupils/"))["Not ours"]
    assert "Educated elsewhere." in found
    assert "By Dana Marsh" in found
    assert "The rules say: report." in found


def test_a_decision_without_a_reason_is_refused(client: Client, school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    response = post(client, school, f"pupils/{ada.key}/decide/", {"verdict": "not ours", "reason": " "}, status=200)
    assert "Say why, so that others can follow the decision" in response.content.decode()
    ada.refresh_from_db()
    assert ada.decision == ""


def test_a_decision_can_be_taken_back_and_stays_in_the_history(client: Client, school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    post(client, school, f"pupils/{ada.key}/decide/", {"verdict": "not ours", "reason": "Educated elsewhere."})
    post(client, school, f"pupils/{ada.key}/undecide/")
    assert "Example, Ada" in groups(get(client, school, "pupils/"))["Report"]
    page = get(client, school, f"pupils/{ada.key}/")
    assert "Decided “Not ours”: Educated elsewhere." in page
    assert "Took the decision back" in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?class_name=%3DOak", {"Ada"}),
        ("?class_name=%3D", {"Cyd"}),
        ("?name=élm", {"Ben"}),
        ("?verdict=not+ours", {"Cyd"}),
        ("?verdict=no+such+group", {"Ada", "Ben", "Cyd"}),
    ],
)
def test_the_table_shows_a_class_a_group_or_a_name(
    client: Client, school: MadeSchool, query: str, shown: set[str]
) -> None:
    school.pupil("Ada", "Example", "Oak")
    school.pupil("Ben", "Elmwood", "Elm")
    school.pupil("Cyd", "Example", "", year_group="5", expected=None)
    page = get(client, school, f"pupils/{query}")
    assert {name for name in ("Ada", "Ben", "Cyd") if f", {name}</bdi>" in page} == shown


def test_what_is_assumed_says_so(client: Client, school: MadeSchool) -> None:
    school.pupil("Cyd", "Example", year_group="5", expected=None)
    assert "Assumed: no published rule was found." in get(client, school, "pupils/")


def test_without_a_register_the_table_is_provisional(client: Client, db: None) -> None:
    school = a_school(register=False)
    school.pupil("Ada", "Example", expected=None)
    page = get(client, school, "pupils/")
    assert "this table is provisional" in page
    assert "Load the register" in page


def test_an_empty_school_is_told_to_load_the_roll(client: Client, school: MadeSchool) -> None:
    assert "Load the roll first" in get(client, school, "pupils/")


def test_a_teacher_sees_the_table_and_no_buttons(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    page = get(client, school, "pupils/", role=Role.TEACHER)
    assert "Example, Ada" in page
    assert "Decide otherwise" not in page
    assert "Load the roll" not in page


def test_a_closed_year_can_only_be_read(client: Client, school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    move(school.school_return, Stage.CLOSED, by=school.people[Role.DATA_MANAGER])
    assert "Decide otherwise" not in get(client, school, "pupils/")
    post(client, school, f"pupils/{ada.key}/decide/", {"verdict": "not ours", "reason": "Too late."})
    ada.refresh_from_db()
    assert ada.decision == ""
    assert "is closed and can only be read" in get(client, school, f"pupils/{ada.key}/decide/")


def test_names_of_any_script_are_shown_as_they_are_and_nothing_is_run(client: Client, school: MadeSchool) -> None:
    school.pupil("李小龍", "Ní Bhriain-O’Shea")
    school.pupil("=cmd|' /C calc'!A0", "<script>alert(1)</script>")
    page = get(client, school, "pupils/")
    assert "Ní Bhriain-O’Shea, 李小龍" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;, =cmd|" in page


@pytest.mark.parametrize(
    "path",
    ["pupils/", "pupils/?name=a", "pupils/from-register/", "pupils/add/", "pupils/import/", "pupils/import/roll/"],
)
def test_pages_ask_the_database_a_dozen_times_at_most_at_240_pupils(
    client: Client, school: MadeSchool, django_assert_max_num_queries: object, path: str
) -> None:
    many(school, 240)
    client.force_login(school.people[Role.DATA_MANAGER])
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert client.get(school.base + path).status_code == 200


def test_how_somebody_was_matched_is_said_only_where_it_was_not_by_upn(client: Client, school: MadeSchool) -> None:
    alike, other = (UPNS[0], "Same", "Sam", "2015-03-01", "F"), ("Other", "Ola", "2015-03-02", "F")
    roll = ((*alike, "Oak", "6", "", ""), (UPNS[1], *other, "Oak", "6", "", ""))
    register = ((*alike, "", "", "", ""), (UPNS[2], *other, "", "", "", ""))
    load(client, school, roll, register)
    assert get(client, school, "pupils/").count("Matched with the register") == 1


def test_what_the_register_says_of_a_leaver_is_a_sentence(client: Client, school: MadeSchool) -> None:
    leaver = (UPNS[0], "Before", "Bea", "2015-03-01", "F")
    load(client, school, ((*leaver, "Oak", "6", "", "2026-03-20"),), ((*leaver, "", "", "", "left"),))
    assert "The register says: has left the school." in get(client, school, "pupils/")
