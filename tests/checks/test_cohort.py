"""C01 to C05: who is in the return, against who is expected."""

from checks.build import ADA, BEN, CAI, DEE, YEAR, a_return, ctf, expected, pupil, register
from checks.cases import Given, fires, passes
from keystage.sheets import read_template

BOTH = register(expected(ADA), expected(BEN, reading="below", maths="below"))

# -- C01 -----------------------------------------------------------------------------------------------------------


@fires("C01", upn="T999999919003", pupil="Specimen, Cai", line=None, value=None, subject=None)
def test_an_expected_pupil_is_not_in_the_file():
    return Given(ctf(), register=register(*BOTH.pupils, expected(CAI)))


@fires("C01", times=2, says="Cai Specimen (UPN T999999919003) is expected and is not in the return.")
def test_each_missing_pupil_is_named():
    return Given(a_return(pupil()), register=register(expected(), expected(CAI), expected(DEE)))


@fires("C01", upn="T999999919003")
def test_a_pupil_who_takes_the_tests_in_a_future_year_is_expected():
    future = expected(CAI, reading="future", maths="future", gps="future")
    return Given(a_return(pupil()), register=register(expected(), future))


@fires("C01", upn="T999999919003")
def test_a_pupil_who_left_for_one_test_only_is_expected():
    return Given(a_return(pupil()), register=register(expected(), expected(CAI, reading="left", maths="left")))


@passes("C01")
def test_everybody_expected_is_there():
    return Given(ctf(), register=BOTH)


@passes("C01")
def test_a_pupil_who_left_is_another_matter():
    return Given(a_return(pupil()), register=register(expected(), expected(CAI, status="left")))


@passes("C01")
def test_a_pupil_who_left_for_every_test_has_left():
    left = expected(CAI, reading="left", maths="left", gps="left")
    return Given(a_return(pupil()), register=register(expected(), left))


@passes("C01")
def test_an_unregistered_pupil_is_not_expected():
    return Given(a_return(pupil()), register=register(expected(), expected(CAI, status="unregistered")))


@passes("C01")
def test_a_pupil_under_another_upn_is_not_missing():
    return Given(a_return(pupil(upn=CAI[0])), register=register(expected()))


# -- C02 -----------------------------------------------------------------------------------------------------------


@fires("C02", upn="D999999919002", pupil="Sample, Ben", value="D999999919002", line=55, subject=None)
def test_a_pupil_of_the_file_is_not_on_the_register():
    return Given(ctf(), register=register(expected()))


@fires("C02", times=2, upn="P999999919001", line=21)
def test_nobody_is_on_the_register():
    return Given(ctf(), register=register(expected(CAI)))


@fires("C02", pupil="Sample, Ben", upn=None)
def test_a_pupil_without_a_upn_is_not_found():
    return Given(a_return(pupil(), pupil(BEN, upn="")), register=register(expected()))


@fires("C02", times=2, pupil="Example, Ada")
def test_pupils_without_a_upn_are_looked_for_each():
    return Given(a_return(pupil(upn=""), pupil(BEN, upn="")), register=register(expected(CAI)))


@passes("C02")
def test_everybody_is_on_the_register():
    return Given(ctf(), register=BOTH)


@passes("C02")
def test_an_unregistered_pupil_is_on_the_register():
    return Given(a_return(pupil()), register=register(expected(status="unregistered")))


@passes("C02")
def test_a_pupil_who_stands_twice_in_the_return_is_looked_for_once():
    return Given(a_return(pupil(), pupil()), register=register(expected()))


# -- C03 -----------------------------------------------------------------------------------------------------------


@fires("C03", upn="P999999919001", pupil="Example, Ada", value="Example", line=23, says="Sampler on the register")
def test_a_surname_differs():
    return Given(ctf(), register=register(expected(surname="Sampler"), expected(BEN)))


@fires("C03", value="Ada", line=24, says="the forename is Ada in the return and Adela on the register")
def test_a_forename_differs():
    return Given(ctf(), register=register(expected(forename="Adela"), expected(BEN)))


@fires("C03", value="2015-03-09", line=25, says="the date of birth is 09/03/2015 in the return and 10/03/2015 on the")
def test_a_date_of_birth_differs():
    return Given(ctf(), register=register(expected(born="2015-03-10"), expected(BEN)))


@fires("C03", value="F", line=26, says="the sex is F in the return and M on the register")
def test_a_sex_differs():
    return Given(ctf(), register=register(expected(sex="M"), expected(BEN)))


@fires("C03", value="Example", line=23, says="; the sex is F in the return")
def test_several_differences_are_one_finding_at_the_first():
    return Given(ctf(), register=register(expected(surname="Other", sex="M"), expected(BEN)))


@fires("C03", says="the surname is Example in the return and missing on the register")
def test_a_surname_is_missing_on_the_register():
    return Given(a_return(pupil()), register=register(expected(surname="")))


@fires("C03", value=None, line=21, says="the date of birth is missing in the return")
def test_a_date_of_birth_is_missing_in_the_return():
    return Given(ctf((25, "<DOB>2015-03-09</DOB>", "")), register=BOTH)


@passes("C03")
def test_capitals_accents_hyphens_and_apostrophes_make_no_difference():
    here = pupil(surname="NI BHRIAIN", forename="Anne Marie")
    return Given(a_return(here), register=register(expected(surname="Ní Bhriain", forename="Anne-Marie")))


@passes("C03")
def test_what_the_register_does_not_say_cannot_differ():
    return Given(a_return(pupil()), register=register(expected(born="", sex="")))


@passes("C03")
def test_a_spreadsheet_without_the_column_says_nothing_of_it():
    sheet = read_template(b"UPN,Surname,Forename,Writing,Science\nP999999919001,Example,Ada,EXS,EXS\n", YEAR)
    return Given(sheet, register=register(expected()))


@passes("C03")
def test_a_pupil_under_another_upn_is_another_matter():
    return Given(a_return(pupil(upn=CAI[0])), register=register(expected(sex="M")))


# -- C04 -----------------------------------------------------------------------------------------------------------


@fires("C04", upn="T999999919003", pupil="Example, Ada", value="T999999919003", line=22, says="name and date of birth")
def test_name_and_date_of_birth_are_those_of_an_expected_pupil():
    return Given(ctf((22, "P999999919001", "T999999919003")), register=BOTH)


@fires(
    "C04", value="P999999919001", line=22, says="is probably Ada Newname (UPN T999999919003) on the register: one of"
)
def test_the_upn_is_the_former_one_of_an_expected_pupil():
    renamed = expected(("T999999919003", "Newname", "Ada", "2015-03-09", "F"), former_upn="P999999919001")
    return Given(ctf(), register=register(renamed, expected(BEN)))


@fires("C04", upn="T999999919003", says="one of them has the other's UPN as a former UPN")
def test_the_former_upn_in_the_file_is_that_of_an_expected_pupil():
    return Given(
        a_return(pupil(upn=CAI[0], surname="Oldname", former_upn=ADA[0])),
        register=register(expected(surname="Newname")),
    )


@fires("C04", upn=None, value=None, line=21, says="Ada Example is probably Ada Example (UPN P999999919001) on the")
def test_a_pupil_without_a_upn_is_known_by_name_and_date_of_birth():
    return Given(ctf((22, "<UPN>P999999919001</UPN>", "")), register=BOTH)


@passes("C04")
def test_the_upn_is_the_same():
    return Given(ctf(), register=BOTH)


@passes("C04")
def test_a_name_alone_is_never_enough():
    return Given(a_return(pupil(upn=CAI[0], born="2015-03-10")), register=register(expected()))


@passes("C04")
def test_two_expected_pupils_of_that_name_and_birthday_are_for_a_person_to_tell_apart():
    twice = register(expected(), expected(("G999999919004", *ADA[1:])))
    return Given(a_return(pupil(upn=CAI[0])), register=twice)


# -- C05 -----------------------------------------------------------------------------------------------------------


@fires("C05", upn=None, line=None, says="Expected 2, received 2: 2 matched, 0 missing, 0 not expected.")
def test_the_numbers_are_said():
    return Given(ctf(), register=BOTH)


@fires("C05", value="2", says="Expected 3, received 2: 1 matched, 2 missing, 1 not expected.")
def test_missing_and_unexpected_pupils_are_counted():
    return Given(ctf(), register=register(expected(), expected(CAI), expected(DEE)))


@fires("C05", says="Expected 1, received 2: 1 matched, 0 missing, 1 not expected.")
def test_an_unregistered_pupil_counts_as_not_expected():
    return Given(ctf(), register=register(expected(), expected(BEN, status="unregistered")))


@fires("C05", says="Expected 2, received 1: 1 matched, 1 missing, 0 not expected.")
def test_a_pupil_who_left_is_expected():
    return Given(a_return(pupil()), register=register(expected(), expected(BEN, status="left")))


@passes("C05", ran=False)
def test_without_a_register_nobody_can_say():
    return ctf()
