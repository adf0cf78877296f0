"""H01 to H08: the header of a Common Transfer File, on lines 3 to 19 of the sound one."""

from datetime import date

import pytest

from checks.build import SOUND, a_return, ctf, pupil
from checks.cases import Given, fires, passes, report_on
from keystage.checks.header import file_date_time

AGAIN = "Choose “National Assessment Agency” (NAA LLLL) as the destination and export the file again."

# -- H01 -----------------------------------------------------------------------------------------------------------


@fires(
    "H01", upn=None, value="24.0", line=5, allowed=("25.0",), says="is version “24.0”, which belongs to 2025; for the"
)
def test_the_version_is_last_years():
    return ctf((5, "25.0", "24.0"))


@fires("H01", value="26.0", says="which belongs to 2027")
def test_the_version_is_next_years():
    return ctf((5, "25.0", "26.0"))


@fires(
    "H01", value="25.1", says="The file says that it is version “25.1”; for the summer of 2026 it must be version 25.0."
)
def test_a_version_never_was():
    return ctf((5, "25.0", "25.1"))


@fires("H01", value="99.0", says="is version “99.0”;")
def test_a_version_is_of_no_year_that_is_known():
    return ctf((5, "25.0", "99.0"))


@fires("H01", value=None, line=5, says="The file does not say its version;")
def test_a_version_is_empty():
    return ctf((5, "25.0", ""))


@fires("H01", value=None, line=3)
def test_a_version_is_not_there():
    return ctf((5, "<CTFversion>25.0</CTFversion>", ""))


@fires("H01", value="25.0", allowed=("24.0",))
def test_the_year_that_was_asked_for_decides():
    return Given(SOUND, year=2025)


@passes("H01")
def test_the_version_is_the_years():
    return SOUND


@passes("H01")
def test_a_version_may_lack_its_nought_or_have_spaces():
    return ctf((5, "25.0", " 25 "))


@passes("H01", ran=False)
def test_records_have_no_version():
    return a_return(pupil())


# -- H02 -----------------------------------------------------------------------------------------------------------


@fires("H02", upn=None, value=None, line=10, says="The file does not give the school's local authority number.")
def test_the_authority_is_empty():
    return ctf((10, "999", ""))


@fires("H02", value=None, line=9, says="The file does not give the school's establishment number.")
def test_the_establishment_is_not_there():
    return ctf((11, "<Estab>1234</Estab>", ""))


@fires("H02", value="99", line=10, says="local authority number is “99”; it must have 3 figures")
def test_the_authority_is_a_figure_short():
    return ctf((10, "999", "99"))


@fires("H02", value="123A", line=11, says="establishment number is “123A”; it must have 4 figures")
def test_the_establishment_has_a_letter():
    return ctf((11, "1234", "123A"))


@fires("H02", times=2, line=3)
def test_there_is_no_school_at_all():
    return ctf(gone=(9, 14))


@fires("H02", value="9991234", line=9, says="The file is of school 9991234, but it is sent for school 9995678.")
def test_the_school_is_not_the_senders():
    return Given(SOUND, sender="9995678")


@fires("H02", value="123")
def test_a_malformed_number_is_said_once_even_where_the_sender_is_known():
    return Given(ctf((11, "1234", "123")), sender="9995678")


@passes("H02")
def test_the_school_is_the_senders():
    return Given(SOUND, sender="9991234")


@passes("H02")
def test_nobody_knows_who_sends():
    return SOUND


@passes("H02")
def test_noughts_at_the_beginning_are_figures():
    return ctf((10, "999", "001"), (11, "1234", "0007"))


# -- H03 -----------------------------------------------------------------------------------------------------------


@fires(
    "H03", upn=None, value="999LLLL", line=15, allowed=("NAALLLL",), says="to the local authority 999 (999LLLL); this"
)
def test_the_file_goes_to_an_authority():
    return ctf((16, "NAA", "999"))


@fires(
    "H03", advises="not to the authority, unless the authority sends it for you. Choose “National Assessment Agency”"
)
def test_it_is_said_that_this_return_goes_to_the_gateway():
    return ctf((16, "NAA", "999"))


@fires(
    "H03", value="9991234", says="to the school itself (9991234); this return goes to the national agency (NAA LLLL)."
)
def test_the_file_goes_to_the_school_itself():
    return ctf((16, "NAA", "999"), (17, "LLLL", "1234"))


@fires("H03", value="9995678", fix=AGAIN, says="is addressed to 9995678;")
def test_the_file_goes_to_another_school():
    return ctf((16, "NAA", "999"), (17, "LLLL", "5678"))


@fires("H03", value="NAALLL", line=15)
def test_a_letter_is_missing():
    return ctf((17, "LLLL", "LLL"))


@fires("H03", value=None, line=3, says="is addressed to nobody;")
def test_the_file_goes_to_nobody():
    return ctf(gone=(15, 18))


@fires("H03", value="NAALLLL", allowed=("LLLEEEE",), says="it must be addressed to a school")
def test_a_file_for_a_school_goes_to_the_agency():
    return Given(SOUND, destination="school")


@passes("H03")
def test_the_file_goes_to_the_national_agency():
    return SOUND


@passes("H03")
def test_small_letters_reach_the_national_agency():
    return ctf((16, "NAA", "naa"), (17, "LLLL", "llll"))


@fires("H03", value="999LLLL", says="it must be addressed to a school")
def test_a_file_for_a_school_goes_to_an_authority():
    return Given(ctf((16, "NAA", "999")), destination="school")


@fires("H03", value="NAA5678", says="it must be addressed to a school")
def test_a_file_for_a_school_goes_to_no_authority():
    return Given(ctf((17, "LLLL", "5678")), destination="school")


@fires("H03", value="ABCLLLL", says="is addressed to ABCLLLL;", fix=AGAIN)
def test_letters_are_no_authority():
    return ctf((16, "NAA", "ABC"))


@passes("H03")
def test_a_file_for_a_school_goes_to_a_school():
    return Given(ctf((16, "NAA", "999"), (17, "LLLL", "5678")), destination="school")


@passes("H03", ran=False)
def test_any_destination_will_do():
    return Given(ctf(gone=(15, 18)), destination="any")


# -- H04 -----------------------------------------------------------------------------------------------------------


@fires(
    "H04", upn=None, value=None, line=3, allowed=("full", "partial"), says="does not say whether it is full or partial."
)
def test_the_qualifier_is_not_there():
    return ctf((7, "<DocumentQualifier>partial</DocumentQualifier>", ""))


@fires("H04", value=None, line=7)
def test_the_qualifier_is_empty():
    return ctf((7, "partial", ""))


@fires("H04", value="KS2", line=7, says="The file says “KS2” where it must say “full” or “partial”.")
def test_the_qualifier_is_something_else():
    return ctf((7, "partial", "KS2"))


@fires("H04", value="Partial", line=7)
def test_the_qualifier_has_a_capital():
    return ctf((7, "partial", "Partial"))


@passes("H04")
def test_the_file_is_partial():
    return SOUND


@passes("H04")
def test_the_file_is_full():
    return ctf((7, "partial", " full "))


# -- H05: the school year 2025/26 starts in 2025 ---------------------------------------------------------------------


@fires("H05", upn=None, value="2026", line=13, allowed=("2025",), says="“2026”; for the summer of 2026 it must be 2025")
def test_the_school_year_is_named_by_its_end():
    return ctf((13, "2025", "2026"))


@fires("H05", value="2024", line=13, advises="and not last year's")
def test_the_school_year_is_last_years():
    return ctf((13, "2025", "2024"))


@fires("H05", value="2025/26", line=13)
def test_the_school_year_is_written_with_a_stroke():
    return ctf((13, "2025", "2025/26"))


@fires("H05", value=None, line=9, says="The file does not give the school year; for the summer of 2026 it must be 2025")
def test_the_school_year_is_not_there():
    return ctf((13, "<AcademicYear>2025</AcademicYear>", ""))


@passes("H05")
def test_the_school_year_is_named_by_its_start():
    return ctf((13, "2025", " 2025 "))


@passes("H05")
def test_the_school_year_is_that_of_the_rows():
    return SOUND.replace("<Year>2026", "<Year>2025").replace("<AcademicYear>2025", "<AcademicYear>2024")


# -- H06 -----------------------------------------------------------------------------------------------------------


@fires("H06", upn=None, value=None, line=3, says="The file does not say when it was made.")
def test_the_date_is_not_there():
    return ctf((6, "<DateTime>2026-06-18T14:05:00</DateTime>", ""))


@fires("H06", value=None, line=6, advises="Make sure that this is the latest file.")
def test_the_date_is_empty():
    return ctf((6, "2026-06-18T14:05:00", ""))


@fires("H06", value="18/06/2026 14:05", line=6, says="cannot be read; they must be written like 2026-06-18T14:05:00.")
def test_the_date_is_written_with_strokes():
    return ctf((6, "2026-06-18T14:05:00", "18/06/2026 14:05"))


@fires("H06", value="2026-06-18", line=6)
def test_the_time_is_missing():
    return ctf((6, "2026-06-18T14:05:00", "2026-06-18"))


@fires("H06", value="2026-06-31T14:05:00")
def test_the_date_is_none():
    return ctf((6, "2026-06-18T14:05:00", "2026-06-31T14:05:00"))


@fires("H06", value="2026-06-21T00:00:00", line=6, says="made on 21/06/2026, which is yet to come", advises="clock")
def test_the_file_is_of_tomorrow():
    return ctf((6, "2026-06-18T14:05:00", "2026-06-21T00:00:00"))


@passes("H06")
def test_the_file_is_of_today():
    return ctf((6, "2026-06-18T14:05:00", "2026-06-20T23:59:59"))


@passes("H06")
def test_a_time_may_have_a_zone_and_parts_of_a_second():
    return ctf((6, "2026-06-18T14:05:00", "2026-06-18T14:05:00.1234567+01:00"))


@passes("H06")
def test_today_is_passed_in():
    return Given(SOUND, today=date(2026, 6, 18))


@pytest.mark.parametrize("text", ["2026-06-18T14:05", "2026-06-18T25:00:00", "now", "٢٠٢٦-06-18T14:05:00"])
def test_what_is_no_date_and_time_is_not_read(text):
    assert file_date_time(text) is None


# -- H07 -----------------------------------------------------------------------------------------------------------


@fires(
    "H07", upn=None, pupil=None, value="Gender", line=26, says="has the element “Gender” where this version has “Sex”."
)
def test_the_tag_for_sex_is_the_old_one():
    return ctf((26, "<Sex>F</Sex>", "<Gender>F</Gender>"))


@fires("H07", value="Gender", line=26)
def test_the_old_tag_is_said_once_at_the_first():
    return SOUND.replace("Sex>", "Gender>")


@fires("H07", value="Gender", line=60)
def test_one_pupil_of_several_has_the_old_tag():
    return ctf((60, "<Sex>M</Sex>", "<Gender>M</Gender>"))


@fires("H07", value="a namespace", line=2, says="The file has a namespace. It was read all the same")
def test_the_file_has_a_namespace():
    return ctf((2, "<CTfile>", '<CTfile xmlns="http://www.dcsf.gov.uk/schemas/cbds">'))


@fires("H07", value="CTFVersion", line=5, says="the element “CTFVersion” where it should be “CTFversion”")
def test_a_name_is_in_other_letters():
    return ctf((5, "<CTFversion>25.0</CTFversion>", "<CTFVersion>25.0</CTFVersion>"))


@fires("H07", times=2, value="DATETIME", line=6)
def test_each_such_name_is_said_once():
    return ctf((6, "<DateTime>2026-06-18T14:05:00</DateTime>", "<DATETIME>2026-06-18T14:05:00</DATETIME>")).replace(
        "UPN>", "Upn>"
    )


@passes("H07")
def test_the_tag_for_sex_is_the_years():
    return SOUND


@passes("H07")
def test_the_old_tag_belongs_to_an_older_year():
    return Given(SOUND.replace("Sex>", "Gender>"), year=2022)


@passes("H07")
def test_the_new_tag_in_an_older_version_is_never_said():
    return Given(SOUND, year=2022)


@passes("H07")
def test_a_byte_order_mark_is_not_said():
    return b"\xef\xbb\xbf" + SOUND.encode()


@passes("H07")
def test_an_element_that_is_not_known_is_kept_and_not_said():
    return ctf((22, "<UPN>", "<Favourite>blue</Favourite><UPN>"))


# -- H08 -----------------------------------------------------------------------------------------------------------


@fires("H08", upn=None, value="Key Stage 2", line=4, allowed=("Common Transfer File",))
def test_the_document_has_another_name():
    return ctf((4, "Common Transfer File", "Key Stage 2"))


@fires(
    "H08",
    value="Common transfer file",
    line=4,
    says="is “Common transfer file”; in a Common Transfer File it is “Common",
)
def test_the_document_has_its_name_in_other_letters():
    return ctf((4, "Common Transfer File", "Common transfer file"))


@fires("H08", value=None, line=3, says="The document has no name;")
def test_the_document_has_no_name():
    return ctf((4, "<DocumentName>Common Transfer File</DocumentName>", ""))


@passes("H08")
def test_the_document_has_its_name():
    return SOUND


@passes("H08")
def test_spaces_around_the_name_do_not_matter():
    return ctf((4, "Common Transfer File", " Common Transfer File "))


def test_a_spreadsheet_has_no_header_to_check():
    report = report_on(
        Given(b"UPN,Surname,Forename,Writing,Science\nP999999919001,Example,Ada,EXS,EXS\n", name="t.csv")
    )
    why = {each.why for each in report.not_run if each.code.startswith("H")}
    assert why == {"the return does not come from a Common Transfer File"}
    assert not any(code.startswith("H") for code in report.ran)
