"""J11 to J13: rows that are no teacher assessment of this return."""

from checks.build import ctf, with_row
from checks.cases import fires, passes

SCORE = ("ENG", "TT", "REA", "NS", "104")
MARK = ("MAT", "TT", "MAT", "NM", "61")
TABLES = ("MAT", "TT", "MTC", "NM", "25")
PHONICS = ("PHO", "TA", "PHO", "NM", "33")

# -- J11 -----------------------------------------------------------------------------------------------------------


@fires(
    "J11", upn=None, pupil=None, value="key stage 2 tests", line=51, says="also holds 1 result of the key stage 2 tests"
)
def test_a_scaled_score_stands_in_the_file():
    return ctf(with_row(51, *SCORE))


@fires("J11", line=40, says="also holds 2 results of the key stage 2 tests")
def test_results_are_counted_and_said_once_at_the_first():
    return ctf(with_row(40, *SCORE), with_row(107, *MARK))


@passes("J11")
def test_the_multiplication_tables_check_is_no_such_test():
    return ctf(with_row(51, *TABLES))


@passes("J11")
def test_a_return_holds_teacher_assessments_alone():
    return ctf()


# -- J12 -----------------------------------------------------------------------------------------------------------


@fires("J12", upn=None, value="multiplication tables check", line=51, says="1 result of another assessment")
def test_the_multiplication_tables_check_stands_in_the_file():
    return ctf(with_row(51, *TABLES))


@fires("J12", value="phonics screening check", line=52, says="holds 2 results of another assessment")
def test_phonics_results_are_counted():
    return ctf(with_row(52, *PHONICS, stage="KS1"), with_row(108, *PHONICS, stage="KS1"))


@fires("J12", times=2, value="multiplication tables check")
def test_each_assessment_is_said_by_itself():
    return ctf(with_row(40, *TABLES), with_row(108, *PHONICS, stage="KS1"))


@fires("J12", value="key stage 1 teacher assessment")
def test_key_stage_1_is_another_assessment():
    return ctf(with_row(52, "ENG", "TA", "REA", "NC", "2B", year="2022", stage="KS1"))


@fires("J12", value="early years foundation stage profile")
def test_the_early_years_are_another_assessment():
    return ctf(with_row(52, "COM", "TA", "LAU", "NL", "2", year="2020", stage="EYF"))


@passes("J12")
def test_test_results_are_no_other_assessment():
    return ctf(with_row(51, *SCORE))


@passes("J12")
def test_nothing_else_stands_in_the_file():
    return ctf()


# -- J13 -----------------------------------------------------------------------------------------------------------


@fires("J13", upn="P999999919001", pupil="Example, Ada", value="KS2 ENG TA WRI NL", line=40, subject=None)
def test_a_qualifier_is_not_known():
    return ctf(with_row(40, "ENG", "TA", "WRI", "NL", "4"))


@fires("J13", value="KS2 HIS TA HIS NC", line=107)
def test_a_subject_is_not_known():
    return ctf(with_row(107, "HIS", "TA", "HIS", "NC", "EXS"))


@fires("J13", value="KS2 ENG XX WRI NC")
def test_a_method_is_not_known():
    return ctf(with_row(40, "ENG", "XX", "WRI", "NC", "EXS"))


@fires("J13", value="KS2 ENG TA SPK NC")
def test_a_component_is_not_known():
    return ctf(with_row(40, "ENG", "TA", "SPK", "NC", "EXS"))


@fires("J13", value="KS3 ENG TA WRI NC", line=52)
def test_a_stage_is_not_known():
    return ctf(with_row(52, "ENG", "TA", "WRI", "NC", "5", stage="KS3"))


@fires("J13", value="KS2 ENG TA – NC")
def test_a_component_is_missing():
    return ctf(with_row(40, "ENG", "TA", "", "NC", "EXS"))


@fires("J13", times=2, line=40)
def test_each_row_is_named():
    return ctf(with_row(40, "ENG", "TA", "SPK", "NC", "EXS"), with_row(107, "ENG", "TA", "SPK", "NC", "EXS"))


@passes("J13")
def test_small_letters_are_known():
    return ctf((35, "WRI", "wri"), (34, "TA", " ta "))


@passes("J13")
def test_locale_and_status_say_nothing_about_a_row():
    return ctf((31, "ENG", "WLS"), (36, ">R<", ">P<"))


@passes("J13")
def test_rows_of_tests_and_of_other_assessments_are_known():
    return ctf(with_row(40, *SCORE), with_row(107, *TABLES))
