"""A report for parents read aloud: tags, headings, tables, language, picture, as pypdf walks the tree."""

from keystage.papers.parent_report import parent_reports
from papers.made import reader
from papers.pictures import png
from papers.reports_made import ADA, CY, paper
from papers.structure import nodes, tags

REPORT = parent_reports(paper(badge=png()))
POLISH = parent_reports(paper(language="pl"))


def test_it_is_tagged_claims_the_standard_and_shows_its_title():
    root = reader(REPORT).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert b"<pdfuaid:part>1</pdfuaid:part>" in REPORT
    assert reader(REPORT).metadata.title == "Report to parents, end of key stage 2, 2025/26: Ada Example"


def test_a_set_is_titled_by_the_school_and_names_no_pupil():
    title = reader(parent_reports(paper(ADA, CY))).metadata.title
    assert title == "Reports to parents, end of key stage 2, 2025/26: Hawthorn Primary School"


def test_headings_go_down_by_one_step_and_each_pupil_starts_with_the_highest():
    headings = [tag for tag in tags(parent_reports(paper(ADA, CY))) if tag.startswith("/H")]
    assert headings == (["/H1"] + ["/H2"] * 8) * 2


def test_the_table_of_results_has_a_heading_for_each_column():
    headings = [node for node in nodes(REPORT) if node["/S"] == "/TH"]
    assert len(headings) == 5 + 3, "results, and attendance"
    for node in headings:
        assert any(each.get_object().get("/Scope") == "/Column" for each in node["/A"])


def test_each_row_of_the_table_has_a_cell_for_each_column():
    found = tags(REPORT)
    table = found[found.index("/Table") :]
    results = table[: table[1:].index("/Table")]
    assert results.count("/TR") == 1 + 5
    assert results.count("/TD") == 5 * 5


def test_the_badge_is_described():
    (figure,) = [node for node in nodes(REPORT) if node["/S"] == "/Figure"]
    assert figure["/Alt"] == "Badge of Hawthorn Primary School"


def test_what_goes_round_the_page_is_not_read_aloud_as_its_content():
    content = reader(REPORT).pages[0].get_contents().get_data()
    assert b"/Artifact" in content


def test_the_document_says_its_language():
    assert reader(REPORT).trailer["/Root"]["/Lang"] == "en-GB"
    assert reader(POLISH).trailer["/Root"]["/Lang"] == "pl"


def test_what_people_wrote_is_marked_as_english_in_another_language():
    languages = [node.get("/Lang") for node in nodes(POLISH) if node["/S"] == "/P"]
    assert "en-GB" in languages
    assert None in languages
    assert {node.get("/Lang") for node in nodes(REPORT)} == {None}
