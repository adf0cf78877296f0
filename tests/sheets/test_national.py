"""The national results file is taken apart by school, and whatever it is nobody sees a traceback."""

import csv
import io
import tempfile
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keystage.returns.refused import FileRefused
from keystage.sheets import read_results
from keystage.sheets.national import MOST_SAID, lay_down
from keystage.sheets.national_spool import Spool
from keystage.simulate import Plan, make_school
from keystage.years import load

YEAR = load(2026)
HEAD = "LEA,ESTAB,UPN,SURNAME,FORENAME,READOUTCOME\n"
ROWS = "999,2001,A1,Example,Ada,AS\n998,2002,B1,Sample,Bea,NS\n999,2001,A2,Example,Cy,N\n"


@pytest.fixture
def folder(tmp_path):
    return tmp_path


def split(data, folder):
    data = data.encode() if isinstance(data, str) else data
    return lay_down(lambda: io.BytesIO(data), YEAR, folder)


def parts(data, folder):
    found = split(data, folder)
    return {part.number: part for authority in found.authorities for part in found.parts(authority)}


def rows(content):
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def test_each_school_gets_its_own_rows_and_the_headings(folder):
    found = parts(HEAD + ROWS, folder)
    assert list(found) == ["9982002", "9992001"]
    assert found["9992001"].pupils == 2
    assert rows(found["9992001"].content) == [
        ["LEA", "ESTAB", "UPN", "SURNAME", "FORENAME", "READOUTCOME"],
        ["999", "2001", "A1", "Example", "Ada", "AS"],
        ["999", "2001", "A2", "Example", "Cy", "N"],
    ]


def test_columns_for_groups_are_carried_into_the_parts_of_schools(folder):
    head, row = "LEA,ESTAB,UPN,SURNAME,FORENAME,READOUTCOME,SEN", "999,2001,A1,Example,Ada,AS,K"
    (part,) = parts(f"{head}\n{row}\n", folder).values()
    assert rows(part.content) == [head.split(","), row.split(",")]
    (pupil,) = read_results(part.content, YEAR).pupils
    assert pupil.characteristics.sen == "support"


def test_a_column_for_groups_that_stands_twice_is_refused(folder):
    with pytest.raises(FileRefused, match="SEN provision stands twice"):
        split("LEA,ESTAB,UPN,SURNAME,FORENAME,READOUTCOME,SEN,SEN provision\n", folder)


def test_it_counts_rows_schools_and_authorities(folder):
    found = split(HEAD + ROWS, folder)
    assert (found.rows, dict(found.schools), found.authorities) == (3, {"9992001": 2, "9982002": 1}, ("998", "999"))
    assert found.faults == ()


def test_a_zero_that_a_spreadsheet_dropped_is_put_back(folder):
    assert list(parts(HEAD + "999,81,A1,Example,Ada,AS\n", folder)) == ["9990081"]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (",,A1,Example,Ada,AS", "The row names no school."),
        ("999,20x1,A1,Example,Ada,AS", "“99920x1” is not the number of a school."),
        ("999,2001,,,,AS", "The row has neither a UPN nor a name."),
        ("999,2001,A1,Example,Ada,AS,surplus", "The row has 7 cells, and there are 6 headings."),
        ('999,2001,A1,"Exam\nple",Ada,AS', "A cell of the row goes over several lines"),
        ("999,2001,A9,Example,Ada,AS", "The UPN A9 stands a second time at the school 9992001."),
    ],
)
def test_a_row_that_cannot_be_used_is_said_with_its_line(folder, row, what):
    (fault,) = split(f"{HEAD}999,2001,A9,Example,Ann,AS\n{row}\n", folder).faults
    assert fault.line == 3
    assert fault.what.startswith(what)


def test_the_same_pupil_at_two_schools_is_no_fault_of_the_file(folder):
    assert not split(HEAD + "999,2001,A1,Example,Ada,AS\n999,2002,A1,Example,Ada,AS\n", folder).faults


def test_all_faults_are_counted_and_the_first_of_them_said(folder):
    found = split(HEAD + ",,A1,Example,Ada,AS\n" * (MOST_SAID + 50), folder)
    assert (len(found.faults), found.fault_count) == (MOST_SAID, MOST_SAID + 50)


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"", "F02", None),
        (b"%PDF-1.7", "F02", None),
        (b"<html><body>", "F02", None),
        (b"PK\x03\x04" + bytes(40), "F02", None),
        (HEAD.encode(), "F02", None),
        (b"one,two\n1,2\n", "F02", None),
        (b"LEA,ESTAB,UPN,SURNAME,FORENAME,DOB\n999,2001,A1,E,A,\n", "F02", 1),
        (b"LEA,ESTAB,UPN,SURNAME,READOUTCOME,READSCORE\n999,2001,A1,E,A,\n", "F02", 1),
        (HEAD.replace("READOUTCOME", "UPN").encode() + ROWS.encode(), "F02", 1),
        ((HEAD + ROWS + '999,2001,A4,"Open,Ada,AS\n999,2001,A5,E,A,AS\n').encode(), "F01", 5),
        ((HEAD + "x" * 200_000).encode(), "F08", 2),
        ((HEAD + "," * 5_000 + "x").encode(), "F08", 2),
        (HEAD.encode() + b"999,2001,A1,E\x81,A,AS\n", "F01", None),
    ],
)
def test_what_is_no_national_file_is_refused_in_words(folder, data, code, line):
    with pytest.raises(FileRefused) as refused:
        split(data, folder)
    assert (refused.value.code, refused.value.line) == (code, line)


@pytest.mark.parametrize("data", [b"PK\x03\x04" + bytes(40), b"%PDF-1.7", b"<html><body>", b""])
def test_whoever_chose_another_kind_of_file_is_told_which_one_is_wanted(folder, data):
    with pytest.raises(FileRefused) as refused:
        split(data, folder)
    assert refused.value.fix.startswith("A national results file is one CSV file of all schools.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_come_through_however_they_are_written(folder, encoding):
    found = parts((HEAD + "999,2001,A1,Éxämple,Ada,AS\n").encode(encoding), folder)
    assert rows(found["9992001"].content)[1][3] == "Éxämple"


@pytest.mark.parametrize("mark", [";", "\t"])
def test_other_marks_between_the_cells_are_read(folder, mark):
    assert parts((HEAD + ROWS).replace(",", mark), folder)["9992001"].pupils == 2


def test_titles_above_the_headings_and_blank_lines_are_passed_over(folder):
    found = split("Results 2026\n\n" + HEAD + "\n" + ROWS + ",,X,,,\n", folder)
    assert (found.rows, found.faults[0].line) == (4, 8)


def test_a_part_is_read_as_the_schools_own_file_is(folder):
    made = [make_school(Plan(YEAR, seed=3, results=True, pupils=8), index) for index in range(5)]
    head = made[0].results_csv.partition("\n")[0]
    body = [line for each in made for line in each.results_csv.splitlines()[1:]]
    found = parts("\n".join([head, *sorted(body)]) + "\n", folder)
    for each in made:
        part = read_results(found[each.school.number].content, YEAR)
        whole = read_results(each.results_csv.encode(), YEAR)
        assert sorted(pupil._replace(at=0) for pupil in part.pupils) == sorted(
            pupil._replace(at=0) for pupil in whole.pupils
        )


def test_memory_does_not_grow_with_the_country(folder):
    row = "{},{},{},Example,Ada,AS\n"

    def most(count, where):
        where.mkdir()
        path = where / "national.csv"
        with path.open("w", encoding="utf-8") as file:
            file.write(HEAD)
            file.writelines(row.format(900 + n % 10, 2000 + n % 40, f"U{n:012}") for n in range(count))
        tracemalloc.start()
        lay_down(lambda: path.open("rb"), YEAR, where)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    small, large = most(5_000, folder / "small"), most(40_000, folder / "large")
    assert large - small < 35_000 * 160, "a pupil's row has about 40 letters and, held as cells, some 500 bytes"


def is_refused_in_words(data, folder):
    """Split whatever it is; say whether it was refused, which must be in words."""
    try:
        split(data, folder)
    except FileRefused as refused:
        return bool(refused.what and refused.fix)
    return False


@given(st.binary(max_size=400))
def test_any_bytes_are_split_or_refused(data):
    with tempfile.TemporaryDirectory() as folder:
        assert is_refused_in_words(data, Path(folder)), "no bytes without headings are a national file"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), max_size=60), st.sampled_from(",;\t"))
def test_of_any_cells_below_sound_headings_none_is_lost(cells, mark):
    text = HEAD.replace(",", mark) + ROWS.replace(",", mark) + mark.join(cells)
    with tempfile.TemporaryDirectory() as folder:
        if is_refused_in_words(text, Path(folder)):
            return
    with tempfile.TemporaryDirectory() as folder:
        found = split(text, Path(folder))
        laid = sum(part.pupils for each in found.authorities for part in found.parts(each))
        assert laid + found.fault_count == found.rows
        assert laid == sum(found.schools.values()) >= 3


def test_the_rows_lie_in_a_file_that_nobody_else_finds(tmp_path: Path) -> None:
    """A killed worker tidies nothing up: so there is never a file with a name."""
    with Spool(tmp_path) as spool:
        for serial in range(500):
            spool.add(f"99{serial % 2}2001", [str(serial), "Zo\u00eb, of\r\nQuellbridge"])
    assert not list(tmp_path.iterdir())
    assert [cells for _, cells in spool.rows("990")] == [
        [str(serial), "Zo\u00eb, of\r\nQuellbridge"] for serial in range(0, 500, 2)
    ]
    assert not list(spool.rows("123"))
