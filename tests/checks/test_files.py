"""Files are read and checked: from a path or from bytes, with what else is given as paths or as values."""

import hashlib
from io import BytesIO

import pytest

import keystage
from checks.build import BEN, NAME, SOUND, TODAY, YEAR, a_return, ctf, expected, pupil, register
from keystage.checks import Verdict
from keystage.checks.files import Options, check_content, check_file, check_path, usual_year
from keystage.ctf.limits import Limits
from keystage.returns.refused import FileRefused
from keystage.sheets import RegisterRefused, write_register, write_template
from keystage.years import YearUnknown

CSV = b"UPN,Surname,Forename,DOB,Sex,Writing,Science\nP999999919001,Example,Ada,2015-03-09,F,EXS,EXS\n"


@pytest.fixture
def file(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def template(kind="xlsx"):
    sink = BytesIO()
    both = a_return(pupil(), pupil(BEN, reading="PK4", maths="PK3", writing="PK5", science="HNM"))
    write_template(both, YEAR, sink, kind=kind)
    return sink.getvalue()


def codes(report):
    return {finding.code for finding in report.findings}


# -- one file --------------------------------------------------------------------------------------------------------


def test_a_ctf_is_read_from_its_path(file):
    report = check_file(file(NAME, SOUND), today=TODAY)
    assert (report.verdict, report.file, report.school, report.pupils, report.year) == (
        *(Verdict.CLEAN, NAME, "9991234", 2, 2026),
    )
    assert report.sha256 == hashlib.sha256(SOUND.encode()).hexdigest()
    assert report.notes == ()


def test_a_path_may_be_a_text(file):
    assert check_file(str(file(NAME, SOUND)), today=TODAY).verdict is Verdict.CLEAN


def test_the_package_has_it_at_its_door(file):
    assert keystage.check_file(file(NAME, SOUND), today=TODAY).verdict is Verdict.CLEAN


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_filled_template_is_read(file, kind):
    report = check_file(file(f"KS2_9991234_001.{kind}", template(kind)), today=TODAY)
    assert (report.verdict, report.school, report.pupils) == (Verdict.CLEAN, "9991234", 2)
    assert report.notes == ("A spreadsheet does not say its year: 2026 was taken. --year gives another.",)


def test_a_template_is_of_the_school_that_is_given(file):
    assert check_file(file("marks.csv", CSV), school="9995678", today=TODAY).school == "9995678"


def test_a_template_of_no_known_school_says_none(file):
    assert check_file(file("marks.csv", CSV), today=TODAY).school is None


def test_a_school_that_is_given_must_be_that_of_the_file(file):
    assert "H02" in codes(check_file(file(NAME, SOUND), school="9995678", today=TODAY))


def test_a_file_that_cannot_be_read_is_reported(file):
    report = check_file(file(NAME, b"%PDF-1.7"))
    assert (report.verdict, report.file) == (Verdict.UNREADABLE, NAME)


def test_a_file_that_is_too_large_is_not_even_read(file):
    path = file("9991234.xml", b"")
    with path.open("wb") as hollow:
        hollow.truncate(100_000_001)
    report = check_file(path)
    assert codes(report) == {"F08"}
    assert report.sha256 is None


def test_a_path_that_is_not_there_is_no_finding(tmp_path):
    with pytest.raises(OSError, match=r"nowhere\.xml"):
        check_file(tmp_path / "nowhere.xml")


def test_bytes_are_checked_under_a_name():
    assert check_content(SOUND.encode(), NAME, Options(today=TODAY)).verdict is Verdict.CLEAN


def test_a_ctf_under_the_name_of_a_spreadsheet_is_told_apart(file):
    assert codes(check_file(file("9991234.csv", SOUND))) == {"F02"}


# -- the year --------------------------------------------------------------------------------------------------------


def test_a_year_that_is_not_held_is_noted(file):
    report = check_file(file(NAME, SOUND.replace("<Year>2026", "<Year>2019")), today=TODAY)
    assert report.year == 2026
    assert report.notes == ("The file is of 2019, a year that is not held here: it was checked for 2026.",)
    assert "J10" in codes(report)


def test_a_year_that_is_asked_for_needs_no_note(file):
    report = check_file(file("9991234.csv", CSV), year=2025, today=TODAY)
    assert (report.year, report.notes) == (2025, ())


def test_a_file_that_does_not_say_its_year_needs_no_note_where_one_is_asked_for(file):
    silent = SOUND.replace("<Year>2026</Year>", "").replace("2025</AcademicYear>", "</AcademicYear>")
    assert check_file(file(NAME, silent), year=2026, today=TODAY).notes == ()


def test_a_year_that_is_asked_for_must_be_held(file):
    with pytest.raises(YearUnknown):
        check_file(file(NAME, SOUND), year=1999)


def test_the_usual_year_is_the_latest_that_is_no_draft():
    assert usual_year(Options()).year == 2026


def test_a_draft_is_used_where_the_file_is_of_it(file):
    report = check_file(file(NAME, SOUND.replace("<Year>2026", "<Year>2027")), today=TODAY)
    assert (report.year, report.is_draft) == (2027, True)


# -- register, earlier file, destination -----------------------------------------------------------------------------


def test_a_register_is_given_by_its_path(file):
    sink = BytesIO()
    write_register(register(expected(moderated="WTS")), sink)
    path = file("register.csv", sink.getvalue())
    for given in (path, str(path)):
        assert {"C02", "C05", "C10"} <= codes(check_file(file(NAME, SOUND), register=given, today=TODAY))


def test_a_register_is_given_as_it_is(file):
    assert "C02" in codes(check_file(file(NAME, SOUND), register=register(expected()), today=TODAY))


def test_a_register_that_cannot_be_read_is_refused(file):
    with pytest.raises(RegisterRefused):
        check_file(file(NAME, SOUND), register=file("register.csv", "upn,name\nP999999919001,Ada\n"))


def test_an_earlier_file_is_given_by_its_path(file):
    before = file("before.xml", SOUND)
    for given in (before, str(before)):
        assert codes(check_file(file(NAME, ctf((38, "EXS", "GDS"))), previous=given, today=TODAY)) == {"D02"}


def test_an_earlier_file_may_be_a_template(file):
    before = file("9991234.xlsx", template())
    report = check_file(file(NAME, SOUND), previous=before, today=TODAY)
    assert codes(report) == {"D03"}
    assert [each.code for each in report.not_run if each.code[0] == "D"] == ["D04"]


def test_an_earlier_file_that_cannot_be_read_is_refused(file):
    with pytest.raises(FileRefused, match="It looks like a PDF document"):
        check_file(file(NAME, SOUND), previous=file("before.xml", b"%PDF-1.7"))


def test_any_destination_may_be_allowed(file):
    path = file("9991234_KS2_999LLLL_001.xml", ctf((16, "NAA", "999")))
    assert codes(check_file(path, today=TODAY)) == {"H03"}
    assert codes(check_file(path, destination="any", today=TODAY)) == set()


# -- a path with its place -------------------------------------------------------------------------------------------


def test_a_path_is_reported_as_it_was_given(file):
    path = file(NAME, SOUND)
    (report,) = check_path(path, Options(today=TODAY))
    assert report.file == str(path)


def test_a_path_with_a_file_that_is_just_small_enough(file):
    path = file(NAME, SOUND)
    (report,) = check_path(path, Options(today=TODAY, limits=Limits(size=len(SOUND.encode()))))
    assert report.verdict is Verdict.CLEAN


def test_a_path_with_a_file_that_is_too_large(file):
    path = file(NAME, SOUND)
    (report,) = check_path(path, Options(limits=Limits(size=100)))
    assert (report.file, codes(report)) == (str(path), {"F08"})
