"""P05 to P09: names, dates of birth, sex, and the same child twice."""

from datetime import date

from checks.build import ADA, BEN, CAI, DEE, YEAR, a_return, ctf, pupil
from checks.cases import Given, fires, passes, report_on
from keystage.sheets import read_template

# -- P05 -----------------------------------------------------------------------------------------------------------


@fires("P05", upn="D999999919002", pupil="Example, Ada", line=57, says="as the pupil with UPN P999999919001 (line 23)")
def test_two_entries_have_the_same_name_and_birthday():
    return ctf((57, "Sample", "Example"), (58, "Ben", "Ada"), (59, "2014-11-30", "2015-03-09"))


@fires("P05", pupil="O'BRIEN, zoe")
def test_capitals_accents_and_apostrophes_make_no_other_child():
    zoe = pupil(ADA, surname="O’Brien", forename="Zoë")
    return a_return(zoe, pupil(BEN, surname="O'BRIEN", forename="zoe", born=ADA[3]))


@fires("P05", says="as the pupil without a UPN (elsewhere in the return)")
def test_one_of_two_entries_has_no_upn():
    return a_return(pupil(ADA, upn=""), pupil(ADA))


@passes("P05")
def test_twins_have_other_forenames():
    return a_return(pupil(ADA), pupil(BEN, surname="Example", born=ADA[3]))


@passes("P05")
def test_cousins_have_other_birthdays():
    return a_return(pupil(ADA), pupil(BEN, surname="Example", forename="Ada"))


@passes("P05")
def test_the_same_upn_twice_is_another_fault():
    return a_return(pupil(ADA), pupil(ADA))


@passes("P05")
def test_children_without_a_birthday_cannot_be_compared():
    return a_return(pupil(ADA, born=""), pupil(BEN, surname="Example", forename="Ada", born=""))


# -- P06 -----------------------------------------------------------------------------------------------------------


@fires("P06", upn="P999999919001", pupil="Ada", line=23, says="Ada (UPN P999999919001) has no surname.")
def test_a_surname_is_empty():
    return ctf((23, "Example", ""))


@fires("P06", line=21, says="Example (UPN P999999919001) has no forename.")
def test_a_forename_is_not_there():
    return ctf((24, "<Forename>Ada</Forename>", ""))


@fires("P06", line=23, says="has no surname.")
def test_a_surname_is_nothing_but_spaces():
    return ctf((23, "Example", "   "))


@fires("P06", pupil=None, line=21, says="The pupil with UPN P999999919001 has no surname or forename.")
def test_a_pupil_has_no_name_at_all():
    return ctf(gone=(23, 24))


@fires("P06", upn=None, pupil="Example", says="Example has no forename.")
def test_a_pupil_has_neither_forename_nor_upn():
    return a_return(pupil(upn="", forename=""))


@fires("P06", upn=None, pupil=None, says="A pupil without a UPN has no surname or forename.")
def test_a_pupil_has_neither_name_nor_upn():
    return a_return(pupil(upn="", surname="", forename=""))


@passes("P06")
def test_a_name_of_one_letter_is_a_name():
    return a_return(pupil(surname="O", forename="İ"))


@passes("P06")
def test_every_pupil_has_both_names():
    return ctf()


# -- P07 -----------------------------------------------------------------------------------------------------------


@fires("P07", upn="P999999919001", pupil="Example, Ada", value=None, line=21, says="Ada Example has no date of birth.")
def test_a_date_of_birth_is_not_there():
    return ctf((25, "<DOB>2015-03-09</DOB>", ""))


@fires("P07", value=None, line=25, says="Ada Example has no date of birth.")
def test_a_date_of_birth_is_empty():
    return ctf((25, "2015-03-09", ""))


@fires("P07", value="09/03/2015", line=25, says="cannot be read, “09/03/2015”; it must be like 2014-11-03.")
def test_a_date_of_birth_in_a_file_is_written_with_strokes():
    return ctf((25, "2015-03-09", "09/03/2015"))


@fires("P07", value="2015-02-29", line=25)
def test_a_date_of_birth_is_no_date():
    return ctf((25, "2015-03-09", "2015-02-29"))


@fires("P07", value="2026-06-21", line=25, says="yet to come: 21/06/2026")
def test_a_pupil_is_born_tomorrow():
    return ctf((25, "2015-03-09", "2026-06-21"))


@passes("P07")
def test_a_pupil_is_born_today():
    return ctf((25, "2015-03-09", "2026-06-20"))


@passes("P07")
def test_a_date_of_birth_has_spaces_around_it():
    return ctf((25, "2015-03-09", " 2015-03-09 "))


@passes("P07")
def test_a_spreadsheet_may_have_strokes():
    return a_return(pupil(born="09/03/2015"))


@passes("P07", ran=False)
def test_a_spreadsheet_may_have_no_column_for_the_date_of_birth():
    return read_template(b"UPN,Surname,Forename,Writing,Science\nP999999919001,Example,Ada,EXS,EXS\n", YEAR)


# -- P08: pupils at the end of key stage 2 in 2026 were eleven on 31 August 2026 -------------------------------------


@fires("P08", upn="P999999919001", pupil="Example, Ada", value="2014-08-31", line=25, says="was born on 31/08/2014")
def test_a_pupil_is_a_day_too_old():
    return ctf((25, "2015-03-09", "2014-08-31"))


@fires("P08", value="2015-09-01", line=25, says="are usually born from 01/09/2014 to 31/08/2015")
def test_a_pupil_is_a_day_too_young():
    return ctf((25, "2015-03-09", "2015-09-01"))


@fires("P08", value="1915-03-09")
def test_a_century_is_mistyped():
    return a_return(pupil(born="1915-03-09"))


@fires("P08", value="2026-06-20")
def test_a_pupil_is_said_to_be_born_today():
    return a_return(pupil(born="2026-06-20"))


@passes("P08")
def test_the_first_and_the_last_usual_birthday():
    return a_return(pupil(DEE, born="2014-09-01"), pupil(CAI, born="2015-08-31"))


@passes("P08")
def test_a_birthday_that_cannot_be_read_is_no_age():
    return a_return(pupil(born="9 March"))


@passes("P08")
def test_a_birthday_that_is_yet_to_come_is_another_fault():
    return Given(a_return(pupil(born="2026-07-01")), today=date(2026, 6, 30))


# -- P09 -----------------------------------------------------------------------------------------------------------


@fires("P09", upn="P999999919001", pupil="Example, Ada", value=None, line=21, allowed=("M", "F"))
def test_a_sex_is_not_there():
    return ctf((26, "<Sex>F</Sex>", ""))


@fires("P09", value=None, line=26, says="Ada Example has no sex entered; it must be M or F.")
def test_a_sex_is_empty():
    return ctf((26, "F", ""))


@fires("P09", value="Female", line=26, says="Ada Example has “Female” for sex; it must be M or F.")
def test_a_sex_is_written_out():
    return ctf((26, "F", "Female"))


@fires("P09", value="f", line=26)
def test_a_sex_is_a_small_letter():
    return ctf((26, ">F<", ">f<"))


@fires("P09", value="U", line=26)
def test_a_sex_is_wrong_under_the_old_tag_too():
    return ctf((26, "<Sex>F</Sex>", "<Gender>U</Gender>"))


@passes("P09")
def test_a_sex_is_m_or_f():
    return ctf()


@passes("P09")
def test_a_sex_under_the_old_tag_is_read():
    return ctf((26, "<Sex>F</Sex>", "<Gender>F</Gender>"))


@passes("P09", ran=False)
def test_a_spreadsheet_may_have_no_column_for_sex():
    return read_template(b"UPN,Surname,Forename,Writing,Science\nP999999919001,Example,Ada,EXS,EXS\n", YEAR)


def test_a_spreadsheet_without_those_columns_says_so():
    report = report_on(
        read_template(b"UPN,Surname,Forename,Writing,Science\nP999999919001,Example,Ada,EXS,EXS\n", YEAR)
    )
    why = dict(report.not_run)
    assert why["P07"] == why["P08"] == "the spreadsheet has no column for the date of birth"
    assert why["P09"] == "the spreadsheet has no column for the pupils' sex"
