"""P01 to P04 and P10: unique pupil numbers. The letters were worked out by hand, with the weights 2 to 13 modulo 23."""

from checks.build import ADA, BEN, a_return, ctf, pupil
from checks.cases import fires, passes

# -- P01 -----------------------------------------------------------------------------------------------------------


@fires("P01", upn=None, pupil="Example, Ada", value=None, line=21, says="Ada Example has no UPN.")
def test_a_pupil_has_no_upn():
    return ctf((22, "<UPN>P999999919001</UPN>", ""))


@fires("P01", upn=None, pupil="Example, Ada", value=None, line=22, says="Ada Example has no UPN.")
def test_a_upn_is_empty():
    return ctf((22, "P999999919001", ""))


@fires("P01", upn=None, pupil=None, says="A pupil without a name or UPN has no UPN.")
def test_a_pupil_has_neither_upn_nor_name():
    return a_return(pupil(upn="", surname="", forename=""))


@fires("P01", upn="P99999991900", line=22, says="it has 12 characters where a UPN has 13")
def test_a_upn_has_a_character_too_few():
    return ctf((22, "P999999919001", "P99999991900"))


@fires("P01", upn="p999999919001", value="p999999919001", line=22, says="it has small letters or spaces in it")
def test_a_upn_begins_with_a_small_letter():
    return ctf((22, "P999999919001", "p999999919001"))


@fires("P01", value=" P999999919001", line=22, says="it has small letters or spaces in it")
def test_a_upn_has_a_space_before_it():
    return ctf((22, "P999999919001", " P999999919001"))


@fires("P01", value="I999999919001", says="character 1 is “I” where a letter is needed (never I, O or S)")
def test_a_upn_begins_with_a_letter_that_is_never_used():
    return a_return(pupil(upn="I999999919001"))


@fires("P01", value="P99O999919001", says="character 4 is “O” where a digit is needed")
def test_a_upn_has_the_letter_o_for_a_nought():
    return a_return(pupil(upn="P99O999919001"))


@fires("P01", value="P9E+11", says="it has 6 characters")
def test_a_upn_is_something_else():
    return a_return(pupil(upn="P9E+11"))


@fires("P01", value="1.1E+12", says="a spreadsheet has turned it into a rounded number, so the real digits are lost")
def test_a_spreadsheet_has_spoilt_a_upn():
    return a_return(pupil(upn="1.1E+12"))


@passes("P01")
def test_a_upn_of_a_letter_and_twelve_figures_is_well_formed():
    return ctf()


@passes("P01")
def test_a_temporary_upn_is_well_formed():
    return a_return(pupil(upn="A99999991900A"))


@passes("P01")
def test_a_wrong_check_letter_is_no_matter_of_form():
    return a_return(pupil(upn="B999999919001"))


# -- P02 -----------------------------------------------------------------------------------------------------------


@fires("P02", upn="B999999919001", pupil="Example, Ada", value="B999999919001", line=22, subject=None)
def test_a_upn_has_another_first_letter():
    return ctf((22, "P999999919001", "B999999919001"))


@fires("P02", says="begins with D, but its other twelve characters need P", advises="the UPN is P999999919001")
def test_the_right_letter_is_said():
    return a_return(pupil(upn="D999999919001"))


@fires("P02", upn="B99999991900A", line=22)
def test_a_temporary_upn_has_a_check_letter_too():
    return ctf((22, "P999999919001", "B99999991900A"))


@fires("P02", upn="P999999919010")
def test_two_figures_have_changed_places():
    return a_return(pupil(upn="P999999919010"))


@passes("P02")
def test_letters_worked_out_by_hand_are_right():
    return ctf()  # 315 + 9 + 90 + 13 = 427 is 13 over 18 times 23: P; and 440 is 3 over 19 times 23: D


@passes("P02")
def test_the_last_letter_of_a_temporary_upn_counts_by_its_place():
    return a_return(pupil(upn="A99999991900A"))  # 414 is 18 times 23, and A counts nothing


@passes("P02")
def test_the_letter_of_a_malformed_upn_cannot_be_judged():
    return a_return(pupil(upn="B99999991900"))


# -- P03 -----------------------------------------------------------------------------------------------------------


@fires("P03", upn="A99999991900A", pupil="Example, Ada", value="A99999991900A", line=22)
def test_a_upn_that_ends_in_a_letter_is_temporary():
    return ctf((22, "P999999919001", "A99999991900A"))


@fires("P03", value="B99999991900A")
def test_a_temporary_upn_is_said_even_with_a_wrong_check_letter():
    return a_return(pupil(upn="B99999991900A"))


@passes("P03")
def test_a_upn_that_ends_in_a_figure_is_permanent():
    return ctf()


@passes("P03")
def test_a_malformed_upn_is_not_called_temporary():
    return a_return(pupil(upn="A9999999190AA"))


# -- P04 -----------------------------------------------------------------------------------------------------------


@fires("P04", upn="P999999919001", pupil="Sample, Ben", value="P999999919001", line=56, says="Ada Example (line 22)")
def test_two_pupils_have_the_same_upn():
    return ctf((56, "D999999919002", "P999999919001"))


@fires("P04", times=2, pupil="Sample, Ben", says="Ada Example (elsewhere in the return)")
def test_each_further_pupil_with_a_upn_is_named():
    return a_return(pupil(ADA), pupil(BEN, upn=ADA[0]), pupil(upn=ADA[0], forename="Third"))


@fires("P04", pupil=None, says="The pupil with UPN P999999919001 has the UPN P999999919001")
def test_a_pupil_without_a_name_has_the_upn_of_another():
    return a_return(pupil(ADA), pupil(upn=ADA[0], surname="", forename=""))


@passes("P04")
def test_two_upns_differ_in_the_last_figure():
    return ctf()


@passes("P04")
def test_missing_upns_are_not_the_same_upn():
    return a_return(pupil(ADA, upn=""), pupil(BEN, upn=""))


# -- P10 -----------------------------------------------------------------------------------------------------------


@fires("P10", upn="V777999919001", pupil="Example, Ada", value="V777999919001", line=22, says="has 777 where")
def test_no_authority_has_the_number_in_a_upn():
    return ctf((22, "P999999919001", "V777999919001"))


@fires("P10", value="A000999919001", says="has 000 where")
def test_noughts_are_no_authority():
    return a_return(pupil(upn="A000999919001"))


@passes("P10")
def test_999_is_an_authority_for_tests():
    return ctf()


@passes("P10")
def test_a_pupil_comes_from_another_authority():
    return a_return(pupil(upn="K831999919001"))


@passes("P10")
def test_the_authority_in_a_malformed_upn_cannot_be_judged():
    return a_return(pupil(upn="V77799991900"))
