"""Encodings met in life, read by what the file says of itself, and what is said where it says something false."""

import pytest

from ctf.made import IDENTITY, ctf, pupil, read_text, refusal, row, stated
from keystage.ctf import read
from keystage.ctf.encoding import declared_in
from keystage.returns.refused import FileRefused

NAMED = IDENTITY.replace("Example", "Ní Bhriain")


def declared(encoding: str) -> str:
    return ctf(pupil(row(), identity=NAMED), declaration=f'<?xml version="1.0" encoding="{encoding}"?>')


@pytest.mark.parametrize(
    ("encoding", "codec"),
    [
        ("windows-1252", "cp1252"),
        ("Windows-1252", "cp1252"),
        ("ISO-8859-1", "latin-1"),
        ("iso-8859-15", "iso8859-15"),
        ("windows-1250", "cp1250"),
        ("UTF-8", "utf-8"),
        ("utf8", "utf-8"),
        ("US-ASCII", "utf-8"),
    ],
)
def test_a_file_is_read_in_the_encoding_that_it_declares(encoding, codec):
    file = read(declared(encoding).encode(codec))
    assert file.pupils[0].surname == "Ní Bhriain"
    assert file == read_text(declared("UTF-8"))


def test_the_letters_of_windows_1252_that_iso_8859_1_has_not_are_read():
    text = ctf(pupil(identity=IDENTITY.replace("Example", "O’Brien")), declaration=declared("windows-1252")[:46])
    assert read(text.encode("cp1252")).pupils[0].surname == "O’Brien"


def test_the_encoding_that_a_file_was_in_is_kept():
    assert read(declared("windows-1252").encode("cp1252")).encoding == "cp1252"
    assert read(declared("UTF-8").encode()).encoding == "utf-8"
    assert read(("\ufeff" + declared("UTF-16")).encode("utf-16-le")).encoding == "utf-16"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", ["\ufeff", ""])
@pytest.mark.parametrize("encoding", ["UTF-16", "utf-16"])
def test_utf_16_is_read_with_its_mark_and_without(codec, mark, encoding):
    file = read((mark + declared(encoding)).encode(codec))
    assert file == read_text(declared("UTF-8"))
    assert [file.place(at).line for at in (*file.pupils_at, *file.rows_at[0])] == [12, 15]


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_needs_no_declaration(codec):
    text = "<CTfile><CTFpupilData><Pupil><Surname>Ní</Surname></Pupil></CTFpupilData></CTfile>"
    assert read(text.encode(codec)).pupils[0].surname == "Ní"


def test_utf_16_that_says_it_is_utf_8_is_refused():
    refused = refusal(("\ufeff" + declared("utf-8")).encode("utf-16-le"))
    assert (*stated(refused), refused.value) == ("F04", 1, None, "utf-8")
    assert "says that it is written in UTF-8, but its bytes are in UTF-16" in refused.what


def test_single_bytes_that_say_they_are_utf_16_are_refused():
    refused = refusal(declared("utf-16"))
    assert (*stated(refused), refused.value) == ("F04", 1, None, "utf-16")
    assert "says that it is written in UTF-16" in refused.what


def test_utf_16_cut_within_a_letter_is_refused():
    assert refusal(("\ufeff" + declared("utf-16")).encode("utf-16-le")[:-1]).code == "F04"


def test_empty_characters_at_the_beginning_of_utf_16_are_refused():
    assert refusal(("\ufeff\x00" + declared("utf-16")).encode("utf-16-le")).code == "F04"


def test_windows_1252_that_says_it_is_utf_8_is_refused_with_the_place():
    refused = refusal(declared("UTF-8").encode("cp1252"))
    column = len("<UPN>P999999919001</UPN><Surname>N") + 1
    assert (*stated(refused), refused.value) == ("F04", 13, column, "ed")
    assert "line 13" in refused.what
    assert "windows-1252" in refused.what
    assert "keystage repair" in refused.fix


def test_the_place_is_counted_in_letters_and_whatever_ends_the_lines():
    text = declared("UTF-8").replace("Bhriain", "é\xff").replace("\n", "\r\n")
    data = text.encode().replace("ÿ".encode(), b"\xff")
    assert stated(refusal(data)) == ("F04", 13, len("<UPN>P999999919001</UPN><Surname>Ní é") + 1)


def test_a_file_cut_within_a_letter_is_cut_short_and_not_in_another_encoding():
    data = declared("UTF-8").encode()
    refused = refusal(data[: data.index("í".encode()) + 1])
    assert (refused.code, refused.line) == ("F01", 13)
    assert "</Surname> (opened on line 13) must follow" in refused.what


def test_bytes_that_windows_1252_does_not_have_are_refused_with_the_place():
    refused = refusal(declared("windows-1252").encode("cp1252").replace(b"N\xed", b"N\x81"))
    assert (refused.code, refused.line) == ("F04", 13)
    assert "CP1252" in refused.what


@pytest.mark.parametrize("encoding", ["klingon", "EBCDIC-CP-GB", "utf-7", "rot13", "utf-32", "shift_jis", "undefined"])
def test_an_encoding_that_is_not_known_is_refused(encoding):
    refused = refusal(declared(encoding))
    assert (*stated(refused), refused.value) == ("F04", 1, None, encoding)
    assert f"“{encoding}”, which is not known here" in refused.what


def test_only_the_xml_declaration_declares():
    assert declared_in(b"<?xml-stylesheet encoding='klingon'?><CTfile/>") is None
    assert declared_in(b"<?xml version='1.0'?><CTfile encoding='klingon'/>") is None
    assert declared_in(b"<?xml version='1.0' encoding = 'utf-8' standalone='yes'?>") == "utf-8"


def test_a_mark_of_utf_8_and_a_declaration_of_windows_1252_are_refused():
    data = b"\xef\xbb\xbf" + declared("windows-1252").encode("cp1252")
    with pytest.raises(FileRefused) as caught:
        read(data)
    assert (caught.value.code, caught.value.line, caught.value.value) == ("F04", 1, "cp1252")
