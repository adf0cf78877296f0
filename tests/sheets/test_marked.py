"""A school's own file handed back with what is wrong marked in it, and accepted back as it is."""

import io
import re
import zipfile
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from keystage.returns.judgement import judgement
from keystage.returns.register import Expected
from keystage.returns.value import Pupil, Return
from keystage.sheets import read_table, read_template, write_template
from keystage.sheets.headings import WRONG
from keystage.sheets.marked import Mark, write_marked
from keystage.sheets.table import PUT_RIGHT
from keystage.sheets.workbook import rows_of
from keystage.years import Subject
from sheets.made import ADA, BEN, HEADINGS, YEAR, csv, rows, workbook
from sheets.test_round_trips import pupils

BAD = Mark("Ada Example has 2B in writing.", "Enter one of the codes.", True, ADA[0], "Example, Ada", "writing", "2B")
CY = Expected("T999999919003", "Missing", "Cy", date(2015, 1, 2), "M")


def marked(data, marks, *, missing=()):
    """Mark a spreadsheet, and return the marked one."""
    sink = io.BytesIO()
    table = read_table(data)
    write_marked(read_template(table, YEAR), YEAR, sink, marks, table=table, missing=missing)
    return sink.getvalue()


def marked_ctf(return_, marks=()):
    sink = io.BytesIO()
    write_marked(return_, YEAR, sink, marks)
    return sink.getvalue()


def bare(return_):
    return [pupil._replace(at=0, judgements_at=()) for pupil in return_.pupils]


def part(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return book.read(name).decode()


def said(data):
    """Return the first sheet's rows."""
    return rows_of(data, PUT_RIGHT)


def fill_of(data, cell):
    """Return the colour of a cell of the second sheet; empty where it has none."""
    style = int(re.search(rf'<c r="{cell}" s="(\d+)"', part(data, "xl/worksheets/sheet2.xml"))[1])
    styles = part(data, "xl/styles.xml")
    xf = re.findall(r"<xf [^>]*>", styles.partition("<cellXfs")[2].partition("</cellXfs>")[0])[style]
    fill = re.findall(r"<fill>.*?</fill>", styles)[int(re.search(r'fillId="(\d+)"', xf)[1])]
    found = re.search(r'fgColor rgb="FF(\w+)"', fill)
    return found[1] if found else ""


def test_what_must_be_put_right_stands_first_with_its_cell():
    data = marked(csv(HEADINGS, ADA, BEN), [BAD])
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())[0] == PUT_RIGHT
    (line,) = [row for row in said(data) if row[0] == "G2"]
    assert line[1:5] == ("Example, Ada", "writing", "2B", "Ada Example has 2B in writing.")


def test_errors_stand_before_queries():
    query = BAD._replace(message="Is it so?", is_error=False)
    texts = [row[4] for row in said(marked(csv(HEADINGS, ADA), [query, BAD])) if row[0] == "G2"]
    assert texts == ["Ada Example has 2B in writing.", "Is it so?"]


def test_a_cell_in_error_is_red_with_a_note_and_others_are_not():
    data = marked(csv(HEADINGS, ADA, BEN), [BAD])
    assert (fill_of(data, "G2"), fill_of(data, "G3"), fill_of(data, "I2")) == ("FFC7CE", "", "")
    assert "Ada Example has 2B in writing. Enter one of the codes." in part(data, "xl/comments1.xml")


def test_a_cell_with_a_query_is_amber():
    assert fill_of(marked(csv(HEADINGS, ADA), [BAD._replace(is_error=False)]), "G2") == "FFE699"


def test_the_last_column_says_what_is_wrong():
    table = read_table(marked(csv(HEADINGS, ADA, BEN), [BAD]))
    assert table.headings[-1] == WRONG
    assert table.rows[0].cells[-1] == "Error: Ada Example has 2B in writing."
    assert table.rows[1].cell(9) == ""


def test_own_columns_order_and_titles_above_keep_every_cell_where_it_was():
    own = ("Science TA", "Notes", "Forename", "Surname", "UPN", "Writing TA")
    line = ("EXS", "moved in May", "Ada", "Example", ADA[0], "2B")
    data = workbook(rows(("Quellbridge Primary School",), (), own, line))
    table = read_table(marked(data, [BAD._replace(cell="F4")]))
    assert (table.heading_row, table.headings[:6], table.rows[0].cells[:6]) == (3, own, line)
    assert fill_of(marked(data, [BAD._replace(cell="F4")]), "F4") == "FFC7CE"


def test_a_marked_file_that_is_marked_again_has_one_column_of_faults():
    again = read_table(marked(marked(csv(HEADINGS, ADA), [BAD]), []))
    assert again.headings == (*HEADINGS, WRONG)
    assert again.rows[0].cell(9) == ""


def test_expected_pupils_who_are_missing_are_there_to_be_filled_in():
    gone = Mark("Cy Missing is expected and missing.", upn=CY.upn, pupil="Missing, Cy", field="upn")
    data = marked(csv(HEADINGS, ADA), [gone], missing=[CY])
    read = read_template(data, YEAR)
    assert [pupil.upn for pupil in read.pupils] == [ADA[0], CY.upn]
    assert read.pupils[1].judgements == ()
    assert fill_of(data, "A3") == "FFC7CE"


def test_of_a_missing_pupil_the_cells_that_are_owed_are_red():
    data = marked(csv(HEADINGS, ADA), [], missing=[CY])
    assert [fill_of(data, f"{column}3") for column in "FGHI"] == ["", "FFC7CE", "", "FFC7CE"]


def test_a_fault_of_the_file_as_a_whole_is_of_no_cell():
    data = marked(csv(HEADINGS, ADA), [Mark("The file is of another school.", "Choose another.")])
    assert [row[1] for row in said(data) if "The file is of another school." in row] == ["The file"]


def test_two_pupils_alike_in_everything_are_marked_in_turn():
    twice = Mark("Ada Example stands twice.", upn=ADA[0], pupil="Example, Ada", field="upn")
    data = marked(csv(HEADINGS, ADA, ADA), [twice, twice])
    assert (fill_of(data, "A2"), fill_of(data, "A3")) == ("FFC7CE", "FFC7CE")


def test_a_file_of_another_kind_is_laid_out_as_the_template_with_a_second_code_beside_the_first():
    codes = (judgement(Subject.WRITING, "EXS"), judgement(Subject.WRITING, "GDS"), judgement(Subject.SCIENCE, "exs"))
    ada = Pupil(*ADA[:3], date(2015, 3, 9), "2015-03-09", "F", "P999999919009", codes)
    data = marked_ctf(Return("9992001", 2026, (ada,)), [BAD])
    assert read_table(data).headings[6:8] == ("Writing TA", "Writing TA")
    assert bare(read_template(data, YEAR)) == [ada]


def test_it_is_corrected_and_read_as_corrected():
    sound = marked(csv(HEADINGS, (*ADA[:6], "2B", *ADA[7:])), [BAD])
    with zipfile.ZipFile(io.BytesIO(sound)) as book:
        strings = book.read("xl/sharedStrings.xml").decode()
    assert strings.count("<t>2B</t>") == 1
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound)) as old, zipfile.ZipFile(sink, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<t>2B</t>", b"<t>GDS</t>"))
    assert read_template(sink.getvalue(), YEAR).pupils[0].code(Subject.WRITING) == "GDS"


def test_a_sheet_whose_headings_nobody_knows_is_still_chosen_before_ours():
    data = marked(csv(("Kind", "Thing"), ("a", "b")), [Mark("There is no column for the UPN.")])
    assert read_table(data).headings[:2] == ("Kind", "Thing")


some_marks = st.lists(
    st.builds(
        Mark, st.text(max_size=20), st.text(max_size=20), st.booleans(), st.sampled_from(["", ADA[0]]),
        st.sampled_from(["", "Example, Ada"]), st.sampled_from(["", "upn", "writing", "x"]), st.text(max_size=3),
        st.just(()), st.sampled_from(["", "G2", "A1", "ZZ99", "9", "A"]), st.none() | st.integers(-1, 9),
    ),
    max_size=4,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(found=st.lists(pupils, max_size=4), kind=st.sampled_from(["xlsx", "csv"]), marks=some_marks)
def test_a_marked_spreadsheet_reads_as_the_same_return(found, kind, marks):
    sink = io.BytesIO()
    write_template(Return("", 2026, tuple(found)), YEAR, sink, kind=kind)
    assert bare(read_template(marked(sink.getvalue(), marks), YEAR)) == found


@settings(max_examples=60, deadline=None)
@given(found=st.lists(pupils, max_size=4), marks=some_marks)
def test_a_marked_transfer_file_reads_as_the_same_return(found, marks):
    assert bare(read_template(marked_ctf(Return("", 2026, tuple(found)), marks), YEAR)) == found
