"""The register of many schools: by hand, and against whatever bytes come."""

from contextlib import suppress
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keystage.returns.refused import FileRefused
from keystage.sheets.registration import Registered, RegistrationReading
from keystage.years import load
from keystage.years.registration import PupilStatus, TestStatus

YEAR = load(2026)


def reading(text: str | bytes) -> RegistrationReading:
    return RegistrationReading(BytesIO(text.encode() if isinstance(text, str) else text), YEAR)


def faults(text: str) -> list[str]:
    found = reading(text)
    list(found)
    return [str(each) for each in found.faults]


HEAD = "school,upn,surname,forename,dob,sex"
ADA = "9992001,X999200119001,Example,Ada,2015-03-09,F"


def test_a_row_is_a_pupil_at_a_school() -> None:
    (row,) = reading(
        f"{HEAD},maths,status,date_joined,next_school,school_name\n{ADA},B,left,01/09/2025,9994001,Quell\n"
    )
    assert (row.line, row.school, row.school_name) == (2, "9992001", "Quell")
    assert (row.pupil.upn, row.pupil.name, row.pupil.birth_date) == ("X999200119001", "Example, Ada", date(2015, 3, 9))
    assert (row.pupil.maths, row.pupil.reading) == (TestStatus.BELOW, TestStatus.REGISTERED)
    assert (row.pupil.status, row.date_joined, row.next_school) == (PupilStatus.LEFT, date(2025, 9, 1), "9994001")


@pytest.mark.parametrize(
    ("heads", "cells"),
    [
        ("school", "9992001"),
        ("DfE number", "999/2001"),
        ("LAEstab", "999 2001"),
        ("LA,Estab", "999,2001"),
        ("LEA,Establishment", "999,2001"),
    ],
)
def test_the_number_of_the_school_stands_under_any_of_its_names(heads: str, cells: str) -> None:
    (row,) = reading(f"{heads},upn,surname,forename,dob,sex\n{cells},X1,A,B,2015-03-09,F\n")
    assert row.school == "9992001"


def test_every_fault_is_said_at_once_with_its_line() -> None:
    found = faults(f"{HEAD},maths,next_school\n12,,A,B,31/02/2015,F,Q,abc\n{ADA},,\n")
    assert [each.partition(" Allowed")[0] for each in found] == [
        "Line 2: “12” is not a school’s number.",
        "Line 2: The UPN is missing.",
        "Line 2: “31/02/2015” is not a date of birth.",
        "Line 2: “Q” is not a status for maths.",
        "Line 2: “abc” is not a school’s number.",
    ]


def test_missing_columns_are_said_together_and_no_row_is_read() -> None:
    found = reading("upn,surname\nX1,A\n")
    assert list(found) == []
    assert [each.wrong for each in found.faults] == [
        f"The column “{name}” is missing." for name in ("school", "forename", "dob", "sex")
    ]


def test_faults_beyond_the_first_thousand_are_counted() -> None:
    found = reading(HEAD + "\n" + "9992001,,A,B,2015-03-09,F\n" * 1_500)
    list(found)
    assert (found.count, len(found.faults)) == (1_500, 1_000)


def test_a_name_that_is_longer_than_any_is_a_fault() -> None:
    assert "too long for “surname”" in faults(f"{HEAD}\n9992001,X1,{'a' * 151},B,2015-03-09,F\n")[0]


def test_windows_letters_and_semicolons_are_read() -> None:
    (row,) = reading(f"{HEAD}\n9992001,X1,Zoë,B,2015-03-09,F\n".replace(",", ";").encode("cp1252"))
    assert row.pupil.surname == "Zoë"


def test_a_quotation_that_never_ends_is_said_with_its_line() -> None:
    with pytest.raises(FileRefused) as refused:
        list(reading(f'{HEAD}\n{ADA}\n9992001,X2,"A,B\n'))
    assert refused.value.line == 3


def test_a_workbook_is_refused_in_words() -> None:
    with pytest.raises(FileRefused, match="from a CSV file only"):
        reading(b"PK\x03\x04anything")


@given(st.binary(max_size=400))
def test_whatever_bytes_come_are_read_or_refused(content: bytes) -> None:
    with suppress(FileRefused):
        assert all(isinstance(row, Registered) for row in reading(content))


@given(st.lists(st.text(max_size=30), max_size=12))
def test_whatever_rows_come_are_read_or_refused(rows: list[str]) -> None:
    with suppress(FileRefused):
        assert all(row.line > 1 for row in reading("\n".join([HEAD, *rows])))
