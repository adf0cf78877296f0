"""Test results as a spreadsheet."""

import io
from datetime import date

from keystage.returns.results import PupilResult, Results, TestResult
from keystage.returns.source import Place
from keystage.sheets import read_results, write_results
from keystage.years import Subject, Test
from sheets.made import YEAR, csv, rows, workbook

IDENTITY = ("LEA", "ESTAB", "UPN", "SURNAME", "FORENAME", "DOB", "SEX")
ADA = ("999", "1234", "P999999919001", "Example", "Ada", "09/03/2015", "F")


def read(headings, values, **options):
    (pupil,) = read_results(csv((*IDENTITY, *headings), (*ADA, *values)), YEAR, **options).pupils
    return pupil


def test_who_the_pupil_is_and_where():
    pupil = read((), ())
    assert (pupil.upn, pupil.name, pupil.birth_date, pupil.birth_text, pupil.sex, pupil.school) == (
        "P999999919001",
        "Example, Ada",
        date(2015, 3, 9),
        "09/03/2015",
        "F",
        "9991234",
    )


def test_a_whole_test_is_read():
    headings = ("GPSPAPER1MRK", "GPSPAPER2MRK", "GPSMRK", "GPSSCORE", "GPSOUTCOME", "GPSSPECCON")
    assert read(headings, ("40", "15", "55", "110", "as", "CA")).tests == {
        Test.GPS: TestResult(
            55, 110, "AS", (("paper1", 40), ("paper2", 15)), "CA", "55", "110", (("paper1", "40"), ("paper2", "15"))
        )
    }


def test_a_mark_that_is_no_number_is_kept_as_text():
    pupil = read(("READMRK", "READSCORE", "MATARITHMRK"), ("abs", "9O", "-"))
    assert pupil.tests[Test.READING] == TestResult(raw_text="abs", scaled_text="9O")
    assert pupil.tests[Test.MATHS] == TestResult(papers=(("paper1", None),), paper_texts=(("paper1", "-"),))


def test_a_test_without_entries_is_not_there():
    assert read(("READMRK", "GPSOUTCOME"), ("", " ")).tests == {}


def test_marks_that_a_spreadsheet_keeps_as_numbers_are_read():
    data = workbook(rows((*IDENTITY, "READMRK", "READSCORE"), (999, 1234, *ADA[2:], 40, 111.0)))
    (pupil,) = read_results(data, YEAR).pupils
    assert pupil.school == "9991234"
    assert pupil.tests[Test.READING] == TestResult(40, 111, raw_text="40", scaled_text="111")


def test_what_a_national_file_says_for_groups_is_read():
    pupil = read(("DISADVANTAGED", "SEN", "FIRSTLANGUAGE"), ("Y", "K", "POL"))
    assert pupil.characteristics == (True, "support", "other")


def test_without_columns_for_groups_nothing_is_known():
    assert read((), ()).characteristics == (None, "", "")
    assert read(("DISADVANTAGED", "SEN", "FIRSTLANGUAGE"), ("", "?", "ZZZ")).characteristics == (None, "", "")


def test_what_is_known_for_groups_is_never_written():
    pupil = read(("DISADVANTAGED", "SEN"), ("Y", "K"))
    sink = io.BytesIO()
    write_results(Results(2026, (pupil,)), sink, YEAR)
    assert b"DISADV" not in sink.getvalue()
    (again,) = read_results(sink.getvalue(), YEAR).pupils
    assert again.characteristics == (None, "", "")


def test_teacher_assessments_that_came_back_are_read():
    assert read(("READTAOUTCOME", "WRITTAOUTCOME"), ("", "gds")).ta == {Subject.WRITING: "GDS"}


def test_a_pupil_without_a_school_has_that_of_the_files_name():
    (pupil,) = read_results(csv(IDENTITY[2:], ADA[2:]), YEAR, name="results_9995678.csv").pupils
    assert pupil.school == "9995678"


def test_several_schools_are_named():
    results = read_results(csv(IDENTITY, ADA, ("999", "5678", *ADA[2:])), YEAR)
    assert results.schools == results.source.schools == ("9991234", "9995678")


def test_every_entry_has_its_place():
    data = workbook(rows((*IDENTITY, "READMRK"), (*ADA, "40")), names=["Results"])
    results = read_results(data, YEAR)
    assert results.source.place(results.pupils[0].at, "reading.raw") == Place(sheet="Results", cell="H2")


def test_headings_that_are_not_known_are_named():
    source = read_results(csv((*IDENTITY[2:], "READMARK?"), (*ADA[2:], "1")), YEAR).source
    assert source.unknown_headings == (("READMARK?", Place(line=1)),)


def test_results_are_written_under_the_names_of_the_national_pupil_database():
    result = TestResult(55, 110, "AS", (("paper1", 40),))
    pupil = PupilResult(
        "P999999919001",
        "Example",
        "Ada",
        date(2015, 3, 9),
        "",
        "F",
        tests={Test.GPS: result},
        ta={Subject.SCIENCE: "EXS"},
        school="9991234",
    )
    sink = io.BytesIO()
    write_results(Results(2026, (pupil,)), sink, YEAR)
    headings, line, end = sink.getvalue().decode().split("\r\n")
    assert headings == (
        "LEA,ESTAB,UPN,SURNAME,FORENAME,DOB,SEX,READMRK,READSCORE,READOUTCOME,GPSPAPER1MRK,GPSPAPER2MRK,GPSMRK,GPSSCORE,"
        "GPSOUTCOME,MATARITHMRK,MATPAPER2MRK,MATPAPER3MRK,MATMRK,MATSCORE,MATOUTCOME,READTAOUTCOME,WRITTAOUTCOME,"
        "MATTAOUTCOME,SCITAOUTCOME,READSPECCON,GPSSPECCON,MATSPECCON"
    )
    assert line == "999,1234,P999999919001,Example,Ada,2015-03-09,F,,,,40,,55,110,AS,,,,,,,,,,EXS,,,"
    assert end == ""
