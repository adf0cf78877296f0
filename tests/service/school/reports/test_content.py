"""What stands on a report, what it is compared with, and what its fingerprint says has changed."""

import pytest

from keystage.measures import BY_KEY
from keystage.papers.report_words import words_of
from keystage.returns.results import PupilResult, TestResult
from keystage.service.accounts.roles import Role
from keystage.service.school.models import Pupil
from keystage.service.school.report_comparators import compare
from keystage.service.school.report_content import Content, Part
from keystage.service.school.results import in_force, row_of
from keystage.service.school.services.report_settings import OnEveryReport, change_report_settings
from keystage.service.school.services.report_texts import ReportTexts, write
from keystage.service.school.summary import summary_of
from keystage.years.subjects import Subject, Test
from service.made import MadeSchool
from service.ready import judge, records_of
from service.school.report_seeds import all_met, bring_results, met, not_met, reports_of, without_score


def content(school: MadeSchool, forename: str = "Ada") -> Content:
    reports = reports_of(school)
    line = reports.records.line(school.pupils[forename].key)
    assert line is not None
    return reports.content(line)


def changed(school: MadeSchool, before: Content) -> tuple[Part, ...]:
    now = content(school)
    assert (now.fingerprint != before.fingerprint) == bool(now.changed_since(before.parts))
    return now.changed_since(before.parts)


def test_nothing_has_changed_where_nothing_was(resulted):
    assert changed(resulted, content(resulted)) == ()


def test_each_change_is_of_its_own_part(resulted):
    before, by = content(resulted), resulted.people[Role.HEAD]
    key = resulted.pupils["Ada"].key
    write(resulted.school_return, key, ReportTexts(progress="Reads."), version=0, by=by)
    assert changed(resulted, before) == (Part.WORDS,)
    texts = ReportTexts(progress="Reads.", possible_sessions=380)
    write(resulted.school_return, key, texts, version=1, by=by)
    assert changed(resulted, before) == (Part.WORDS, Part.ATTENDANCE)
    before = content(resulted)
    change_report_settings(resulted.school_return, OnEveryReport(head_words="Well done."), version=0, by=by)
    assert changed(resulted, before) == (Part.EVERY,)
    before = content(resulted)
    judge(resulted, "Ada", Subject.WRITING, "GDS")
    assert changed(resulted, before) == (Part.JUDGEMENTS,)
    before = content(resulted)
    Pupil.objects.filter(pk=resulted.pupils["Ada"].pk).update(forename="Adah")
    assert changed(resulted, before) == (Part.PUPIL,)


def test_revised_results_change_the_results_of_that_pupil_alone(resulted):
    before, bea = content(resulted), content(resulted, "Bea")
    bring_results(resulted, {"Ada": all_met(105), "Bea": all_met(111), "Cal": all_met(100)})
    assert changed(resulted, before) == (Part.RESULTS,)
    assert content(resulted, "Bea").changed_since(bea.parts) == ()


def test_a_judgement_that_came_back_goes_before_the_one_that_was_sent(resulted):
    load = bring_results(resulted, {"Ada": all_met()})
    load.rows.update(ta={"writing": "WTS"})
    assert content(resulted).report.judgements[Subject.WRITING] == "WTS"
    assert content(resulted).report.judgements[Subject.SCIENCE] == "EXS"


def test_a_pupil_on_the_engagement_model_is_told_by_the_year_s_codes(resulted):
    assert not content(resulted).is_engagement
    judge(resulted, "Ada", Subject.WRITING, "EM")
    assert content(resulted).is_engagement


def seven(school: MadeSchool) -> None:
    """Seven pupils: in reading four met, one did not, one was absent, and one left and so does not count."""
    for forename in ("Dee", "Eli", "Fay", "Gus"):
        school.pupil(forename, "Extra", "Elm")
    reading = {
        "Ada": met(104),
        "Bea": met(111),
        "Cal": met(100),
        "Dee": met(102),
        "Eli": not_met(93),
        "Fay": without_score("A"),
        "Gus": without_score("L"),
    }
    bring_results(school, {name: {Test.READING: result} for name, result in reading.items()})


def compared(school: MadeSchool, below: int, language: str = "en"):
    reports = reports_of(school)
    return compare(reports.counts, reports.records.year, below, words_of(language))


def test_the_school_s_figures_worked_by_hand(filled):
    seven(filled)
    found = compared(filled, 5)
    # Six count in reading: the four who met it, one who did not, and one who was absent.
    assert found.comparators["reading.expected"].school == "4 of 6 pupils (67%)"
    assert found.comparators["reading.higher"].school == "1 of 6 pupils (17%)"
    # Five have a score: 104 + 111 + 100 + 102 + 93 = 510, so 102.0.
    assert found.comparators["reading.average"].school == "102.0"
    # Only three have a judgement in writing.
    assert found.comparators["writing.expected"].school == "not shown: fewer than 5 pupils"
    assert found.comparators["maths.expected"].school == ""
    assert "Writing: expected standard" in found.hidden


def test_the_school_s_figures_are_those_of_its_summary_with_a_pupil_who_is_not_on_the_roll(filled):
    seven(filled)
    load = in_force(filled.school_return)
    stranger = PupilResult("", "Stranger", "Some", None, "", "", tests={Test.READING: met(100)}, at=8)
    row_of(stranger, load, 8, None, "").save()
    reading = BY_KEY["reading.expected"]
    figure = summary_of(filled.school_return, records_of(filled)).now.of(reading)
    assert (figure.numerator, figure.denominator) == (5, 7)
    assert compared(filled, 5).comparators[reading.key].school == "5 of 7 pupils (71%)"


def test_figures_of_few_pupils_are_left_out(filled):
    seven(filled)
    assert compared(filled, 6).comparators["reading.expected"].school == "4 of 6 pupils (67%)"
    assert compared(filled, 6).comparators["reading.average"].school == ""
    assert compared(filled, 7).comparators["reading.expected"].school == "not shown: fewer than 7 pupils"


def test_without_results_there_is_no_figure_of_the_school(filled):
    found = compared(filled, 6)
    assert {each.school for each in found.comparators.values()} == {""}
    assert found.national_status == ""  # nothing of the country is held for 2026


def test_the_country_s_figures_come_with_how_sure_they_are(filled):
    filled.school_return.year = 2025
    filled.school_return.save()
    found = compared(filled, 6)
    assert found.comparators["reading.expected"].country == "75%"
    assert found.comparators["reading.average"].country == "106"
    assert found.national_status == (
        "The figures for England are those of 2025 (July headline; read on other pages than the official one)."
    )


def test_where_the_country_s_figures_come_from_is_said_in_the_language_of_the_report(filled):
    filled.school_return.year = 2025
    filled.school_return.save()
    assert compared(filled, 6, "pl").national_status == (
        "Dane dla Anglii dotyczą roku 2025 (pierwsze dane z lipca; odczytane na innych stronach niż oficjalna)."
    )


def test_a_remark_of_the_year_s_data_in_english_is_left_out_of_a_report_in_another_language(filled):
    filled.school_return.year = 2022
    filled.school_return.save()
    assert "rounded headline only" in compared(filled, 6).national_status
    assert "headline" not in compared(filled, 6, "pl").national_status


def test_figures_are_put_in_the_words_of_the_language(filled):
    seven(filled)
    assert compared(filled, 5, "pl").comparators["reading.average"].school == "102,0"


@pytest.mark.parametrize("outcome", ["", "AS"])
def test_a_mark_that_is_no_number_changes_the_fingerprint_too(filled, outcome):
    bring_results(filled, {"Ada": {Test.READING: TestResult(outcome=outcome)}})
    before = content(filled)
    bring_results(filled, {"Ada": {Test.READING: TestResult(outcome=outcome, scaled_text="10O")}})
    assert changed(filled, before) == (Part.RESULTS,)
