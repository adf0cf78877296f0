"""From a file to a return: which rows are teacher assessments of this return, and what the others are."""

from datetime import date

import pytest

from ctf.made import HEADER, IDENTITY, MTC, SKELETON, YEAR, ctf, key_stage, pupil, read_text, row
from keystage.ctf import read
from keystage.ctf.to_return import collection_year, to_return
from keystage.returns.judgement import Judgement
from keystage.returns.value import Extra
from keystage.years import Subject


def extras(*rows: str, stage: str = "KS2") -> list[tuple[str, str]]:
    stages = f"<StageAssessments>{key_stage(*rows, stage=stage)}</StageAssessments>"
    found = to_return(read_text(ctf(f"<Pupil>{IDENTITY}{stages}</Pupil>")), YEAR)
    assert found.pupils[0].judgements == ()
    return [(extra.kind, extra.name) for extra in found.extras]


def test_the_skeleton_is_a_return_of_one_pupil():
    found = to_return(read(SKELETON), YEAR)
    (ada,) = found.pupils
    assert (found.school, found.year, found.extras) == ("9999999", 2026, ())
    assert (ada.upn, ada.name, ada.birth_date, ada.sex) == ("P999999919001", "Example, Ada", date(2014, 11, 3), "F")
    assert ada.judgements == (
        Judgement(Subject.WRITING, "EXS", "EXS", "2026", "2026-06-18"),
        Judgement(Subject.SCIENCE, "EXS", "EXS", "2026", "2026-06-18"),
    )


def test_the_sample_holds_no_teacher_assessment_but_the_multiplication_tables_check():
    found = to_return(read(MTC), YEAR)
    assert [p.judgements for p in found.pupils] == [(), (), (), (), ()]
    assert {(extra.kind, extra.name) for extra in found.extras} == {("other", "multiplication tables check")}
    assert [extra.pupil for extra in found.extras] == [0, 1, 2, 3, 4]
    assert [found.source.place(extra.at, "code").line for extra in found.extras] == [40, 62, 84, 106, 128]


@pytest.mark.parametrize(
    ("subject", "component", "meant"),
    [
        ("ENG", "WRI", Subject.WRITING),
        ("ENG", "REA", Subject.READING),
        ("MAT", "MAT", Subject.MATHS),
        ("SCI", "SCI", Subject.SCIENCE),
        (" eng ", "wri", Subject.WRITING),
    ],
)
def test_a_row_is_known_by_its_codes_whatever_their_case_and_spaces(subject, component, meant):
    found = to_return(read_text(ctf(pupil(row(subject=subject, component=component)))), YEAR)
    assert found.pupils[0].judgements[0].subject is meant


def test_a_code_is_read_tidied_and_kept_as_written():
    found = to_return(read_text(ctf(pupil(row(" exs\n")))), YEAR)
    assert found.pupils[0].judgements == (Judgement(Subject.WRITING, "EXS", " exs\n", "2026"),)


def test_every_judgement_is_kept_with_its_place():
    found = to_return(read_text(ctf(pupil(row("EXS"), row("GDS"), row("")), pupil(row("A")))), YEAR)
    assert [[j.code for j in p.judgements] for p in found.pupils] == [["EXS", "GDS", ""], ["A"]]
    lines = [[found.source.place(at, "code").line for at in p.judgements_at] for p in found.pupils]
    assert lines == [[15, 16, 17], [23]]
    assert [found.source.place(p.at).line for p in found.pupils] == [12, 20]


def test_judgements_and_other_rows_are_told_apart_in_one_pupil():
    test = row("105").replace(">TA<", ">TT<").replace(">WRI<", ">REA<").replace(">NC<", ">NS<")
    found = to_return(read_text(ctf(pupil(test, row("GDS"), test))), YEAR)
    assert [j.code for j in found.pupils[0].judgements] == ["GDS"]
    assert [found.source.place(at).line for at in found.pupils[0].judgements_at] == [16]
    assert found.extras == (
        Extra("test", "reading test scaled", 0, found.source.rows_at[0][0]),
        Extra("test", "reading test scaled", 0, found.source.rows_at[0][2]),
    )


@pytest.mark.parametrize(
    ("stage", "subject", "method", "component", "qualifier", "kind", "name"),
    [
        ("KS1", "PHO", "TT", "CHK", "NM", "other", "phonics screening check"),
        ("KS1", "ENG", "TA", "WRI", "NC", "other", "key stage 1 teacher assessment"),
        ("KS1", "ENG", "TT", "SPE", "NM", "other", "key stage 1 tests"),
        ("EYF", "LIT", "FA", "E08", "FD", "other", "early years foundation stage profile"),
        ("KS2", "MAT", "TT", "MTC", "MT", "other", "multiplication tables check"),
        ("KS2", "ENG", "TA", "WRI", "NL", "unknown", "KS2 ENG TA WRI NL"),
        ("KS2", "ENG", "TA", "", "NC", "unknown", "KS2 ENG TA – NC"),
        ("KS3", "ENG", "TA", "WRI", "NC", "unknown", "KS3 ENG TA WRI NC"),
    ],
)
def test_every_other_row_is_kept_and_named(stage, subject, method, component, qualifier, kind, name):
    other = row("1", subject=subject, component=component).replace(">TA<", f">{method}<")
    assert extras(other.replace(">NC<", f">{qualifier}<"), stage=stage) == [(kind, name)]


def test_names_are_read_without_the_space_around_them_and_the_upn_as_it_stands():
    identity = IDENTITY.replace("Example", " Example ").replace("P999", " p999")
    (found,) = to_return(read_text(ctf(pupil(identity=identity))), YEAR).pupils
    assert (found.surname, found.upn) == ("Example", " p999999919001")


@pytest.mark.parametrize("written", ["03/11/2014", "2014-11-31", "", "3 Nov 2014", "2014-11-03T00:00:00"])
def test_a_birth_date_that_is_not_of_the_file_format_is_kept_as_text_alone(written):
    (found,) = to_return(read_text(ctf(pupil(identity=IDENTITY.replace("2014-11-03", written)))), YEAR).pupils
    assert (found.birth_date, found.birth_text) == (None, written)


def test_the_former_upn_comes_with_the_pupil():
    before = "<BasicDetails><FormerUPN> D999999919002 </FormerUPN></BasicDetails>"
    assert to_return(read_text(ctf(pupil(before=before))), YEAR).pupils[0].former_upn == "D999999919002"


# -- the year ----------------------------------------------------------------------------------------------------------


def year_of(*years: str, header: str = HEADER) -> int | None:
    return collection_year(read_text(ctf(pupil(*(row(year=year) for year in years)), header=header)))


def test_the_year_is_the_commonest_of_the_teacher_assessments():
    assert year_of("2025", "2026", "2026") == 2026
    assert year_of("2025", "2025", "2026") == 2025


def test_of_years_as_common_the_earliest_is_taken_whatever_their_order():
    assert year_of("2026", "2025") == year_of("2025", "2026") == 2025


def test_without_teacher_assessment_it_is_the_year_in_which_the_school_year_ends():
    assert collection_year(read(MTC)) == 2026
    assert year_of(header=HEADER.replace(">2025<", ">2023<")) == 2024


def test_the_version_never_says_the_year():
    bare = HEADER.replace("<AcademicYear>2025</AcademicYear>", "")
    assert year_of(header=bare) is None
    assert year_of("2025", header=bare) == 2025


@pytest.mark.parametrize("year", ["", "26", "202six", "٢٠٢٦", "20266"])
def test_what_is_no_year_does_not_count(year):
    assert year_of(year, year, "2024") == 2024


def test_rows_of_other_assessments_do_not_count():
    stages = key_stage(*[row(year="2022")] * 3, stage="KS1") + key_stage(row(year="2026"))
    text = ctf(f"<Pupil>{IDENTITY}<StageAssessments>{stages}</StageAssessments></Pupil>")
    assert collection_year(read_text(text)) == 2026
