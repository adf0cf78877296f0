"""Facts about pupils that measures are broken down by: from the roll, by hand, and never in a file that is sent."""

from dataclasses import replace

from django.test import Client

from keystage.service.accounts.roles import Role
from keystage.service.school.models import Pupil, SchoolReturn
from keystage.service.school.records import Records
from keystage.service.school.services.pupils import change, details_of
from service.made import MadeSchool, upn
from service.ready import fill, sign_everything
from service.school.pupil_pages import bring_in, csv, get, post, value_of

HEAD = ("UPN", "Surname", "Forename", "DOB", "Class", "Year", "Pupil premium", "SEN provision", "First language")
ADDRESS = "pupils/import/roll/"


def row(serial: int, forename: str, *facts: str) -> tuple[str, ...]:
    return (upn(serial), "Example", forename, f"2015-03-{serial:02}", "Oak", "6", *facts)


def take(client: Client, school: MadeSchool, *rows: tuple[str, ...]) -> str:
    address = bring_in(client, school, ADDRESS, csv(HEAD, *rows))
    page = get(client, school, address)
    post(client, school, address, {"seen": value_of(page, "seen"), "accept": "everything"})
    return page


def facts(forename: str) -> tuple[bool | None, str, str]:
    pupil = Pupil.objects.get(forename=forename)
    return pupil.disadvantaged, pupil.sen, pupil.first_language


def test_they_are_taken_from_a_roll_where_it_has_them(client: Client, school: MadeSchool) -> None:
    take(client, school, row(1, "Ada", "Yes", "K", "ENG"), row(2, "Ben", "N", "E", "POL"), row(3, "Cem", "", "", ""))
    assert facts("Ada") == (True, "support", "english")
    assert facts("Ben") == (False, "plan", "other")
    assert facts("Cem") == (None, "", "")


def test_a_no_is_taken_over_a_yes_and_a_blank_wipes_nothing_out(client: Client, school: MadeSchool) -> None:
    take(client, school, row(1, "Ada", "Yes", "K", "ENG"), row(2, "Ben", "Yes", "K", "ENG"))
    page = take(client, school, row(1, "Ada", "No", "N", "POL"), row(2, "Ben", "", "", ""))
    assert "1 pupil would change" in page
    assert facts("Ada") == (False, "none", "other")
    assert facts("Ben") == (True, "support", "english")


def test_what_cannot_be_read_is_said_in_the_dry_run_and_changes_nothing(client: Client, school: MadeSchool) -> None:
    take(client, school, row(1, "Ada", "Yes", "K", "ENG"))
    page = get(client, school, bring_in(client, school, ADDRESS, csv(HEAD, row(1, "Ada", "perhaps", "X9", "?"))))
    assert "Whether Ada Example is disadvantaged cannot be read, “perhaps”" in page
    assert "The special educational needs of Ada Example cannot be read, “X9”" in page
    assert "The first language of Ada Example cannot be read, “?”" in page
    assert facts("Ada") == (True, "support", "english")


def test_they_are_shown_and_changed_on_the_page_of_a_pupil(client: Client, school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example", disadvantaged=True)
    page = get(client, school, f"pupils/{ada.key}/change/")
    assert 'value="True" selected' in page
    data = {
        "surname": "Example", "forename": "Ada", "upn": ada.upn, "birth_date": "1/3/2015", "sex": "F",
        "class_name": "Oak", "year_group": "6", "version": "1", "disadvantaged": "False", "sen": "plan",
        "first_language": "other",
    }  # fmt: skip
    post(client, school, f"pupils/{ada.key}/change/", data)
    assert facts("Ada") == (False, "plan", "other")
    shown = get(client, school, f"pupils/{ada.key}/")
    assert "Education, health and care plan" in shown
    assert "Other than English" in shown
    assert "Changed disadvantaged, special educational needs and first language by hand" in shown


def test_a_change_of_them_leaves_the_return_and_its_signatures_alone(client: Client, school: MadeSchool) -> None:
    fill(school)
    sign_everything(school)
    before = SchoolReturn.objects.get(pk=school.school_return.pk).version
    rows = [(each.upn, "", "", "", "", "", "Yes", "K", "ENG") for each in school.pupils.values()]
    assert "3 pupils would change" in take(client, school, *rows)
    ada = Pupil.objects.get(forename="Ada")
    details = replace(details_of(ada), sen="plan")
    change(school.school_return, ada.key, details, version=ada.version, by=school.people[Role.DATA_MANAGER])
    assert facts("Ada") == (True, "plan", "english")
    assert SchoolReturn.objects.get(pk=school.school_return.pk).version == before
    assert not school.school_return.signatures.exclude(voided_at=None).exists()


def test_a_class_that_changes_with_them_voids_the_signatures_as_ever(client: Client, school: MadeSchool) -> None:
    fill(school)
    sign_everything(school)
    ada = school.pupils["Ada"]
    take(client, school, (ada.upn, "", "", "", "Ash", "", "Yes", "K", "ENG"))
    assert school.school_return.signatures.exclude(voided_at=None).exists()


def test_nothing_of_them_is_in_the_return(client: Client, school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    before = Records.of(school.school_return).return_
    Pupil.objects.filter(pk=ada.pk).update(disadvantaged=True, sen="plan", first_language="other")
    assert Records.of(school.school_return).return_ == before
