"""D01 to D04: the return against the file that was sent before, which is the sound one unless a case says otherwise."""

from checks.build import ADA, BEN, CAI, SOUND, a_return, ctf, pupil
from checks.cases import Given, fires, passes

# -- D01 -----------------------------------------------------------------------------------------------------------


@fires("D01", upn="D999999919002", pupil="Sample, Ben", line=None, subject=None, value=None)
def test_a_pupil_of_the_last_file_is_gone():
    return Given(ctf(gone=(55, 110)), previous=SOUND)


@fires("D01", says="Ben Sample (UPN D999999919002) was in the file made on 18/06/2026 at 14:05 and is not in this one.")
def test_it_is_said_which_file_that_was():
    return Given(ctf(gone=(55, 110)), previous=SOUND)


@fires("D01", times=2, says="was in the file sent before and is not")
def test_each_pupil_is_named():
    return Given(a_return(pupil()), previous=a_return(pupil(), pupil(BEN), pupil(CAI)))


@fires("D01", upn=None, pupil="Sample, Ben", says="Ben Sample was in the file")
def test_a_pupil_without_a_upn_is_gone():
    return Given(a_return(pupil()), previous=a_return(pupil(), pupil(BEN, upn="")))


@passes("D01")
def test_everybody_is_still_there():
    return Given(ctf((38, "EXS", "GDS")), previous=SOUND)


@passes("D01")
def test_a_pupil_with_a_corrected_upn_is_still_there():
    return Given(a_return(pupil(upn=CAI[0])), previous=a_return(pupil()))


@passes("D01")
def test_a_pupil_with_a_corrected_name_is_still_there():
    return Given(a_return(pupil(surname="Newname")), previous=a_return(pupil()))


@passes("D01")
def test_a_pupil_has_joined():
    return Given(SOUND, previous=ctf(gone=(55, 110)))


@passes("D01", ran=False)
def test_nothing_was_sent_before():
    return SOUND


# -- D02 -----------------------------------------------------------------------------------------------------------


@fires("D02", upn="P999999919001", pupil="Example, Ada", subject="writing", value="GDS", line=38)
def test_a_judgement_has_changed():
    return Given(ctf((38, "EXS", "GDS")), previous=SOUND)


@fires("D02", says="Ada Example had EXS in writing in the last file and has GDS in this one.")
def test_from_and_to_are_said():
    return Given(ctf((38, "EXS", "GDS")), previous=SOUND)


@fires(
    "D02", subject="reading", value=None, line=55, says="had PK4 in reading in the last file and has no judgement in"
)
def test_a_judgement_is_gone():
    return Given(ctf(gone=(64, 74)), previous=SOUND)


@fires("D02", subject="science", value="EXS", line=49, says="had no judgement in science in the last file and has EXS")
def test_a_judgement_has_come():
    return Given(SOUND, previous=ctf((49, "EXS", "")))


@fires("D02", times=2, subject="writing", value="WTS")
def test_each_pupil_and_subject_is_said():
    return Given(a_return(pupil(ADA, writing="WTS"), pupil(BEN, science="HNM")), previous=a_return(pupil(), pupil(BEN)))


@passes("D02")
def test_no_judgement_has_changed():
    return Given(ctf((24, "Ada", "Adela")), previous=SOUND)


@passes("D02")
def test_a_tidied_code_is_the_same_code():
    return Given(ctf((38, "EXS", " exs ")), previous=SOUND)


@passes("D02")
def test_judgements_of_a_pupil_who_is_gone_are_not_changes():
    return Given(ctf(gone=(55, 110)), previous=SOUND)


# -- D03 -----------------------------------------------------------------------------------------------------------


@fires("D03", upn=None, line=None, says="This file says the same as the one made on 18/06/2026 at 14:05.")
def test_the_same_file_is_given_again():
    return Given(SOUND, previous=SOUND)


@fires("D03", says="the one made on 18/06/2026 at 14:05.")
def test_a_later_date_is_no_other_content():
    return Given(ctf((6, "18T14", "19T09")), previous=SOUND)


@fires("D03", says="This file says the same as the one sent before.")
def test_the_order_of_pupils_is_no_content():
    return Given(a_return(pupil(ADA), pupil(BEN)), previous=a_return(pupil(BEN), pupil(ADA)))


@passes("D03")
def test_a_judgement_makes_another_content():
    return Given(ctf((38, "EXS", "GDS")), previous=SOUND)


@passes("D03")
def test_a_name_makes_another_content():
    return Given(ctf((24, "Ada", "Adela")), previous=SOUND)


@passes("D03")
def test_another_school_makes_another_content():
    return Given(ctf((11, "1234", "5678")), previous=SOUND)


# -- D04 -----------------------------------------------------------------------------------------------------------


@fires("D04", upn=None, value="2026-06-18T14:04:59", line=6)
def test_a_file_was_made_a_second_before_the_last():
    return Given(ctf((6, "14:05:00", "14:04:59")), previous=SOUND)


@fires("D04", says="made on 17/06/2026 at 14:05, before the last one, which was made on 18/06/2026 at 14:05.")
def test_both_times_are_said():
    return Given(ctf((6, "06-18", "06-17")), previous=SOUND)


@passes("D04")
def test_a_file_was_made_at_the_same_time():
    return Given(SOUND, previous=SOUND)


@passes("D04")
def test_a_file_was_made_after_the_last():
    return Given(ctf((6, "14:05:00", "14:05:01")), previous=SOUND)


@passes("D04")
def test_a_file_does_not_say_when_it_was_made():
    return Given(ctf((6, "2026-06-18T14:05:00", "")), previous=SOUND)


@passes("D04")
def test_the_last_file_does_not_say_when_it_was_made():
    return Given(SOUND, previous=ctf((6, "2026-06-18T14:05:00", "")))


@passes("D04", ran=False)
def test_records_have_no_date():
    return Given(a_return(pupil()), previous=SOUND)


@passes("D04", ran=False)
def test_the_last_return_was_no_ctf():
    return Given(SOUND, previous=a_return(pupil()))
