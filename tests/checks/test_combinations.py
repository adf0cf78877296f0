"""J06 to J09: a pupil's judgements together."""

from checks.build import BEN, a_return, ctf, pupil
from checks.cases import fires, passes

# -- J06 -----------------------------------------------------------------------------------------------------------


@fires("J06", upn="D999999919002", pupil="Sample, Ben", subject="science", value="EXS", line=105)
def test_a_pupil_below_the_standard_in_writing_meets_it_in_science():
    return ctf((105, "HNM", "EXS"))


@fires("J06", says="has EXS in science and PK5 in writing", allowed=("HNM", "A", "L", "F", "P"))
def test_both_codes_are_said():
    return ctf((105, "HNM", "EXS"))


@fires("J06", times=7, subject="science")
def test_the_engagement_model_and_all_six_pre_key_stage_standards_count():
    return a_return(*(pupil(writing=code) for code in ("PK1", "PK2", "PK3", "PK4", "PK5", "PK6", "EM")))


@fires("J06", value="2B")
def test_a_code_that_is_not_valid_is_not_the_expected_one():
    return a_return(pupil(writing="PK1", science="2B"))


@passes("J06")
def test_science_has_one_of_the_five_codes_that_go_with_it():
    return a_return(*(pupil(writing="PK5", science=code) for code in ("HNM", "A", "L", "F", "P")))


@passes("J06")
def test_working_towards_the_standard_is_not_below_it():
    return a_return(pupil(writing="WTS", science="EXS"))


@passes("J06")
def test_a_pupil_without_a_judgement_in_writing_may_meet_the_standard_in_science():
    return a_return(*(pupil(writing=code) for code in ("A", "L", "F", "P", "")))


@passes("J06")
def test_reading_and_maths_below_the_standard_do_not_count():
    return a_return(pupil(reading="PK1", maths="EM"))


@passes("J06")
def test_science_that_is_missing_is_another_fault():
    return a_return(pupil(writing="PK5", science=""))


# -- J07 -----------------------------------------------------------------------------------------------------------


@fires("J07", upn="P999999919001", pupil="Example, Ada", subject="writing", value="L", line=38, allowed=())
def test_a_pupil_has_left_in_writing_only():
    return ctf((38, "EXS", "L"))


@fires("J07", subject="science", value="L", line=49, says="has L (has left the school) in science and EXS in writing")
def test_a_pupil_has_left_in_science_only():
    return ctf((49, "EXS", "L"))


@fires("J07", subject="writing", value="L", line=38, says="in writing and no judgement in science")
def test_a_pupil_has_left_in_writing_and_nothing_in_science():
    return ctf((38, "EXS", "L"), (49, "EXS", ""))


@fires("J07", subject="writing")
def test_a_future_year_in_science_is_no_leaving():
    return a_return(pupil(writing="L", science="F"))


@passes("J07")
def test_a_pupil_has_left_in_both():
    return ctf((38, "EXS", "L"), (49, "EXS", "l"))


@passes("J07")
def test_a_pupil_has_not_left():
    return ctf()


@passes("J07")
def test_reading_and_maths_need_no_l():
    return a_return(pupil(reading="PK4", maths="PK4", writing="L", science="L"))


# -- J08 -----------------------------------------------------------------------------------------------------------


@fires(
    "J08", upn="D999999919002", pupil="Sample, Ben", subject="reading", value="EM", line=72, says="and PK5 in writing"
)
def test_the_engagement_model_in_reading_and_a_pre_key_stage_standard_in_writing():
    return ctf((72, "PK4", "EM"))


@fires("J08", subject="maths", value="EM", line=94, says="EM (engagement model) in maths and PK4 in reading")
def test_the_engagement_model_in_maths_and_pre_key_stage_standards_in_reading_and_writing():
    return ctf((94, "PK3", "EM"))


@fires("J08", subject="writing", value="EM", line=83)
def test_the_engagement_model_in_writing_and_pre_key_stage_standards_in_the_tested_subjects():
    return ctf((83, "PK5", "EM"))


@fires("J08", subject="reading", says="and EXS in writing")
def test_the_engagement_model_in_reading_and_a_standard_in_writing():
    return a_return(pupil(reading="EM"))


@passes("J08")
def test_the_engagement_model_in_all_three():
    return a_return(pupil(reading="EM", writing="EM", maths="EM", science="HNM"))


@passes("J08")
def test_science_never_counts():
    return a_return(pupil(reading="EM", writing="EM", maths="EM", science="EXS"))


@passes("J08")
def test_a_pupil_without_judgements_in_the_other_subjects_is_not_mixed():
    return a_return(pupil(reading="EM", writing="A", maths="A"), pupil(BEN, writing="EM", science="HNM"))


@passes("J08")
def test_pre_key_stage_standards_with_standards_are_not_mixed():
    return a_return(pupil(reading="PK6", writing="WTS"))


# -- J09 -----------------------------------------------------------------------------------------------------------


@fires(
    "J09", upn="P999999919001", pupil="Example, Ada", subject="writing", value="F", line=38, says="and EXS in science"
)
def test_a_future_year_in_writing_only():
    return ctf((38, "EXS", "F"))


@fires("J09", subject="science", value="P", line=49, says="has P (finished the key stage in an earlier year")
def test_an_earlier_year_in_science_only():
    return ctf((49, "EXS", "P"))


@fires("J09", subject="science", says="and no judgement in writing")
def test_a_future_year_in_science_and_nothing_in_writing():
    return a_return(pupil(writing="", science="F"))


@passes("J09")
def test_a_future_year_in_both():
    return a_return(pupil(writing="F", science="F"))


@passes("J09")
def test_a_future_year_in_one_and_an_earlier_one_in_the_other():
    return a_return(pupil(writing="F", science="P"))


@passes("J09")
def test_this_year_in_both():
    return ctf()
