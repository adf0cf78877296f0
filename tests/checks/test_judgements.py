"""J01 to J04, J10, J14 and J15: each judgement by itself."""

from datetime import date

from checks.build import BEN, a_return, ctf, pupil, with_row
from checks.cases import Given, fires, passes

WRITING = ("GDS", "EXS", "WTS", "PK6", "PK5", "PK4", "PK3", "PK2", "PK1", "EM", "A", "L", "F", "P")
SCIENCE = ("EXS", "HNM", "A", "L", "F", "P")
READING = MATHS = ("PK6", "PK5", "PK4", "PK3", "PK2", "PK1", "EM", "A")

ASK = (
    "Ask the teacher which of EXS, HNM, A, L, F or P is right, enter it in the school's system,"
    " and export the file again."
)

# -- J01 -----------------------------------------------------------------------------------------------------------


@fires("J01", upn="P999999919001", pupil="Example, Ada", subject="writing", value=None, line=21, allowed=WRITING)
def test_a_writing_row_is_not_there():
    return ctf(gone=(30, 40))


@fires("J01", subject="science", value=None, line=21, allowed=SCIENCE, says="Ada Example has no science judgement.")
def test_a_science_row_is_not_there():
    return ctf(gone=(41, 51))


@fires("J01", subject="writing", line=21)
def test_a_row_without_a_result_is_no_judgement():
    return ctf((38, "<Result>EXS</Result>", ""))


@fires("J01", subject="science", line=55)
def test_an_empty_result_is_no_judgement():
    return ctf((105, "HNM", "  "))


@fires("J01", times=2, subject="writing", upn="P999999919001", line=21)
def test_a_pupil_has_no_judgements_at_all():
    return ctf(gone=(28, 52))


@fires("J01", times=2, pupil="Sample, Ben", subject="writing", line=None)
def test_it_is_said_without_a_register_and_without_a_file():
    return a_return(pupil(), pupil(BEN, writing="", science="  "))


@passes("J01")
def test_reading_and_maths_need_not_be_there():
    return ctf(gone=(64, 74))


@passes("J01")
def test_a_code_that_is_not_valid_is_not_missing():
    return a_return(pupil(writing="2B", science="X"))


@passes("J01")
def test_a_second_row_makes_up_for_an_empty_one():
    return ctf((38, "EXS", ""), with_row(40, "ENG", "TA", "WRI", "NC", "EXS"))


# -- J03 -----------------------------------------------------------------------------------------------------------


@fires("J03", upn="P999999919001", pupil="Example, Ada", subject="writing", value="2B", line=38, allowed=WRITING)
def test_a_level_is_no_code_any_more():
    return ctf((38, "EXS", "2B"))


@fires("J03", says="“2B” in writing, which has not been used since 2015 (it was a national curriculum level).")
def test_it_is_said_since_when_an_old_code_is_gone():
    return a_return(pupil(writing="2B"))


@fires("J03", subject="science", fix=ASK, says="“P4” in science, which is no longer used (it was a P scale).")
def test_an_old_code_is_gone_since_a_year_that_is_not_known():
    return a_return(pupil(science="P4"))


@fires("J03", subject="science", value="GDS", line=49, says="which is a code for writing only", allowed=SCIENCE)
def test_there_is_no_greater_depth_in_science():
    return ctf((49, "EXS", "GDS"))


@fires("J03", subject="writing", value="HNM", line=38, says="which is a code for science only")
def test_a_science_code_stands_in_writing():
    return ctf((38, "EXS", "HNM"))


@fires("J03", subject="reading", value="EXS", line=72, says="not been used since 2018", allowed=READING)
def test_a_standard_stands_in_reading():
    return ctf((72, "PK4", "EXS"))


@fires(
    "J03", subject="maths", value="WTS", line=94, allowed=MATHS, advises="If the pupil sits the maths test, leave maths"
)
def test_a_standard_in_maths_is_to_be_left_out_where_the_pupil_sits_the_test():
    return ctf((94, "PK3", "WTS"))


@fires("J03", subject="reading", value="L", says="which is a code for writing or science only")
def test_reading_has_no_code_for_leavers():
    return a_return(pupil(reading="L"))


@fires("J03", subject="writing", value="AS", says="which is a result of a test (achieved the expected standard")
def test_the_outcome_of_a_test_stands_in_writing():
    return a_return(pupil(writing="AS"))


@fires("J03", subject="writing", value="PK7", says="which is not a code of any teacher assessment")
def test_a_code_never_was():
    return a_return(pupil(writing="PK7"))


@fires("J03", value="2b", line=38, says="has “2b” in writing")
def test_a_wrong_code_is_shown_as_it_was_written():
    return ctf((38, "EXS", " 2b "))


@fires("J03", times=2, subject="writing", line=38)
def test_each_wrong_code_is_said():
    return ctf((38, "EXS", "2B"), (49, "EXS", "2B"))


@fires("J03", upn="D999999919002", value="3C")
def test_the_second_of_two_codes_is_looked_at_too():
    return a_return(pupil(), pupil(BEN, writing=("EXS", "3C")))


@passes("J03")
def test_every_code_of_every_list_is_valid():
    return a_return(
        *(pupil(writing=code) for code in WRITING),
        *(pupil(science=code) for code in SCIENCE),
        *(pupil(reading=code, maths=code) for code in READING),
    )


@passes("J03")
def test_small_letters_and_spaces_make_no_wrong_code():
    return ctf((38, "EXS", " exs "))


@passes("J03")
def test_an_empty_result_is_no_wrong_code():
    return ctf((38, "EXS", ""))


# -- J04 -----------------------------------------------------------------------------------------------------------


@fires("J04", upn="P999999919001", pupil="Example, Ada", subject="writing", value="GDS", line=40, says=": EXS and GDS.")
def test_a_pupil_has_two_codes_in_writing():
    return ctf(with_row(40, "ENG", "TA", "WRI", "NC", "GDS"))


@fires("J04", upn="D999999919002", subject="reading", value="EM", line=74, says=": PK4 and EM.")
def test_a_pupil_has_two_codes_in_reading():
    return ctf(with_row(74, "ENG", "TA", "REA", "NC", "EM"))


@fires("J04", times=2, subject="science", value="HNM")
def test_a_third_code_is_said_too():
    return a_return(pupil(science=("EXS", "HNM", "A")))


@fires("J04", subject="writing", value="WTS", says="EXS and WTS")
def test_an_empty_row_before_two_codes_does_not_count():
    return a_return(pupil(writing=("", "EXS", "WTS")))


@passes("J04")
def test_the_same_code_twice_is_one_code():
    return ctf(with_row(40, "ENG", "TA", "WRI", "NC", "EXS"))


@passes("J04")
def test_the_same_code_in_small_letters_is_the_same_code():
    return ctf(with_row(40, "ENG", "TA", "WRI", "NC", "exs"))


@passes("J04")
def test_a_code_and_an_empty_row_are_one_code():
    return ctf(with_row(40, "ENG", "TA", "WRI", "NC", ""))


@passes("J04")
def test_two_subjects_may_differ():
    return ctf()


@passes("J04")
def test_two_pupil_elements_with_one_upn_are_another_fault():
    return a_return(pupil(), pupil(writing="WTS"))


# -- J10 -----------------------------------------------------------------------------------------------------------


@fires("J10", upn="P999999919001", pupil="Example, Ada", subject="writing", value="2025", line=32, allowed=("2026",))
def test_a_row_is_of_last_year():
    return ctf((32, "2026", "2025"))


@fires("J10", subject="science", value=None, line=43, says="is of no year, and this return is of 2026")
def test_a_row_has_an_empty_year():
    return ctf((43, "2026", ""))


@fires("J10", subject="science", value=None, line=41)
def test_a_row_has_no_year():
    return ctf((43, "<Year>2026</Year>", ""))


@fires("J10", subject="science", value="2025/26", line=43, says="is of the year “2025/26”, and this return is of 2026.")
def test_a_year_is_a_school_year():
    return ctf((43, "2026", "2025/26"))


@fires("J10", times=6, subject="writing", line=32)
def test_the_year_that_was_asked_for_decides():
    return Given(ctf(), year=2025)


@passes("J10")
def test_a_row_is_of_this_year():
    return ctf((32, "2026", " 2026 "))


@passes("J10")
def test_rows_of_other_assessments_may_be_of_other_years():
    return ctf(with_row(52, "ENG", "TA", "REA", "NC", "2B", year="2022", stage="KS1"))


@passes("J10", ran=False)
def test_records_have_no_rows():
    return a_return(pupil())


# -- J14: the school year 2025/26 began on 1 September 2025 -----------------------------------------------------------


@fires("J14", upn="P999999919001", subject="writing", value="2026-06-21", line=39, says="which is yet to come")
def test_a_judgement_is_of_tomorrow():
    return ctf((39, "2026-06-12", "2026-06-21"))


@fires("J14", subject="science", value="2025-08-31", line=50, says="which is before the school year began")
def test_a_judgement_is_of_last_school_year():
    return ctf((50, "2026-06-12", "2025-08-31"))


@fires("J14", subject="science", value="June", line=50, says="which cannot be read")
def test_the_date_of_a_judgement_is_no_date():
    return ctf((50, "2026-06-12", "June"))


@fires("J14", times=6)
def test_today_is_what_was_passed_in():
    return Given(ctf(), today=date(2026, 6, 11))


@passes("J14")
def test_a_judgement_is_of_today():
    return ctf((39, "2026-06-12", "2026-06-20"))


@passes("J14")
def test_a_judgement_is_of_the_first_day_of_the_school_year():
    return ctf((39, "2026-06-12", "2025-09-01"))


@passes("J14")
def test_a_judgement_has_no_date():
    return ctf((39, "<ResultDate>2026-06-12</ResultDate>", ""))


@passes("J14")
def test_a_date_may_have_a_time():
    return ctf((39, "2026-06-12", "2026-06-12T00:00:00"))


# -- J15 -----------------------------------------------------------------------------------------------------------


@fires("J15", upn="P999999919001", subject="writing", value="EXS", line=38, says="stands as “exs” and was read as EXS")
def test_a_code_is_written_in_small_letters():
    return ctf((38, "EXS", "exs"))


@fires("J15", subject="science", value="HNM", line=105, says="stands as “ HNM”")
def test_a_code_has_a_space_before_it():
    return ctf((105, "HNM", " HNM"))


@fires("J15", pupil="Example, Ada", value="PK4", says="“pk4 ”")
def test_a_code_in_a_record_is_tidied_too():
    return a_return(pupil(reading="pk4 "))


@passes("J15")
def test_a_code_stands_as_it_should():
    return ctf()


@passes("J15")
def test_a_wrong_code_is_not_tidied():
    return ctf((38, "EXS", "2b"))


@fires("J04", subject="writing", says="EXS and GDS")
def test_two_codes_in_one_row_differ():
    return Given(ctf((38, "<Result>EXS</Result>", "<Result>EXS</Result><Result>GDS</Result>")))
