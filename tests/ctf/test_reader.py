"""What the reader makes of a file: the sample, the skeletons, and every dialect that is tolerated."""

import io
import re
from pathlib import Path

import pytest

from ctf.made import (
    HEADER,
    IDENTITY,
    MTC,
    SCIENCE,
    SKELETON,
    SOURCE,
    WRITING,
    ctf,
    key_stage,
    lines_of_rows,
    only_pupil,
    pupil,
    read_text,
    refusal,
    row,
)
from keystage.ctf import CtfFile, CtfPupil, Header, Row, School, read
from keystage.ctf.model import Section, Tolerated

MTC_ROW = Row("KS2", "ENG", "2026", "MAT", "TT", "MTC", "R", "MT")


def kinds(file: CtfFile) -> list[tuple[str, str]]:
    return [(tolerated.kind, tolerated.found) for tolerated in file.tolerated]


# -- whole files ----------------------------------------------------------------------------------------------------


def test_the_sample_is_read_whole():
    file = read(MTC)
    school = School("999", "2001", "123456", "Made-up Community Primary", "2025")
    assert file.header == Header(
        *("Common Transfer File", "25.0", "2026-11-22T09:04:21", "partial", "", "", "Multiplication Tables Check"),
        source=school,
        destination=School("999", "2001", "123456"),
    )
    assert file.pupils == (
        CtfPupil("Y999999922001", "AHMED", "ZARA", "2017-02-11", "F", (MTC_ROW._replace(result="19"),)),
        CtfPupil("M999999922002", "BAKER-LOWE", "THEO", "2017-02-12", "M", (MTC_ROW._replace(result="B"),)),
        CtfPupil("B999999922003", "NÍ BHRIAIN", "AOIFE", "2017-02-13", "F", (MTC_ROW._replace(result="25"),)),
        CtfPupil("Q999999922004", "WÓJCIK", "KACPER", "2017-02-14", "M", (MTC_ROW._replace(result="J"),)),
        CtfPupil("E999999922005", "THOMPSON", "ELLA", "2017-02-15", "F", (MTC_ROW._replace(result="7"),)),
    )


def test_the_lines_of_the_sample_are_those_that_an_editor_shows():
    file = read(MTC)
    assert [file.place(at).line for at in file.pupils_at] == [23, 45, 67, 89, 111]
    assert lines_of_rows(file) == [[32], [54], [76], [98], [120]]


def test_nothing_in_the_sample_needed_tolerance():
    file = read(MTC)
    assert (file.tolerated, file.unknown, file.encoding) == ((), (), "utf-8")
    assert file.name == "9992001_MTC_9992001_001.xml"
    assert [name for name, _ in file.sex_tags] == ["Sex"]


def test_the_skeleton_of_a_return_is_read_whole():
    file = read(SKELETON)
    assert file.header == Header(
        *("Common Transfer File", "25.0", "2026-06-18T14:05:00", "partial", ""),
        *("Partial CTF containing Key Stage 2 data", "ExampleMIS"),
        source=School("999", "9999", "", "Invented Primary School", "2025"),
        destination=School("NAA", "LLLL"),
    )
    writing, science = WRITING._replace(date="2026-06-18"), SCIENCE._replace(date="2026-06-18")
    assert file.pupils == (CtfPupil("P999999919001", "Example", "Ada", "2014-11-03", "F", (writing, science)),)


def test_a_pupil_below_the_standard_of_the_tests_has_four_rows():
    found = only_pupil(
        pupil(
            row("PK3", component="REA"),
            row("PK2"),
            row("PK4", subject="MAT", component="MAT"),
            row("HNM", subject="SCI", component="SCI"),
        )
    )
    assert [(r.subject, r.component, r.result) for r in found.rows] == [
        *(("ENG", "REA", "PK3"), ("ENG", "WRI", "PK2"), ("MAT", "MAT", "PK4"), ("SCI", "SCI", "HNM")),
    ]


def test_the_rows_of_every_key_stage_are_read():
    phonics = row("34", subject="PHO", component="CHK").replace(">TA<", ">TT<").replace(">NC<", ">NM<")
    goal = row("2", subject="LIT", component="E08").replace(">TA<", ">FA<").replace(">NC<", ">FD<")
    stages = key_stage(goal, stage="EYF") + key_stage(phonics, stage="KS1") + key_stage(row())
    found = only_pupil(f"<Pupil>{IDENTITY}<StageAssessments>{stages}</StageAssessments></Pupil>")
    assert found.rows == (
        Row("EYF", "ENG", "2026", "LIT", "FA", "E08", "R", "FD", "2"),
        Row("KS1", "ENG", "2026", "PHO", "TT", "CHK", "R", "NM", "34"),
        WRITING,
    )


FULL = """
<BasicDetails><FormerUPN>D999999919002</FormerUPN><NCyearActual>6</NCyearActual></BasicDetails>
<FSMhistory><FSMreviewDate>2026-01-01</FSMreviewDate></FSMhistory>
<Address><BS7666Address><PAON>1</PAON><Street>High &amp; Low</Street></BS7666Address></Address>
<Phones><Phone><TelephoneType>H</TelephoneType><PhoneNo>01632 960001</PhoneNo></Phone></Phones>
<Email>a@example.org</Email>
<Contacts><Contact><Surname>Example</Surname><Forename>Eve</Forename><Gender>F</Gender></Contact></Contacts>
<Attendance><YearData><Year>2026</Year><LEA>999</LEA><Estab>9999</Estab></YearData></Attendance>"""
HISTORY = "\n<SchoolHistory><School><LEA>999</LEA><Estab>9998</Estab></School></SchoolHistory>"


def test_a_full_file_keeps_what_the_return_has_no_use_for():
    found = only_pupil(pupil(row(), before=FULL, after=HISTORY))
    assert found._replace(sections=()) == CtfPupil("P999999919001", "Example", "Ada", "2014-11-03", "F", (WRITING,))
    names = "BasicDetails FSMhistory Address Phones Email Contacts Attendance SchoolHistory"
    assert [section.name for section in found.sections] == names.split()
    assert [section.xml for section in found.sections] == (FULL + HISTORY).strip().split("\n")


def test_the_former_upn_is_found_in_the_basic_details():
    assert only_pupil(pupil(before=FULL)).former_upn == "D999999919002"
    assert only_pupil(pupil(before=FULL.replace("FormerUPN", "FORMERUPN"))).former_upn == "D999999919002"
    assert only_pupil(pupil()).former_upn == ""


def test_a_contact_is_not_taken_for_the_pupil():
    contacts = FULL.strip().split("\n")[5]
    without = IDENTITY.replace("<Surname>Example</Surname>", "").replace("<Sex>F</Sex>", "")
    found = only_pupil(pupil(identity=contacts + without))
    assert (found.surname, found.sex) == ("", "")


# -- where it comes from -----------------------------------------------------------------------------------------------


def test_a_path_a_stream_and_bytes_say_the_same():
    data = MTC.read_bytes()
    assert read(data) == read(MTC) == read(str(MTC)) == read(io.BytesIO(data))


def test_the_name_is_that_of_the_path_unless_it_is_given():
    with MTC.open("rb") as stream:
        assert read(stream).name == MTC.name
    assert (read(MTC, name="x.xml").name, read(MTC.read_bytes()).name) == ("x.xml", "")


def test_a_path_that_cannot_be_opened_is_no_refusal(tmp_path):
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "none.xml")
    with pytest.raises(IsADirectoryError):
        read(tmp_path)


# -- dialects ----------------------------------------------------------------------------------------------------------


def test_a_byte_order_mark_is_read_over_and_reported():
    file = read(b"\xef\xbb\xbf" + ctf(pupil(row())).encode())
    assert file == read_text(ctf(pupil(row())))
    assert file.tolerated == (Tolerated("byte order mark", "a byte order mark", "", 0),)
    assert lines_of_rows(file) == [[15]]


@pytest.mark.parametrize("attribute", ['xmlns="http://www.dcsf.gov.uk/schemas/cbds"', "xmlns:xsi='urn:x'"])
def test_a_namespace_is_read_over_and_reported(attribute):
    text = ctf(pupil(row())).replace("<CTfile>", f"<CTfile {attribute}>")
    assert read_text(text) == read_text(ctf(pupil(row())))
    assert kinds(read_text(text)) == [("namespace", "a namespace")]


def test_prefixed_elements_are_read_as_if_they_had_none():
    plain = ctf(pupil(row()))
    text = plain.replace("</", "</c:").replace("<", "<c:").replace("<c:/c:", "</c:").replace("<c:?", "<?")
    file = read_text(text.replace("<c:CTfile>", '<c:CTfile xmlns:c="urn:c">'))
    assert file == read_text(plain)
    assert kinds(file) == [("namespace", "a namespace")]
    assert [tag for tag, _ in file.sex_tags] == ["Sex"]


@pytest.mark.parametrize("case", [str.upper, str.lower])
def test_names_in_other_letters_are_read_and_each_is_reported_once(case):
    plain = ctf(pupil(row()), pupil(row("GDS"), identity=IDENTITY.replace("001", "002")))
    tags = sorted(set(re.findall(r"</(\w+)>", plain)))
    text = plain
    for tag in tags:
        for before, after in (("<", ">"), ("</", ">")):
            text = text.replace(f"{before}{tag}{after}", f"{before}{case(tag)}{after}")
    file = read_text(text)
    assert file == read_text(plain)
    assert sorted(kinds(file)) == sorted(("name", case(tag)) for tag in tags if case(tag) != tag)


def test_a_name_in_other_letters_is_reported_where_it_first_stands():
    file = read_text(ctf(pupil(), header=HEADER.replace("CTFversion>", "CTFVersion>")))
    (version,) = file.tolerated
    assert (version.found, version.meant, file.place(version.at).line) == ("CTFVersion", "CTFversion", 4)
    assert file.header.version == "25.0"


def test_gender_is_read_as_sex_and_reported_at_the_first_pupil_who_has_it():
    old = pupil(identity=IDENTITY.replace("Sex>", "Gender>"))
    file = read_text(ctf(pupil(), old, old))
    assert [p.sex for p in file.pupils] == ["F", "F", "F"]
    assert [(tag, file.place(at).line) for tag, at in file.sex_tags] == [("Sex", 12), ("Gender", 15)]


def test_sex_comes_before_gender_where_a_pupil_has_both():
    found = only_pupil(pupil(identity=IDENTITY.replace("<Sex>", "<Gender>M</Gender><Sex>")))
    assert (found.sex, found.other) == ("F", (("Gender", "M"),))


def test_a_number_that_this_return_has_no_use_for_is_kept():
    found = only_pupil(pupil(before="<UniqueLearnerNumber>9999999998</UniqueLearnerNumber><UCI>X</UCI>"))
    assert found.other == (("UniqueLearnerNumber", "9999999998"), ("UCI", "X"))


# -- what is not known -------------------------------------------------------------------------------------------------


def test_an_unknown_element_of_a_pupil_is_kept_whole_and_reported():
    file = read_text(ctf(pupil(row(), before="\n<Shoe size='4'><Lace/>&amp;</Shoe>")))
    assert file.pupils[0].sections == (Section("Shoe", "<Shoe size='4'><Lace/>&amp;</Shoe>"),)
    assert [(name, file.place(at).line) for name, at in file.unknown] == [("Shoe", 14)]


def test_an_empty_unknown_element_is_kept_alone():
    found = only_pupil(pupil(before="<Shoe/>\n<Address/><Email a='>'/>"))
    assert [section.xml for section in found.sections] == ["<Shoe/>", "<Address/>", "<Email a='>'/>"]


def test_an_unknown_element_of_the_header_is_kept_with_the_header():
    more = "<SuppInfo><SuppID>1</SuppID></SuppInfo><Colour>red</Colour></Header>"
    file = read_text(ctf(pupil(), header=HEADER.replace("</Header>", more)))
    assert file.header.sections == (
        Section("SuppInfo", "<SuppInfo><SuppID>1</SuppID></SuppInfo>"),
        Section("Colour", "<Colour>red</Colour>"),
    )
    assert file.pupils[0].sections == ()
    assert [name for name, _ in file.unknown] == ["Colour"]


def test_an_unknown_element_of_a_key_stage_is_reported_and_hides_no_row():
    file = read_text(ctf(pupil(row(), "<Note><Stage>KS1</Stage>" + row("GDS") + "</Note>", row("WTS"))))
    assert [r.result for r in file.pupils[0].rows] == ["EXS", "WTS"]
    assert [r.stage for r in file.pupils[0].rows] == ["KS2", "KS2"]
    assert [(name, file.place(at).line) for name, at in file.unknown] == [("Note", 16)]


def test_an_unknown_element_of_a_row_is_kept_with_the_row():
    file = read_text(ctf(pupil(row(more="<Teacher>Ms B<Result>GDS</Result></Teacher>"))))
    assert file.pupils[0].rows == (WRITING._replace(other=(("Teacher", "Ms BGDS"),)),)
    assert [name for name, _ in file.unknown] == ["Teacher"]


def test_unknown_elements_around_the_pupils_are_reported_and_hide_nobody():
    file = read_text(ctf("<Class>", pupil(row()), "</Class>"))
    assert len(file.pupils) == 1
    assert [name for name, _ in file.unknown] == ["Class"]


def test_a_pupil_within_a_pupil_is_part_of_the_outer_one():
    inner = pupil(row("GDS"))
    file = read_text(ctf(pupil(row(), before=f"<Sibling>{inner}{inner}</Sibling>"), pupil(row("WTS"))))
    assert [[r.result for r in p.rows] for p in file.pupils] == [["EXS"], ["WTS"]]
    assert file.pupils[0].sections == (Section("Sibling", f"<Sibling>{inner}{inner}</Sibling>"),)


def test_an_empty_pupil_within_a_pupil_does_not_end_it():
    file = read_text(ctf(pupil(row(), before='<Twin><Pupil a=">"/></Twin>'), pupil()))
    assert [len(p.rows) for p in file.pupils] == [1, 0]


# -- how it is written -------------------------------------------------------------------------------------------------


def test_comments_are_read_over_wherever_they_stand():
    text = ctf(pupil("<!-- <StageAssessment> -->" + row("E<!-- </Result> -->XS") + "<!-- </KeyStage> -->"))
    assert read_text(text) == read_text(ctf(pupil(row())))


def test_character_data_sections_are_text():
    assert only_pupil(pupil(row("<![CDATA[<GDS>]]>"))).rows[0].result == "<GDS>"
    assert only_pupil(pupil(identity=IDENTITY.replace("Ada", "A<![CDATA[d]]>a"))).forename == "Ada"


def test_references_are_read():
    found = only_pupil(pupil(identity=IDENTITY.replace("Example", "N&#237; &#x42;&amp;&lt;&gt;&apos;&quot;")))
    assert found.surname == "Ní B&<>'\""


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_lines_are_counted_whatever_ends_them(end):
    file = read_text(ctf(pupil(row(), row("GDS")), pupil(row())).replace("\n", end))
    assert [file.place(at).line for at in file.pupils_at] == [12, 19]
    assert lines_of_rows(file) == [[15, 16], [22]]


def test_a_line_end_within_a_text_is_a_line_feed():
    assert only_pupil(pupil(identity=IDENTITY.replace("Ada", "A\r\nd\ra"))).forename == "A\nd\na"


def test_empty_elements_and_absent_ones_read_the_same():
    assert only_pupil("<Pupil/>") == only_pupil("<Pupil><UPN/><Surname></Surname></Pupil>") == CtfPupil()


@pytest.mark.parametrize("empty", ["<Pupil/>", "<Pupil a='>'/>", "<Pupil a='/>' b='>'></Pupil>"])
def test_an_empty_pupil_hides_nobody(empty):
    file = read_text(ctf(empty, pupil(row()), empty, pupil(row("GDS"))))
    assert [len(p.rows) for p in file.pupils] == [0, 1, 0, 1]


def test_an_empty_row_is_a_row():
    stages = "<StageAssessments><KeyStage><Stage>KS2</Stage><StageAssessment/><StageAssessment a='>'/></KeyStage>"
    found = only_pupil(f"<Pupil>{stages}</StageAssessments></Pupil>")
    assert found.rows == (Row("KS2"), Row("KS2"))


@pytest.mark.parametrize("empty", ["<StageAssessments/>", "<StageAssessments><KeyStage/></StageAssessments>"])
def test_results_without_a_row_are_no_results(empty):
    assert only_pupil(f"<Pupil>{IDENTITY}{empty}</Pupil>").rows == ()


def test_the_order_of_elements_does_not_matter():
    stages = f"<StageAssessments><KeyStage>{row()}<Stage>KS2</Stage></KeyStage></StageAssessments>"
    backwards = "".join(reversed(IDENTITY.replace("><", ">\n<").split("\n")))
    assert only_pupil(f"<Pupil>{stages}{backwards}</Pupil>") == only_pupil(pupil(row()))


def test_the_parts_of_a_row_may_stand_in_any_order():
    backwards = (
        "<StageAssessment><Result>EXS</Result><ResultQualifier>NC</ResultQualifier><ResultStatus>R</ResultStatus>"
    )
    backwards += "<Component>WRI</Component><Method>TA</Method><Subject>ENG</Subject><Year>2026</Year>"
    assert only_pupil(pupil(backwards + "<Locale>ENG</Locale></StageAssessment>")).rows == (WRITING,)


def test_a_row_takes_the_stage_that_stands_before_it():
    mixed = row() + "<Stage>KS2</Stage>" + row("GDS") + "<Stage/>" + row("WTS") + "<Stage>KS1</Stage>" + row("A")
    found = only_pupil(f"<Pupil><StageAssessments><KeyStage>{mixed}</KeyStage></StageAssessments></Pupil>")
    assert [(r.stage, r.result) for r in found.rows] == [("KS2", "EXS"), ("KS2", "GDS"), ("KS1", "WTS"), ("KS1", "A")]


def test_a_key_stage_without_a_stage_takes_none_from_the_one_before():
    stages = key_stage(row()) + f"<KeyStage>{row('GDS')}</KeyStage>"
    found = only_pupil(f"<Pupil>{IDENTITY}<StageAssessments>{stages}</StageAssessments></Pupil>")
    assert [r.stage for r in found.rows] == ["KS2", ""]


def test_a_row_with_nested_junk_loses_no_letter_of_its_result():
    assert only_pupil(pupil(row("E<b>X</b>S"))).rows[0].result == "EXS"


def test_the_first_of_two_fields_counts_and_the_second_is_kept():
    found = only_pupil(pupil(row("EXS</Result><Result>GDS"), before="<UPN>second</UPN>"))
    assert (found.upn, found.other) == ("P999999919001", (("UPN", "second"),))
    assert found.rows[0] == WRITING._replace(other=(("Result", "GDS"),))


def test_rows_that_differ_in_white_space_alone_are_the_same_rows_on_their_own_lines():
    spaced = row().replace("><", ">\n  <")
    file = read_text(ctf(pupil(row(), spaced, row())))
    assert file.pupils[0].rows == (WRITING, WRITING, WRITING)
    assert lines_of_rows(file) == [[15, 16, 26]]


@pytest.mark.parametrize("written", [" exs ", "Exs", "\tEXS\n", "EXS\u00a0"])
def test_a_result_is_kept_exactly_as_it_is_written(written):
    assert only_pupil(pupil(row(written))).rows[0].result == written


def test_attributes_are_read_over():
    text = ctf(pupil(row())).replace("<Pupil>", "<Pupil id='1' x='a>b'>").replace("<Result>", '<Result a=">">')
    assert read_text(text) == read_text(ctf(pupil(row())))


@pytest.mark.parametrize("attribute", ['a=">"', "a='> ]]>'", 'a="/>"', "a='\">'"])
def test_a_sign_that_ends_a_tag_may_stand_in_an_attribute(attribute):
    for tag in ("Pupil", "KeyStage", "StageAssessment", "CTFpupilData", "Header", "Surname"):
        text = ctf(pupil(row()), pupil(row("GDS"))).replace(f"<{tag}>", f"<{tag} {attribute}>")
        assert read_text(text) == read_text(ctf(pupil(row()), pupil(row("GDS"))))


def test_a_very_long_text_is_read():
    long = "x" * 1_500_000
    assert only_pupil(pupil(identity=IDENTITY.replace("Ada", long))).forename == long
    assert only_pupil(pupil(row(long))).rows[0].result == long


def test_a_file_longer_than_a_piece_is_read_to_the_end():
    pupils = [pupil(row(), before=f"<Email>{'x' * 5_000}{n}</Email>") for n in range(500)]
    file = read_text(ctf(*pupils))
    assert [p.sections[0].xml for p in file.pupils] == [f"<Email>{'x' * 5_000}{n}</Email>" for n in range(500)]
    assert [line for (line,) in lines_of_rows(file)] == [15 + 6 * n for n in range(500)]


# -- header ------------------------------------------------------------------------------------------------------------


def test_every_source_school_is_listed_and_the_first_is_the_headers():
    other = SOURCE.replace("9999", "8888")
    file = read_text(ctf(pupil(), header=HEADER.replace("<DestSchool>", f"{other}\n<DestSchool>")))
    assert file.header.source.number == "9999999"
    assert [(school.number, file.place(at).line) for school, at in file.schools] == [("9999999", 8), ("9998888", 9)]


def test_the_header_may_stand_after_the_pupils():
    file = read_text(f"<CTfile><CTFpupilData>{pupil(row())}</CTFpupilData>{HEADER}</CTfile>")
    assert file == read_text(ctf(pupil(row())))


def test_the_first_of_two_headers_counts():
    file = read_text(f"<CTfile>{HEADER}{HEADER.replace('25.0', '24.0')}</CTfile>")
    assert (file.header.version, len(file.schools)) == ("25.0", 2)


def test_a_file_without_header_has_an_empty_one():
    file = read_text(f"<CTfile><CTFpupilData>{pupil()}</CTFpupilData></CTfile>")
    assert (file.header, file.schools, len(file.pupils)) == (Header(), (), 1)


@pytest.mark.parametrize("text", ["<CTfile/>", "<CTfile></CTfile>", ctf(), "<CTfile><CTFpupilData/></CTfile>"])
def test_a_file_may_hold_no_pupils(text):
    assert read_text(text).pupils == ()


def test_what_the_header_says_is_read_without_the_space_around_it():
    header = HEADER.replace("25.0", " 25.0\n").replace("<LEA>999", "<LEA> 999 ")
    found = read_text(ctf(header=header)).header
    assert (found.version, found.source.number) == ("25.0", "9999999")


def test_what_a_pupil_says_is_read_with_the_space_around_it():
    assert only_pupil(pupil(identity=IDENTITY.replace("Ada", " Ada "))).forename == " Ada "


def test_two_files_that_say_the_same_are_equal_wherever_it_stands():
    spread = ctf(pupil(row())).replace("><", ">\n\n<")
    assert read_text(spread) == read_text(ctf(pupil(row())))
    assert read_text(ctf(pupil(row("GDS")))) != read_text(ctf(pupil(row())))


def test_a_refused_file_says_what_and_how_to_mend_it_in_one_text():
    refused = refusal(b"")
    assert str(refused) == f"{refused.what} {refused.fix}"


# -- what might be read in another way ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (
            "<Result>EXS</Result>",
            "<Result>EXS</Result><Result>GDS</Result>",
            "a second “Result” in one “StageAssessment”",
        ),
        ("<Result>EXS</Result>", "<Result>E<x>XS</x></Result>", "an element inside “Result”"),
        ("</UPN>", "</UPN><UPN>D999999919002</UPN>", "a second “UPN” in one “Pupil”"),
        ("</Sex>", "</Sex><BasicDetails><Pupil/></BasicDetails>", "“Pupil” where it does not belong"),
        ("</Sex>", "</Sex><StageAssessment/>", "“StageAssessment” where it does not belong"),
        ("</Sex>", "</Sex><Pupil/>", "“Pupil” where it does not belong"),
        ("</KeyStage>", "</KeyStage><StageAssessment/>", "“StageAssessment” where it does not belong"),
        ("</Stage>", "</Stage><Stage>KS1</Stage>", "a second “Stage” in one “KeyStage”"),
        ("</Header>", "</Header><Header/>", "a second “Header”"),
        ("</Pupil>", "</Pupil><PupilRecord/>", "“PupilRecord” outside the records of pupils"),
    ],
)
def test_what_could_hide_a_pupil_or_a_result_is_noted(old, new, found):
    text = (Path(__file__).parent / "samples" / "skeleton.xml").read_text("utf-8").replace(old, new, 1)
    assert found in [each.found for each in read(text.encode()).tolerated if each.kind == "doubtful"]


def test_a_namespace_on_any_element_is_noted():
    text = (Path(__file__).parent / "samples" / "skeleton.xml").read_text("utf-8")
    assert not read(text.encode()).tolerated
    assert [each.kind for each in read(text.replace("<UPN>", "<UPN xmlns='urn:x'>").encode()).tolerated] == [
        "namespace"
    ]
