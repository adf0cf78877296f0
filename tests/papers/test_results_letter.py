"""Letters with results: a page for each pupil, in words, and nothing of anybody else on it."""

from dataclasses import replace

from keystage.papers.frame import PRACTICE, UNTRIED
from keystage.papers.results_letter import LetterPaper, outcome_words, results_letters
from keystage.returns.results import PupilResult, TestResult
from keystage.years import Subject, Test, load
from papers.made import FRAME, pages, reader

YEAR = load(2026)
NO_PRINT = replace(FRAME, fingerprint="")
READING = TestResult(raw=31, scaled=104, outcome="AS", raw_text="31", scaled_text="104")
ADA = PupilResult("B999999919001", "Example", "Ada", None, "", "F", tests={Test.READING: READING})
CY = PupilResult("B999999919002", "Zample", "Cy", None, "", "M", tests={Test.READING: TestResult(outcome="B")})


def letters(*pupils, **changes):
    return pages(results_letters(LetterPaper(NO_PRINT, pupils or (ADA,), **changes)))


def test_it_says_marks_score_and_outcome_in_words():
    (page,) = letters()
    assert "Results of Ada Example" in page
    assert "31 out of 50 104 Achieved the expected standard: a scaled score of 100 or more (AS)" in page


def test_a_pupil_who_did_not_sit_a_test_has_the_reason_in_words_and_no_figures():
    assert "– – Working below the standard of the test (B)" in letters(CY)[0]


def test_a_test_without_any_result_is_said_to_have_none():
    assert letters()[0].count("No result was returned") == 2


def test_each_pupil_has_a_page_of_their_own_by_name():
    first, second = letters(CY, ADA)
    assert "Ada Example" in first
    assert "Cy Zample" in second


def test_nothing_of_another_pupil_is_on_a_page():
    first, second = letters(ADA, CY)
    assert not any(each in second for each in ("Ada", "Example", "B999999919001", "104"))
    assert not any(each in first for each in ("Cy", "Zample", "B999999919002"))
    assert "Page 1 of" not in first, "how many pupils there are is nobody's business on a letter"


def test_many_pupils_have_a_page_each():
    many = [ADA._replace(surname=f"Name{number:03}") for number in range(90)]
    assert len(letters(*many)) == 90


def test_a_very_long_name_keeps_to_its_page():
    long = ADA._replace(surname="Wolfeschlegelsteinhausenbergerdorff" * 4, forename="Ada " * 30)
    assert len(letters(long, CY)) == 2


def test_teacher_assessment_is_there_where_it_came_back_and_only_there():
    judged = ADA._replace(ta={Subject.WRITING: "GDS", Subject.SCIENCE: "HNM"})
    (page,) = letters(judged)
    assert "English writing Working at greater depth within the expected standard (GDS)" in page
    assert "Science Has not met the expected standard" in page
    assert "Teacher assessment" not in letters()[0]


def test_a_code_that_is_not_known_is_said_not_to_be():
    assert outcome_words("X", YEAR) == "What this code means is not known here (X)"
    assert "What this code means is not known here (2B)" in letters(ADA._replace(ta={Subject.WRITING: "2B"}))[0]


def test_revised_results_are_said_to_be_revised():
    assert "These results are revised" in letters(is_revised=True)[0]
    assert "revised" not in letters()[0]


def test_a_mark_that_is_no_number_is_printed_as_it_came():
    odd = TestResult(raw_text="3l", outcome="AS")
    assert "3l out of 50" in letters(ADA._replace(tests={Test.READING: odd}))[0]


def test_it_is_tagged_and_bears_what_every_paper_bears():
    pdf = results_letters(LetterPaper(replace(NO_PRINT, practice=True), (ADA,)))
    assert reader(pdf).trailer["/Root"]["/Lang"] == "en-GB"
    assert reader(pdf).trailer["/Root"]["/MarkInfo"]["/Marked"]
    (page,) = pages(pdf)
    assert PRACTICE in page
    assert UNTRIED in page
    assert "Fingerprint" not in page


def test_the_same_results_give_the_same_bytes():
    paper = LetterPaper(NO_PRINT, (ADA, CY))
    assert results_letters(paper) == results_letters(paper)
