"""On which line a part stands: found by a second look, and the same as a person counts."""

import time

import pytest

from ctf.made import HEADER, MTC, ctf, pupil, read_text, row
from keystage.ctf import read
from keystage.ctf.places import FIELDS, Places
from keystage.returns.source import Place


def line(file, at: int, field: str = "") -> int | None:
    return file.place(at, field).line


def test_the_line_of_every_field_of_the_sample_is_the_one_an_editor_shows():
    file = read(MTC)
    fields = ("upn", "surname", "forename", "birth_date", "sex")
    assert [[line(file, at, f) for f in fields] for at in file.pupils_at] == [
        *([24, 25, 26, 27, 28], [46, 47, 48, 49, 50], [68, 69, 70, 71, 72], [90, 91, 92, 93, 94]),
        [112, 113, 114, 115, 116],
    ]
    assert [line(file, at, "code") for (at,) in file.rows_at] == [40, 62, 84, 106, 128]
    assert [line(file, at, "year") for (at,) in file.rows_at] == [34, 56, 78, 100, 122]


def test_the_parts_of_the_header_are_found_by_their_names():
    file = read(MTC)
    at = file.data.index(b"<Header>")
    names = ("DocumentName", "CTFversion", "DateTime", "SourceSchool", "SourceSchool/LEA", "DestSchool/Estab")
    assert [line(file, at, name) for name in names] == [4, 5, 6, 9, 10, 18]


def test_a_part_that_is_absent_stands_where_the_whole_does():
    file = read(MTC)
    at = file.data.index(b"<Header>")
    assert line(file, file.pupils_at[0], "date") == 23
    assert line(file, file.rows_at[0][0], "date") == 32
    assert line(file, at, "DataDescriptor") == 3
    assert line(file, at, "SourceSchool/DataDescriptor") == 9


def test_a_place_is_a_line_alone():
    file = read(MTC)
    assert file.place(file.pupils_at[0]) == Place(line=23)


def test_the_part_is_that_of_the_element_and_not_of_one_within_it():
    contacts = "\n<Contacts><Contact><Surname>X</Surname><UPN>Y</UPN></Contact></Contacts>\n"
    file = read_text(ctf(f"<Pupil>{contacts}<UPN>P</UPN>\n<Surname>E</Surname></Pupil>"))
    assert (line(file, file.pupils_at[0], "upn"), line(file, file.pupils_at[0], "surname")) == (14, 15)


def test_the_part_is_that_of_the_element_and_not_of_the_next():
    file = read_text(ctf("<Pupil>\n</Pupil>", "<Pupil>\n<UPN>P</UPN></Pupil>"))
    assert [line(file, at, "upn") for at in file.pupils_at] == [12, 15]


def test_the_first_of_two_parts_is_found():
    file = read_text(ctf("<Pupil>\n<UPN>P</UPN>\n<UPN>Q</UPN></Pupil>"))
    assert line(file, file.pupils_at[0], "upn") == 13


@pytest.mark.parametrize("tag", ["Gender", "GENDER", "x:Sex", "sex"])
def test_a_part_is_found_however_its_name_is_written(tag):
    file = read_text(ctf(f"<Pupil>\n<{tag}>F</{tag}></Pupil>"))
    assert line(file, file.pupils_at[0], "sex") == 13


def test_comments_and_attributes_do_not_mislead():
    file = read_text(ctf("<Pupil a='>'>\n<!-- <UPN> -->\n<UPN\n a='1'\n>P</UPN></Pupil>"))
    assert line(file, file.pupils_at[0], "upn") == 14


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_any_line_end_counts_once(end):
    file = read_text(ctf("<Pupil>\n\n<UPN>P</UPN></Pupil>").replace("\n", end))
    assert line(file, file.pupils_at[0], "upn") == 14


def test_a_part_far_down_in_a_long_record_is_found():
    long = "<Email>" + "x\n" * 60_000 + "</Email>"
    file = read_text(ctf(pupil(row(), before=long), pupil()))
    (at,) = file.rows_at[0]
    assert (line(file, at), line(file, at, "code")) == (60_015, 60_015)
    history = pupil(after=f"<SchoolHistory>{'é' * 70_000}\n</SchoolHistory>\n<UniqueLearnerNumber/>")
    file = read_text(ctf(history))
    assert line(file, file.pupils_at[0], "UniqueLearnerNumber") == 15


def test_a_byte_order_mark_and_another_encoding_move_nothing():
    text = ctf("<Pupil>\n<Surname>Ní</Surname>\n<UPN>P</UPN></Pupil>")
    utf_16 = text.replace("UTF-8", "UTF-16").encode("utf-16")
    for data in (text.encode("utf-8-sig"), utf_16, text.replace("UTF-8", "windows-1252").encode("cp1252")):
        file = read(data)
        assert [line(file, file.pupils_at[0], f) for f in ("", "surname", "upn")] == [12, 13, 14]


def test_the_fields_of_a_return_are_known_by_the_names_of_the_file():
    assert FIELDS["code"] == "Result"
    assert FIELDS["birth_date"] == "DOB"


def test_no_data_is_one_line():
    assert Places().line(0) == 1


def test_many_lines_of_a_large_file_are_found_quickly():
    file = read_text(ctf(*[pupil(row(), row("GDS")) for _ in range(5_000)], header=HEADER))
    began = time.process_time()
    lines = [line(file, at, "code") for rows_at in file.rows_at for at in rows_at]
    assert lines == [15 + 7 * n + k for n in range(5_000) for k in (0, 1)]
    assert time.process_time() - began < 3
