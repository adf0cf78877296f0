"""From a return to the file that travels, and back: nothing that the return says is lost."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctf.made import YEAR
from keystage.ctf import CtfPupil, Header, Row, School, read
from keystage.ctf.from_return import from_return
from keystage.ctf.to_return import to_return
from keystage.ctf.writer import to_bytes
from keystage.returns.changes import changes
from keystage.returns.fingerprint import fingerprint
from keystage.returns.judgement import Judgement, judgement
from keystage.returns.value import Pupil, Return
from keystage.years import Subject, load

MADE = datetime(2026, 6, 18, 14, 5)  # noqa: DTZ001
ADA = Pupil(
    *("P999999919001", "Example", "Ada", date(2014, 11, 3), "2014-11-03", "F"),
    judgements=(judgement(Subject.WRITING, "exs "), judgement(Subject.SCIENCE, "HNM", date="2026-06-17")),
)


def file_of(*pupils: Pupil, year=YEAR, **named: str):
    return from_return(Return("9999999", year.year, pupils), year, made=MADE, **named)


def test_the_header_is_that_of_a_partial_file_for_the_national_agency():
    header = file_of(ADA, school_name="Invented Primary School", urn="123456").header
    assert header == Header(
        *("Common Transfer File", "25.0", "2026-06-18T14:05:00", "partial", ""),
        *("Partial CTF containing Key Stage 2 data", "Keystage"),
        source=School("999", "9999", "123456", "Invented Primary School", "2025"),
        destination=School("NAA", "LLLL"),
    )


def test_a_pupil_is_written_with_the_codes_as_they_are_read():
    assert file_of(ADA).pupils == (
        CtfPupil(
            *("P999999919001", "Example", "Ada", "2014-11-03", "F"),
            (
                Row("KS2", "ENG", "2026", "ENG", "TA", "WRI", "R", "NC", "EXS"),
                Row("KS2", "ENG", "2026", "SCI", "TA", "SCI", "R", "NC", "HNM", "2026-06-17"),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("subject", "row"),
    [
        (Subject.READING, ("ENG", "TA", "REA")),
        (Subject.WRITING, ("ENG", "TA", "WRI")),
        (Subject.MATHS, ("MAT", "TA", "MAT")),
        (Subject.SCIENCE, ("SCI", "TA", "SCI")),
    ],
)
def test_each_subject_has_its_row(subject, row):
    pupil = ADA._replace(judgements=(judgement(subject, "A"),))
    (found,) = file_of(pupil).pupils[0].rows
    assert (found.subject, found.method, found.component) == row


def test_a_subject_without_a_code_is_left_out():
    pupil = ADA._replace(judgements=(judgement(Subject.WRITING, " "), judgement(Subject.SCIENCE, "EXS")))
    assert [row.subject for row in file_of(pupil).pupils[0].rows] == ["SCI"]


def test_the_version_and_the_years_are_those_of_the_collection_year():
    file = file_of(ADA, year=load(2022))
    assert (file.header.version, file.header.source.academic_year) == ("21.0", "2021")
    assert {row.year for row in file.pupils[0].rows} == {"2022"}
    assert b"<Gender>F</Gender>" in to_bytes(file)


def test_a_birth_date_that_could_not_be_read_is_written_as_it_was():
    assert file_of(ADA._replace(birth_date=None, birth_text="3/11/14")).pupils[0].birth_date == "3/11/14"


def test_a_former_upn_is_written_and_reads_back():
    file = file_of(ADA._replace(former_upn="D999999919002"))
    assert file.pupils[0].former_upn == "D999999919002"
    assert to_return(read(to_bytes(file)), YEAR).pupils[0].former_upn == "D999999919002"


# -- there and back ----------------------------------------------------------------------------------------------------

words = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=12).map(
    str.strip
)
codes = st.sampled_from(["GDS", "EXS", "WTS", "HNM", "PK1", "EM", "A", "L", "2B", "exs", " pk3 "])
judgements = st.lists(st.builds(judgement, st.sampled_from(Subject), codes), max_size=5).map(tuple)


def as_pupil(upn, surname, forename, born, sex, former, judged):
    return Pupil(upn, surname, forename, born, born.isoformat() if born else "", sex, former, judged)


pupils = st.builds(
    as_pupil,
    words,
    words,
    words,
    st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2030, 1, 1))),
    words,
    st.sampled_from(["", "P999999919001"]),
    judgements,
)
returns = st.builds(
    Return, st.from_regex(r"[0-9]{7}", fullmatch=True), st.just(2026), st.lists(pupils, max_size=4).map(tuple)
)


@settings(max_examples=100, deadline=None)
@given(returns)
def test_a_return_keeps_its_fingerprint_through_a_file(made):
    back = to_return(read(to_bytes(from_return(made, YEAR, made=MADE))), YEAR)
    assert fingerprint(back) == fingerprint(made)
    assert back.school == made.school


def test_a_return_says_the_same_after_a_file_as_before():
    made = Return("9999999", 2026, (ADA, ADA._replace(upn="D999999919002", surname="O’Brien & Ní Bhriain")))
    back = to_return(read(to_bytes(from_return(made, YEAR, made=MADE))), YEAR)
    assert not changes(made, back)
    assert [p.surname for p in back.pupils] == ["Example", "O’Brien & Ní Bhriain"]
    assert back.pupils[0].judgements[1] == Judgement(Subject.SCIENCE, "HNM", "HNM", "2026", "2026-06-17")
