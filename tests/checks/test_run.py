"""How the checks are run: on what, on what not, in which order, and for which year and day."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from checks.build import ADA, BEN, SOUND, YEAR, a_return, ctf, expected, pupil, register, result, some_results, with_row
from checks.cases import Given, report_on
from keystage.checks import CATALOGUE, Severity, Verdict, run
from keystage.checks.london import london_date
from keystage.checks.run import return_checks
from keystage.checks.run_results import run_results
from keystage.returns.signing import Signatures
from keystage.sheets import read_template
from keystage.years import YearUnknown, load

J = {"J01", "J03", "J04", "J06", "J07", "J08", "J09", "J10", "J11", "J12", "J13", "J14", "J15"}
C = {f"C{number:02}" for number in range(1, 11)}
D = {"D01", "D02", "D03", "D04"}
BOTH = register(expected(), expected(BEN, reading="below", maths="below"))
NO_TA = "the file holds no key stage 2 teacher assessment (F07)"


def reasons(report):
    return dict(report.not_run)


def found(report, *severities):
    return [finding.code for finding in report.findings if finding.severity in (severities or tuple(Severity))]


# -- what is run ---------------------------------------------------------------------------------------------------


def test_everything_is_run_on_a_file_with_a_register_and_an_earlier_file_but_what_is_for_spreadsheets():
    report = report_on(Given(SOUND, register=BOTH, previous=SOUND))
    assert set(reasons(report)) == {"F10", "F11", "S01", "S02"}
    assert set(report.ran) == {code for code in CATALOGUE if code[0] != "R"} - {"F10", "F11", "S01", "S02"}


def test_a_sound_file_is_clean():
    report = report_on(Given(SOUND, register=BOTH))
    assert report.verdict is Verdict.CLEAN
    assert found(report) == ["C05"]


def test_without_a_register_the_cohort_is_not_checked_and_j01_is():
    report = report_on(ctf(gone=(30, 40)))
    assert {code for code, why in reasons(report).items() if why == "no register was given"} == C
    assert found(report) == ["J01"]


def test_without_an_earlier_file_the_resubmission_is_not_checked():
    why = reasons(report_on(SOUND))
    assert {why[code] for code in D} == {"no file sent before was given"}


def test_a_spreadsheet_runs_no_header_checks_and_none_of_a_ctfs():
    sheet = read_template(
        b"UPN,Surname,Forename,DOB,Sex,Writing,Science\nP999999919001,Example,Ada,2015-03-09,F,EXS,EXS\n", YEAR
    )
    report = report_on(Given(sheet, register=register(expected()), previous=sheet))
    why = reasons(report)
    assert set(why) == {code for code in CATALOGUE if code[0] == "H"} | {
        *("F05", "F06", "J10", "J11", "J12", "J13", "J14", "D04", "S01", "S02")
    }
    assert {why[code] for code in why if code not in ("D04", "S01", "S02")} == {
        "the return does not come from a Common Transfer File"
    }
    assert why["S01"] == why["S02"] == "the return does not come from a school's own records"
    assert why["D04"] == "the earlier and the later return do not both come from a Common Transfer File"


def test_records_run_neither_header_nor_column_checks():
    report = report_on(Given(a_return(pupil()), register=register(expected()), previous=a_return(pupil())))
    assert set(reasons(report)) == {code for code in CATALOGUE if code[0] == "H"} | {
        *(
            "F01",
            "F02",
            "F03",
            "F04",
            "F05",
            "F06",
            "F07",
            "F08",
            "F09",
            "F10",
            "F11",
            "J10",
            "J11",
            "J12",
            "J13",
            "J14",
            "D04",
            "S01",
            "S02",
        )
    }
    assert reasons(report)["F10"] == "the return does not come from a spreadsheet"
    assert reasons(report)["S01"] == reasons(report)["S02"] == "no record of who signed was given"


def test_records_with_signatures_have_them_checked():
    report = report_on(Given(a_return(pupil()), signatures=Signatures((), ("6A",))))
    assert {"S01", "S02"} <= set(report.ran)


def test_a_file_can_be_held_against_the_signatures_of_the_school_that_made_it():
    sheet = read_template(b"UPN,Surname,Forename,Writing,Science\nP999999919001,Example,Ada,EXS,EXS\n", YEAR)
    report = report_on(Given(sheet, signatures=Signatures((), ("6A",))))
    assert {"S01", "S02"} <= set(report.ran)


def test_records_without_places_have_their_judgements_checked():
    """Only a file says where a judgement stands; a school's own records do not."""
    wrong = pupil(writing=("2B", "EXS"), science="hnm")
    assert {"J03", "J04", "J15"} <= set(found(report_on(a_return(wrong))))


# -- after F07 -----------------------------------------------------------------------------------------------------

PHONICS = (
    ctf(gone=(27, 53))
    .replace("KS2</Stage>", "KS1</Stage>")
    .replace("<Subject>", "<Subject>PHO</Subject><X>")
    .replace("</Subject>\n", "</X>\n")
)


def test_after_f07_judgements_cohort_and_ages_are_not_checked_and_it_is_said():
    report = report_on(Given(PHONICS, register=BOTH))
    why = reasons(report)
    assert "F07" in found(report)
    assert {code for code in why if why[code] == NO_TA} == J | C | {"P08"}


def test_after_f07_everything_else_is_checked():
    report = report_on(Given(PHONICS.replace("25.0", "24.0").replace("P999999919001", "P99"), previous=SOUND))
    assert {"F07", "H01", "P01", "D02"} <= set(found(report))
    assert (J | C | {"P08"}).isdisjoint(report.ran)


def test_after_f07_a_missing_register_is_the_first_reason():
    assert reasons(report_on(PHONICS))["C01"] == "no register was given"


# -- what stops the run ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("F01", SOUND[:1500].encode()),
        ("F02", b"%PDF-1.7"),
        ("F03", SOUND.replace("<CTfile>", "<!DOCTYPE CTfile><CTfile>").encode()),
        ("F04", SOUND.replace("Ada", "Zoë").encode("latin-1")),
        ("F08", SOUND.replace("<Surname>", "<a>" * 14 + "</a>" * 14 + "<Surname>").encode()),
    ],
)
def test_a_file_that_cannot_be_read_stops_the_run(code, data):
    report = report_on(data)
    assert report.verdict is Verdict.UNREADABLE
    assert found(report) == [code]
    assert report.ran == (code,)
    assert set(reasons(report)) == {other.code for other in return_checks()} - {code}
    assert set(reasons(report).values()) == {"the file could not be read"}
    assert (report.year, report.pupils, report.school) == (None, None, None)


def test_nothing_else_stops_the_run():
    """A file with a fault in each of the first families still has its last pupil looked at."""
    wrong = ctf((5, "25.0", "3.0"), (10, "999", ""), (13, "2025", "1999"), (22, "P9", ""), (38, "EXS", "?"))
    report = report_on(Given(wrong, name="x.xml", register=register(expected(BEN))))
    assert {"F05", "H01", "H02", "H05", "P01", "J03", "C02", "C07", "C08"} & set(found(report)) >= {
        *("F05", "H01", "H02", "H05", "P01", "J03", "C02", "C08")
    }


# -- order and places ------------------------------------------------------------------------------------------------


def test_findings_come_in_the_order_of_the_stages():
    wrong = ctf((5, "25.0", "24.0"), (22, "P999999919001", "B999999919001"), (38, "EXS", "2B"))
    report = report_on(Given(wrong, name="x.xml", register=BOTH, previous=SOUND))
    stages = [code[0] for code in found(report)]
    assert stages == sorted(stages, key="FHPJCDS".index)
    assert [check.code for check in return_checks()] == sorted(
        (code for code in CATALOGUE if code[0] != "R"), key=lambda code: ("FHPJCDS".index(code[0]), code)
    )


def test_findings_of_a_check_come_in_the_order_of_the_file():
    report = report_on(ctf((38, "EXS", "2B"), (49, "EXS", "3C"), (105, "HNM", "4A")))
    assert [finding.line for finding in report.findings if finding.code == "J03"] == [38, 49, 105]


def test_what_is_absent_is_at_its_pupil_and_who_is_absent_is_nowhere():
    report = report_on(
        Given(ctf(gone=(41, 51)), register=register(*BOTH.pupils, expected(("X1", "Gone", "Al", "", ""))))
    )
    lines = {finding.code: finding.line for finding in report.findings}
    assert lines["J01"] == 21
    assert lines["C01"] is None


def test_a_cell_of_a_workbook_is_the_place():
    from io import BytesIO

    from keystage.sheets import write_template

    sink = BytesIO()
    write_template(a_return(pupil(writing="2B")), YEAR, sink, kind="xlsx")
    report = report_on(Given(sink.getvalue(), name="t.xlsx"))
    (finding,) = (finding for finding in report.findings if finding.code == "J03")
    assert (finding.line, finding.cell) == (None, "G2")
    assert finding.sheet
    assert finding.place == f"sheet {finding.sheet}, cell G2"


# -- the year --------------------------------------------------------------------------------------------------------


def test_the_year_is_the_commonest_of_the_teacher_assessments():
    assert report_on(ctf((32, "2026", "2025"), (13, "2025", "2020"), (5, "25.0", "22.0"))).year == 2026


def test_rows_of_tests_do_not_count_for_the_year():
    rows = [with_row(line, "ENG", "TT", "REA", "NS", "100", year="2024") for line in (40, 51, 74, 85, 96, 107)]
    assert report_on(ctf((32, "2026", "2025"), *rows)).year == 2026


def test_without_teacher_assessments_it_is_the_year_after_the_school_year_began():
    assert (
        report_on(ctf((13, "2025", "2023"), (5, "25.0", "22.0"), gone=(27, 53)).replace("<Year>2026</Year>", "")).year
        == 2024
    )


def test_it_is_never_that_of_the_version():
    report = report_on(
        SOUND.replace("<Year>2026</Year>", "").replace("2025</AcademicYear>", "</AcademicYear>").replace("25.0", "22.0")
    )
    assert report.year == 2026
    assert report.notes == ("The file does not say its year: 2026 was taken. --year gives another.",)


def test_the_year_that_is_asked_for_goes_before_all():
    assert report_on(Given(SOUND, year=2024)).year == 2024


def test_a_year_may_be_given_by_its_number():
    assert run(a_return(pupil()), year=2026).year == run(a_return(pupil()), year=load(2026)).year == 2026


def test_a_year_that_is_not_held_is_refused():
    with pytest.raises(YearUnknown):
        run(a_return(pupil()), year=1999)


def test_a_draft_is_said():
    assert run(a_return(pupil()), year=2027).is_draft
    assert not run(a_return(pupil()), year=2026).is_draft


# -- today -----------------------------------------------------------------------------------------------------------


def test_today_is_passed_in():
    assert "P07" in found(report_on(Given(SOUND, today=date(2015, 3, 8))))
    assert "P07" not in found(report_on(Given(SOUND, today=date(2015, 3, 9))))


def test_by_default_today_is_the_date_in_london():
    assert "P07" not in {finding.code for finding in run(a_return(pupil(born="2015-03-09")), year=2026).findings}
    assert "P07" in {finding.code for finding in run(a_return(pupil(born="2999-03-09")), year=2026).findings}


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 1, 15, 23, 59, 59, tzinfo=UTC), date(2026, 1, 15)),
        (datetime(2026, 1, 16, 0, 0, tzinfo=UTC), date(2026, 1, 16)),
        (datetime(2026, 6, 26, 22, 59, 59, tzinfo=UTC), date(2026, 6, 26)),
        (datetime(2026, 6, 26, 23, 0, tzinfo=UTC), date(2026, 6, 27)),
        (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 29, 23, 30, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2024, 3, 31, 23, 30, tzinfo=UTC), date(2024, 4, 1)),
        (datetime(2026, 6, 27, 8, 0, tzinfo=timezone(timedelta(hours=9))), date(2026, 6, 27)),
    ],
    ids=str,
)
def test_midnight_in_london_is_an_hour_earlier_in_summer(moment, day):
    """In 2026 the clocks go forward on 29 March and back on 25 October."""
    assert london_date(moment) == day


def test_london_agrees_with_the_database_of_time_zones_in_every_hour_of_two_years():
    from zoneinfo import ZoneInfo

    london = ZoneInfo("Europe/London")
    moment = datetime(2025, 1, 1, tzinfo=UTC)
    for _ in range(2 * 365 * 24):
        assert london_date(moment) == moment.astimezone(london).date()
        moment += timedelta(hours=1)


# -- results -----------------------------------------------------------------------------------------------------------


def test_results_run_their_own_checks_and_no_others():
    report = report_on(some_results(result(reading=(25, 100, "AS"))))
    assert set(report.ran) | set(reasons(report)) == {code for code in CATALOGUE if code[0] == "R"}
    assert reasons(report) == {
        "R01": "no register was given",
        "R05": "no teacher assessment is held, neither in a return that was sent nor in the results",
        "R06": "the return that was sent was not given",
    }


def test_it_is_said_which_tables_are_held_only_in_part():
    assert report_on(some_results(result(), year=2026)).partly == ()
    assert [str(each.why) for each in report_on(some_results(result(), year=2025)).partly] == [
        "the table of scaled scores for maths in 2025 is held only in part"
    ]


def test_the_year_of_results_may_be_given_by_its_number_or_as_it_is():
    results = some_results(result())
    assert run_results(results, year=2026) == run_results(results, year=load(2026))


# -- the same pupil twice ----------------------------------------------------------------------------------------------


def test_a_pupil_who_stands_twice_is_matched_by_the_first():
    report = report_on(Given(a_return(pupil(ADA), pupil(ADA, sex="M")), register=register(expected())))
    assert found(report, Severity.ERROR, Severity.QUERY) == ["P04"]
