"""C06 to C10: each pupil's judgements, against where the register says that the pupil stands."""

from checks.build import ADA, BEN, a_return, ctf, expected, pupil, register
from checks.cases import Given, fires, passes, report_on

READING = ("PK6", "PK5", "PK4", "PK3", "PK2", "PK1", "EM", "A")
_BEN = expected(BEN, reading="below", maths="below")

# -- C06: four directions ------------------------------------------------------------------------------------------


@fires("C06", upn="P999999919001", pupil="Example, Ada", subject="writing", value="EXS", line=38)
def test_the_register_says_left_and_the_return_has_a_judgement():
    return Given(ctf(), register=register(expected(status="left"), _BEN))


@fires("C06", says="says Left (on 11/05/2026), and the return has EXS in", advises="Find out when")
def test_the_day_is_said_where_the_register_has_it():
    return Given(ctf(), register=register(expected(status="left", date_left="2026-05-11"), _BEN))


@fires("C06", subject="writing", value="EXS")
def test_left_for_every_test_is_left():
    left = expected(reading="left", maths="left", gps="left")
    return Given(a_return(pupil()), register=register(left))


@fires("C06", subject="writing", value="EXS", says="the register says Unregistered (on the", advises="register them")
def test_the_register_says_unregistered_and_the_return_has_a_judgement():
    return Given(a_return(pupil()), register=register(expected(status="unregistered")))


@fires("C06", subject="science", value="HNM")
def test_the_first_judgement_other_than_l_is_pointed_at():
    return Given(a_return(pupil(writing="L", science="HNM")), register=register(expected(status="left")))


@fires("C06", upn="P999999919001", subject=None, value=None, line=21, says="and the return does not have L")
def test_the_register_says_left_and_the_return_has_nothing():
    return Given(ctf(gone=(28, 52)), register=register(expected(status="left"), _BEN))


@fires("C06", upn="P999999919001", pupil="Example, Ada", line=None, says="and the pupil is not in the return")
def test_the_register_says_left_and_the_return_lacks_the_pupil():
    return Given(a_return(pupil(BEN)), register=register(expected(status="left"), expected(BEN)))


@fires(
    "C06", subject="writing", value="L", line=38, says="the return has L (has left) in writing, and the register does"
)
def test_the_return_says_l_and_the_register_does_not():
    return Given(ctf((38, "EXS", "L"), (49, "EXS", "L")), register=register(expected(), _BEN))


@fires("C06", subject="science", value="L", line=49)
def test_the_return_says_l_in_science_only():
    return Given(ctf((49, "EXS", "L")), register=register(expected(), _BEN))


@fires("C06", subject="writing", value="L")
def test_left_for_one_test_only_is_not_left():
    return Given(a_return(pupil(writing="L", science="L")), register=register(expected(reading="left")))


@passes("C06")
def test_both_say_left():
    return Given(a_return(pupil(writing="L", science="L")), register=register(expected(status="left")))


@passes("C06")
def test_neither_says_left():
    return Given(ctf(), register=register(expected(), _BEN))


@passes("C06")
def test_an_unregistered_pupil_need_not_be_in_the_return():
    return Given(a_return(pupil()), register=register(expected(), expected(BEN, status="unregistered")))


@fires("C06", subject="writing", value="L", says="the register does not say that the pupil left")
def test_an_unregistered_pupil_has_l():
    return Given(a_return(pupil(writing="L", science="L")), register=register(expected(status="unregistered")))


@passes("C06")
def test_an_unregistered_pupil_may_have_nothing():
    return Given(a_return(pupil(writing="", science="")), register=register(expected(status="unregistered")))


# -- C07 -----------------------------------------------------------------------------------------------------------


@fires("C07", upn="P999999919001", pupil="Example, Ada", subject="reading", value=None, line=21, allowed=READING)
def test_below_in_reading_and_no_judgement():
    return Given(ctf(), register=register(expected(reading="below"), _BEN))


@fires(
    "C07",
    subject="maths",
    value=None,
    line=21,
    says="of the maths test, so a maths judgement is needed, but there is none.",
)
def test_below_in_maths_and_no_judgement():
    return Given(ctf(), register=register(expected(maths="below"), _BEN))


@fires("C07", times=2, subject="reading")
def test_below_in_both_and_no_judgement():
    return Given(a_return(pupil()), register=register(expected(reading="below", maths="below")))


@fires("C07", subject="reading", value="EXS", line=72, says="there is “EXS”, which is not one")
def test_below_with_a_standard_that_is_no_code_of_reading():
    return Given(ctf((72, "PK4", "EXS")), register=register(expected(), _BEN))


@fires("C07", subject="maths", value=None, line=55)
def test_below_with_an_empty_row():
    return Given(ctf((94, "PK3", "")), register=register(expected(), _BEN))


@passes("C07")
def test_below_with_a_pre_key_stage_standard_the_engagement_model_or_a():
    below = register(*(expected((f"P99999991900{number}", *ADA[1:]), reading="below") for number in range(8)))
    return Given(
        a_return(*(pupil((f"P99999991900{number}", *ADA[1:]), reading=code) for number, code in enumerate(READING))),
        register=below,
    )


@passes("C07")
def test_absent_unable_and_just_arrived_owe_no_judgement():
    return Given(a_return(pupil()), register=register(expected(reading="absent", maths="unable", gps="just-arrived")))


@passes("C07")
def test_below_in_grammar_only_owes_no_judgement():
    return Given(a_return(pupil()), register=register(expected(gps="below")))


@passes("C07")
def test_an_unregistered_pupil_owes_no_judgement():
    return Given(a_return(pupil()), register=register(expected(status="unregistered", reading="below")))


@passes("C07")
def test_a_pupil_who_left_owes_no_judgement():
    return Given(a_return(pupil(writing="L", science="L")), register=register(expected(status="left", reading="below")))


# -- C08 -----------------------------------------------------------------------------------------------------------


@fires("C08", upn="D999999919002", pupil="Sample, Ben", subject="reading", value="PK4", line=72)
def test_a_pupil_sits_reading_and_has_a_judgement():
    return Given(ctf(), register=register(expected(), expected(BEN, maths="below")))


@fires("C08", subject="maths", value="PK3", line=94, says="so no maths judgement is wanted, but the return has PK3")
def test_a_pupil_sits_maths_and_has_a_judgement():
    return Given(ctf(), register=register(expected(), expected(BEN, reading="below")))


@fires("C08", times=2, subject="reading", value="A")
def test_a_is_a_judgement_too():
    return Given(a_return(pupil(reading="A", maths="A")), register=register(expected()))


@fires("C08", subject="reading", value="EXS", advises="Leave the reading judgement out")
def test_a_code_that_is_not_valid_is_not_wanted_either():
    return Given(a_return(pupil(reading="EXS")), register=register(expected()))


@passes("C08")
def test_a_pupil_sits_both_and_has_neither():
    return Given(ctf(), register=register(expected(), _BEN))


@passes("C08")
def test_absent_unable_and_just_arrived_may_have_a_judgement():
    return Given(
        a_return(*(pupil(who, reading="A", maths="PK6") for who in (ADA, BEN))),
        register=register(
            expected(reading="absent", maths="unable"), expected(BEN, reading="just-arrived", maths="below")
        ),
    )


@passes("C08")
def test_an_unregistered_pupil_does_not_sit():
    return Given(a_return(pupil(reading="PK4")), register=register(expected(status="unregistered")))


@passes("C08")
def test_a_pupil_who_left_does_not_sit():
    return Given(a_return(pupil(reading="PK4", writing="L")), register=register(expected(status="left")))


# -- C09 -----------------------------------------------------------------------------------------------------------


@fires("C09", times=2, upn="P999999919001", subject="writing", value="EXS", line=38, allowed=("F", "P"))
def test_future_in_reading_and_judged_this_year():
    return Given(ctf(), register=register(expected(reading="future"), _BEN))


@fires(
    "C09",
    subject="science",
    value="EXS",
    line=49,
    says="as Future for reading and maths, but has EXS in science, not F",
)
def test_future_and_one_of_writing_and_science_judged_this_year():
    return Given(ctf((38, "EXS", "F")), register=register(expected(reading="future", maths="future"), _BEN))


@fires(
    "C09", subject="writing", says="as Previous for grammar, punctuation and spelling, but has EXS in writing, not P"
)
def test_previous_in_grammar_counts_too():
    return Given(a_return(pupil(science="P")), register=register(expected(gps="previous")))


@fires(
    "C09", subject="science", value=None, line=21, says="but has no judgement in science, not P (finished the key stage"
)
def test_previous_and_no_judgement():
    return Given(ctf((38, "EXS", "P"), gone=(41, 51)), register=register(expected(maths="previous"), _BEN))


@fires("C09", times=2, says="is registered as Future for reading, but")
def test_only_the_tests_of_that_status_are_named():
    return Given(a_return(pupil()), register=register(expected(reading="future", maths="previous")))


@passes("C09")
def test_future_and_f_in_both():
    return Given(a_return(pupil(writing="F", science="F")), register=register(expected(reading="future")))


@passes("C09")
def test_previous_and_f_in_one():
    return Given(a_return(pupil(writing="F", science="P")), register=register(expected(reading="previous")))


@passes("C09")
def test_this_year_and_judged_this_year():
    return Given(ctf(), register=register(expected(), _BEN))


@passes("C09")
def test_an_unregistered_pupil_is_not_asked():
    return Given(a_return(pupil()), register=register(expected(status="unregistered", reading="future")))


@passes("C09")
def test_a_pupil_who_left_is_not_asked():
    left = expected(status="left", reading="future")
    return Given(a_return(pupil(writing="L", science="L")), register=register(left))


# -- C10 -----------------------------------------------------------------------------------------------------------


@fires("C10", upn="P999999919001", subject="writing", value="EXS", line=38, allowed=("WTS",))
def test_writing_differs_from_the_moderated_judgement():
    return Given(ctf(), register=register(expected(moderated="WTS"), _BEN))


@fires("C10", says="has GDS in writing, but the moderator's judgement is EXS", advises="Enter EXS in ")
def test_both_judgements_are_said():
    return Given(a_return(pupil(writing="GDS")), register=register(expected(moderated="EXS")))


@fires("C10", value="PK5", line=83)
def test_a_pre_key_stage_standard_was_moderated():
    return Given(ctf(), register=register(expected(), expected(BEN, reading="below", maths="below", moderated="PK6")))


@passes("C10")
def test_writing_is_the_moderated_judgement():
    return Given(ctf((38, "EXS", "exs")), register=register(expected(moderated="EXS"), _BEN))


@passes("C10")
def test_a_pupil_was_not_in_the_sample():
    return Given(ctf(), register=register(expected(), _BEN))


@passes("C10")
def test_a_missing_judgement_is_another_fault():
    return Given(a_return(pupil(writing="")), register=register(expected(moderated="EXS")))


def test_a_pupil_who_left_and_lacks_everything_is_c06_and_not_c01():
    report = report_on(Given(a_return(pupil(BEN)), register=register(expected(status="left"), expected(BEN))))
    assert [finding.code for finding in report.findings if finding.severity != "info"] == ["C06"]
