"""Finding the pupils of a file of the usual layout in its bytes."""

import pytest

from keystage.ctf.layout import pupils_in
from keystage.ctf.limits import LIMITS, Limits
from keystage.ctf.reader import read

HEAD = b"<CTfile><Header/><CTFpupilData>"
TAIL = b"</CTFpupilData></CTfile>"
ADA = b"<Pupil><UPN>P999999919001</UPN><Surname>Example</Surname></Pupil>"
BEN = b"<Pupil><UPN>D999999919002</UPN><Surname>Sample</Surname></Pupil>"


def test_pupils_one_after_the_other_are_found_where_they_stand():
    data = HEAD + b" " + ADA + b"\r\n  " + BEN + b"\n" + TAIL + b"\n"
    first, second = pupils_in(data, LIMITS)
    assert data[slice(*first)] == ADA
    assert data[slice(*second)] == BEN


@pytest.mark.parametrize(
    "between",
    [b"<!-- </Pupil><Pupil> -->", b"<?pi?>", b"<Other/>", b"text", b"<Pupil/>", b"<x:Pupil></x:Pupil>", b"</Pupil>"],
)
def test_anything_between_them_is_another_layout(between):
    assert pupils_in(HEAD + ADA + between + BEN + TAIL, LIMITS) is None


@pytest.mark.parametrize(
    "tail", [b"", b"</CTFpupilData>", TAIL + b"x", b"<Header/>" + TAIL, b"</CTFpupilData><a/></CTfile>"]
)
def test_anything_but_the_end_of_the_file_after_them_is_another_layout(tail):
    assert pupils_in(HEAD + ADA + tail, LIMITS) is None


def test_a_file_without_pupils_or_with_one_cut_short_is_another_layout():
    assert pupils_in(HEAD + TAIL, LIMITS) is None
    assert pupils_in(HEAD + ADA[:-1], LIMITS) is None


def test_a_mark_that_begins_no_comment_does_not_matter():
    wow = ADA.replace(b"Example", b"Wow! Who?")
    assert len(pupils_in(HEAD + wow + TAIL, LIMITS)) == 1
    assert read(HEAD + wow + TAIL).pupils[0].surname == "Wow! Who?"


def test_a_record_longer_than_the_limit_is_left_to_the_parser():
    assert pupils_in(HEAD + ADA + TAIL, Limits(record=len(ADA) - 1)) is None
    assert pupils_in(HEAD + ADA + TAIL, Limits(record=len(ADA))) is not None


def test_a_pupil_within_a_pupil_is_read_as_the_parser_sees_it():
    inner = ADA.replace(b"<Surname>", b"<Contacts><Pupil><UPN>x</UPN></Pupil></Contacts><Surname>")
    data = HEAD + inner + BEN + TAIL

    found = read(data)

    assert [(pupil.upn, pupil.surname) for pupil in found.pupils] == [
        ("P999999919001", "Example"),
        ("D999999919002", "Sample"),
    ]


def test_a_pupil_in_a_comment_before_the_first_is_no_pupil():
    found = read(b"<CTfile><!-- <Pupil> --><CTFpupilData>" + ADA + BEN + TAIL)
    assert [pupil.surname for pupil in found.pupils] == ["Example", "Sample"]
