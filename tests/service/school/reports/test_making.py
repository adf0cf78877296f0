"""Making reports: each is kept whole, of one pupil alone, and says when it must be made again."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from keystage.service.accounts.roles import Role
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.school.models import IssuedReport
from keystage.service.school.presenters.report_list import AGAIN, MADE, NOT_MADE, rows_of
from keystage.service.school.report_sets import set_pdf, set_zip
from keystage.service.school.services import report_making
from keystage.service.school.services.files import content_of
from keystage.service.school.services.report_making import make_reports
from keystage.service.school.services.report_texts import ReportTexts, write
from keystage.service.school.services.years import close_year
from service.made import MadeSchool
from service.school.report_seeds import all_met, bring_results, reports_of


def make(school: MadeSchool, *forenames: str) -> report_making.Made:
    keys = {school.pupils[each].key for each in forenames or school.pupils}
    return make_reports(school.school_return, keys, by=school.people[Role.HEAD])


def said(school: MadeSchool, forename: str, words: str, version: int = 0) -> None:
    texts = ReportTexts(progress=words)
    key = school.pupils[forename].key
    write(school.school_return, key, texts, version=version, by=school.people[Role.TEACHER])


def states(school: MadeSchool) -> dict[str, tuple[str, str]]:
    forenames = {pupil.key: forename for forename, pupil in school.pupils.items()}
    return {forenames[row.key]: (row.state, row.why) for row in rows_of(reports_of(school))}


def text(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def test_a_report_is_kept_whole_with_who_made_it_and_of_what(resulted):
    said(resulted, "Ada", "Reads a lot.")
    (made,) = make(resulted, "Ada").reports
    kept = IssuedReport.objects.get()
    assert (kept.key, kept.by, kept.load.serial) == (made.key, resulted.people[Role.HEAD], 1)
    printed = text(content_of(kept.file))
    assert "Report for Ada Example" in printed
    assert "Reads a lot." in printed
    event = Event.objects.get(kind=Kind.REPORT_MADE)
    assert (event.target, event.person) == (resulted.pupils["Ada"].key, resulted.people[Role.HEAD])
    assert event.data["sha256"] == kept.file.sha256


def test_nothing_of_another_pupil_is_in_a_pupil_s_file(resulted):
    for forename in resulted.pupils:
        said(resulted, forename, f"A secret of {forename}.")
    make(resulted)
    for kept in IssuedReport.objects.select_related("pupil", "file"):
        content = content_of(kept.file)
        printed = text(content)
        assert f"A secret of {kept.pupil.forename}." in printed
        for other in resulted.pupils.values():
            if other.pk != kept.pupil.pk:
                for secret in (other.forename, other.surname, other.upn):
                    assert secret not in printed
                    assert secret not in kept.file.name
                    assert secret.encode() not in content


def test_it_must_be_made_again_once_something_of_the_pupil_has_changed(resulted):
    assert states(resulted)["Ada"] == (NOT_MADE, "")
    make(resulted, "Ada", "Bea")
    assert states(resulted) == {"Ada": (MADE, ""), "Bea": (MADE, ""), "Cal": (NOT_MADE, "")}
    said(resulted, "Ada", "Reads a lot.")
    assert states(resulted)["Ada"] == (AGAIN, "Since it was made, the words have changed")
    assert states(resulted)["Bea"] == (MADE, "")
    make(resulted, "Ada")
    assert states(resulted)["Ada"] == (MADE, "")
    assert IssuedReport.objects.filter(pupil=resulted.pupils["Ada"]).count() == 2  # the first is kept too


def test_revised_results_say_whose_report_must_be_made_again_and_it_says_that_it_is_revised(resulted):
    make(resulted)
    bring_results(resulted, {"Ada": all_met(105), "Bea": all_met(111), "Cal": all_met(100)})
    assert states(resulted) == {
        "Ada": (AGAIN, "Since it was made, the results have changed"),
        "Bea": (MADE, ""),
        "Cal": (MADE, ""),
    }
    for _ in range(2):  # also when it is made once more
        (made,) = make(resulted, "Ada").reports
        assert "This is a revised report." in text(content_of(made.file))
    (made,) = make(resulted, "Bea").reports
    assert "revised" not in text(content_of(made.file))


def test_a_report_made_before_the_results_must_be_made_again_when_they_come(filled):
    (made,) = make(filled, "Ada").reports
    assert made.load is None
    assert "the result was not there yet" in text(content_of(made.file))
    bring_results(filled, {"Ada": all_met()})
    state, why = states(filled)["Ada"]
    assert (state, why) == (AGAIN, "It was made before the results came")


def test_only_the_figures_for_comparison_ask_for_nothing(filled):
    for number in range(6):
        filled.pupil(f"Xan{number}", "Extra")
    everybody = dict.fromkeys(filled.pupils, all_met())
    bring_results(filled, everybody)
    make(filled, "Ada")
    bring_results(filled, {**everybody, "Bea": all_met(111)})
    state, why = states(filled)["Ada"]
    assert state == MADE
    assert why.startswith("Only the figures for comparison have changed since ")


def test_a_closed_year_still_makes_reports(resulted):
    close_year(resulted.school_return, by=resulted.people[Role.DATA_MANAGER])
    assert len(make(resulted).reports) == 3


def test_what_changes_while_reports_are_made_is_not_kept_but_named(resulted, monkeypatch):
    real = report_making.parent_reports

    def slow(paper):
        if paper.reports[0].name == "Ada Example":
            said(resulted, "Ada", "Written meanwhile.")
        return real(paper)

    monkeypatch.setattr(report_making, "parent_reports", slow)
    made = make(resulted)
    assert made.changed == ("Example, Ada",)
    assert {each.pupil.forename for each in IssuedReport.objects.select_related("pupil")} == {"Bea", "Cal"}


def test_nobody_or_a_stranger_makes_nothing(resulted):
    by = resulted.people[Role.HEAD]
    with pytest.raises(NotAllowedNow, match="Nobody is chosen"):
        make_reports(resulted.school_return, set(), by=by)
    with pytest.raises(NotAllowedNow, match="not in the return any more"):
        make_reports(resulted.school_return, {resulted.pupils["Ada"].key, "nobody"}, by=by)
    assert not IssuedReport.objects.exists()


def test_the_set_to_print_holds_what_was_made_and_is_unchanged_by_class(resulted):
    make(resulted)
    said(resulted, "Bea", "New words.")
    name, content = set_pdf(reports_of(resulted), None)
    assert name == "reports-2026.pdf"
    printed = text(content)
    assert "Report for Ada Example" in printed
    assert "Report for Cal Specimen" in printed
    assert "Bea" not in printed
    name, content = set_pdf(reports_of(resulted), "Elm")
    assert name == "reports-2026-elm.pdf"
    assert "Ada" not in text(content)


def test_the_zip_holds_the_kept_files_themselves(resulted):
    make(resulted)
    _, content = set_zip(reports_of(resulted), "Oak")
    with ZipFile(BytesIO(content)) as archive:
        found = {archive.read(name) for name in archive.namelist()}
    kept = IssuedReport.objects.filter(pupil__class_name="Oak").select_related("file")
    assert found == {content_of(each.file) for each in kept}
    assert len(found) == 2


def test_without_made_reports_there_is_no_set(resulted):
    for give in (set_pdf, set_zip):
        with pytest.raises(NotAllowedNow, match="nothing to hand out"):
            give(reports_of(resulted), None)
