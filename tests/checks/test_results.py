"""R01 to R06: results. In 2026 reading gives 50 marks, grammar 70 and maths 110; 25, 34 and 56 of them make 100."""

from checks.build import ADA, BEN, CAI, DEE, YEAR, a_return, expected, pupil, register, result, some_results
from checks.cases import Given, fires, passes
from keystage.ctf.reader import read
from keystage.ctf.results import to_results
from keystage.sheets import read_results

SOUND = result(reading=(25, 100, "AS"), gps=(34, 100, "AS"), maths=(56, 100, "AS"))
NOTHING = ("", "", "")

# -- R01 -----------------------------------------------------------------------------------------------------------


@fires("R01", upn="D999999919002", pupil="Sample, Ben", value="D999999919002", subject=None, line=None)
def test_a_pupil_with_results_is_not_on_the_register():
    return Given(some_results(SOUND, result(BEN, reading=(25, 100, "AS"))), register=register(expected()))


@fires("R01", says="Ben Sample (UPN D999999919002) has results but is not on the register.")
def test_the_pupil_and_the_upn_are_said():
    return Given(some_results(SOUND, result(BEN, reading=(25, 100, "AS"))), register=register(expected()))


@fires("R01", upn="D999999919002", says="is registered to sit a test but has no results.")
def test_an_expected_pupil_is_not_in_the_results():
    return Given(some_results(SOUND), register=register(expected(), expected(BEN)))


@fires("R01", upn="D999999919002", says="is registered to sit a test but has no results.")
def test_an_expected_pupil_is_in_the_results_without_any():
    return Given(some_results(SOUND, result(BEN)), register=register(expected(), expected(BEN)))


@fires("R01", upn="T999999919003")
def test_a_pupil_who_sits_one_test_is_expected_to_have_a_result():
    return Given(some_results(SOUND), register=register(expected(), expected(CAI, reading="below", maths="below")))


@fires("R01", line=3, value="D999999919002")
def test_the_line_is_said_where_there_is_one():
    rows = b"UPN,SURNAME,FORENAME,READSCORE\nP999999919001,Example,Ada,100\nD999999919002,Sample,Ben,100\n"
    return Given(read_results(rows, YEAR), register=register(expected()))


@fires("R01", upn=None, pupil="Sample, Ben", says="Ben Sample has results but is not")
def test_a_pupil_with_results_has_no_upn():
    return Given(some_results(result(("", *BEN[1:]), reading=(25, 100, "AS"))), register=register())


@passes("R01")
def test_register_and_results_hold_the_same_pupils():
    return Given(some_results(SOUND), register=register(expected()))


@passes("R01")
def test_a_pupil_is_found_by_a_former_upn():
    return Given(some_results(result(CAI, former_upn=ADA[0], reading=(25, 100, "AS"))), register=register(expected()))


@passes("R01")
def test_pupils_who_sit_no_test_need_no_results():
    below = expected(BEN, reading="below", maths="below", gps="below")
    named = result(BEN)
    gone = expected(CAI, status="left"), expected(DEE, status="unregistered")
    return Given(some_results(SOUND, named), register=register(expected(), below, *gone))


@passes("R01", ran=False)
def test_without_a_register_nobody_is_expected():
    return some_results(SOUND)


# -- R02 -----------------------------------------------------------------------------------------------------------


@fires(
    "R02", upn="P999999919001", pupil="Example, Ada", subject="reading", value="121", says="not a score from 80 to 120"
)
def test_a_score_is_above_120():
    return some_results(result(reading=(50, 121, "AS")))


@fires(
    "R02", subject="maths", value="79", says="has the scaled score “79” in maths, which is not a score from 80 to 120."
)
def test_a_score_is_below_80():
    return some_results(result(maths=(3, 79, "NS")))


@fires("R02", subject="reading", value="51", says="has the raw mark “51” in reading, which is not a mark from 0 to 50.")
def test_reading_has_a_mark_too_many():
    return some_results(result(reading=(51, 120, "AS")))


@fires("R02", subject="gps", value="71", says="in grammar, punctuation and spelling, which is not a mark from 0 to 70")
def test_grammar_has_a_mark_too_many():
    return some_results(result(gps=(71, 120, "AS")))


@fires("R02", subject="maths", value="111")
def test_maths_has_a_mark_too_many():
    return some_results(result(maths=(111, 120, "AS")))


@fires("R02", subject="reading", value="-1")
def test_a_mark_is_below_nought():
    return some_results(result(reading=(-1, "", "N")))


@fires("R02", subject="reading", value="x")
def test_a_mark_is_no_number():
    return some_results(result(reading=("x", 100, "AS")))


@fires("R02", subject="gps", value="x", says="has the scaled score “x” in grammar")
def test_a_score_is_no_number():
    return some_results(result(gps=(34, "x", "AS")))


@fires("R02", times=2, subject="reading", value="999")
def test_mark_and_score_cannot_be():
    return some_results(result(reading=(999, 999, "AS")))


@passes("R02")
def test_the_least_and_the_most_can_be():
    return some_results(
        result(reading=(0, "", "N"), gps=(3, 80, "NS"), maths=(110, 120, "AS")), result(BEN, gps=(70, 120, "AS"))
    )


@passes("R02")
def test_a_spreadsheet_may_write_a_mark_with_a_point():
    return some_results(result(reading=("25.0", "100.0", "AS")))


@passes("R02")
def test_a_pupil_without_a_mark_has_none_that_cannot_be():
    return some_results(result(reading=("", "", "A")))


# -- R03 -----------------------------------------------------------------------------------------------------------


@fires(
    "R03", upn="P999999919001", subject="reading", value="101", says="has 25 marks in reading, for which the table of"
)
def test_the_table_gives_another_score():
    return some_results(result(reading=(25, 101, "AS")))


@fires("R03", subject="maths", value="99", says="table of 2026 gives the score 100, but the score is 99.")
def test_the_threshold_of_maths_is_56_marks():
    return some_results(result(maths=(56, 99, "NS")))


@fires("R03", subject="gps", value="80", says="gives no score, but the score is 80.")
def test_the_table_gives_no_score():
    return some_results(result(gps=(2, 80, "NS")))


@passes("R03")
def test_the_table_gives_these_scores():
    return some_results(SOUND, result(BEN, reading=(39, 110, "AS"), gps=(66, 120, "AS"), maths=(94, 110, "AS")))


@passes("R03")
def test_a_mark_that_cannot_be_is_another_fault():
    return some_results(result(reading=(51, 120, "AS")))


@passes("R03")
def test_a_pupil_without_mark_or_score_agrees_with_any_table():
    return some_results(result(reading=(25, "", "AS"), gps=("", 100, "AS"), maths=NOTHING))


@passes("R03", ran=False)
def test_no_table_is_held_for_the_year():
    return some_results(SOUND, year=2022)


# -- R04 -----------------------------------------------------------------------------------------------------------


@fires(
    "R04", upn="P999999919001", subject="reading", value="AS", says="with the score 99, but AS (achieved the standard)"
)
def test_achieved_with_a_score_below_100():
    return some_results(result(reading=(24, 99, "AS")))


@fires(
    "R04", subject="maths", value="NS", says="with the score 100, but NS (did not achieve the standard) needs less than"
)
def test_not_achieved_with_a_score_of_100():
    return some_results(result(maths=(56, 100, "NS")))


@fires("R04", subject="gps", value="A", says="A (absent) goes with no score.")
def test_absent_with_a_score():
    return some_results(result(gps=(34, 100, "A")))


@fires("R04", subject="reading", value="N")
def test_too_few_marks_with_a_score():
    return some_results(result(reading=(2, 80, "N")))


@passes("R04")
def test_achieved_at_100_and_not_achieved_at_99():
    return some_results(result(reading=(25, 100, "AS"), maths=(55, 99, "NS")))


@passes("R04")
def test_codes_without_a_score():
    return some_results(*(result(reading=("", "", code)) for code in "ABUJLFPMQHN"))


@passes("R04")
def test_a_score_without_an_outcome_contradicts_nothing():
    return some_results(result(reading=(25, 100, "")))


# -- R05 -----------------------------------------------------------------------------------------------------------

BELOW = ("", "", "B")


@fires("R05", upn="P999999919001", pupil="Example, Ada", subject="reading", value="B")
def test_below_in_reading_and_nothing_was_sent():
    return Given(some_results(result(reading=BELOW)), sent=a_return(pupil()))


@fires(
    "R05",
    subject="maths",
    says="the outcome B in maths (below the standard of the test), but no maths teacher assessment",
)
def test_below_in_maths_and_only_reading_was_sent():
    return Given(some_results(result(maths=BELOW)), sent=a_return(pupil(reading="PK4")))


@fires("R05", subject="reading")
def test_below_in_reading_and_only_writing_came_back():
    return some_results(result(reading=BELOW, ta={"writing": "PK4"}))


@fires("R05", upn="D999999919002", subject="reading")
def test_each_pupil_is_looked_up_by_himself():
    return Given(
        some_results(result(ADA, reading=BELOW), result(BEN, reading=BELOW)),
        sent=a_return(pupil(ADA, reading="PK4"), pupil(BEN)),
    )


@passes("R05")
def test_below_and_a_judgement_was_sent():
    return Given(some_results(result(reading=BELOW, maths=BELOW)), sent=a_return(pupil(reading="PK4", maths="EM")))


@passes("R05")
def test_below_and_a_judgement_came_back():
    return some_results(result(reading=BELOW, ta={"reading": "PK4"}))


@passes("R05")
def test_grammar_has_no_teacher_assessment():
    return Given(some_results(result(gps=BELOW)), sent=a_return(pupil()))


@passes("R05")
def test_other_outcomes_need_none():
    return Given(some_results(result(reading=("", "", "A"), maths=("", "", "U"))), sent=a_return(pupil()))


@passes("R05", ran=False)
def test_nothing_is_held():
    return some_results(result(reading=BELOW))


# -- R06 -----------------------------------------------------------------------------------------------------------


@fires(
    "R06", upn="P999999919001", subject="writing", value="WTS", says="WTS in writing in the results, but EXS was sent."
)
def test_another_judgement_came_back():
    return Given(some_results(result(ta={"writing": "WTS", "science": "EXS"})), sent=a_return(pupil()))


@fires("R06", subject="reading", value="PK4", says="but nothing was sent")
def test_a_judgement_came_back_that_was_not_sent():
    return Given(some_results(result(ta={"reading": "PK4"})), sent=a_return(pupil()))


@passes("R06")
def test_the_judgements_that_were_sent_came_back():
    return Given(some_results(result(ta={"writing": "EXS", "science": "EXS"})), sent=a_return(pupil(writing="exs")))


@passes("R06")
def test_a_pupil_who_was_not_sent_cannot_differ():
    return Given(some_results(result(ta={"writing": "WTS"})), sent=a_return(pupil(BEN)))


@passes("R06", ran=False)
def test_no_judgement_came_back():
    return Given(some_results(SOUND), sent=a_return(pupil()))


@passes("R06", ran=False)
def test_nobody_says_what_was_sent():
    return some_results(result(ta={"writing": "WTS"}))


# -- a results file ------------------------------------------------------------------------------------------------


@fires("R02", subject="reading", value="999", line=10)
def test_a_line_of_a_results_file_is_the_line_of_the_result():
    row = "<StageAssessment><Subject>ENG</Subject><Method>TT</Method><Component>REA</Component>"
    text = f"""<CTfile><Header><CTFversion>25.0</CTFversion></Header><CTFpupilData>
<Pupil>
<UPN>P999999919001</UPN>
<Surname>Example</Surname>
<Forename>Ada</Forename>
<StageAssessments><KeyStage><Stage>KS2</Stage>
{row}<ResultQualifier>NS</ResultQualifier><Result>100</Result></StageAssessment>
{row}
<ResultQualifier>NM</ResultQualifier>
<Result>999</Result></StageAssessment>
</KeyStage></StageAssessments></Pupil></CTFpupilData></CTfile>"""
    return to_results(read(text.encode()), YEAR)
