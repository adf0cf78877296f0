"""Words and attendance from a file: shown first; nothing that is written is replaced unless it is ticked."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from keystage.service.accounts.models import Membership
from keystage.service.accounts.roles import Role
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.school.models import Incoming, Pupil, PupilReport
from keystage.service.school.models.files import IncomingKind
from keystage.service.school.services.incoming import bring_in
from keystage.service.school.services.report_import import accept
from keystage.service.school.services.report_import_plan import Plan, plan
from keystage.service.school.services.report_texts import ReportTexts, write
from keystage.service.school.services.years import close_year
from service.made import MadeSchool

HEAD = "UPN,Surname,Forename,General progress,Possible sessions,Sessions attended"


def brought(school: MadeSchool, *lines: str, head: str = HEAD) -> Incoming:
    content = "\r\n".join((head, *lines)).encode()
    by = school.people[Role.DATA_MANAGER]
    return bring_in(school.school_return, IncomingKind.REPORTS, "words.csv", content, by=by)


def line(school: MadeSchool, forename: str, words: str, possible: str = "", attended: str = "") -> str:
    pupil = school.pupils[forename]
    return f"{pupil.upn},{pupil.surname},{pupil.forename},{words},{possible},{attended}"


def planned(school: MadeSchool, incoming: Incoming, **more: object) -> Plan:
    return plan(incoming, school.school_return, **more)


def becomes(found: Plan) -> list[tuple[str, str]]:
    return [(each.name, str(each.becomes)) for each in found.lines]


def said(school: MadeSchool, forename: str, words: str) -> None:
    texts, by = ReportTexts(progress=words), school.people[Role.TEACHER]
    held = PupilReport.objects.filter(pupil=school.pupils[forename]).first()
    version = held.version if held else 0
    write(school.school_return, school.pupils[forename].key, texts, version=version, by=by)


def take(school: MadeSchool, incoming: Incoming, *forenames: str, seen: str = ""):
    keys = [school.pupils[each].key for each in forenames]
    seen = seen or planned(school, incoming).seen
    return accept(incoming, keys, seen=seen, by=school.people[Role.HEAD])


def test_each_line_says_what_would_become_of_it(filled):
    said(filled, "Bea", "Sings.")
    said(filled, "Cal", "Runs.")
    incoming = brought(
        filled,
        line(filled, "Ada", "Reads."),
        line(filled, "Bea", "Sings well."),
        line(filled, "Cal", "Runs."),
        "X999999999999,Nobody,Ned,Is new.,,",
    )
    assert becomes(planned(filled, incoming)) == [
        ("Example, Ada", "new"),
        ("Sample, Bea", "differs"),
        ("Specimen, Cal", "same"),
        ("Nobody, Ned", "unknown"),
    ]
    assert not PupilReport.objects.filter(pupil=filled.pupils["Ada"]).exists()


def test_what_is_new_is_accepted_and_what_differs_only_where_it_is_ticked(filled):
    for forename in ("Bea", "Cal"):
        said(filled, forename, "As it was.")
    lines = [line(filled, forename, "From the file.") for forename in filled.pupils]
    taken = take(filled, brought(filled, *lines), "Bea")
    assert (taken.pupils, taken.left) == (2, 1)
    kept = {each.pupil.forename: each.progress for each in PupilReport.objects.select_related("pupil")}
    assert kept == {"Ada": "From the file.", "Bea": "From the file.", "Cal": "As it was."}
    assert Event.objects.get(kind=Kind.REPORTS_IMPORTED).data == {"name": "words.csv", "pupils": 2}
    assert Incoming.objects.get().accepted_at


def test_a_blank_wipes_nothing_out_and_other_words_stay(filled):
    said(filled, "Ada", "Reads.")
    incoming = brought(filled, line(filled, "Ada", "", "380", "371"))
    assert becomes(planned(filled, incoming)) == [("Example, Ada", "new")]
    take(filled, incoming)
    kept = PupilReport.objects.get()
    assert (kept.progress, kept.possible_sessions, kept.attended_sessions) == ("Reads.", 380, 371)


def test_nothing_is_matched_on_a_name_alone(filled):
    pupil = filled.pupils["Ada"]
    incoming = brought(filled, f",{pupil.surname},{pupil.forename},Reads.,,")
    assert becomes(planned(filled, incoming)) == [("Example, Ada", "unknown")]


def test_a_former_upn_finds_the_pupil_where_nobody_has_it_now(filled):
    old = filled.pupils["Ada"].upn
    Pupil.objects.filter(pk=filled.pupils["Ada"].pk).update(upn="Q999200119999", former_upn=old)
    incoming = brought(filled, line(filled, "Ada", "Reads."))
    assert becomes(planned(filled, incoming)) == [("Example, Ada", "new")]
    Pupil.objects.filter(pk=filled.pupils["Bea"].pk).update(upn=old)
    assert becomes(planned(filled, incoming)) == [("Sample, Bea", "new")]


def test_a_upn_that_two_pupils_have_is_nobody_s(filled):
    Pupil.objects.filter(pk=filled.pupils["Bea"].pk).update(upn=filled.pupils["Ada"].upn)
    incoming = brought(filled, line(filled, "Ada", "Reads."))
    assert [each for _, each in becomes(planned(filled, incoming))] == ["unknown"]


def test_a_pupil_who_stands_twice_in_the_file_is_not_guessed_at(filled):
    incoming = brought(filled, line(filled, "Ada", "One."), line(filled, "Ada", "Another."))
    found = planned(filled, incoming)
    assert [each for _, each in becomes(found)] == ["faulty", "faulty"]
    assert "stands 2 times in the file" in found.lines[0].faults[0]


def test_more_sessions_than_there_were_are_a_fault_with_what_is_here_already(filled):
    write(
        filled.school_return, filled.pupils["Ada"].key, ReportTexts(possible_sessions=380), version=0,
        by=filled.people[Role.HEAD],
    )  # fmt: skip
    found = planned(filled, brought(filled, line(filled, "Ada", "", "", "381")))
    assert found.lines[0].faults == ("381 sessions attended are more than the 380 possible.",)
    assert becomes(found) == [("Example, Ada", "faulty")]


def test_what_was_written_after_the_page_was_shown_is_not_written_over(filled):
    incoming = brought(filled, line(filled, "Ada", "From the file."))
    seen = planned(filled, incoming).seen
    said(filled, "Ada", "Meanwhile.")
    with pytest.raises(NotAllowedNow, match="since this page was shown"):
        take(filled, incoming, "Ada", seen=seen)
    assert PupilReport.objects.get().progress == "Meanwhile."


def test_nothing_ticked_and_nothing_new_is_said(filled):
    said(filled, "Ada", "As it was.")
    with pytest.raises(NotAllowedNow, match="Nothing is ticked"):
        take(filled, brought(filled, line(filled, "Ada", "Other.")))


def test_a_teacher_s_file_reaches_the_own_class_alone(client, filled):
    teacher = filled.people[Role.TEACHER]
    Membership.objects.filter(person=teacher).update(classes=["Oak"])
    client.force_login(teacher)
    incoming = brought(filled, line(filled, "Ada", "Reads."), line(filled, "Cal", "Runs."))
    page = f"{filled.base}reports/import/{incoming.key}/"
    shown = client.get(page).content.decode()
    assert "1 pupil of classes that you do not write for" in shown
    seen = re.search(r'name="seen" value="(\w+)"', shown)
    assert seen
    client.post(page, {"seen": seen[1], "take": [filled.pupils["Cal"].key]})
    assert [each.pupil.forename for each in PupilReport.objects.select_related("pupil")] == ["Ada"]


def test_a_file_is_brought_in_shown_and_accepted_on_the_pages_also_in_a_closed_year(manager, filled):
    close_year(filled.school_return, by=filled.people[Role.DATA_MANAGER])
    content = "\r\n".join((HEAD, line(filled, "Ada", "Reads."))).encode()
    file = SimpleUploadedFile("words.csv", content, "text/csv")
    shown = manager.post(f"{filled.base}reports/import/", {"file": file}, follow=True)
    page = shown.request["PATH_INFO"]
    text = shown.content.decode()
    assert "1 pupil with something new, and nothing replaced" in text
    seen = re.search(r'name="seen" value="(\w+)"', text)
    assert seen
    assert "Words for 1 pupil accepted." in manager.post(page, {"seen": seen[1]}, follow=True).content.decode()
    again = manager.get(page).content.decode()
    assert "There is nothing to accept." in again


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"Shoe size,Name\n33,Ada\n", "The sheet has no column of UPNs."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "The file cannot be used"),
    ],
)
def test_a_file_that_cannot_be_used_is_kept_and_said(manager, filled, content, why):
    file = SimpleUploadedFile("words.csv", content, "text/csv")
    shown = manager.post(f"{filled.base}reports/import/", {"file": file}, follow=True)
    assert shown.status_code == 422
    text = shown.content.decode()
    assert why in text
    assert "Bring in another file" in text
    assert Incoming.objects.count() == 1


def test_the_sheet_goes_out_with_the_pupils_and_comes_back_unchanged(manager, filled):
    said(filled, "Ada", "=1 and\nmore")
    sheet = manager.get(f"{filled.base}reports/import/sheet.xlsx")
    assert sheet["Content-Disposition"] == 'attachment; filename="report-words-2026.xlsx"'
    by = filled.people[Role.HEAD]
    incoming = bring_in(filled.school_return, IncomingKind.REPORTS, "words.xlsx", sheet.content, by=by)
    assert [each for _, each in becomes(planned(filled, incoming))] == ["same"] * 3
    assert Event.objects.filter(kind=Kind.DOWNLOADED).get().data == {"name": "report-words-2026.xlsx"}
    assert manager.get(f"{filled.base}reports/import/sheet.exe").status_code == 404
