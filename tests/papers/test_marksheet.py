"""The marksheet on paper."""

from dataclasses import replace
from time import perf_counter

from keystage import years
from keystage.papers.classes import Cell
from keystage.papers.frame import PRACTICE, UNTRIED
from keystage.papers.marksheet import marksheet
from keystage.years.owed import OwedState
from papers.made import CLOSED, EXS, FINGERPRINT, GAP, MAYBE, a_class, line, many, pages, paper, reader, text

HEADINGS = "Pupil UPN Born Sex Reading Writing Maths Science"


def boxes(pdf):
    """Count what is drawn with a heavy line, as the boxes to write in are, on the first page."""
    content = reader(pdf).pages[0].get_contents().get_data()
    return content.count(b"1.1 w")


def test_the_sheet_says_whose_it_is_and_of_which_year():
    first = pages(marksheet(paper(a_class(line()))))[0]
    for words in ("Hawthorn Primary School", "999/2001", "2025/26 – summer 2026", "Class 6A", "Ms J Sample"):
        assert words in first


def test_a_pupil_is_one_line_in_the_order_of_the_columns():
    row = line(cells=(Cell(OwedState.REQUIRED, "PK3"), Cell(OwedState.REQUIRED, "WTS"), CLOSED, EXS))
    assert "Example, Ada B999999919001 09/03/2015 F PK3 WTS – EXS" in text(marksheet(paper(a_class(row))))


def test_each_class_begins_a_page_and_the_whole_return_ends_it():
    made = pages(marksheet(paper(a_class(line("First")), a_class(line("Second"), name="6B"))))
    assert len(made) == 3
    assert ["Class 6A" in each for each in made[:2]] == [True, False]
    assert "Class 6B" in made[1]
    assert "Second" in made[1]
    assert "The whole return" in made[2]


def test_headings_and_class_are_repeated_where_a_class_goes_on():
    made = pages(marksheet(paper(a_class(*many(60)))))
    assert HEADINGS in made[0]
    assert HEADINGS in made[1]
    assert "Class 6A, continued" in made[1]
    assert "continued" not in made[0]


def test_a_usual_class_of_thirty_fits_on_one_page_with_key_and_signature():
    first = pages(marksheet(paper(a_class(*many(30)), practice=True)))[0]
    assert "Surname029" in first
    assert "Signed Date" in first


def test_every_pupil_of_forty_is_printed_once():
    whole = text(marksheet(paper(a_class(*many(40)))))
    assert [whole.count(f"Surname{number:03}") for number in range(40)] == [1] * 40


def test_missing_judgements_are_counted_by_class_and_in_all():
    pupil = line(cells=(CLOSED, GAP, MAYBE, GAP))
    made = pages(marksheet(paper(a_class(pupil), a_class(pupil, pupil, name="6B"))))
    assert "1 pupil · 2 judgements still missing" in made[0]
    assert "2 pupils · 4 judgements still missing" in made[1]
    assert "3 pupils · 6 judgements still missing" in made[2]


def test_a_full_class_misses_nothing():
    assert "no judgements still missing" in text(marksheet(paper(a_class(line(cells=(EXS, EXS, EXS, EXS))))))


def test_a_blank_sheet_has_no_codes_and_says_how_many_are_to_be_given():
    row = line(cells=(CLOSED, Cell(OwedState.REQUIRED, "GDS"), CLOSED, GAP))
    first = pages(marksheet(paper(a_class(row), blank=True)))[0]
    assert "F – –" in first
    assert "1 pupil · 2 judgements to be given" in first
    assert "marksheet, blank" in first


def test_what_is_required_and_empty_is_a_heavy_box():
    in_key = boxes(marksheet(paper(a_class(line(cells=(EXS, EXS, EXS, EXS))))))
    assert boxes(marksheet(paper(a_class(line(cells=(GAP, EXS, GAP, MAYBE)))))) == in_key + 2


def test_closed_cells_are_hatched_and_hold_a_dash():
    def hatched(cells):
        made = marksheet(paper(a_class(line(cells=cells))))
        return reader(made).pages[0].get_contents().get_data().count(b"/Pattern cs"), pages(made)[0]

    in_key, _ = hatched((EXS, EXS, EXS, EXS))
    times, words = hatched((CLOSED, EXS, CLOSED, EXS))
    assert times == in_key + 2
    assert "F – EXS – EXS" in words


def test_a_code_in_a_closed_cell_is_not_hidden():
    row = line(cells=(Cell(OwedState.CLOSED, "PK4"), EXS, CLOSED, EXS))
    assert "F PK4 EXS – EXS" in text(marksheet(paper(a_class(row))))


def test_leavers_and_pupils_out_of_year_are_marked_in_words():
    first = pages(marksheet(paper(a_class(line(note="Left 12 May"), line("Other", note="Year 5")))))[0]
    assert "Example, Ada Left 12 May B9" in first
    assert "Other, Ada Year 5 B9" in first


def test_the_codes_of_each_subject_are_explained_at_the_end_of_a_class():
    first = pages(marksheet(paper(a_class(line()))))[0]
    assert "HNM has not met the expected standard" in first
    assert "PK1–6 pre-key stage standards 1 to 6" in first
    assert "a code is required" in first


def test_every_page_says_what_it_is_a_print_of():
    made = pages(marksheet(paper(a_class(line()), a_class(line(), name="6B"))))
    for number, page in enumerate(made, start=1):
        assert "Fingerprint 3f9a 20c4 be11 · Version 7 · Paper made 24 June 2026, 14:05" in page
        assert f"Page {number} of 3" in page
        assert UNTRIED in page


def test_a_year_whose_rules_are_a_draft_says_so_on_every_page():
    made = pages(marksheet(paper(a_class(line()), year=years.load(2027))))
    assert all("The rules of 2027 are a draft." in page for page in made)
    assert "draft" not in text(marksheet(paper(a_class(line()))))


def test_without_a_fingerprint_none_is_spoken_of():
    made = text(marksheet(paper(a_class(line()), fingerprint="")))
    assert "Fingerprint" not in made
    assert "Version 7" in made


def test_the_last_page_has_the_fingerprint_in_full():
    assert FINGERPRINT in pages(marksheet(paper(a_class(line()))))[-1].replace(" ", "")


def test_the_headteacher_has_a_place_to_sign_at_the_end():
    sheet = replace(paper(a_class(line())), headteacher="Dr R Placeholder")
    assert "Headteacher: Dr R Placeholder Signed Date" in pages(marksheet(sheet))[-1]


def test_practice_is_said_on_every_page_and_in_the_title():
    made = marksheet(paper(a_class(*many(60)), practice=True))
    assert all(PRACTICE in page for page in pages(made))
    assert PRACTICE in reader(made).metadata.title


def test_a_real_school_is_not_called_practice():
    assert "PRACTICE" not in text(marksheet(paper(a_class(line()))))


def test_a_class_without_pupils_says_so():
    first = pages(marksheet(paper(a_class())))[0]
    assert "No pupils yet." in first
    assert "UPN" not in first


def test_a_school_without_classes_says_so():
    made = pages(marksheet(paper()))
    assert len(made) == 1
    assert "No pupils yet." in made[0]


def test_a_very_long_name_is_whole_and_broken_within_its_column():
    made = marksheet(paper(a_class(line("W" * 70))))
    rows = {}

    def note(part, place, _matrix, _font, _size):
        if set(part) == {"W"}:
            rows[place[5]] = rows.get(place[5], 0) + len(part)

    reader(made).pages[0].extract_text(visitor_text=note)
    assert text(made).replace("\u200b", "").replace(" ", "").count("W" * 64) == 1
    assert len(rows) == 4  # the fifth row has the forename too
    assert max(rows.values()) == 16  # the widest letter 16 times is 47 mm, in a column of 58


def test_240_pupils_are_printed_well_within_two_seconds():
    sheet = paper(*(a_class(*many(30), name=f"6{letter}") for letter in "ABCDEFGH"))
    start = perf_counter()
    made = marksheet(sheet)
    assert perf_counter() - start < 2
    assert len(reader(made).pages) == 9
