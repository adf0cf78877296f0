"""Zips of many files: what is read, what is refused, and what is left alone."""

import struct
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.build import NAME, SOUND, TODAY, ctf
from keystage.checks import Verdict
from keystage.checks.archives import ZipLimits, left_out, members
from keystage.checks.files import Options, check_path
from keystage.ctf.limits import Limits
from keystage.returns.refused import FileRefused

OTHER = ctf((11, "1234", "5678"))
OTHER_NAME = "9995678_KS2_NAALLLL_001.xml"


def zipped(*files, method=zipfile.ZIP_DEFLATED):
    sink = BytesIO()
    with zipfile.ZipFile(sink, "w", method) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return sink.getvalue()


def checked(tmp_path, data, **options):
    path = tmp_path / "schools.zip"
    path.write_bytes(data)
    reports = list(check_path(path, Options(today=TODAY, **options)))
    return {report.file.removeprefix(str(path)): report for report in reports}


def only(reports):
    (report,) = reports.values()
    (finding,) = report.findings
    return finding


# -- what is read ----------------------------------------------------------------------------------------------------


def test_each_file_has_a_report_under_the_names_of_zip_and_member(tmp_path):
    reports = checked(tmp_path, zipped((f"b/{OTHER_NAME}", OTHER), (f"a/{NAME}", SOUND)))
    assert list(reports) == [f"!a/{NAME}", f"!b/{OTHER_NAME}"]
    assert [report.school for report in reports.values()] == ["9991234", "9995678"]
    assert {report.verdict for report in reports.values()} == {Verdict.CLEAN}


def test_a_zip_holds_spreadsheets_too(tmp_path):
    rows = b"UPN,Surname,Forename,Date of birth,Sex,Writing,Science\nP999999919001,Example,Ada,2015-03-09,F,EXS,EXS\n"
    reports = checked(tmp_path, zipped(("KS2_9995678_001.csv", rows), (NAME, SOUND)))
    assert [report.school for report in reports.values()] == ["9991234", "9995678"]


def test_the_name_of_a_member_is_checked_without_its_folders(tmp_path):
    assert checked(tmp_path, zipped((f"deep/er/{NAME}", SOUND)))[f"!deep/er/{NAME}"].findings == ()


def test_one_bad_file_does_not_spoil_the_others(tmp_path):
    reports = checked(tmp_path, zipped((NAME, SOUND), (OTHER_NAME, b"%PDF-1.7")))
    assert [report.verdict for report in reports.values()] == [Verdict.CLEAN, Verdict.UNREADABLE]


@pytest.mark.parametrize(
    "name",
    [
        "__MACOSX/._9995678.xml",
        "a/__MACOSX/b.xml",
        ".hidden.xml",
        "a/._b.xml",
        "readme.txt",
        "report.pdf",
        "folder.xml/",
    ],
)
def test_what_is_no_return_is_left_alone(tmp_path, name):
    assert list(checked(tmp_path, zipped((name, b"x"), (NAME, SOUND)))) == [f"!{NAME}"]


def test_a_zip_of_nothing_to_check_says_so(tmp_path):
    for data in (zipped(), zipped(("readme.txt", b"x"))):
        finding = only(checked(tmp_path, data))
        assert (finding.code, finding.message) == ("F02", "The zip holds no file that can be a return.")


# -- the same school twice -------------------------------------------------------------------------------------------


def test_a_school_that_comes_twice_is_said_at_the_second(tmp_path):
    reports = checked(tmp_path, zipped((f"1/{NAME}", SOUND), (f"2/{NAME}", SOUND), (f"3/{OTHER_NAME}", OTHER)))
    assert [[finding.code for finding in report.findings] for report in reports.values()] == [[], ["F09"], []]
    (finding,) = reports[f"!2/{NAME}"].findings
    assert f"“1/{NAME}” in the same zip is also of school 9991234" in finding.message
    assert finding.value == "9991234"


def test_a_school_that_comes_three_times_is_said_twice_each_time_with_the_first(tmp_path):
    reports = checked(tmp_path, zipped(*((f"{number}/{NAME}", SOUND) for number in "123")))
    messages = [finding.message for report in reports.values() for finding in report.findings]
    assert len(messages) == 2
    assert all(f"“1/{NAME}”" in message for message in messages)


def test_files_of_no_known_school_are_not_the_same_school(tmp_path):
    rows = b"UPN,Surname,Forename,DOB,Sex,Writing,Science\nP999999919001,Example,Ada,2015-03-09,F,EXS,EXS\n"
    reports = checked(tmp_path, zipped(("one.csv", rows), ("two.csv", rows)))
    assert [report.findings for report in reports.values()] == [(), ()]


# -- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["../evil.xml", "a/../../evil.xml", "/etc/evil.xml", "C:\\evil.xml", "C:evil.xml", "..\\evil.xml", "a\\..\\b.xml"],
)
def test_a_name_that_leads_out_of_the_zip_is_not_read(tmp_path, name):
    finding = only(checked(tmp_path, zipped((name, SOUND))))
    assert (finding.code, finding.message) == ("F01", "The name of this file leads out of the zip, so it was not read.")


def test_a_zip_within_a_zip_is_not_opened(tmp_path):
    finding = only(checked(tmp_path, zipped(("more.ZIP", zipped((NAME, SOUND))))))
    assert (finding.code, finding.message) == ("F01", "This is a zip within the zip, which is not opened.")


def test_a_zip_within_a_zip_under_another_name_is_no_ctf(tmp_path):
    assert only(checked(tmp_path, zipped((NAME, zipped((NAME, SOUND)))))).code == "F02"


def test_a_locked_member_is_said(tmp_path):
    data = bytearray(zipped((NAME, SOUND)))
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    finding = only(checked(tmp_path, bytes(data)))
    assert (finding.code, finding.message) == ("F01", "This file is locked with a password.")
    assert finding.fix == "Make the zip again without a password."


def test_a_damaged_member_is_said_and_the_others_are_read(tmp_path):
    data = bytearray(zipped((NAME, SOUND), (OTHER_NAME, OTHER)))
    data[data.index(NAME.encode()) + len(NAME) + 40] ^= 0xFF
    reports = checked(tmp_path, bytes(data))
    assert [report.verdict for report in reports.values()] == [Verdict.UNREADABLE, Verdict.CLEAN]
    (finding,) = reports[f"!{NAME}"].findings
    assert finding.code == "F01"
    assert finding.message.startswith("This file cannot be taken out of the zip: ")


@pytest.mark.parametrize("data", [b"", b"no zip at all", zipped((NAME, SOUND))[:-30], b"PK\x03\x04" + b"\x00" * 40])
def test_a_damaged_zip_is_said(tmp_path, data):
    reports = checked(tmp_path, data)
    finding = only(reports)
    assert list(reports) == [""]
    assert finding.code == "F01"
    assert finding.message == "This is no zip, or it is damaged or cut short."
    assert reports[""].sha256


def test_a_zip_that_is_not_there_is_no_finding(tmp_path):
    with pytest.raises(OSError, match=r"nowhere\.zip"):
        list(check_path(tmp_path / "nowhere.zip", Options()))


def test_an_earlier_file_that_cannot_be_read_is_not_blamed_on_the_zip(tmp_path):
    before = tmp_path / "before.xml"
    before.write_bytes(b"%PDF-1.7")
    with pytest.raises(FileRefused, match="PDF"):
        checked(tmp_path, zipped((NAME, SOUND)), previous=before)


# -- limits ----------------------------------------------------------------------------------------------------------


def test_a_member_is_as_large_as_a_file_may_be(tmp_path):
    size = len(SOUND.encode())
    assert checked(tmp_path, zipped((NAME, SOUND)), limits=Limits(size=size))[f"!{NAME}"].findings == ()
    finding = only(checked(tmp_path, zipped((NAME, SOUND)), limits=Limits(size=size - 1)))
    assert (finding.code, finding.value) == ("F08", str(size))


def test_a_bomb_is_refused_by_the_size_that_it_declares():
    bomb = zipped((NAME, b" " * 5_000_000))
    assert len(bomb) < 10_000
    with pytest.raises(FileRefused) as refused:
        list(members(bomb, zip_limits=ZipLimits(size=4_999_999)))
    assert (refused.value.code, refused.value.value) == ("F08", "5000000")


def test_a_bomb_of_many_members_is_refused_by_what_they_come_to():
    bomb = zipped(*((f"{number}.xml", b" " * 1_000_000) for number in range(5)))
    assert len(list(members(bomb, zip_limits=ZipLimits(size=5_000_000)))) == 5
    with pytest.raises(FileRefused, match="unpacked"):
        list(members(bomb, zip_limits=ZipLimits(size=4_999_999)))


def test_a_bomb_that_declares_less_than_it_holds_is_never_unpacked(tmp_path):
    size, lie = 5_000_000, 100
    data = zipped((NAME, b" " * size)).replace(struct.pack("<L", size), struct.pack("<L", lie))
    (member,) = members(data)
    assert isinstance(member.content, FileRefused)
    assert member.content.code == "F01"


def test_a_zip_holds_five_thousand_files_at_the_most():
    many = [(f"{number:04}.xml", b"") for number in range(5_001)]
    assert len(list(members(zipped(*many[:-1], method=zipfile.ZIP_STORED)))) == 5_000
    with pytest.raises(FileRefused) as refused:
        list(members(zipped(*many, method=zipfile.ZIP_STORED)))
    assert refused.value.code == "F08"
    assert refused.value.what == "The zip holds 5,001 files; 5,000 is the most that is read."


def test_a_member_without_a_name_is_left_alone():
    assert [
        member.name for member in members(zipped(("x.xml", SOUND), (NAME, SOUND)).replace(b"x.xml", b"\x00.xml"))
    ] == [NAME]


def test_a_name_in_no_encoding_is_a_damaged_zip():
    with pytest.raises(FileRefused) as refused:
        list(members(zipped(("Zoë.xml", SOUND)).replace("Zoë".encode(), b"Zo\xff\xff")))
    assert refused.value.code == "F01"


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_zip_with_any_bytes_changed_is_read_or_refused(data):
    whole = zipped((NAME, SOUND), (OTHER_NAME, OTHER))
    changed = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        near_the_end = data.draw(st.booleans())
        first = max(0, len(changed) - 300) if near_the_end else 0
        changed[data.draw(st.integers(first, len(changed) - 1))] = data.draw(st.integers(0, 255))
    with suppress(FileRefused):
        for member in members(bytes(changed)):
            assert isinstance(member.content, bytes | FileRefused)


# -- what is left out ------------------------------------------------------------------------------------------------


def test_files_that_cannot_be_returns_are_named_and_hidden_ones_are_not():
    data = zipped(
        (NAME, SOUND),
        ("b/notes.docx", b""),
        ("a.pdf", b""),
        (".DS_Store", b""),
        ("__MACOSX/x.pdf", b""),
        ("in.zip", b""),
    )
    assert left_out(data) == ["a.pdf", "b/notes.docx"]


def test_of_what_is_no_zip_nothing_is_left_out():
    assert left_out(b"no zip") == []
