"""The roll as the school's own system exports it."""

import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keystage.returns.refused import FileRefused
from keystage.returns.roll import Roll, RollPupil, RollRefused
from keystage.returns.source import Place
from keystage.sheets import read_roll
from sheets.made import YEAR, csv, ods, rows, workbook, xls

SIMS = (
    *("Legal Surname", "Legal Forename", "UPN", "Former UPN", "DOB", "Gender", "Reg Group", "Year"),
    *("Date of admission", "Date of leaving"),
)
ADA = ("Example", "Ada", "P999999919001", "", "09/03/2015", "F", "6A", "Year 6", "04/09/2019", "")
BEN = ("Sample", "Ben", "D999999919002", "M999999919003", "30/11/2014", "M", "6B", "Year 6", "04/09/2019", "01/05/2026")
ADA_READ = RollPupil(
    *("P999999919001", "Example", "Ada", date(2015, 3, 9), "F", "", "6A", "6", date(2019, 9, 4)), place=Place(line=2)
)
BEN_READ = RollPupil(
    *("D999999919002", "Sample", "Ben", date(2014, 11, 30), "M", "M999999919003", "6B", "6"),
    *(date(2019, 9, 4), date(2026, 5, 1)),
    place=Place(line=3),
)


def read(*lines: tuple[str, ...], name: str = "roll.csv") -> Roll:
    return read_roll(csv(*lines), name=name, year=YEAR)


def faults(roll: Roll) -> list[str]:
    return [str(fault) for fault in roll.faults]


def test_a_roll_is_read_with_everything_in_it():
    assert read(SIMS, ADA, BEN) == Roll((ADA_READ, BEN_READ), "roll.csv")


def test_a_workbook_is_read_with_its_dates_and_places():
    ada = (*ADA[:4], date(2015, 3, 9), *ADA[5:8], date(2019, 9, 4), "")
    (found,) = read_roll(workbook(rows(("Pupils of Year 6",), SIMS, ada)), name="roll.xlsx", year=YEAR).pupils
    assert (found.birth_date, found.joined, found.place) == (
        date(2015, 3, 9),
        date(2019, 9, 4),
        Place(sheet="Sheet1", cell="A3"),
    )


def test_an_old_workbook_is_read():
    cells = [(line, column, text) for line, each in enumerate((SIMS, ADA)) for column, text in enumerate(each) if text]
    assert read_roll(xls(*cells), name="roll.xls", year=YEAR).pupils[0].upn == ADA[2]


def test_an_open_document_is_read():
    def row(texts):
        cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
        cells = "".join(map(cell.format, texts))
        return f"<table:table-row>{cells}</table:table-row>"

    assert read_roll(ods(row(SIMS) + row(ADA)), name="roll.ods", year=YEAR).pupils[0].class_name == "6A"


@pytest.mark.parametrize(
    "headings",
    [
        # As exports of several systems have them.
        ("UPN", "Surname", "Forename", "Date of birth", "Sex", "Registration group", "Year group"),
        ("Unique Pupil Number", "Legal last name", "Legal first name", "Date of Birth", "Sex", "Form", "Year group"),
        ("UPN", "Legal Surname", "Legal Forename", "Date Of Birth", "Gender", "Tutor Group", "NC Year"),
        ("upn", "SURNAME", "FIRST NAME", "D.O.B.", "GENDER", "CLASS", "NC YEAR GROUP"),
    ],
)
def test_headings_of_several_systems_are_known(headings):
    (found,) = read(headings, (ADA[2], *ADA[:2], *ADA[4:8])).pupils
    assert (found.upn, found.surname, found.forename, found.birth_date) == (ADA[2], *ADA[:2], date(2015, 3, 9))
    assert (found.sex, found.class_name, found.year_group) == ("F", "6A", "6")


@pytest.mark.parametrize("heading", ["Admission date", "Date joined", "Entry date", "Date of Entry", "Join Date"])
def test_the_date_of_joining_has_many_names(heading):
    assert read((*SIMS[:8], heading), ADA[:9]).pupils[0].joined == date(2019, 9, 4)


@pytest.mark.parametrize("heading", ["Leaving date", "Date left", "Leave Date", "DOL", "Date of Leaving"])
def test_the_date_of_leaving_has_many_names(heading):
    assert read((*SIMS[:8], heading), (*ADA[:8], "1 May 2026")).pupils[0].left == date(2026, 5, 1)


def test_the_legal_name_counts_where_there_is_another_too():
    (found,) = read((*SIMS, "Surname", "Forename"), (*ADA, "Known", "Addie")).pupils
    assert found.name == "Example, Ada"


def test_the_other_name_counts_where_the_legal_one_is_blank():
    (found,) = read((*SIMS, "Surname"), ("", *ADA[1:], "Known")).pupils
    assert found.name == "Known, Ada"


def test_a_preferred_name_is_not_taken():
    assert read((*SIMS, "Preferred surname"), (*ADA, "Known")).unknown_headings == ("Preferred surname",)


def test_headings_that_are_not_known_are_named_and_ignored():
    assert read((*SIMS, "House"), (*ADA, "Red")).unknown_headings == ("House",)


def test_it_is_said_what_a_roll_does_not_say():
    roll = read(("UPN", "Surname", "Forename", "DOB"), (ADA[2], *ADA[:2], ADA[4]))
    assert roll.absent == ("the sex", "the class", "the year group", "the date of joining", "the date of leaving")


def test_the_sex_is_read_as_a_word():
    assert read(SIMS, (*ADA[:5], "female", *ADA[6:])).pupils[0].sex == "F"


def test_the_school_is_read_in_the_columns_or_the_name():
    assert read(SIMS, ADA, name="9991234 roll.csv").school == "9991234"
    assert read((*SIMS, "LEA", "ESTAB"), (*ADA, "999", "0012"), name="9991234 roll.csv").school == "9990012"
    assert read((*SIMS, "LEA", "ESTAB"), (*ADA, "999", "1"), (*BEN, "999", "2"), name="9991234.csv").school == ""


# -- faults


def test_one_bad_row_never_loses_the_others():
    bad = ("Bad", "Row", "", "", "31/02/2015", "F", "6A", "Year 6", "soon", "01/05/26")
    roll = read(SIMS, ADA, bad, BEN)
    assert [pupil.surname for pupil in roll.pupils] == ["Example", "Bad", "Sample"]
    assert (roll.pupils[1].birth_date, roll.pupils[1].joined, roll.pupils[1].left) == (None, None, None)
    taken = "and was taken as not known. Write it like 09/03/2015 or 2015-03-09."
    assert faults(roll) == [
        "Line 3: Row Bad has no UPN. Enter it in the school's system, and bring the roll in again.",
        f"Line 3: The date of birth of Row Bad cannot be read, “31/02/2015”, {taken}",
        f"Line 3: The date of joining of Row Bad cannot be read, “soon”, {taken}",
        f"Line 3: The date of leaving of Row Bad cannot be read, “01/05/26”, {taken}",
    ]


def test_a_upn_that_excel_rounded_is_a_fault_at_its_cell():
    roll = read_roll(workbook(rows(SIMS, (*ADA[:2], 1.1e12, *ADA[3:]))), name="r.xlsx", year=YEAR)
    (said,) = faults(roll)
    assert said == (
        "Sheet Sheet1, cell C2: Ada Example has “1.1E+12” where a UPN is needed: a spreadsheet has turned it into a "
        "rounded number, so the real digits are lost. Correct it in the school's system, and bring the roll in again."
    )


def test_a_upn_of_two_pupils_is_a_fault_and_both_are_kept():
    roll = read(SIMS, ADA, (*BEN[:2], ADA[2], *BEN[3:]))
    assert len(roll.pupils) == 2
    (said,) = faults(roll)
    assert said.startswith("Line 3: The UPN P999999919001 of Sample, Ben stands on line 2 too. Find out whose it is")


def test_a_row_that_stands_twice_to_the_letter_is_one_pupil():
    roll = read(SIMS, ADA, BEN, ADA)
    assert roll.pupils == (ADA_READ, BEN_READ)
    (said,) = faults(roll)
    assert said == (
        "Line 4: Example, Ada stands here again with the same entries, and on line 2 too. The pupil was taken once; "
        "nothing needs doing."
    )


def test_a_cell_that_shows_an_error_is_a_fault_and_one_in_a_column_that_is_not_read_is_none():
    def fill(sheet):
        rows((*SIMS, "House"), ADA)(sheet)
        sheet.write_formula(1, 6, "=NA()", None, "#N/A")
        sheet.write_formula(1, 10, "=NA()", None, "#N/A")

    roll = read_roll(workbook(fill), name="r.xlsx", year=YEAR)
    (said,) = faults(roll)
    assert said == (
        "Sheet Sheet1, cell G2: The cell shows an error in place of an entry. Correct it in the spreadsheet, save it, "
        "and bring it in again."
    )


def test_rows_without_upn_and_names_are_left_out():
    assert len(read(SIMS, ADA, ("", "", "", "", "", "", "30 pupils", "", "", "")).pupils) == 1


# -- refusals


def test_a_list_without_a_needed_column_is_refused_with_its_name():
    with pytest.raises(RollRefused) as refused:
        read(("Surname", "Forename", "DOB"), ("Example", "Ada", "09/03/2015"))
    assert str(refused.value) == (
        "The list has no column “UPN”. Export the list of pupils again with UPN, surname, forename and date of birth,"
        " under those headings."
    )


def test_all_needed_columns_that_are_missing_are_named():
    with pytest.raises(RollRefused, match="no columns “UPN”, “Forename”, “Date of birth”"):
        read(("Surname", "House"), ("Example", "Red"))


def test_a_list_without_pupils_is_refused():
    with pytest.raises(RollRefused, match="but no pupil below them"):
        read(SIMS)


def test_what_is_no_spreadsheet_is_refused():
    with pytest.raises(FileRefused, match="It looks like a PDF"):
        read_roll(b"%PDF-1.7", name="roll.csv", year=YEAR)


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_no_bytes_make_the_reader_fall_over(data):
    said = "."
    try:
        read_roll(data, name="x.csv", year=YEAR)
    except (FileRefused, RollRefused) as refused:
        said = str(refused)
    assert said.endswith(".")


cells = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=8)
lines = st.lists(st.tuples(*[cells.filter(lambda text: '"' not in text and "," not in text)] * 10), max_size=5)


@settings(max_examples=100, deadline=None)
@given(found=lines)
def test_whatever_stands_in_the_rows_everybody_who_is_named_is_kept(found):
    lines = [tuple(" ".join(text.split()) for text in line) for line in found]
    sink = io.StringIO()
    for line in (SIMS, ADA, *lines):
        sink.write(",".join(line) + "\r\n")
    roll = read_roll(sink.getvalue().encode(), name="x.csv", year=YEAR)
    named = [line for line in lines if any(line[:3])]
    again = [fault for fault in roll.faults if "with the same entries" in fault.wrong]
    assert len(roll.pupils) == 1 + len(named) - len(again)
