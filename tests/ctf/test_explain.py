"""Files that are not well formed: the place, what was found, what was expected; and nothing cut short is ever read."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ctf.made import HEADER, MTC, SKELETON, ctf, pupil, refusal, refusal_if_any, row, stated
from keystage.ctf import read
from keystage.returns.refused import FileRefused

MTC_DATA, SKELETON_DATA = MTC.read_bytes().rstrip(), SKELETON.read_bytes().rstrip()
DIALECT = (
    ctf(
        pupil(row("<![CDATA[EXS]]>"), "<!-- note -->", row("&#233;"), after="<Email a='>'/>"),
        pupil(row("GDS"), before="<BasicDetails><FormerUPN/></BasicDetails>"),
    )
    .replace("<CTfile>", "<CTfile xmlns='urn:é'>")
    .strip()
    .encode()
)


@pytest.mark.parametrize("data", [MTC_DATA, SKELETON_DATA, DIALECT])
def test_a_file_cut_at_any_byte_is_refused(data):
    read(data)
    for length in range(len(data)):
        with pytest.raises(FileRefused) as caught:
            read(data[:length])
        expected = "F02" if not data[:length].strip() else "F01"
        assert (caught.value.code, length) == (expected, length)


def test_a_file_that_loses_its_last_white_space_is_read():
    assert read(MTC_DATA + b"\n \r\n\t") == read(MTC_DATA)


@pytest.mark.parametrize(
    ("ends_with", "line", "must_follow"),
    [
        ("<CTfile>", 2, "</CTfile> (opened on line 2)"),
        ("<Header>", 2, "</Header> (opened on line 2)"),
        ("<DateTime>2026-06-18T14:05:00</DateTime>", 5, "</Header> (opened on line 2)"),
        ("<LEA>99", 8, "</LEA> (opened on line 8)"),
        ("<CTFpupilData>", 11, "</CTFpupilData> (opened on line 11)"),
        ("<Surname>Exam", 13, "</Surname> (opened on line 13)"),
        ("<Sex>F</Sex>", 13, "</Pupil> (opened on line 12)"),
        ("<Locale>ENG</Locale>", 15, "</StageAssessment> (opened on line 15)"),
        ("<Result>EX", 15, "</Result> (opened on line 15)"),
        ("</StageAssessment>", 15, "</KeyStage> (opened on line 14)"),
        ("</KeyStage>", 16, "</StageAssessments> (opened on line 14)"),
        ("</Pupil>", 17, "</CTFpupilData> (opened on line 11)"),
    ],
)
def test_a_file_that_is_cut_short_says_where_and_what_must_follow(ends_with, line, must_follow):
    text = ctf(pupil(row()))
    cut = text[: text.index(ends_with) + len(ends_with)]
    refused = refusal(cut)
    column = len(cut.rpartition("\n")[2]) + 1
    assert stated(refused) == ("F01", line, column)
    assert refused.what == (
        f"The file is cut short: it ends at line {line}, column {column}, where {must_follow} must follow."
    )


@pytest.mark.parametrize("cut", ["<Resu", "<Result", "</Result", "</", "<!-- note", "<![CDATA[EXS", "<Result a='x"])
def test_a_file_that_is_cut_within_a_tag_is_cut_short(cut):
    text = ctf(pupil(row()))
    refused = refusal(text[: text.index("<Locale>")] + cut)
    assert (refused.code, refused.line) == ("F01", 15)
    assert "cut short" in refused.what


def test_a_file_of_two_megabytes_cut_within_a_pupil_is_cut_short_and_not_too_long():
    early = pupil(row(), before=f"<Email>{'x' * 950_000}</Email>")
    late = f"<Pupil><Email>{'x' * 1_200_000}"
    refused = refusal(f"<CTfile>{HEADER}<CTFpupilData>{early}{late}")
    assert (refused.code, "cut short" in refused.what) == ("F01", True)


def test_an_end_tag_that_does_not_fit_is_named_with_the_one_that_was_expected():
    refused = refusal(ctf(pupil(row())).replace("Ada</Forename>", "Ada</Surname>"))
    column = len("<UPN>P999999919001</UPN><Surname>Example</Surname><Forename>Ada</") + 1
    assert stated(refused) == ("F01", 13, column)
    assert f"line 13, column {column} stands </Surname> where </Forename> (opened on line 13)" in refused.what


def test_the_end_tag_is_named_whole_on_a_line_with_accents():
    refused = refusal(ctf(pupil(row())).replace("Ada</Forename>", "Éòéò</Surname>"))
    assert "stands </Surname> where </Forename>" in refused.what


def test_an_end_tag_that_does_not_fit_is_found_within_a_row():
    refused = refusal(ctf(pupil(row("EXS</Year>"))))
    assert (refused.code, refused.line) == ("F01", 15)
    assert "stands </Year> where </Result> (opened on line 15) was expected" in refused.what


@pytest.mark.parametrize("name", ["A & B", "A && B", "A&B", "A & B; C"])
def test_an_ampersand_by_itself_is_explained(name):
    text = ctf(header=HEADER.replace("Invented", name))
    refused = refusal(text)
    assert (refused.code, refused.line) == ("F01", 8)
    assert "&amp;" in refused.what
    assert "<SchoolName> (opened on line 8)" in refused.what


def test_a_name_behind_an_ampersand_that_is_not_known_is_explained():
    refused = refusal(ctf(header=HEADER.replace("Invented", "A &nbsp; B")))
    column = len("<SourceSchool><LEA>999</LEA><Estab>9999</Estab><SchoolName>A ") + 1
    assert stated(refused) == ("F01", 8, column)
    assert f"At line 8, column {column} an “&” begins a name that is not known" in refused.what


def test_a_less_than_sign_in_a_name_is_explained():
    refused = refusal(ctf(pupil()).replace("Ada", "A < B"))
    assert (refused.code, refused.line) == ("F01", 13)
    assert "&lt;" in refused.what


@pytest.mark.parametrize("character", ["\x01", "\x0b", "\x1f", "\ufffe"])
def test_a_control_character_is_explained(character):
    refused = refusal(ctf(pupil()).replace("Ada", f"A{character}a"))
    assert (refused.code, refused.line) == ("F01", 13)
    assert "control characters are not allowed" in refused.what


@pytest.mark.parametrize("more", [ctf(), "<CTfile/>", "</CTfile>", "text", "\x00"])
def test_more_after_the_end_is_refused(more):
    refused = refusal(f"<CTfile>\n</CTfile>\n{more}")
    assert (refused.code, refused.line) == ("F01", 3)


def test_two_files_joined_are_told_so():
    refused = refusal("<CTfile>\n</CTfile>\n  <CTfile/>")
    assert stated(refused) == ("F01", 3, 3)
    assert "more after the end of the document, at line 3, column 3" in refused.what


def test_a_doubled_declaration_is_explained():
    refused = refusal('<?xml version="1.0"?>\n' + ctf(pupil(row())))
    assert stated(refused) == ("F01", 2, 1)
    assert "only at the very beginning" in refused.what
    assert "keystage repair" in refused.fix


def test_blank_space_before_the_declaration_is_explained():
    assert stated(refusal("\n  " + ctf())) == ("F01", 2, 3)


def test_text_that_is_no_xml_is_told_so():
    refused = refusal("UPN,Surname,Forename\nP999999919001,Example,Ada\n")
    assert stated(refused) == ("F01", 1, 1)
    assert refused.what == "This is not XML: at line 1, column 1 text stands where <CTfile> was expected."


def test_a_declaration_alone_is_told_what_must_follow():
    refused = refusal('<?xml version="1.0"?>\n')
    assert stated(refused) == ("F01", 2, 1)
    assert "before the element <CTfile>" in refused.what


def test_a_fault_without_words_of_its_own_has_the_parsers():
    refused = refusal("<CTfile a='1' a='2'/>")
    assert stated(refused) == ("F01", 1, 15)
    assert "duplicate attribute" in refused.what


@given(st.integers(0, len(DIALECT)), st.sampled_from([b"<", b">", b"&", b"</", b"]]>", b"<!--", b"\x00", b"\xff"]))
@example(0, b"\x00")
@example(1, b"\x00")
def test_a_sign_put_anywhere_is_read_or_refused_with_a_line(at, sign):
    data = DIALECT[:at] + sign + DIALECT[at:]
    refused = refusal_if_any(data)
    if refused is not None:
        assert refused.code in ("F01", "F02", "F03", "F04")
        assert refused.line
        assert refused.what.endswith(".")
        assert refused.fix.endswith(".")
