"""``keystage check`` as text: what a person reads, in the order in which it helps."""

import pytest

from cli.made import ADA, BEN, CAI, CLASS, DEE, EVE, GOOD_NAME, ctf, keystage, put, register, with_codes

TODAY = ("--today", "2026-06-20")


def check(path, *words, **environment):
    return keystage("check", path, *TODAY, *words, **environment)


def in_order(text, *parts):
    places = [text.find(part) for part in parts]
    assert -1 not in places, dict(zip(parts, places, strict=True))
    assert places == sorted(places)


def test_a_clean_return_in_full(clean):
    assert (
        check(clean).stdout
        == f"""\
CLEAN
{clean}
School 9991234, 5 pupils, checked for the summer of 2026

40 checks were made; 40 found nothing wrong.
  Not checked, as the return does not come from a spreadsheet: the columns of a spreadsheet (F10,
    F11).
  Not checked, as no register was given (--register FILE): who is expected (C01 to C10).
  Not checked, as no file sent before was given (--previous FILE): changes since the last file (D01
    to D04).
  Not checked, as the return does not come from a school's own records: signatures (S01, S02).
"""
    )


def test_the_verdict_comes_first_then_errors_queries_information_and_what_was_not_checked(tmp_path):
    file = put(tmp_path, GOOD_NAME, ctf(with_codes(ADA, WRI="2B"), with_codes(DEE, SCI="EXS")))
    expected = put(tmp_path, "register.csv", register(ADA, DEE))
    in_order(
        check(file, "--register", expected).stdout,
        "NOT READY TO SEND: 1 error, 1 query\n",
        GOOD_NAME,
        "School 9991234, 2 pupils",
        "Errors: these must be put right",
        "  Example, Ada (P999999919001)\n    Ada Example has “2B” in writing",
        "Queries: correct them, or confirm them with a note",
        "  Specimen, Dee (G999999919004)\n    Dee Specimen has EXS in science",
        "For your information",
        "Expected 2, received 2",
        "checks were made",
        "Not checked",
    )


def test_faults_of_the_file_come_before_those_of_pupils(tmp_path):
    file = put(tmp_path, "9991234_KS2_823LLLL_001.xml", ctf(with_codes(ADA, WRI=""), destination="823LLLL"))
    in_order(check(file).stdout, "  The file\n    The file is addressed to", "  Example, Ada (P999999919001)\n")


def test_the_same_fault_on_many_pupils_is_one_entry_that_opens_into_names(tmp_path):
    file = put(tmp_path, GOOD_NAME, ctf(*(with_codes(each, SCI="") for each in (ADA, BEN, CAI, DEE)), EVE))
    text = check(file).stdout
    assert (
        """\
  A judgement is missing, science: 4 pupils [J01]
    → Ask the teacher, enter one of EXS, HNM, A, L, F or P in the school's system, and export the
      file again. A file with gaps cannot be used.
    · P999999919001  Ada Example has no science judgement. [line 21]
    · D999999919002  Ben Sample has no science judgement. [line 43]
    · T999999919003  Cai Pattern has no science judgement. [line 65]
    · G999999919004  Dee Specimen has no science judgement. [line 87]
"""
        in text
    )
    assert text.count("Ask the teacher") == 1


def test_what_differs_in_the_way_out_stands_with_each_pupil(tmp_path):
    wrong = [(f"A{each[0][1:]}", *each[1:]) for each in (BEN, CAI, DEE)]
    text = check(put(tmp_path, GOOD_NAME, ctf(*wrong))).stdout
    assert "UPN with the wrong first letter: 3 pupils [P02]\n    → Look the UPN up in the school's records" in text
    for right in ("D999999919002", "T999999919003", "G999999919004"):
        assert text.count(f"the UPN is {right}") == 1


def test_two_pupils_with_the_same_fault_stand_under_their_names(tmp_path):
    text = check(put(tmp_path, GOOD_NAME, ctf(with_codes(BEN, SCI=""), with_codes(ADA, SCI="")))).stdout
    in_order(text, "  Example, Ada (P999999919001)\n    Ada", "  Sample, Ben (D999999919002)\n    Ben")


def test_nothing_is_capped(tmp_path):
    pupils = [with_codes((f"P9999999190{number:02}", *ADA[1:]), SCI="") for number in range(99)]
    text = check(put(tmp_path, GOOD_NAME, ctf(*pupils))).stdout
    assert text.count("has no science judgement") == 99


def test_no_line_is_longer_than_the_terminal_is_wide(faulty):
    for width in (40, 72, 100):
        lines = check(faulty, COLUMNS=str(width)).stdout.splitlines()
        assert [line for line in lines if len(line) > width and str(faulty) not in line] == []


def test_on_a_very_wide_terminal_lines_stay_short_enough_to_read(faulty):
    lines = check(faulty, COLUMNS="300").stdout.splitlines()
    assert max(len(line) for line in lines if str(faulty) not in line) <= 100


def test_there_is_no_colour_where_the_output_is_no_terminal(faulty):
    assert "\x1b" not in check(faulty).stdout


def test_quiet_is_one_line_a_file_and_the_sum(tmp_path, clean, faulty):
    result = check(tmp_path, "--quiet")
    assert result.stdout.splitlines() == [
        f"{clean}: CLEAN",
        f"{faulty}: NOT READY TO SEND: 2 errors",
        "2 files, 7 pupils: 1 clean, 1 with errors.",
    ]


def test_of_several_files_it_says_at_the_end_what_they_come_to(tmp_path, clean, faulty):
    text = check(tmp_path).stdout
    assert text.endswith("\n2 files, 7 pupils: 1 clean, 1 with errors.\n")
    assert "Not checked, as no register was given (--register FILE): who is expected (C01 to C10) (2 files).\n" in text


def test_that_a_year_is_a_draft_is_said_in_every_form(tmp_path):
    file = put(tmp_path, GOOD_NAME, ctf((*ADA[:3], "2016-03-09", *ADA[4:]), year=2027, made="2027-06-01T09:00:00"))
    words = "the rules for 2027 are a draft: nearly all of them are assumed"
    for form in ("text", "text --quiet", "csv", "xlsx"):
        result = keystage("check", file, "--today", "2027-06-20", "--format", *form.split(), COLUMNS="200")
        assert words in result.output.replace("\n", " ").casefold(), form
    assert '"draft": true' in keystage("check", file, "--format", "json").stdout


def test_the_year_can_be_given(clean):
    result = check(clean, "--year", "2025")
    assert "checked for the summer of 2025" in result.stdout
    assert "[H01" in result.stdout


def test_the_destination_can_be_given(tmp_path):
    file = put(tmp_path, "9991234_KS2_9991234_001.xml", ctf(ADA, destination="9991234"))
    assert "[H03" in check(file).stdout
    assert check(file, "--destination", "school").stdout.startswith("CLEAN\n")
    assert check(file, "--destination", "any").stdout.startswith("CLEAN\n")


def test_the_school_can_be_given_in_several_ways_of_writing(clean):
    assert check(clean, "--school", "999/1234").stdout.startswith("CLEAN\n")
    assert "[H02" in check(clean, "--school", "9995678").stdout


def test_today_can_be_given(clean):
    assert "[H06" in keystage("check", clean, "--today", "2026-01-01").stdout


def test_a_register_and_an_earlier_file_can_be_given(tmp_path, clean):
    expected = put(tmp_path, "expected.csv", register(ADA, BEN, CAI, DEE))
    earlier = put(tmp_path, "earlier.xml", ctf(*CLASS, with_codes((f"{'Y'}999999919009", "Gone", "Gil", *ADA[3:]))))
    text = check(clean, "--register", expected, "--previous", earlier).stdout
    assert "[C02, line" in text
    assert "[D01]" in text


def test_a_template_says_that_its_year_was_taken(tmp_path):
    file = put(
        tmp_path,
        "9991234.csv",
        "UPN,Surname,Forename,Date of birth,Sex,Writing TA,Science TA\n"
        "P999999919001,Example,Ada,2015-03-09,F,EXS,EXS\n",
    )
    text = check(file).stdout
    assert text.startswith("CLEAN\n")
    assert "Note: A spreadsheet does not say its year: 2026 was taken. --year gives another.\n" in text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (register(ADA), "like a register of expected pupils, not like a filled template. Give it with --register."),
        (
            "LEA,ESTAB,UPN,SURNAME,FORENAME,READMRK,READSCORE\n999,1234,P999999919001,Example,Ada,30,102\n",
            "like a list of results, not like a filled template. “keystage results” reads it.",
        ),
    ],
)
def test_a_register_or_results_given_by_mistake_are_named(tmp_path, content, words):
    text = check(put(tmp_path, "9991234.csv", content), COLUMNS="100").stdout
    assert f"Note: This looks {words}" in text.replace("\n", " ")


def test_a_name_cannot_command_the_terminal(tmp_path):
    file = put(tmp_path, "9991234.csv", "UPN,Surname,Forename,DOB,Sex,Writing,Science\nP1,\x1b[2JBad,Ada,,F,EXS,\n")
    assert "\x1b" not in check(file).output
    assert "\x1b" not in check(put(tmp_path, "a\x1b[2J.xml", ctf(ADA))).output


SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="CTfile"><xs:complexType><xs:sequence>
    <xs:element name="Header"/><xs:element name="CTFpupilData"/>{more}
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>"""


def test_a_schema_gives_a_second_opinion_and_no_verdict(tmp_path, clean):
    content_with_anything = SCHEMA.replace('name="Header"', 'name="Header" type="xs:anyType"')
    fits = put(tmp_path, "fits.xsd", content_with_anything.format(more=""))
    wants_more = put(tmp_path, "more.xsd", content_with_anything.format(more='<xs:element name="Footer"/>'))
    assert "Note: The schema fits.xsd finds nothing wrong." in check(clean, "--schema", fits).stdout
    result = check(clean, "--schema", wants_more)
    assert "Note: The schema more.xsd, line" in result.stdout
    assert (result.exit_code, result.stdout.startswith("CLEAN")) == (0, True)


def test_a_schema_that_cannot_be_used_is_said_once_and_is_2(tmp_path, clean, faulty):
    no_schema = put(tmp_path, "no.xsd", "this is no schema")
    result = check(tmp_path, "--schema", no_schema)
    assert result.exit_code == 2
    assert result.stderr.count("no.xsd cannot be used as a schema") == 1
    assert "2 files, 7 pupils" in result.stdout
