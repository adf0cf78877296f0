"""The pages of reports for parents: the list, writing, the preview, settings, making and handing out."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from keystage.service.accounts.models import Membership
from keystage.service.accounts.roles import Role
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.school.models import IssuedReport, PupilReport, ReportSettings
from keystage.service.school.services.years import close_year
from keystage.years.subjects import Subject, Test
from service.made import MadeSchool
from service.ready import judge
from service.school.report_seeds import all_met, bring_results, without_score

TEXTS = {"progress": "Reads a lot.", "achievements": "Plays the horn.", "exempt_from": "", "engagement": ""}
SESSIONS = {"possible_sessions": "380", "attended_sessions": "370", "unauthorised_absences": "2"}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738550000"
    "000049454e44ae426082"
)


def words(response, status: int = 200) -> str:
    assert response.status_code == status, response.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def at(school: MadeSchool, forename: str = "", rest: str = "") -> str:
    key = f"{school.pupils[forename].key}/" if forename else ""
    return f"{school.base}reports/{key}{rest}"


def row(response, school: MadeSchool, forename: str) -> str:
    key = school.pupils[forename].key
    found = re.search(rf'<tr[^>]*id="report-{key}">.*?</tr>', response.content.decode(), re.DOTALL)
    assert found, forename
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0]))


def make(client, school: MadeSchool, *forenames: str):
    keys = [school.pupils[each].key for each in forenames]
    return client.post(at(school, rest="make/"), {"pupil": keys}, follow=True)


# -- the list --------------------------------------------------------------------------------------------------------


def test_the_list_says_of_each_pupil_what_is_still_to_write(manager, resulted):
    manager.post(at(resulted, "Ada"), {**TEXTS, **SESSIONS, "version": "0"})
    manager.post(at(resulted, "Bea"), {**TEXTS, "version": "0"})
    shown = manager.get(at(resulted))
    assert " Nothing Held Not made" in row(shown, resulted, "Ada")
    assert " attendance Held Not made" in row(shown, resulted, "Bea")
    assert " general progress, achievements and attendance Held" in row(shown, resulted, "Cal")
    assert "2 Something missing 3 Not made yet 0 To be made again 0 Made" in words(shown)


def test_the_list_says_whether_results_are_held(manager, filled):
    assert "No results are held yet" in words(manager.get(at(filled)))
    bring_results(filled, {"Ada": all_met()})
    shown = manager.get(at(filled))
    assert "No results are held yet" not in words(shown)
    assert " Held " in row(shown, filled, "Ada")
    assert "Not in the results" in row(shown, filled, "Bea")


def test_the_list_shows_a_class_or_what_is_to_be_made_again(manager, resulted):
    make(manager, resulted, "Ada", "Cal")
    manager.post(at(resulted, "Ada"), {**TEXTS, "version": "0"})
    assert "2 of 3 pupils shown" in words(manager.get(at(resulted, rest="?class_name=%3DOak")))
    again = manager.get(at(resulted, rest="?show=again"))
    assert "1 of 3 pupils shown" in words(again)
    assert "Since it was made, the words have changed." in row(again, resulted, "Ada")
    assert "1 of 3 pupils shown" in words(manager.get(at(resulted, rest="?show=not+made")))
    assert "3 pupils in the return" in words(manager.get(at(resulted, rest="?show=nonsense")))


def test_an_empty_school_is_told_what_comes_first(client, school):
    client.force_login(school.people[Role.HEAD])
    assert "Nobody is in the return yet" in words(client.get(at(school)))


def test_a_pupil_who_left_before_the_return_is_owed_no_report(manager, filled):
    manager_of = filled.people[Role.DATA_MANAGER]
    filled.pupils["Cal"].decision, filled.pupils["Cal"].decided_by = "report as left", manager_of
    filled.pupils["Cal"].save()
    shown = manager.get(at(filled))
    assert "Not owed" in row(shown, filled, "Cal")
    assert "2 Not made yet" in words(shown)
    assert "Specimen" not in words(manager.get(at(filled, rest="make/")))


def test_the_tasks_say_how_many_reports_are_left_once_the_results_are_out(manager, resulted):
    assert "3 not made" in words(manager.get(resulted.base))
    make(manager, resulted, *resulted.pupils)
    assert "3 reports made" in words(manager.get(resulted.base))
    manager.post(at(resulted, "Ada"), {**TEXTS, "version": "0"})
    assert "1 to make again" in words(manager.get(resulted.base))


# -- writing ---------------------------------------------------------------------------------------------------------


def test_what_is_written_is_saved_and_the_next_pupil_follows(manager, resulted):
    shown = manager.post(at(resulted, "Ada"), {**TEXTS, **SESSIONS, "version": "0", "then": "next"})
    assert shown["Location"] == at(resulted, "Bea")
    assert PupilReport.objects.get().progress == "Reads a lot."
    shown = words(manager.get(at(resulted, "Ada")))
    assert "Reads a lot." in shown
    assert "Last saved" in shown
    assert "by Dana Marsh" in shown


def test_the_last_pupil_is_followed_by_the_list(manager, resulted):
    shown = manager.post(at(resulted, "Bea"), {**TEXTS, "version": "0", "then": "next"})
    assert shown["Location"] == at(resulted)


def test_two_at_once_are_both_shown_and_nothing_is_overwritten(manager, resulted):
    manager.post(at(resulted, "Ada"), {**TEXTS, "version": "0"})
    response = manager.post(at(resulted, "Ada"), {**TEXTS, "progress": "Mine instead.", "version": "0"})
    shown = words(response, 409)
    assert "Dana Marsh wrote in this report while you did. Nothing of yours is saved yet." in shown
    assert "Mine instead. Reads a lot." in shown
    assert PupilReport.objects.get().progress == "Reads a lot."
    version = re.search(r'name="version" value="(\d+)"', response.content.decode())
    assert version
    manager.post(at(resulted, "Ada"), {**TEXTS, "progress": "Mine instead.", "version": version[1]})
    assert PupilReport.objects.get().progress == "Mine instead."


@pytest.mark.parametrize(
    ("posted", "why"),
    [
        ({"progress": "x" * 5001}, "General progress must be 5,000 characters or fewer. It has 5,001"),
        ({"attended_sessions": "381"}, "381 sessions attended are more than the 380 possible"),
        ({"possible_sessions": "-1"}, "Possible sessions must be a whole number of sessions, like 190"),
        ({"possible_sessions": "many"}, "Possible sessions must be a whole number of sessions, like 190"),
        ({"possible_sessions": "1000"}, "Possible sessions must be 999 or fewer"),
        ({"possible_sessions": ""}, "Enter the number of possible sessions too"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(manager, resulted, posted, why):
    shown = words(manager.post(at(resulted, "Ada"), {**TEXTS, **SESSIONS, "version": "0", **posted}))
    assert why in shown
    assert "Plays the horn." in shown
    assert not PupilReport.objects.exists()


def test_line_breaks_of_a_browser_count_once_and_are_kept(manager, resulted):
    manager.post(at(resulted, "Ada"), {**TEXTS, "progress": "One.\r\n" + "x" * 4995, "version": "0"})
    assert PupilReport.objects.get().progress == "One.\n" + "x" * 4995


def test_a_reason_is_asked_for_a_test_that_gave_no_score(manager, filled):
    bring_results(filled, {"Ada": {**all_met(), Test.MATHS: without_score("A")}})
    shown = words(manager.get(at(filled, "Ada")))
    assert "Why was the maths test not taken? Leave it empty to print what the outcome means: absent (A)" in shown
    assert "Why was the reading test" not in shown
    manager.post(at(filled, "Ada"), {**TEXTS, "version": "0", "reason-maths": "Broke an arm."})
    assert PupilReport.objects.get().reasons == {"maths": "Broke an arm."}
    assert "Broke an arm." in words(manager.get(at(filled, "Ada", "preview/")))
    bring_results(filled, {"Ada": all_met()})  # revised: the question is gone, and the answer is kept
    manager.post(at(filled, "Ada"), {**TEXTS, "progress": "More.", "version": "1"})
    assert PupilReport.objects.get().reasons == {"maths": "Broke an arm."}


def test_the_engagement_account_is_asked_for_where_it_is_owed_and_kept_where_it_is_not(manager, filled):
    assert "Account by area of engagement" not in words(manager.get(at(filled, "Ada")))
    judge(filled, "Ada", Subject.WRITING, "EM")
    assert "Account by area of engagement" in words(manager.get(at(filled, "Ada")))
    manager.post(at(filled, "Ada"), {**TEXTS, "engagement": "Explores sand.", "version": "0"})
    judge(filled, "Ada", Subject.WRITING, "PK1")
    manager.post(at(filled, "Ada"), {**TEXTS, "progress": "More.", "version": "1"})
    assert PupilReport.objects.get().engagement == "Explores sand."


def test_a_closed_year_still_takes_words_and_makes_reports(manager, resulted):
    close_year(resulted.school_return, by=resulted.people[Role.DATA_MANAGER])
    assert "is saved" in words(manager.post(at(resulted, "Ada"), {**TEXTS, "version": "0"}, follow=True))
    assert "1 report made and kept." in words(make(manager, resulted, "Ada"))


# -- who may do what -------------------------------------------------------------------------------------------------


def test_a_teacher_writes_for_the_own_class_sees_all_and_makes_none(client, resulted):
    teacher = resulted.people[Role.TEACHER]
    Membership.objects.filter(person=teacher).update(classes=["Oak"])
    client.force_login(teacher)
    assert "is saved" in words(client.post(at(resulted, "Ada"), {**TEXTS, "version": "0"}, follow=True))
    assert client.get(at(resulted, "Cal"))["Location"] == at(resulted, "Cal", "preview/")
    assert "This is how this one looks" in words(client.get(at(resulted, "Cal"), follow=True))
    client.post(at(resulted, "Cal"), {**TEXTS, "version": "0"})
    assert [each.pupil.forename for each in PupilReport.objects.select_related("pupil")] == ["Ada"]
    assert client.get(at(resulted, "Ada", "report.pdf"))["Content-Type"] == "application/pdf"
    assert "Make all reports" not in words(client.get(at(resulted)))
    for page in ("make/", "made.pdf", "made.zip", "settings/"):
        assert client.get(at(resulted, rest=page)).status_code == 403
    assert make(client, resulted, "Ada").status_code == 403
    assert not IssuedReport.objects.exists()


def test_the_account_manager_has_no_step_for_it(client, filled):
    client.force_login(filled.people[Role.ACCOUNT_MANAGER])
    assert client.get(at(filled)).status_code == 403
    assert "/reports/" not in client.get(filled.base).content.decode()


def test_the_sheet_of_a_teacher_holds_the_own_class_alone(client, resulted):
    teacher = resulted.people[Role.TEACHER]
    Membership.objects.filter(person=teacher).update(classes=["Oak"])
    client.force_login(teacher)
    sheet = client.get(at(resulted, rest="import/sheet.csv")).content.decode("utf-8-sig")
    assert "Ada" in sheet
    assert "Cal" not in sheet


# -- preview and paper -----------------------------------------------------------------------------------------------


def test_the_preview_says_what_the_paper_says_and_what_is_missing(manager, resulted):
    manager.post(at(resulted, "Ada"), {**TEXTS, "version": "0"})
    shown = words(manager.get(at(resulted, "Ada", "preview/")))
    assert "Still to write: attendance." in shown
    assert "Report for Ada Example" in shown
    assert "Reads a lot." in shown
    assert "Nothing says yet how parents can discuss the report." in shown
    assert "Bea" not in shown


def test_a_pupil_who_is_not_in_the_return_has_no_report(manager, filled):
    stranger = filled.base + "reports/zzzzzzzzzzzz/"
    for page in ("", "preview/", "report.pdf", "made/zzzzzzzzzzzz.pdf"):
        assert manager.get(stranger + page).status_code == 404


def test_a_look_at_the_paper_is_recorded_and_makes_nothing(manager, resulted):
    response = manager.get(at(resulted, "Ada", "report.pdf"))
    assert response["Content-Disposition"].startswith('inline; filename="report-2026-example-ada-')
    assert response.content.startswith(b"%PDF")
    assert Event.objects.get(kind=Kind.DOWNLOADED).data["name"].startswith("report-2026-example-ada-")
    assert not IssuedReport.objects.exists()


def test_what_was_made_is_handed_out_and_that_is_recorded(manager, resulted):
    make(manager, resulted, "Ada", "Bea")
    made = IssuedReport.objects.filter(pupil=resulted.pupils["Ada"]).get()
    assert "Made" in words(manager.get(at(resulted, "Ada", "preview/")))
    one = manager.get(at(resulted, "Ada", f"made/{made.key}.pdf"))
    assert one["Content-Disposition"].startswith('attachment; filename="report-2026-example-ada-')
    assert manager.get(at(resulted, "Bea", f"made/{made.key}.pdf")).status_code == 404
    assert manager.get(at(resulted, rest="made.pdf")).content.startswith(b"%PDF")
    assert manager.get(at(resulted, rest="made.zip?class_name=%3DOak")).content.startswith(b"PK")
    assert Event.objects.filter(kind=Kind.DOWNLOADED).count() == 3


def test_nothing_to_hand_out_is_said(manager, resulted):
    shown = words(manager.get(at(resulted, rest="made.pdf"), follow=True))
    assert "there is nothing to hand out. Make the reports first." in shown


def test_before_making_it_is_said_who_and_what_is_missing(manager, filled):
    shown = words(manager.get(at(filled, rest="make/?class_name=%3DOak")))
    assert "Make 2 reports?" in shown
    assert "No results are held yet." in shown
    assert "2 reports lack something that parents are owed." in shown
    assert "Make 1 report?" in words(manager.get(at(filled, rest=f"make/?pupil={filled.pupils['Ada'].key}")))
    assert "There is nothing to make" in words(manager.get(at(filled, rest="make/?which=again")))
    assert "Nobody is chosen" in words(make(manager, filled))


def test_the_record_says_who_made_whose_report(manager, resulted, client):
    make(manager, resulted, "Ada")
    client.force_login(resulted.people[Role.HEAD])
    shown = words(client.get(f"/organisations/{resulted.organisation.key}/record/"))
    assert "Dana Marsh made the report of Ada Example for 2026 to be given to parents." in shown


# -- settings --------------------------------------------------------------------------------------------------------

EVERY = {"arrangements": "Ring us.", "head_name": "Hilary Fry", "head_words": "", "language": "en", "hidden_below": "6"}


def test_what_stands_on_every_report_is_saved_with_the_badge(manager, resulted):
    badge = SimpleUploadedFile("badge.png", PNG, "image/png")
    shown = manager.post(at(resulted, rest="settings/"), {**EVERY, "badge": badge, "version": "0"}, follow=True)
    assert "is saved" in words(shown)
    held = ReportSettings.objects.get()
    assert (held.arrangements, held.version, held.badge.name) == ("Ring us.", 1, "badge.png")
    image = manager.get(at(resulted, rest="settings/badge/"))
    assert (image["Content-Type"], image.content) == ("image/png", PNG)
    assert manager.get(at(resulted, "Ada", "report.pdf")).status_code == 200
    assert "Ring us." in words(manager.get(at(resulted, "Ada", "preview/")))
    manager.post(at(resulted, rest="settings/"), {**EVERY, "no_badge": "on", "version": "1"})
    assert ReportSettings.objects.get().badge is None
    assert manager.get(at(resulted, rest="settings/badge/")).status_code == 404


def test_a_badge_that_cannot_be_printed_is_refused_and_the_words_stay(manager, resulted):
    badge = SimpleUploadedFile("badge.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml")
    shown = words(manager.post(at(resulted, rest="settings/"), {**EVERY, "badge": badge, "version": "0"}))
    assert "The badge is an SVG" in shown
    assert "Ring us." in shown
    assert not ReportSettings.objects.exists()


def test_two_at_the_settings_at_once_are_both_shown(manager, resulted):
    manager.post(at(resulted, rest="settings/"), {**EVERY, "version": "0"})
    response = manager.post(at(resulted, rest="settings/"), {**EVERY, "arrangements": "Write to us.", "version": "0"})
    shown = words(response, 409)
    assert "Dana Marsh changed these settings while you did." in shown
    assert "Write to us. Ring us." in shown
    assert ReportSettings.objects.get().arrangements == "Ring us."


@pytest.mark.parametrize(
    ("posted", "why"),
    [
        ({"hidden_below": "2"}, "of two pupils, each family could tell"),
        ({"hidden_below": "six"}, "Enter a whole number of pupils, like 6"),
        ({"language": "xx"}, "Select a valid choice"),
        ({"arrangements": "x" * 1001}, "must be 1,000 characters or fewer"),
    ],
)
def test_settings_that_cannot_be_are_said(manager, resulted, posted, why):
    shown = words(manager.post(at(resulted, rest="settings/"), {**EVERY, "version": "0", **posted}))
    assert why in shown
    assert not ReportSettings.objects.exists()


def test_a_language_that_is_there_no_more_prints_in_english(manager, resulted):
    ReportSettings.objects.create(school_return=resulted.school_return, language="xx")
    assert "Report for Ada Example" in words(manager.get(at(resulted, "Ada", "preview/")))
    assert manager.get(at(resulted, "Ada", "report.pdf")).status_code == 200


# -- many pupils -----------------------------------------------------------------------------------------------------


def test_the_list_of_many_asks_the_database_as_often_as_that_of_few(manager, filled, django_assert_max_num_queries):
    for number in range(60):
        filled.pupil(f"Xan{number}", "Extra", "Ash")
    bring_results(filled, dict.fromkeys(filled.pupils, all_met()))
    make(manager, filled, *[f"Xan{number}" for number in range(3)])
    with django_assert_max_num_queries(14):
        assert manager.get(at(filled)).status_code == 200


def test_before_reports_are_made_who_is_not_in_the_results_is_named(manager, filled):
    everybody = {forename: all_met(104) for forename in filled.pupils}
    assert "say nothing of" not in words(manager.get(at(filled, rest="make/")))  # no results are held at all
    bring_results(filled, {forename: marks for forename, marks in everybody.items() if forename != "Ada"})
    pupil = filled.pupils["Ada"]
    said = words(manager.get(at(filled, rest="make/")))
    assert f"The results that are held say nothing of {pupil.surname}, Ada." in said
    bring_results(filled, everybody)
    assert "say nothing of" not in words(manager.get(at(filled, rest="make/")))
