"""The register of expected pupils as a file."""

import io
from datetime import date

import pytest

from keystage.returns.refused import FileRefused
from keystage.returns.register import Expected, Register
from keystage.sheets import RegisterRefused, read_register, write_register
from keystage.years.registration import PupilStatus, TestStatus
from sheets.made import YEAR, csv, rows, workbook

NEEDED = ("upn", "surname", "forename", "dob", "sex")
ADA = ("P999999919001", "Example", "Ada", "2015-03-09", "F")


def faults(*lines):
    with pytest.raises(RegisterRefused) as refused:
        read_register(csv(*lines), YEAR, name="register.csv")
    return refused.value


def test_a_whole_row_is_read():
    headings = (*NEEDED, "reading", "maths", "gps", "status", "former_upn", "date_left", "moderated_writing")
    line = (*ADA, "below", "B", "just-arrived", "left", "M999999919002", "01/05/2026", "exs")
    assert read_register(csv(headings, line), YEAR, name="r.csv") == Register(
        (
            Expected(
                *ADA[:3],
                date(2015, 3, 9),
                "F",
                "M999999919002",
                TestStatus.BELOW,
                TestStatus.BELOW,
                TestStatus.JUST_ARRIVED,
                PupilStatus.LEFT,
                date(2026, 5, 1),
                "EXS",
            ),
        ),
        "r.csv",
    )


def test_only_five_columns_are_needed_and_the_rest_means_registered():
    (pupil,) = read_register(csv(NEEDED, ADA), YEAR).pupils
    assert pupil == Expected(*ADA[:3], date(2015, 3, 9), "F")


def test_the_order_of_columns_does_not_matter_and_others_are_ignored():
    data = csv(("House", *reversed(NEEDED)), ("Red", *reversed(ADA)))
    assert read_register(data, YEAR).pupils == read_register(csv(NEEDED, ADA), YEAR).pupils


def test_a_workbook_is_read_too():
    data = workbook(rows((*NEEDED, "reading"), (*ADA[:3], date(2015, 3, 9), "F", "absent")))
    assert read_register(data, YEAR).pupils[0].reading is TestStatus.ABSENT


def test_a_birth_date_may_be_blank():
    assert read_register(csv(NEEDED, (*ADA[:3], "", "F")), YEAR).pupils[0].birth_date is None


def test_all_faults_are_said_at_once_with_their_lines_and_what_is_allowed():
    headings = (*NEEDED, "reading", "status", "date_left", "moderated_writing")
    bad = ("", *ADA[1:3], "9 March", "F", "sick", "gone", "May", "2B")
    refused = faults(headings, (*ADA, "", "", "", ""), bad)
    assert [fault.where for fault in refused.faults] == ["line 3"] * 6
    assert [fault.wrong for fault in refused.faults] == [
        "The UPN is missing.",
        "“9 March” is not a date of birth.",
        "“sick” is not a status for reading.",
        "“gone” is not a status of a pupil.",
        "“May” is not a date of leaving.",
        "“2B” is no code for writing.",
    ]
    assert refused.faults[3].allowed == "registered, left, unregistered, or blank for registered"
    assert str(refused).startswith("The register register.csv has 6 things to put right:\nLine 3: The UPN is missing.")


def test_a_fault_in_a_workbook_names_the_cell():
    with pytest.raises(RegisterRefused) as refused:
        read_register(workbook(rows(NEEDED, (*ADA[:3], "soon", "F")), names=["Pupils"]), YEAR)
    assert refused.value.faults[0].where == "sheet “Pupils”, cell D2"


def test_the_same_upn_twice_names_both_places():
    (fault,) = faults(NEEDED, ADA, ADA).faults
    assert (fault.where, "line 2" in fault.wrong) == ("line 3", True)


def test_a_missing_column_is_named():
    (fault,) = faults(NEEDED[:4], ADA[:4]).faults
    assert (fault.where, fault.wrong) == ("line 1", "The column “sex” is missing.")


def test_a_column_that_stands_twice_is_refused():
    (fault,) = faults((*NEEDED, "gender"), (*ADA, "M")).faults
    assert fault.wrong == "There are two columns for “sex”."


def test_what_is_no_spreadsheet_is_refused_as_a_file():
    with pytest.raises(FileRefused):
        read_register(b"<CTfile/>", YEAR)


def test_a_register_is_written_with_every_column():
    sink = io.BytesIO()
    write_register(Register((Expected(*ADA[:3], date(2015, 3, 9), "F", gps=TestStatus.UNABLE),)), sink)
    assert sink.getvalue() == (
        b"upn,surname,forename,dob,sex,reading,maths,gps,status,former_upn,date_left,moderated_writing\r\n"
        b"P999999919001,Example,Ada,2015-03-09,F,registered,registered,unable,registered,,,\r\n"
    )
