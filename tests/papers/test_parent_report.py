"""Reports for parents: each thing that the regulations ask for, and nothing of anybody else."""

import subprocess
from dataclasses import replace

import pytest

from keystage.papers.parent_report import Comparator, ParentReport, ReportText, parent_reports
from keystage.papers.report_values import ReportsPaper
from keystage.returns.results import TestResult
from keystage.years import Subject, Test, load
from keystage.years.registration import TestStatus
from papers.made import pages, reader
from papers.reports_made import ADA, COMPARATORS, CY, EMMA, EMPTY, PAPER, TEXT, paper


def read(*reports, **changes):
    """Return the text of each page."""
    return pages(parent_reports(paper(*reports, **changes)))


def page(*reports, **changes):
    (only,) = read(*reports, **changes)
    return only


def with_text(**changes):
    return replace(ADA, text=replace(TEXT, **changes))


def with_test(test, result):
    return replace(ADA, result=ADA.result._replace(tests={**ADA.result.tests, test: result}))


# -- what the regulations ask for -------------------------------------------------------------------------------------
def test_general_progress_is_there_in_the_teachers_words():
    assert "Progress Ada reads widely" in page()


def test_achievements_in_subjects_and_activities_are_there():
    assert "Achievements in subjects and activities Ada played Titania" in page()


def test_how_to_talk_about_the_report_is_there():
    assert "Talking about this report Ms Sample is in the classroom" in page()


def test_attendance_has_the_three_figures_and_the_share_to_one_place():
    words = "Attendance Possible sessions (half days) Sessions attended Unauthorised absences 380 364 (95.8%) 2"
    assert words in page()


def test_each_test_has_its_scaled_score_and_whether_the_standard_was_met_in_words():
    words = page()
    assert "English reading Test: met the expected standard 104" in words
    assert "Grammar, punctuation and spelling Test: met the expected standard 111" in words
    assert "Mathematics Test: did not meet the expected standard 98" in words


def test_writing_and_science_have_the_teacher_assessment_in_words():
    words = page(replace(ADA, judgements={Subject.WRITING: "GDS", Subject.SCIENCE: "HNM"}))
    assert "English writing Teacher assessment: working at greater depth within the expected standard" in words
    assert "Science Teacher assessment: has not met the expected standard –" in words


def test_a_pre_key_stage_pupil_has_the_standard_reached_beside_why_there_was_no_test():
    words = page(CY)
    reason = "Test: no score – working below the standard of the test"
    assert f"English reading {reason} Teacher assessment: pre-key stage standard 4 –" in words
    assert "English writing Teacher assessment: pre-key stage standard 3" in words
    assert "Pre-key stage standards, from 1 to 6" in words


def test_an_engagement_model_pupil_has_the_account_by_area():
    told = replace(EMMA, text=ReportText(engagement="Exploration: Emma reaches for bells.\nPersistence: she waits."))
    words = page(told)
    assert "Areas of engagement Exploration: Emma reaches for bells. Persistence: she waits." in words
    assert "English reading Test: no result was returned Teacher assessment: not yet in subject-specific study" in words


def test_the_account_that_is_owed_and_not_written_says_so_and_is_asked_of_nobody_else():
    assert "Areas of engagement The school has not written about this." in page(EMMA)
    assert "engagement" not in page(ADA)


def test_why_a_test_was_not_taken_is_said_by_the_outcome():
    assert "Mathematics Test: no score – absent –" in page(CY)


def test_why_a_test_was_not_taken_may_be_said_by_the_school():
    told = replace(CY, text=ReportText(reasons={Test.MATHS: "Cy broke an arm that week."}))
    assert "Mathematics Test: no score – Cy broke an arm that week. –" in page(told)


def test_a_reason_never_stands_in_place_of_a_result():
    assert "broke" not in page(with_text(reasons={Test.MATHS: "Ada broke an arm."}))


def test_where_nothing_came_back_the_register_says_why():
    told = replace(EMMA, statuses={Test.GPS: TestStatus.JUST_ARRIVED})
    assert "spelling Test: no score – has just arrived, so that the standard cannot be established" in page(told)


def test_subjects_that_the_pupil_is_exempt_from_are_named():
    assert "Subjects this pupil is exempt from Modern foreign languages" in page(
        with_text(exempt_from="Modern foreign languages")
    )
    assert "Subjects this pupil is exempt from None: the school has named no subject" in page()


def test_pupils_of_the_same_age_in_the_school_and_the_country_stand_beside_each_core_subject():
    words = page()
    assert "met the expected standard 104 24 of 30 pupils (80%) average score 105.1 75% average score 106" in words
    assert "working at the expected standard – 21 of 30 pupils (70%) 72%" in words
    assert "98 23 of 30 pupils (77%) average score 104.0 74% average score 105" in words
    assert "– 25 of 30 pupils (83%) 82%" in words
    assert "together: 18 of 30 pupils (60%) in this school; 62% in England." in words
    assert "The figures for England are those first published in July." in words


def test_where_the_country_is_not_published_a_plain_sentence_says_so():
    of_school = {key: Comparator(each.school) for key, each in COMPARATORS.items()}
    words = page(comparators=of_school, national_status="")
    assert "The figures for England were not available when this report was made." in words
    assert "Pupils in England" not in words
    assert "together: 18 of 30 pupils (60%) in this school." in words


def test_one_figure_of_the_country_that_is_missing_is_said_in_its_place():
    words = page(comparators=COMPARATORS | {"science.expected": Comparator("25 of 30 pupils (83%)")})
    assert "25 of 30 pupils (83%) not published" in words


def test_without_any_figures_the_report_says_both():
    words = page(comparators={}, national_status="")
    assert "had not been worked out" in words
    assert "were not available" in words
    assert "Beside each result" not in words


def test_the_statutory_arrangements_are_named():
    assert "were reached under the statutory arrangements for assessment at the end of key stage 2" in page()


def test_scaled_scores_are_explained():
    assert "from 80 to 120. A score of 100 or more means that the expected standard was met; 110 or more" in page()


# -- nothing is worked out, and nothing is hidden ---------------------------------------------------------------------
def test_met_goes_by_the_outcome_and_never_by_the_score():
    odd = with_test(Test.MATHS, TestResult(scaled=98, scaled_text="98", outcome="AS"))
    assert "Mathematics Test: met the expected standard 98" in page(odd)


def test_a_score_without_an_outcome_is_printed_and_judged_by_nobody():
    assert "Mathematics Test: no result was returned 104" in page(with_test(Test.MATHS, TestResult(scaled=104)))


def test_a_score_that_is_no_score_is_printed_as_it_came():
    assert "Test: met the expected standard 1O4" in page(
        with_test(Test.MATHS, TestResult(scaled_text="1O4", outcome="AS"))
    )


def test_too_few_marks_are_said_as_they_were_returned():
    few = with_test(Test.MATHS, TestResult(outcome="N"))
    assert "Mathematics Test: no score – took the test, with too few marks for a scaled score" in page(few)


@pytest.mark.parametrize(
    ("report", "row"),
    [
        (
            with_test(Test.MATHS, TestResult(outcome="X9")),
            "Mathematics Test: X9, a code whose meaning is not known here",
        ),
        (
            replace(ADA, judgements={Subject.WRITING: "2B"}),
            "English writing Teacher assessment: 2B, a code whose meaning",
        ),
    ],
)
def test_a_code_that_is_not_known_is_said_not_to_be(report, row):
    assert row in page(report)


def test_a_marker_of_special_consideration_is_not_printed():
    marked = with_test(Test.MATHS, TestResult(scaled=98, outcome="NS", special="CA"))
    assert parent_reports(paper(marked)) == parent_reports(paper())


def test_sessions_that_contradict_each_other_are_printed_without_a_share():
    assert "380 400 2" in page(with_text(attended_sessions=400))
    assert "0 0 2" in page(with_text(attended_sessions=0, possible_sessions=0))


def test_an_empty_pupil_has_a_report_that_says_what_is_missing():
    words = page(EMPTY, arrangements="", head_words="", head_name="")
    assert "Report for a pupil without a name" in words
    assert words.count("The school has not written about this.") == 3
    assert words.count("not recorded") == 3
    assert words.count("no result was returned") == 3
    assert "headteacher" not in words


def test_a_revised_report_says_so_and_no_other_does():
    assert "This is a revised report. It takes the place of the report given before." in page(is_revised=True)
    assert "revised" not in page()


# -- whose it is -------------------------------------------------------------------------------------------------------
def test_nothing_of_another_pupil_is_on_a_pupils_pages():
    ada, cy = read(ADA, CY)
    assert not any(each in ada for each in ("Cy", "Zample", "B999999919002", "6B", "pre-key"))
    assert not any(each in cy for each in ("Ada", "Example", "B999999919001", "6A", "104 ", "Titania"))


def test_no_page_tells_how_many_reports_there_are():
    assert not any("Page" in words for words in read(ADA, CY, EMMA))


def test_a_letter_of_one_pupil_that_cannot_be_printed_is_said_to_nobody_else():
    ada, other = read(ADA, replace(CY, name="李 Zample"))
    assert "� Zample" in other
    assert "could not be printed" in other
    assert "could not be printed" not in ada


def test_a_long_report_goes_on_under_the_pupils_own_name_with_its_own_pages():
    long = with_text(progress="\n".join(f"Sentence {number} tells of a day in the year." for number in range(110)))
    first, second, third, last = read(long, CY)
    assert "Page 1 of 3" in first
    assert "continued" not in first
    assert second.startswith("Ada Example, continued")
    assert "Page 3 of 3" in third
    assert "Ada" not in last
    assert "Page" not in last


def test_a_whole_school_of_240_has_a_page_each_and_a_bookmark_each():
    many = [replace(ADA, name=f"Pupil Number{number:03}") for number in range(240)]
    made = reader(parent_reports(paper(*many)))
    assert len(made.pages) == 240
    assert [each.title for each in made.outline] == [f"Report for Pupil Number{number:03}" for number in range(240)]


def test_reports_come_in_the_order_given():
    assert ["Cy Zample" in words for words in read(CY, ADA)] == [True, False]


def test_no_reports_at_all_make_an_empty_paper():
    assert parent_reports(replace(PAPER, reports=())).startswith(b"%PDF")


# -- how it is printed -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["Zażółć Gęślą", "Siân Ŵyn", "Đặng Thị Ổi", "O’Neill-Łoś", "Ελένη", "Ирина"])
def test_names_with_unusual_letters_are_printed(name):
    assert f"Report for {name}" in page(replace(ADA, name=name))


@pytest.mark.parametrize(
    "text", ['#panic("x")', "= T *b* _c_ `d`", "$a$ \\u{41} // no", "{name} {{x}} <y> @z", "%s #include"]
)
def test_text_that_looks_like_a_template_is_printed_as_it_stands(text):
    everywhere = ReportText(text, text, text, text, {Test.MATHS: text})
    hostile = ParentReport(CY.result, text, text, None, text, text=everywhere)
    kind = dict.fromkeys(("arrangements", "head_name", "head_words", "national_status"), text)
    words = " ".join(read(hostile, comparators={"maths.expected": Comparator(text, text)}, **kind))
    assert words.replace("\u200b", "").count(text) >= 12


def test_what_people_wrote_keeps_its_paragraphs():
    made = reader(parent_reports(paper(with_text(progress="One.\n\n  Two.\r\nThree."))))
    assert "One.\nTwo.\nThree.\n" in made.pages[0].extract_text()


def test_endless_words_keep_to_their_page():
    endless = ReportText("word" * 100, "x" * 500, exempt_from="y" * 200)
    assert (
        len(
            read(
                replace(ADA, name="Wolfeschlegelstein" * 6, text=endless),
                frame=replace(PAPER.frame, school_name="Z" * 200),
            )
        )
        <= 2
    )


def test_a_practice_report_and_one_under_rules_that_are_a_draft_say_so():
    assert "PRACTICE – made-up data" in page(frame=replace(PAPER.frame, practice=True))
    assert "The arrangements of 2027 are not final." in page(frame=replace(PAPER.frame, year=load(2027)))


def test_the_same_reports_give_the_same_bytes():
    assert parent_reports(paper(ADA, CY)) == parent_reports(paper(ADA, CY))


def test_pdftotext_reads_it_in_the_right_order(tmp_path):
    (tmp_path / "report.pdf").write_bytes(parent_reports(paper()))
    done = subprocess.run(["pdftotext", tmp_path / "report.pdf", "-"], capture_output=True, check=True)
    words = " ".join(done.stdout.decode().split())
    parts = [
        *("Hawthorn Primary School", "Report for Ada Example", "Class 6A", "Results at the end of key stage 2"),
        *("Subject Result Scaled score Pupils in this school Pupils in England",),
        *("English reading Test: met the expected standard 104 24 of 30 pupils (80%) average score 105.1 75%",),
        *(
            "English writing",
            "Grammar, punctuation and spelling",
            "Mathematics",
            "98 23 of 30",
            "Science",
            "In reading",
        ),
        *(
            "Progress Ada reads",
            "Achievements in",
            "Attendance Possible sessions",
            "380 364 (95.8%) 2",
            "Subjects this pupil is exempt from",
        ),
        *("Talking about", "From the headteacher", "Mx R Madeup", "About these results", "statutory arrangements"),
    ]
    places = [words.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_the_defaults_of_a_paper_are_enough():
    assert "Ada Example" in pages(parent_reports(ReportsPaper(PAPER.frame, (ADA,))))[0]
