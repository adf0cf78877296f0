"""The fixed wording: each language's file is as complete as the English one, or refused by name."""

import re
import tomllib
from datetime import date

import pytest

from keystage import years
from keystage.papers.parent_report import LANGUAGES, parent_reports
from keystage.papers.report_words import WordsRefused, languages, words_of
from keystage.papers.word_faults import SHIPPED
from keystage.years import Subject
from papers.made import pages
from papers.reports_made import ADA, CY, EMMA, paper

ENGLISH = (SHIPPED / "en.toml").read_text(encoding="utf-8")
WELSH = ENGLISH.replace('code = "en"', 'code = "cy"').replace('name = "English"', 'name = "Cymraeg"')


def read(folder, text, code="cy"):
    (folder / f"{code}.toml").write_text(text, encoding="utf-8")
    return words_of(code, folder)


def test_english_and_one_more_are_shipped():
    assert LANGUAGES == (("en", "English"), ("pl", "Polski"))


@pytest.mark.parametrize("code", dict(LANGUAGES))
def test_each_file_that_is_shipped_is_complete(code):
    assert words_of(code).code == code


OF_THE_FIGURES = {
    *("share", "percent", "too_few", "in_school", "in_country", "of_school", "of_country"),
    *("country_figures", "july_headline", "basis_official", "basis_published_copy", "basis_assumed"),
}
"""What the school's side says of figures, or what is put together of two words."""


def test_each_sentence_is_used():
    code = "".join(file.read_text(encoding="utf-8") for file in SHIPPED.parent.glob("*report*.py"))
    for key in words_of("en").sentences:
        if key not in OF_THE_FIGURES:
            assert f'"{key}"' in code or re.sub("^(school|country)", "{each}", key) in code, key


def test_the_polish_file_says_at_its_head_and_on_each_page_that_nobody_has_checked_it():
    head = (SHIPPED / "pl.toml").read_text(encoding="utf-8")[:300]
    assert "NOT CHECKED BY A TRANSLATOR" in head
    assert words_of("pl").is_draft
    for page in pages(parent_reports(paper(ADA, CY, language="pl"))):
        assert "robocze tłumaczenie, którego nie sprawdził tłumacz" in page


def test_english_is_no_draft():
    assert "draft" not in pages(parent_reports(paper()))[0]


def test_a_report_in_polish_has_no_fixed_word_of_english_and_dates_in_polish():
    (page,) = pages(parent_reports(paper(CY, language="pl", comparators={}, national_status="", head_words="")))
    for sentence in ("Raport: Cy Zample", "Data urodzenia: 30 listopada 2014", "standard wstępny (pre-key stage) 4"):
        assert sentence in page
    for key in ("results", "subject", "score", "progress", "talking", "about", "statutory", "country_not_out"):
        assert words_of("en").say(key) not in page


def test_a_share_has_the_comma_of_the_language():
    assert "364 (95,8%)" in pages(parent_reports(paper(language="pl")))[0]


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025, 2026, 2027])
def test_polish_has_a_meaning_for_each_code_of_each_year(year):
    held, words = years.load(year), words_of("pl")
    for subject in Subject:
        assert set(held.codes(subject)) <= set(words.judgements)
    assert {code for code, each in held.outcomes.items() if not each.has_score} <= set(words.outcomes)


def test_a_code_without_a_meaning_in_the_language_has_the_english_one(tmp_path):
    text = (SHIPPED / "pl.toml").read_text(encoding="utf-8").replace('PK4 = "standard wstępny (pre-key stage) 4"\n', "")
    read(tmp_path, text, "pl")
    assert (
        "Ocena nauczyciela: pre-key stage standard 4"
        in pages(parent_reports(paper(CY, language="pl", words_dir=tmp_path)))[0]
    )


def test_a_meaning_for_one_subject_goes_before_the_one_for_all(tmp_path):
    text = WELSH.replace(
        "[judgements]", '[judgements]\nPK3 = "for all"\n"writing.PK3" = "for writing"\n"reading.PK4" = "for reading"'
    )
    read(tmp_path, text)
    page = pages(parent_reports(paper(CY, language="cy", words_dir=tmp_path)))[0]
    assert "assessment: for writing" in page
    assert "assessment: for reading" in page
    assert "for all" not in page


def test_a_file_in_a_folder_is_one_more_language(tmp_path):
    read(tmp_path, WELSH.replace("Report for {name}", "Adroddiad {name}"))
    assert languages(tmp_path) == (("en", "English"), ("cy", "Cymraeg"), ("pl", "Polski"))
    assert "Adroddiad Emma Quill" in pages(parent_reports(paper(EMMA, language="cy", words_dir=tmp_path)))[0]


def test_a_file_in_a_folder_goes_before_the_shipped_one(tmp_path):
    assert read(tmp_path, ENGLISH.replace('name = "English"', 'name = "Our English"'), "en").name == "Our English"


def test_a_file_that_is_changed_is_read_again(tmp_path):
    read(tmp_path, WELSH)
    (tmp_path / "cy.toml").unlink()
    assert read(tmp_path, WELSH.replace("Cymraeg", "Cymraeg newydd")).name == "Cymraeg newydd"


WRONG = {
    "a key is missing": ('progress = "Progress"\n', "", "`sentences.progress` is missing."),
    "a key too many": ("[date]", '[date]\nera = "AD"', "`date.era` is not a key that is used."),
    "a sentence too many": ("[sentences]", '[sentences]\nsongs = "La"', "`sentences.songs` is not a key that is used."),
    "a table too many": ("[outcomes]", "[marks]\n[outcomes]", "`marks` is not a key that is used."),
    "a place is missing": ("Report for {name}", "Report", "`sentences.heading` lacks the place {name}."),
    "another place": (
        "Class {name}",
        "Class {form} {name}",
        "`sentences.class` has a place {form} that is not filled.",
    ),
    "a brace alone": ("Class {name}", "Class {name} {", "`sentences.class` has a brace that belongs to no place."),
    "an attribute": ("Class {name}", "Class {name.x}", "`sentences.class` lacks the place {name}."),
    "an empty sentence": ('progress = "Progress"', 'progress = " "', "`sentences.progress` must be some text."),
    "a number": ('progress = "Progress"', "progress = 7", "`sentences.progress` must be some text."),
    "eleven months": ('"January", ', "", "`date.months` must be the names of twelve months."),
    "no day in a date": ("{day} {month}", "{month}", "`date.form` lacks the place {day}."),
    "the wrong sort": ("draft = false", 'draft = "no"', "`draft` must be true or false."),
    "no name": ('name = "Cymraeg"', "", "`name` is missing."),
    "the wrong code": ('code = "cy"', 'code = "de"', "`code` is 'de', and the file is named cy.toml."),
    "no code of a judgement": ("[judgements]", '[judgements]\n"art.A" = "x"', "`judgements.art.A` is not a code."),
    "no status": ("[statuses]", '[statuses]\nill = "x"', "`statuses.ill` is not a code."),
    "a meaning of nothing": ("[outcomes]", '[outcomes]\nA = ""', "`outcomes.A` must be some text."),
}


@pytest.mark.parametrize(("old", "new", "fault"), WRONG.values(), ids=WRONG)
def test_a_file_with_a_fault_is_refused_by_name(tmp_path, old, new, fault):
    assert old in WELSH
    with pytest.raises(WordsRefused, match=r"cy\.toml cannot be used") as refused:
        read(tmp_path, WELSH.replace(old, new, 1))
    assert fault in str(refused.value)


@pytest.mark.parametrize("text", ["[", "code = 1", "", "\x00"])
def test_a_file_that_is_no_wording_is_refused(tmp_path, text):
    with pytest.raises(WordsRefused, match=r"cy\.toml"):
        read(tmp_path, text)


@pytest.mark.parametrize("code", ["../en", "EN", "", "english", "en.toml", "/etc/passwd"])
def test_a_code_that_is_no_language_is_refused(code):
    with pytest.raises(WordsRefused, match="is no language code"):
        words_of(code)


def test_a_language_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(WordsRefused, match="There is: en, pl"):
        words_of("fr")


def test_a_value_is_never_read_for_places():
    assert words_of("en").say("heading", name="{name} {year}") == "Report for {name} {year}"


@pytest.mark.parametrize(
    ("count", "of", "places", "share"), [(1, 8, 0, "13"), (364, 380, 1, "95.8"), (2, 3, 1, "66.7"), (0, 5, 0, "0")]
)
def test_a_share_is_rounded_last_and_half_up(count, of, places, share):
    assert words_of("en").percent(count, of, places) == share


def test_a_date_is_written_as_the_language_writes_it():
    assert words_of("en").day(date(2015, 3, 9)) == "9 March 2015"
    assert words_of("pl").day(date(2015, 3, 9)) == "9 marca 2015"


def test_no_file_says_a_thing_twice():
    for file in SHIPPED.glob("*.toml"):
        assert tomllib.loads(file.read_text(encoding="utf-8"))["code"] == file.stem
