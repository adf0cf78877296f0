"""A template and its data become a PDF that is the same every time, tagged, and never half right."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from keystage.papers.marksheet import marksheet
from keystage.papers.typeset import PaperNotMade, _fonts, typeset
from papers.made import MADE, a_class, line, paper, reader, text

SHEET = paper(a_class(line()))


def structure(pdf):
    """Return the tags of the PDF in reading order."""
    found = []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif hasattr(node, "get"):
            if "/S" in node:
                found.append(node["/S"])
            if "/K" in node:
                walk(node["/K"])

    walk(reader(pdf).trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def test_the_same_paper_is_the_same_bytes():
    assert marksheet(SHEET) == marksheet(SHEET)


def test_papers_made_at_once_do_not_disturb_each_other():
    sheets = [paper(a_class(line(f"Name{number}"))) for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(marksheet, sheets))
    assert made == [marksheet(sheet) for sheet in sheets]


def test_the_pdf_is_tagged_and_says_its_language_and_title():
    root = reader(marksheet(SHEET)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    title = "Teacher assessment marksheet: Hawthorn Primary School, 2025/26 – summer 2026"
    assert reader(marksheet(SHEET)).metadata.title == title


def test_the_pdf_claims_the_standard_for_accessible_documents():
    assert b"<pdfuaid:part>1</pdfuaid:part>" in marksheet(SHEET)


def test_headings_of_columns_are_tagged_as_such():
    tags = structure(marksheet(paper(a_class(line()))))
    assert tags.count("/TH") == 8 + 4  # the pupils' table, and the table of classes at the end
    assert tags[:2] == ["/Document", "/H1"]


def test_no_font_of_the_machine_is_at_hand():
    assert _fonts().families() == ["Noto Sans"]


def test_the_time_in_the_pdf_is_the_one_given():
    assert reader(marksheet(SHEET)).metadata.creation_date == MADE


@pytest.mark.parametrize("name", ['#panic("x")', '"]', "$a$ *b* _c_ `d`", "\\u{41} // no", "{{x}} <y> @z", "= T"])
def test_a_name_that_looks_like_a_template_is_printed_as_it_is(name):
    assert " ".join(name.split()) in text(marksheet(paper(a_class(line(name)))))


def test_a_character_without_a_glyph_is_seen_and_said_on_each_page():
    made = reader(marksheet(paper(a_class(line("李"), line("小明")))))
    first = made.pages[0].extract_text()
    assert "�, Ada" in first
    assert "��, Ada" in first
    for page in made.pages:
        assert "3 characters could not be printed" in page.extract_text()
    assert "U+674E CJK UNIFIED IDEOGRAPH-674E" in " ".join(made.pages[-1].extract_text().split())


def test_one_character_is_one_character():
    assert "1 character could not be printed, and stands as �" in text(marksheet(paper(a_class(line("李")))))


def test_where_all_can_be_printed_nothing_is_said():
    assert "could not be printed" not in text(marksheet(SHEET))


def test_data_that_a_template_cannot_use_gives_one_plain_error():
    with pytest.raises(PaperNotMade, match="could not be printed") as raised:
        typeset("marksheet", {"frame": "no frame"}, MADE)
    assert raised.value.__cause__ is not None


def test_a_time_out_of_all_bounds_gives_the_same_error_or_a_paper():
    for year in (1, 1600, 9999):
        made = datetime(year, 6, 1, tzinfo=UTC)
        try:
            assert marksheet(replace(SHEET, frame=replace(SHEET.frame, made=made))).startswith(b"%PDF")
        except PaperNotMade as wrong:
            assert "Nothing has been changed" in str(wrong)  # noqa: PT017


SETS = """
import resource
from papers.made import a_class, many, paper
from keystage.papers.marksheet import marksheet
for turn in range(10):
    marksheet(paper(*(a_class(*many(60), name=f"{turn}-{at}") for at in range(20))))
    if turn in (1, 9):
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_one_large_paper_after_another_takes_no_more_memory():
    done = subprocess.run(
        [sys.executable, "-c", SETS], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1]
    )
    early, late = map(int, done.stdout.split())
    assert late < 1.5 * early
