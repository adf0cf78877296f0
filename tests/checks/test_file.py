"""F01 to F11: the file. Those that stop the run (F01 to F04, F08) are given as the bytes that a person might choose."""

import pytest

from checks.build import NAME, SOUND, YEAR, a_return, ctf, pupil, with_row
from checks.cases import Given, fires, passes, report_on
from keystage.ctf.limits import Limits
from keystage.sheets import read_template

TEMPLATE = b"UPN,Surname,Forename,Date of birth,Sex,Writing TA,Science TA\n"
ADA = b"P999999919001,Example,Ada,2015-03-09,F,EXS,EXS\n"
SHEET = "KS2_9991234_001.csv"

# -- F01 -----------------------------------------------------------------------------------------------------------


@fires("F01", line=60, column=13, says="it ends at line 60, column 13, where </Sex> (opened on line 60) must follow")
def test_a_file_is_cut_short():
    return "\n".join([*SOUND.split("\n")[:59], "      <Sex>M</"])


@fires("F01", line=24, says="stands </Surname> where </Forename> (opened on line 24) was expected")
def test_an_element_is_closed_by_another_name():
    return ctf((24, "</Forename>", "</Surname>"))


@fires("F01", line=57, says="“<” and “&” in a text must be written “&lt;” and “&amp;”")
def test_an_ampersand_stands_by_itself():
    return ctf((57, "Sample", "Salt & Pepper"))


@fires("F01", line=2, column=1, says="it was expected only at the very beginning")
def test_the_first_line_stands_twice():
    return '<?xml version="1.0"?>\n' + SOUND


@fires("F01", line=113, says="nothing was expected after </CTfile>")
def test_two_files_were_joined():
    return SOUND + "<CTfile/>"


@fires("F01")
def test_a_workbook_is_damaged():
    return Given(b"PK\x03\x04 and then nothing", name="template.xlsx")


@passes("F01")
def test_a_sound_file_can_be_read():
    return SOUND


@passes("F01")
def test_comments_sections_and_an_escaped_ampersand_are_sound():
    return ctf((57, "Sample", "<![CDATA[Salt & Pepper]]>"), (58, "Ben", "Ben &amp; Co<!-- & more -->"))


# -- F02 -----------------------------------------------------------------------------------------------------------


@fires("F02", line=2, value="SuperStarReport", says="It looks like a report made by SIMS.")
def test_a_sims_report():
    return '<?xml version="1.0"?>\n<SuperStarReport><Record/></SuperStarReport>'


@fires("F02", line=1, value="Message", says="a school census or another return for the Department's COLLECT system")
def test_a_school_census():
    return "<Message><Header/></Message>"


@fires("F02", value="Workbook", says="a workbook that Excel saved as XML")
def test_a_workbook_saved_as_xml():
    return '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'


@fires("F02", line=1, says="a web page, perhaps the log-in page of a site that was saved in place of the file")
def test_a_log_in_page():
    return "<!DOCTYPE html><html><body><form></form></body></html>"


@fires("F02", line=1, value=None, says="The file is empty.")
def test_an_empty_file():
    return b""


@fires("F02", says="The file holds nothing but blank space.")
def test_blank_space():
    return b"\xef\xbb\xbf \r\n\t "


@fires("F02", says="an Excel workbook or a zip file whose name was changed to end in .xml")
def test_a_workbook_under_another_name():
    return b"PK\x03\x04..."


@fires("F02", says="a PDF document")
def test_a_pdf():
    return b"%PDF-1.7\n..."


@fires("F02", says="a JSON file, not XML")
def test_json():
    return '{"pupils": []}'


@fires("F02", value="Results", says="an XML file of another kind: its outermost element is <Results>")
def test_another_xml_file():
    return "<Results/>"


@fires("F02")
def test_a_pdf_under_the_name_of_a_spreadsheet():
    return Given(b"%PDF-1.7\n...", name=SHEET)


@passes("F02")
def test_a_ctf_in_capitals_is_a_ctf():
    return SOUND.replace("CTfile", "CTFILE")


@passes("F02")
def test_a_ctf_after_a_comment_is_a_ctf():
    return ctf((2, "<CTfile>", "<!-- made by hand --><CTfile>"))


# -- F03 -----------------------------------------------------------------------------------------------------------


@fires("F03", line=2, says="It was not read.")
def test_a_document_type():
    return ctf((2, "<CTfile>", '<!DOCTYPE CTfile SYSTEM "ctf.dtd"><CTfile>'))


@fires("F03")
def test_entities_that_grow_without_end():
    laughs = '<!DOCTYPE CTfile [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]><CTfile>'
    return ctf((2, "<CTfile>", laughs), (24, "Ada", "&c;"))


@fires("F03")
def test_an_entity_outside_the_file():
    outside = '<!DOCTYPE CTfile [<!ENTITY x SYSTEM "file:///etc/passwd">]><CTfile>'
    return ctf((2, "<CTfile>", outside), (24, "Ada", "&x;"))


@passes("F03")
def test_the_five_entities_of_every_xml_file_are_safe():
    return ctf((24, "Ada", "&amp;&lt;&gt;&apos;&quot;&#233;"))


@passes("F03")
def test_the_word_in_a_name_is_harmless():
    return ctf((24, "Ada", "&lt;!DOCTYPE"))


# -- F04 -----------------------------------------------------------------------------------------------------------


@fires(
    "F04", line=24, column=19, value="eb", says="the letters on line 24 are not (most likely they are in windows-1252)"
)
def test_a_name_is_in_windows_1252_and_the_file_says_utf_8():
    return ctf((24, "Ada", "Zoë")).encode("cp1252")


@fires("F04", line=24, advises="keystage repair")
def test_a_file_without_a_declaration_is_utf_8():
    return ctf((1, '<?xml version="1.0" encoding="UTF-8"?>', ""), (24, "Ada", "Zoë")).encode("latin-1")


@fires("F04", line=1, value="x-mis-latin", says="which is not known here")
def test_an_encoding_that_nobody_knows():
    return ctf((1, "UTF-8", "x-mis-latin"))


@fires("F04", line=1, says="says that it is written in UTF-16, but its bytes are")
def test_utf_16_is_declared_and_it_is_not():
    return ctf((1, "UTF-8", "UTF-16"))


@passes("F04")
def test_windows_1252_is_declared_and_it_is():
    return ctf((1, "UTF-8", "windows-1252"), (24, "Ada", "Zoë")).encode("cp1252")


@passes("F04")
def test_utf_16_is_declared_and_it_is():
    return ctf((1, "UTF-8", "UTF-16"), (24, "Ada", "Zoë")).encode("utf-16")


@passes("F04")
def test_a_byte_order_mark_is_no_fault():
    return b"\xef\xbb\xbf" + ctf((24, "Ada", "Zoë")).encode()


# -- F08 -----------------------------------------------------------------------------------------------------------


@fires("F08", line=55, says="more than 1 pupils")
def test_a_file_has_too_many_pupils():
    return Given(SOUND, options={"limits": Limits(pupils=1)})


@fires("F08", line=22, says="more than 16 deep")
def test_elements_stand_too_deep():
    return ctf((22, "<UPN>", "<a>" * 14 + "</a>" * 14 + "<UPN>"))


@fires("F08", value="100000001", says="The file has 100 MB; 100 MB is the most that is read.")
def test_a_file_has_a_byte_too_many():
    return SOUND.encode().ljust(100_000_001)


@fires("F08", line=21, says="One record in the file has more than 2 MB.")
def test_a_record_does_not_end():
    return ctf((38, "EXS", "x" * 4_000_000))


@passes("F08")
def test_a_file_is_as_large_as_may_be():
    size = len(SOUND.encode())
    return Given(SOUND, options={"limits": Limits(size=size, pupils=2, depth=7)})


@passes("F08")
def test_elements_stand_sixteen_deep():
    return ctf((22, "<UPN>", "<a>" * 13 + "</a>" * 13 + "<UPN>"))


# -- F05 -----------------------------------------------------------------------------------------------------------


@fires(
    "F05", value="9991234_KS2_NAALLLL_001 (1).xml", fix="Rename it to 9991234_KS2_NAALLLL_001.xml before you upload it."
)
def test_a_browser_has_added_to_the_name():
    return Given(SOUND, name="9991234_KS2_NAALLLL_001 (1).xml")


@fires("F05", value="results for gateway.xml", says="The usual form is 9991234_KS2_NAALLLL_001.xml.")
def test_the_right_name_is_made_from_the_header():
    return Given(SOUND, name="results for gateway.xml")


@fires("F05", says="The usual form is 9991234_CTF_NAALLLL_007.xml.")
def test_serial_and_token_are_kept():
    return Given(SOUND, name="9991234_ctf_naallll_007.xml")


@fires("F05", says="9991234_KS2_NAALLLL_002.xml")
def test_a_destination_is_a_letter_short():
    return Given(SOUND, name="9991234_KS2_NAALLL_002.xml")


@fires("F05", advises="LLLEEEE_KS2_NAALLLL_001.xml before you upload it, with the school's seven figures in place of")
def test_a_school_that_is_not_known_is_left_to_be_filled_in():
    return Given(ctf(gone=(9, 14)), name="export.xml")


@fires("F05", says="The usual form is 9991234_KS2_NAALLLL_001.xml.")
def test_a_destination_that_is_not_known_is_the_national_agency():
    return Given(ctf(gone=(15, 18)), name="export.xml")


@fires("F05", says="The usual form is 9991234_KS2_9995678_001.xml.")
def test_a_destination_that_the_header_gives_is_kept():
    return Given(ctf((16, "NAA", "999"), (17, "LLLL", "5678")), name="export.xml", destination="school")


@passes("F05")
def test_a_name_follows_the_pattern():
    return Given(SOUND, name="9991234_KS2_NAALLLL_001.xml")


@passes("F05")
def test_the_token_may_be_ctf():
    return Given(SOUND, name="9991234_CTF_NAALLLL_014.xml")


@passes("F05", ran=False)
def test_bytes_without_a_name():
    return Given(SOUND, name="")


# -- F06 -----------------------------------------------------------------------------------------------------------


@fires("F06", upn=None, value="9995678", line=9, says="says that the school is 9995678; the file itself says 9991234.")
def test_the_name_is_of_another_school():
    return Given(SOUND, name="9995678_KS2_NAALLLL_001.xml")


@fires("F06", value="999LLLL", line=15, says="says that the destination is 999LLLL; the file itself says NAALLLL.")
def test_the_name_goes_to_the_authority():
    return Given(SOUND, name="9991234_KS2_999LLLL_001.xml")


@fires("F06", times=2, value="9995678", advises="rename it to 9991234_KS2_NAALLLL_003.xml")
def test_both_differ_in_a_name_with_what_a_browser_added():
    return Given(SOUND, name="9995678_KS2_999LLLL_003(1).xml")


@passes("F06")
def test_name_and_header_agree():
    return SOUND


@passes("F06")
def test_small_letters_agree():
    return Given(ctf((16, "NAA", "naa")), name="9991234_ks2_naallll_001.xml")


@passes("F06")
def test_a_name_that_says_nothing_cannot_disagree():
    return Given(SOUND, name="export 9995678.xml")


@passes("F06")
def test_a_header_that_says_nothing_cannot_disagree():
    return Given(ctf(gone=(9, 18)), name="9995678_KS2_999LLLL_001.xml")


# -- F07 -----------------------------------------------------------------------------------------------------------

TABLES = ("MAT", "TT", "MTC", "NM", "25")


@fires("F07", upn=None, line=None, value="results of the multiplication tables check (2 pupils)")
def test_a_file_holds_the_multiplication_tables_check():
    return (
        ctf(with_row(51, *TABLES), gone=(30, 50))
        .replace("<Method>TA", "<Method>TT")
        .replace("<Component>REA", "<Component>MTC")
        .replace("<Subject>ENG", "<Subject>MAT")
        .replace("<Component>WRI", "<Component>MTC")
        .replace("<Subject>SCI", "<Subject>MAT")
        .replace("<Component>SCI", "<Component>MTC")
        .replace("<Component>MAT", "<Component>MTC")
        .replace("          </StageAssessment><StageAssessment>", "          <StageAssessment>")
    )


@fires("F07", says="It was made by “Example MIS” and holds 2 pupils and no assessments.")
def test_a_file_holds_pupils_and_no_assessments():
    return ctf(gone=(27, 53)).replace("<StageAssessments>", "<X>").replace("</StageAssessments>", "</X>")


@fires("F07", says="It holds no pupils.")
def test_a_file_holds_nobody():
    return ctf((8, "<SupplierID>Example MIS</SupplierID>", ""), gone=(21, 110))


@fires("F07", value="results of the phonics screening check (1 pupil)")
def test_a_file_holds_phonics():
    row = "<Locale>ENG</Locale><Year>2026</Year><Subject>PHO</Subject><Method>TA</Method><Component>PHO</Component>"
    phonics = f"<KeyStage><Stage>KS1</Stage><StageAssessment>{row}<Result>33</Result></StageAssessment></KeyStage>"
    return (
        ctf((54, "</Pupil>", f"<StageAssessments>{phonics}</StageAssessments></Pupil>"), gone=(55, 110))
        .replace("<Stage>KS2", "<Stage>KS1")
        .replace("<Component>WRI", "<Component>PHO")
        .replace("<Component>SCI", "<Component>PHO")
        .replace("<Subject>ENG", "<Subject>PHO")
        .replace("<Subject>SCI", "<Subject>PHO")
    )


@fires("F07", value="results of the key stage 2 tests (2 pupils)")
def test_a_file_holds_test_results():
    return (
        SOUND.replace("<Method>TA", "<Method>TT")
        .replace("<ResultQualifier>NC", "<ResultQualifier>NS")
        .replace("<Component>WRI", "<Component>GPS")
        .replace("<Subject>SCI", "<Subject>MAT")
        .replace("<Component>SCI", "<Component>MAT")
    )


def _rows_of(*stages):
    row = "<StageAssessment><Subject>ENG</Subject><Method>TT</Method><Component>WRI</Component></StageAssessment>"
    rows = "".join(f"<KeyStage><Stage>{stage}</Stage>{row}</KeyStage>" for stage in stages)
    kept = ctf((54, "</Pupil>", f"<StageAssessments>{rows}</StageAssessments></Pupil>"), gone=(55, 110)).split("\n")
    return "\n".join([*kept[:26], *[""] * 27, *kept[53:]])


@fires("F07", value="results of an unknown kind, “KS3 ENG TT WRI –” (1 pupil)")
def test_a_file_holds_results_that_are_not_known():
    return _rows_of("KS3")


@fires("F07", value="results of 2 unknown kinds (1 pupil)")
def test_several_kinds_that_are_not_known_are_counted():
    return _rows_of("KS3", "KS4")


@fires("F07", value="results of 2 unknown kinds (1 pupil), the phonics screening check (1 pupil)")
def test_known_and_unknown_kinds_are_said_side_by_side():
    english = "<Stage>KS1</Stage><StageAssessment><Subject>ENG"
    return _rows_of("KS3", "KS4", "KS1").replace(english, english.replace("ENG", "PHO"))


@passes("F07")
def test_one_teacher_assessment_is_enough():
    return ctf(gone=(30, 40)).replace("PK4", "").replace("PK5", "")


@passes("F07")
def test_a_teacher_assessment_in_rows_that_are_not_known_is_one_all_the_same():
    return SOUND.replace("<ResultQualifier>NC", "<ResultQualifier>NL")


@passes("F07")
def test_a_spreadsheet_with_a_judgement_is_a_return():
    return Given(TEMPLATE + ADA, name=SHEET)


@fires("F07", value="no pupils", advises="Enter the teachers' judgements in the columns for writing and science")
def test_a_spreadsheet_without_pupils_is_none():
    return Given(TEMPLATE, name=SHEET)


@passes("F07", ran=False)
def test_records_are_always_a_return():
    return a_return(pupil(writing="", science=""))


# -- F09 -----------------------------------------------------------------------------------------------------------


@fires("F09", upn=None, value="9995678", line=14, says="this file names 2 schools: 9991234, 9995678")
def test_a_file_names_two_schools():
    second = "</SourceSchool><SourceSchool><LEA>999</LEA><Estab>5678</Estab></SourceSchool>"
    return ctf((14, "</SourceSchool>", second))


@fires("F09", value="9991234", line=None, says="but “a/1.xml” in the same zip is also of school 9991234.")
def test_a_zip_holds_the_same_school_twice():
    return Given(SOUND, twin="a/1.xml")


@fires("F09", value="9995678", says="this sheet has pupils of 2 schools: 9991234, 9995678")
def test_a_spreadsheet_has_two_schools():
    rows = b"UPN,Surname,Forename,Writing,Science,LEA,Estab\nP999999919001,Example,Ada,EXS,EXS,999,1234\n"
    return Given(rows + b"D999999919002,Sample,Ben,EXS,EXS,999,5678\n", name="all.csv")


@passes("F09")
def test_a_file_names_one_school():
    return SOUND


@passes("F09")
def test_the_same_school_named_twice_is_one_school():
    second = "</SourceSchool><SourceSchool><LEA>999</LEA><Estab>1234</Estab></SourceSchool>"
    return ctf((14, "</SourceSchool>", second))


@passes("F09")
def test_an_empty_school_is_no_school():
    return ctf((14, "</SourceSchool>", "</SourceSchool><SourceSchool/>"))


@passes("F09")
def test_a_spreadsheet_names_one_school():
    rows = b"UPN,Surname,Forename,Writing,Science,LEA,Estab\nP999999919001,Example,Ada,EXS,EXS,999,1234\n"
    return Given(rows + b"D999999919002,Sample,Ben,EXS,EXS,999,1234\n", name="all.csv")


# -- F10 -----------------------------------------------------------------------------------------------------------


@fires("F10", value="Eye colour", line=1, says="The heading “Eye colour” is not known, so the column was not read.")
def test_a_heading_of_a_csv_file_is_not_known():
    return Given(
        b"UPN,Surname,Forename,Writing,Science,Eye colour\nP999999919001,Example,Ada,EXS,EXS,blue\n", name=SHEET
    )


@fires("F10", value=None, line=1, says="A column has entries but no heading, so the column was not read.")
def test_a_column_has_entries_and_no_heading():
    return Given(b"UPN,Surname,Forename,Writing,Science,\nP999999919001,Example,Ada,EXS,EXS,GDS\n", name=SHEET)


@fires("F10", times=2, value="Club", allowed=tuple(YEAR.headings.written.values()))
def test_each_unknown_heading_is_named():
    return Given(
        b"Club,UPN,Surname,Forename,Writing,Science,House\nChess,P999999919001,Example,Ada,EXS,EXS,Red\n", name=SHEET
    )


@passes("F10")
def test_the_class_is_known_and_has_no_place_in_a_return():
    return Given(b"Class,UPN,Surname,Forename,Writing,Science\n6A,P999999919001,Example,Ada,EXS,EXS\n", name=SHEET)


@passes("F10")
def test_every_heading_is_known():
    return Given(TEMPLATE + ADA, name=SHEET)


@passes("F10")
def test_other_names_of_the_columns_are_known():
    return Given(b"upn,Legal Surname,First_name,WRITTAOUTCOME,ta_sci\nP999999919001,Example,Ada,EXS,EXS\n", name=SHEET)


@passes("F10", ran=False)
def test_a_ctf_has_no_headings():
    return SOUND


# -- F11 -----------------------------------------------------------------------------------------------------------


@fires("F11", upn=None, value="Science TA", line=None, says="The sheet has no column headed “Science TA”.")
def test_there_is_no_column_for_science():
    return Given(b"UPN,Surname,Forename,Writing\nP999999919001,Example,Ada,EXS\n", name=SHEET)


@fires("F11", value="UPN", allowed=("UPN", "Unique pupil number", "Pupil UPN"))
def test_there_is_no_column_for_the_upn():
    return Given(b"Surname,Forename,Writing,Science\nExample,Ada,EXS,EXS\n", name=SHEET)


@fires("F11", times=5, value="UPN")
def test_five_columns_are_needed():
    return Given(b"Date of birth,Sex\n2015-03-09,F\n", name=SHEET)


@passes("F11")
def test_reading_maths_sex_and_date_of_birth_are_not_needed():
    return Given(b"UPN,Surname,Forename,Writing,Science\nP999999919001,Example,Ada,EXS,EXS\n", name=SHEET)


@passes("F11", ran=False)
def test_records_have_no_columns():
    return a_return(pupil())


@pytest.mark.parametrize("code", ["F01", "F02", "F03", "F04", "F08"])
def test_a_spreadsheet_that_was_read_passes_the_checks_of_reading(code):
    report = report_on(read_template(TEMPLATE + ADA, YEAR, name=SHEET))
    assert code in report.passed


def test_the_name_of_the_file_is_the_one_it_is_checked_under():
    assert report_on(SOUND).file == NAME
