"""The teacher assessment template, read as a return and written from one."""

import io
import re
from datetime import date

import pytest

from keystage.returns.judgement import Judgement, judgement
from keystage.returns.register import Expected, Register
from keystage.returns.source import Place
from keystage.returns.value import Pupil, Return
from keystage.sheets import read_table, read_template, write_template
from keystage.years import Subject
from keystage.years.registration import PupilStatus, TestStatus
from sheets.made import ADA, BEN, HEADINGS, YEAR, csv, rows, workbook

ADA_READ = Pupil("P999999919001", "Example", "Ada", date(2015, 3, 9), "2015-03-09", "F")


def written(return_, kind="xlsx", **options):
    sink = io.BytesIO()
    write_template(return_, YEAR, sink, kind=kind, **options)
    return sink.getvalue()


# -- reading


def test_a_filled_template_is_a_return():
    read = read_template(workbook(rows(HEADINGS, ADA, BEN)), YEAR)
    ada, ben = read.pupils
    assert (read.year, read.school, read.extras) == (2026, "", ())
    assert ada[:6] == ADA_READ[:6]
    assert ada.judgements == (Judgement(Subject.WRITING, "EXS", "EXS"), Judgement(Subject.SCIENCE, "EXS", "EXS"))
    assert [ben.code(subject) for subject in Subject] == ["PK4", "WTS", "PK3", "HNM"]


def test_a_table_that_was_read_already_may_be_given():
    assert read_template(read_table(csv(HEADINGS, ADA)), YEAR).pupils[0].upn == ADA[0]


def test_blank_cells_are_no_judgements():
    assert read_template(csv(HEADINGS, (*ADA[:5], "", " ", "", "")), YEAR).pupils[0].judgements == ()


def test_codes_are_tidied_and_kept_as_they_were_written():
    (pupil,) = read_template(csv(HEADINGS, (*ADA[:5], "", " exs ", "", "")), YEAR).pupils
    assert pupil.judgements == (Judgement(Subject.WRITING, "EXS", " exs "),)


@pytest.mark.parametrize("born", [date(2015, 3, 9), "2015-03-09", "09/03/2015", "9/3/2015", " 09/03/2015 "])
def test_birth_dates_are_read_as_dates_and_as_text(born):
    data = workbook(rows(HEADINGS, (*ADA[:3], born, *ADA[4:])))
    assert read_template(data, YEAR).pupils[0].birth_date == date(2015, 3, 9)


def test_a_birth_date_that_cannot_be_read_is_kept_as_text():
    (pupil,) = read_template(csv(HEADINGS, (*ADA[:3], "31/02/2015", *ADA[4:])), YEAR).pupils
    assert (pupil.birth_date, pupil.birth_text) == (None, "31/02/2015")


def test_a_upn_that_excel_rounded_comes_as_excel_shows_it():
    assert read_template(workbook(rows(HEADINGS, (1.1e12, *ADA[1:]))), YEAR).pupils[0].upn == "1.1E+12"


def test_names_and_upn_are_read_without_the_spaces_around_them():
    (pupil,) = read_template(csv(HEADINGS, (" P999999919001 ", "\xa0Example", "Ada ", *ADA[3:])), YEAR).pupils
    assert (pupil.upn, pupil.surname, pupil.forename) == ("P999999919001", "Example", "Ada")


def test_rows_without_upn_and_names_are_left_out():
    total = ("", "", "", "", "", "", "2 EXS", "", "")
    assert len(read_template(csv(HEADINGS, ADA, total), YEAR).pupils) == 1


def test_a_pupil_without_a_upn_is_kept():
    assert read_template(csv(HEADINGS, ("", *ADA[1:])), YEAR).pupils[0].surname == "Example"


def test_a_subject_with_two_columns_gives_two_judgements():
    (pupil,) = read_template(csv(("UPN", "Writing", "Writing TA"), ("P1", "EXS", "WTS")), YEAR).pupils
    assert [each.code for each in pupil.judgements] == ["EXS", "WTS"]


def test_columns_that_are_missing_give_empty_fields_and_are_named():
    read = read_template(csv(("UPN", "Surname", "Writing TA"), ("P1", "Li", "EXS")), YEAR)
    assert (read.pupils[0].forename, read.pupils[0].sex) == ("", "")
    assert read.source.missing_headings == ("forename", "science")


# -- the school


@pytest.mark.parametrize(
    ("name", "school"),
    [
        ("KS2_9991234_001.xlsx", "9991234"),
        ("999 1234 marks.csv", "9991234"),
        ("999-1234.csv", "9991234"),
        ("marks 2026.csv", ""),
        ("9991234 and 9995678.csv", ""),
        ("09991234.csv", ""),
    ],
)
def test_the_school_is_read_in_the_name_of_the_file(name, school):
    assert read_template(csv(HEADINGS, ADA), YEAR, name=name).school == school


def test_columns_of_the_school_count_more_than_the_name():
    data = workbook(rows(("LEA", "ESTAB", *HEADINGS), (999, 12, *ADA)))
    read = read_template(data, YEAR, name="KS2_9991234_001.xlsx")
    assert (read.school, read.source.schools) == ("9990012", ("9990012",))


def test_the_school_that_is_given_counts_most():
    data = csv(("LEA", "ESTAB", *HEADINGS), ("999", "0012", *ADA))
    assert read_template(data, YEAR, school="9995678").school == "9995678"


def test_every_school_in_the_sheet_is_named():
    data = csv(("LA", "ESTAB", *HEADINGS), ("999", "1234", *ADA), ("999", "5678", *BEN), ("999", "1234", *BEN))
    assert read_template(data, YEAR).source.schools == ("9991234", "9995678")


# -- the source


def test_places_in_a_workbook_are_sheet_and_cell():
    read = read_template(workbook(rows((), HEADINGS, ADA), names=["Year 6"]), YEAR)
    pupil, source = read.pupils[0], read.source
    assert source.place(pupil.at) == Place(sheet="Year 6", cell="A3")
    assert source.place(pupil.at, "birth_date") == Place(sheet="Year 6", cell="D3")
    assert [source.place(at, "code").cell for at in pupil.judgements_at] == ["G3", "I3"]


def test_places_in_a_csv_file_are_lines():
    read = read_template(b'UPN,Surname,Writing TA\nP1,"Ex\nample",EXS\nP2,Li,WTS\n', YEAR)
    pupil, source = read.pupils[1], read.source
    assert source.place(pupil.at, "upn") == source.place(pupil.judgements_at[0], "code") == Place(line=4)


def test_the_place_of_an_absent_part_is_that_of_the_whole():
    read = read_template(workbook(rows(("Surname", "Writing TA"), ("Li", "EXS"))), YEAR)
    assert read.source.place(read.pupils[0].at, "upn").cell == "A2"


def test_unknown_headings_have_their_places():
    source = read_template(workbook(rows((*HEADINGS, "House"), (*ADA, "Red"))), YEAR).source
    assert source.unknown_headings == (("House", Place(sheet="Sheet1", cell="J1")),)
    assert (source.has("upn"), source.has("house")) == (True, False)


def test_texts_that_might_run_as_formulas_are_listed_with_their_places():
    data = workbook(rows((*HEADINGS, "Notes"), (ADA[0], "=cmd", "-", *ADA[3:], "@x"), (*BEN, "-5")))
    assert read_template(data, YEAR).source.injections == (("surname", 2 * 16384 + 1), ("Notes", 2 * 16384 + 9))


# -- writing


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_is_written_is_read_as_it_was(kind):
    ada = ADA_READ._replace(judgements=(judgement(Subject.WRITING, "EXS"), judgement(Subject.SCIENCE, "HNM")))
    read = read_template(written(Return("9991234", 2026, (ada,)), kind), YEAR, school="9991234")
    assert [pupil._replace(at=0, judgements_at=()) for pupil in read.pupils] == [ada]
    assert (read.school, read.source.unknown_headings, read.source.missing_headings) == ("9991234", (), ())


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_equal_content_makes_equal_bytes(kind):
    return_ = Return("9991234", 2026, (ADA_READ,))
    assert written(return_, kind) == written(return_, kind)


def test_a_csv_template_is_one_that_excel_opens_rightly():
    data = written(Return("9991234", 2026, (ADA_READ._replace(surname="Ní, =x"),)), "csv")
    assert data.startswith(b"\xef\xbb\xbfUPN,Surname,Forename,Date of birth,Sex,Reading TA,")
    assert data.decode("utf-8-sig").endswith('P999999919001,"Ní, =x",Ada,2015-03-09,F,,,,\r\n')


def test_a_csv_template_runs_no_formula():
    assert b"\r\nP999999919001,'=1+1,Ada" in written(Return("", 2026, (ADA_READ._replace(surname="=1+1"),)), "csv")


def test_a_workbook_holds_no_formula():
    data = written(Return("", 2026, (ADA_READ._replace(surname="=1+1", forename="http://example.org"),)))
    assert read_table(data).rows[0].cells[1:3] == ("=1+1", "http://example.org")
    assert parts(data)["xl/worksheets/sheet1.xml"].count(b"<f>") == 0
    assert b"hyperlink" not in parts(data)["xl/worksheets/sheet1.xml"]


def parts(data):
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_a_workbook_offers_the_codes_of_each_subject_and_says_what_they_mean():
    import python_calamine

    data = written(Return("", 2026, (ADA_READ,)))
    codes = python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_name("Codes").to_python()
    assert codes[0] == ["For", "Code", "Meaning"]
    assert ["Writing TA", "GDS", "working at greater depth within the expected standard"] in codes
    # 8 codes in reading, then 14 in writing: rows 10 to 23 of the sheet
    sheet = parts(data)["xl/worksheets/sheet1.xml"].decode()
    assert "<formula1>Codes!$B$10:$B$23</formula1>" in sheet
    assert codes[9][1] == "GDS"
    assert codes[22][1] == "P"
    assert 'sqref="G2:G52"' in sheet


def test_a_workbook_carries_no_date_of_its_making():
    assert parts(written(Return("", 2026, ())))["docProps/core.xml"].count(b"2000-01-01T00:00:00Z") == 2


def test_the_pupils_that_the_register_expects_are_added():
    register = Register(
        (
            Expected(*ADA[:3], date(2015, 3, 9), "F"),
            Expected(*BEN[:3], date(2014, 11, 30), "M", reading=TestStatus.BELOW),
            Expected("X", "Mistake", "Made", None, "F", status=PupilStatus.UNREGISTERED),
        )
    )
    data = written(Return("", 2026, (ADA_READ,)), "csv", register=register)
    assert [pupil.upn for pupil in read_template(data, YEAR).pupils] == [ADA[0], BEN[0]]


def test_a_workbook_made_with_the_register_shows_what_is_owed():
    register = Register((Expected(*ADA[:3], date(2015, 3, 9), "F"),))
    ada = ADA_READ._replace(judgements=(judgement(Subject.WRITING, "EXS"),))
    sheet = parts(written(Return("", 2026, (ada,)), register=register))["xl/worksheets/sheet1.xml"].decode()
    styles = {cell: sheet.partition(f'<c r="{cell}" s="')[2].partition('"')[0] for cell in ("A2", "F2", "G2", "I2")}
    # reading is sat as a test; writing and science are owed, and yellow as long as they are blank
    assert styles["G2"] == styles["A2"] == styles["I2"] != styles["F2"]
    assert re.findall(r'<conditionalFormatting sqref="([^"]*)"><cfRule type="containsBlanks"', sheet) == [
        "G2:G2",
        "I2:I2",
    ]
