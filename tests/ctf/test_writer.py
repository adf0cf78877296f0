"""What is written: the order of the specification, nothing empty, the same bytes each time; and it reads back equal."""

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from ctf.made import SCIENCE, SKELETON, WRITING
from keystage.ctf import CtfFile, CtfPupil, Header, Row, School, read, write
from keystage.ctf.model import Section
from keystage.ctf.versions import sex_tag
from keystage.ctf.writer import CannotWrite, lines, to_bytes

HEADER = Header(
    *("Common Transfer File", "25.0", "2026-06-18T14:05:00", "partial", "", "Partial CTF containing Key Stage 2 data"),
    supplier="ExampleMIS",
    source=School("999", "9999", "", "Invented Primary School", "2025"),
    destination=School("NAA", "LLLL"),
)
ADA = CtfPupil("P999999919001", "Example", "Ada", "2014-11-03", "F", (WRITING, SCIENCE))


def written(*pupils: CtfPupil, header: Header = HEADER) -> str:
    return to_bytes(CtfFile(header, pupils)).decode()


def tags(text: str) -> list[str]:
    return [element.tag for element in etree.fromstring(text.encode()).iter()]


def test_the_skeleton_of_the_facts_is_written_as_it_stands():
    dated = ADA._replace(rows=tuple(row._replace(date="2026-06-18") for row in ADA.rows))
    assert written(dated) == SKELETON.read_text("utf-8")


def test_the_elements_stand_in_the_order_of_the_specification():
    pupil = ADA._replace(
        rows=(replace_all(WRITING),),
        other=(("UCI", "U"), ("UniqueLearnerNumber", "9999999998")),
        sections=(Section("SchoolHistory", "<SchoolHistory/>"), Section("Address", "<Address/>")),
    )
    header = replace(HEADER, data_qualifier="D", source=replace(HEADER.source, urn="123456"))
    assert tags(written(pupil, header=header)) == [
        *("CTfile", "Header", "DocumentName", "CTFversion", "DateTime", "DocumentQualifier", "DataQualifier"),
        *("DataDescriptor", "SupplierID", "SourceSchool", "LEA", "Estab", "URN", "SchoolName", "AcademicYear"),
        *("DestSchool", "LEA", "Estab", "CTFpupilData", "Pupil", "UPN", "UniqueLearnerNumber", "UCI", "Surname"),
        *("Forename", "DOB", "Sex", "Address", "StageAssessments", "KeyStage", "Stage", "StageAssessment", "Locale"),
        *("Year", "Subject", "Method", "Component", "ResultStatus", "ResultQualifier", "Result", "ResultDate"),
        "SchoolHistory",
    ]


def replace_all(row: Row) -> Row:
    return row._replace(date="2026-06-18")


def test_nothing_empty_is_written():
    assert tags(written(CtfPupil(), CtfPupil(upn="X"), header=Header())) == [
        *("CTfile", "Header", "CTFpupilData", "Pupil", "Pupil", "UPN"),
    ]


def test_a_row_of_a_file_that_has_no_stage_is_written_without_one():
    assert "Stage>" not in written(ADA._replace(rows=(Row(result="EXS"),))).replace("KeyStage>", "")


def test_the_same_file_is_written_as_the_same_bytes():
    assert written(ADA, ADA) == written(ADA, ADA)
    sink = io.BytesIO()
    write(CtfFile(HEADER, (ADA,)), sink)
    assert sink.getvalue().decode() == written(ADA)


def test_it_begins_with_a_declaration_and_no_byte_order_mark_and_lines_end_in_a_line_feed():
    text = written(ADA)
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<CTfile>\n')
    assert text.endswith("</CTfile>\n")
    assert "\r" not in text


@pytest.mark.parametrize(("version", "tag"), [("22.0", "Gender"), ("23.0", "Sex"), ("25.0", "Sex"), ("15.0", "Gender")])
def test_the_tag_for_sex_is_that_of_the_version(version, tag):
    assert f"<{tag}>F</{tag}>" in written(ADA, header=replace(HEADER, version=version))


def test_rows_stand_in_one_key_stage_for_each_run_of_a_stage():
    rows = (WRITING, SCIENCE, WRITING._replace(stage="KS1"), WRITING)
    assert written(ADA._replace(rows=rows)).count("<KeyStage>") == 3
    assert read(written(ADA._replace(rows=rows)).encode()).pupils[0].rows == rows


def test_signs_of_xml_in_a_text_are_escaped():
    text = written(ADA._replace(surname="<A> & 'B' \"C\""))
    assert "<Surname>&lt;A&gt; &amp; 'B' \"C\"</Surname>" in text


def test_a_carriage_return_is_kept_as_a_reference():
    assert "<Surname>a&#13;\nb</Surname>" in written(ADA._replace(surname="a\r\nb"))


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\ufffe", "\ud800"])
@pytest.mark.parametrize("where", ["surname", "birth_date", "section", "row", "other"])
def test_a_control_character_is_refused_by_the_name_of_the_pupil(character, where):
    bad = f"Exam{character}ple"
    pupil = {
        "surname": ADA._replace(surname=bad),
        "birth_date": ADA._replace(birth_date=bad),
        "section": ADA._replace(sections=(Section("BasicDetails", f"<BasicDetails>{bad}</BasicDetails>"),)),
        "row": ADA._replace(rows=(WRITING._replace(result=bad),)),
        "other": ADA._replace(other=(("UCI", bad),)),
    }[where]
    with pytest.raises(CannotWrite) as caught:
        written(CtfPupil("D999999919002"), pupil)
    assert str(caught.value).startswith("Ada Example (P999999919001): ")
    assert f"U+{ord(character):04X}" in str(caught.value)
    assert character not in str(caught.value)


def test_a_control_character_in_the_header_is_refused():
    with pytest.raises(CannotWrite, match=r"U\+0001"):
        written(header=replace(HEADER, supplier="a\x01"))


def test_pupils_are_taken_one_at_a_time():
    taken = []

    def pupils():
        for number in range(3):
            taken.append(number)
            yield ADA

    pieces = lines(HEADER, pupils())
    while taken == []:
        next(pieces)
    assert taken == [0]


# -- what is written reads back equal ----------------------------------------------------------------------------------

texts = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\ufffe\uffff").filter(
        lambda c: c >= " " or c in "\t\n\r"
    ),
    max_size=20,
)
tidy = texts.map(str.strip)
names = st.sampled_from(["Shoe", "éclair", "x:Hat", "Result2"])
others = st.lists(st.tuples(names, texts.filter(bool)), max_size=2).map(tuple)
rows = st.builds(lambda stage, fields, other: Row(stage, *fields, other), tidy, st.tuples(*[texts] * 9), others)
sections = st.lists(
    st.sampled_from(
        [
            Section("Address", "<Address><County>Kent &amp; Sussex</County></Address>"),
            Section("BasicDetails", "<BasicDetails>\r\n<FormerUPN>X</FormerUPN></BasicDetails>"),
            Section("Shoe", "<Shoe size='4'/>"),
        ]
    ),
    max_size=3,
).map(tuple)
pupils = st.builds(
    CtfPupil,
    texts,
    texts,
    texts,
    texts,
    texts,
    st.lists(rows, max_size=3).map(tuple),
    st.sampled_from([(), (("UCI", "1"),), (("UniqueLearnerNumber", "9"), ("UCI", " 1 "))]),
    sections,
)
schools = st.builds(School, tidy, tidy, tidy, tidy, tidy)
versions = st.one_of(tidy, st.sampled_from(["15.0", "22.0", "23.0", "25.0"]))
headers = st.builds(Header, tidy, versions, tidy, tidy, tidy, tidy, tidy, schools, schools, sections)
files = st.builds(CtfFile, headers, st.lists(pupils, max_size=3).map(tuple))


@settings(max_examples=150, deadline=None)
@given(files)
def test_what_is_written_reads_back_equal(file):
    data = to_bytes(file)
    assert read(data) == file
    assert to_bytes(read(data)) == data


@settings(max_examples=50, deadline=None)
@given(files)
def test_what_is_written_needs_no_tolerance(file):
    found = read(to_bytes(file))
    assert found.tolerated == ()
    assert {tag for tag, _ in found.sex_tags} <= {sex_tag(file.header.version)}
