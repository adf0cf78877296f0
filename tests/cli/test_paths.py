"""Files, folders and zips: what is found in them, what is left alone, and what cannot be opened."""

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest

from cli.made import ADA, BEN, CLASS, GOOD_NAME, as_json, ctf, keystage, process, put, register, with_codes
from keystage.checks.beside import earlier_files
from keystage.cli.paths import find
from keystage.sheets import write_template
from keystage.years import load

TODAY = ("--today", "2026-06-20")
RESULTS = "LEA,ESTAB,UPN,SURNAME,FORENAME,READMRK,READSCORE\n999,1234,P999999919001,Example,Ada,30,102\n"


def verdicts(*words):
    return {one["file"]: one["verdict"] for one in as_json("check", *words, *TODAY)["files"]}


def names(paths, folder):
    return [str(path.relative_to(folder)) for path in paths]


def test_a_folder_is_gone_through_with_all_folders_in_it_by_name(tmp_path):
    for name in ("b.xml", "a.XML", "sub/deep/c.xml", "also/d.zip", "also/e.xlsx"):
        put(tmp_path, name, "x")
    assert names(find([tmp_path]).files, tmp_path) == ["a.XML", "b.xml", "also/d.zip", "also/e.xlsx", "sub/deep/c.xml"]


def test_hidden_files_and_those_that_excel_leaves_behind_are_passed_over(tmp_path):
    for name in (".hidden.xml", "~$template.xlsx", ".git/a.xml"):
        put(tmp_path, name, "x")
    found = find([tmp_path])
    assert (found.files, found.left_alone) == ([], 0)


def test_other_files_registers_results_and_reports_are_left_alone_and_counted(tmp_path, clean):
    folder = clean.parent
    put(folder, "notes.txt", "x")
    put(folder, "letter.pdf", "x")
    put(folder, "results.csv", RESULTS)
    keystage("check", clean, "--format", "csv", "--output", folder / "earlier report.csv")
    keystage("check", clean, "--format", "xlsx", "--output", folder / "earlier report.xlsx")
    result = keystage("check", folder, *TODAY)
    assert result.stdout.startswith("CLEAN\n")
    assert result.stderr == "5 other files were left alone: neither a return nor a zip of returns.\n"


def test_a_register_in_the_folder_is_used_for_its_school(tmp_path):
    put(tmp_path, "9991234_KS2_NAALLLL_001.xml", ctf(*CLASS))
    put(tmp_path, "sub/9995678_KS2_NAALLLL_001.xml", ctf(*CLASS, school="9995678"))
    put(tmp_path, "registers/999-1234 expected.csv", register(*CLASS, with_codes((f"{'Y'}999999919009", *ADA[1:]))))
    files = as_json("check", tmp_path, *TODAY)["files"]
    assert [[finding["code"] for finding in one["findings"]] for one in files] == [["C01", "C05"], []]


def test_a_template_in_the_folder_is_checked(tmp_path):
    put(
        tmp_path,
        "9991234.csv",
        "UPN,Surname,Forename,DOB,Sex,Writing,Science\nP999999919001,Example,Ada,2015-03-09,F,EXS,\n",
    )
    assert verdicts(tmp_path) == {f"{tmp_path}/9991234.csv": "errors"}


def test_a_register_that_does_not_name_its_school_is_not_used_and_that_is_said(tmp_path, clean):
    put(clean.parent, "register.csv", register(*CLASS))
    result = keystage("check", clean.parent, *TODAY)
    assert "register.csv looks like a register, but its name does not hold a school's number" in result.stderr
    assert "no register was given" in result.stdout


def test_of_two_registers_for_a_school_one_is_used_and_that_is_said(tmp_path, clean):
    for name in ("a/9991234.csv", "b/9991234.csv"):
        put(tmp_path, name, register(*CLASS))
    said = keystage("check", tmp_path, *TODAY).stderr
    assert f"two registers for school 9991234: {tmp_path}/a/9991234.csv was used" in said


def test_a_register_below_titles_is_found_too(tmp_path):
    put(tmp_path, "9991234.csv", "Expected pupils\n\nSpring\n" + register(*CLASS))
    assert list(find([tmp_path]).registers) == ["9991234"]


def test_a_register_in_two_bytes_a_letter_is_found_too(tmp_path):
    put(tmp_path, "9991234.csv", register(*CLASS).encode("utf-16"))
    assert list(find([tmp_path]).registers) == ["9991234"]


def test_the_register_of_a_file_whose_name_says_nothing_is_found_by_what_is_in_it(tmp_path):
    put(tmp_path, "export.xml", ctf(*CLASS))
    put(tmp_path, "9991234_register.csv", register(*CLASS))
    codes = [finding["code"] for finding in as_json("check", tmp_path, *TODAY)["files"][0]["findings"]]
    assert codes == ["F05", "C05"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (GOOD_NAME, ctf(*CLASS).replace("<LEA>999</LEA>", "")),
        (GOOD_NAME, ctf(*CLASS).replace("<Estab>1234</Estab>", "<Estab>12</Estab>")),
        (
            "9991234.csv",
            "LEA,UPN,Surname,Forename,DOB,Sex,Writing,Science\n999,P999999919001,Example,Ada,2015-03-09,F,EXS,EXS\n",
        ),
    ],
)
def test_half_a_number_in_a_file_does_not_take_the_place_of_the_one_in_its_name(tmp_path, name, content):
    put(tmp_path, f"returns/{name}", content)
    put(tmp_path, "registers/9991234_register.csv", register(*CLASS))
    put(tmp_path, "sent/9991234_KS2_NAALLLL_000.xml", ctf(*CLASS))
    words = ("--register", tmp_path / "registers", "--previous", tmp_path / "sent")
    one = as_json("check", tmp_path / "returns", *words, *TODAY)["files"][0]
    assert [each["code"] for each in one["checks"]["not_run"] if each["code"] in ("C01", "D01")] == []
    assert "C05" in [finding["code"] for finding in one["findings"]]


def test_a_folder_of_registers_can_be_given(tmp_path, clean):
    put(tmp_path, "registers/9991234_register.csv", register(*CLASS))
    put(tmp_path, "registers/9995678_register.csv", register(ADA))
    text = keystage("check", clean, "--register", tmp_path / "registers", *TODAY).stdout
    assert "Expected 5, received 5" in text


def test_that_a_folder_of_registers_or_earlier_files_lacks_the_school_is_said(tmp_path, clean):
    put(tmp_path, "registers/9995678_register.csv", register(ADA))
    put(tmp_path, "sent/9995678_KS2_NAALLLL_001.xml", ctf(ADA))
    notes = as_json("check", clean, "--register", tmp_path / "registers", "--previous", tmp_path / "sent")["files"][0][
        "notes"
    ]
    assert notes == [
        f"There is no register for school 9991234 in {tmp_path}/registers.",
        f"There is no earlier file for school 9991234 in {tmp_path}/sent.",
    ]


def test_the_earlier_file_is_the_one_with_the_highest_number_and_never_the_file_itself(tmp_path):
    for serial in (1, 2, 10):
        put(tmp_path, f"sent/9991234_KS2_NAALLLL_{serial:03}.xml", ctf(with_codes(ADA, WRI="WTS")))
    put(tmp_path, "sent/9991234_CTF_NAALLLL_003.xml", ctf(ADA))
    order = [path.name[8:] for path in earlier_files(tmp_path / "sent")["9991234"]]
    assert order == ["KS2_NAALLLL_001.xml", "KS2_NAALLLL_002.xml", "CTF_NAALLLL_003.xml", "KS2_NAALLLL_010.xml"]
    new = put(tmp_path, "sent/9991234_KS2_NAALLLL_011.xml", ctf(ADA))
    findings = as_json("check", new, "--previous", tmp_path / "sent", *TODAY)["files"][0]["findings"]
    assert [(each["code"], each["subject"]) for each in findings] == [("D02", "writing")]


def test_what_is_given_as_register_or_earlier_file_is_not_checked_itself(tmp_path, clean):
    folder = clean.parent
    expected = put(folder, "9995678 expected.csv", register(*CLASS))
    put(folder, "sent/9991234_KS2_NAALLLL_000.xml", ctf(*CLASS))
    assert list(verdicts(folder, "--register", expected, "--previous", folder / "sent")) == [str(clean)]


@pytest.mark.parametrize("option", ["--register", "--previous"])
def test_a_register_or_earlier_file_that_cannot_be_read_is_said_once(tmp_path, clean, faulty, option):
    bad = put(tmp_path.parent, "bad.xlsx" if option == "--register" else "bad.xml", b"%PDF-1.7")
    result = keystage("check", tmp_path, option, bad, *TODAY)
    assert result.exit_code == 2
    assert result.stderr.count(f"{bad}: This is not a ") == 1
    assert "2 files were not checked, for the reasons above." in result.stderr
    assert result.stdout == "2 files, 0 pupils: 2 not checked, see the messages.\n"


def test_an_earlier_file_that_cannot_be_read_is_named_whatever_the_new_one_is_called(tmp_path):
    new = put(tmp_path, "export.xml", ctf(*CLASS))
    bad = put(tmp_path, f"sent/{GOOD_NAME}", b"%PDF-1.7")
    report = as_json("check", new, "--previous", tmp_path / "sent", *TODAY)
    assert [each["why"].partition(": ")[0] for each in report["not_checked"]] == [str(bad)]


def test_a_register_with_faults_names_them_and_the_others_are_checked(tmp_path, clean):
    put(tmp_path, "9995678_KS2_NAALLLL_001.xml", ctf(*CLASS, school="9995678"))
    put(tmp_path, "9995678_register.csv", register(ADA, ADA))
    result = keystage("check", tmp_path, "--quiet", *TODAY)
    assert result.exit_code == 2
    assert "The register 9995678_register.csv has one thing to put right:\nLine 3:" in result.stderr
    assert result.stdout.startswith(f"{clean}: CLEAN\n")


def test_results_cannot_be_given_as_the_earlier_file(tmp_path, clean):
    result = keystage("check", clean, "--previous", put(tmp_path, "results.csv", RESULTS))
    assert (result.exit_code, "looks like a list of results" in result.stderr) == (2, True)


def test_a_path_given_twice_is_checked_once(clean):
    assert len(verdicts(clean, clean)) == 1


# -- links, pipes, and what cannot be opened ----------------------------------------------------------------------


def test_loops_of_links_are_harmless(tmp_path, clean):
    (clean.parent / "loop").symlink_to(clean.parent, target_is_directory=True)
    assert list(verdicts(clean.parent)) == [str(clean)]
    (clean.parent / "itself.xml").symlink_to("itself.xml")
    result = keystage("check", clean.parent, *TODAY)
    assert (result.exit_code, "itself.xml: this could not be opened (Too many levels" in result.stderr) == (2, True)


def test_a_link_to_a_file_is_read_and_one_that_leads_nowhere_is_said(tmp_path, clean):
    (tmp_path / "links").mkdir()
    (tmp_path / "links/9991234_KS2_NAALLLL_001.xml").symlink_to(clean)
    (tmp_path / "links/gone.xml").symlink_to("nowhere")
    result = keystage("check", tmp_path / "links", *TODAY)
    assert (result.exit_code, "gone.xml: there is no such file" in result.stderr) == (2, True)
    assert result.stdout.startswith("CLEAN\n")


def test_a_pipe_in_a_folder_does_not_make_it_wait(clean):
    os.mkfifo(clean.parent / "pipe.xml")
    assert list(verdicts(clean.parent)) == [str(clean)]


def test_a_device_without_end_is_too_large():
    one = as_json("check", "/dev/zero")["files"][0]
    assert [(each["code"], each["value"]) for each in one["findings"]] == [("F08", "100000001")]


def test_standard_input_can_be_checked(clean):
    run = process("check", "/dev/stdin", "--destination", "any", *TODAY, input=clean.read_text())
    assert (run.returncode, run.stdout[:6]) == (0, "CLEAN\n")


def test_a_name_that_is_not_utf_8_is_shown_as_far_as_it_goes(tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9.xml"
    Path(os.fsdecode(path)).write_text(ctf(with_codes(ADA, WRI="")))
    for form in ("text", "json", "csv"):
        run = process("check", path.decode("utf-8", "surrogateescape"), "--format", form, encoding="utf-8")
        assert (run.returncode, "caf?.xml" in run.stdout, "Traceback" in run.stderr) == (1, True, False)
    run = process("check", tmp_path, "--format", "xlsx", "--output", tmp_path / "out.xlsx", encoding="utf-8")
    assert run.returncode == 1


def test_a_very_long_name_is_a_path_that_cannot_be_opened():
    result = keystage("check", "9" * 5000 + ".xml")
    assert (result.exit_code, "File name too long" in result.stderr) == (2, True)


_AS_NOBODY = """
import contextlib, io, os, sys
from keystage.cli import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    with contextlib.suppress(SystemExit):  # once as oneself, as nobody may not be let near Python's own files
        main(sys.argv[1:])
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
main(sys.argv[1:])
"""


def process_of_nobody(*words):
    """Run a command as a user without rights, as for the superuser no file is closed."""
    command = [sys.executable, "-c", _AS_NOBODY, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


@pytest.fixture
def open_folder():
    """A folder that every user can go into, as those of the tests are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="keystage-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_a_folder_or_file_without_permission_is_said_and_the_rest_is_checked(open_folder):
    good = put(open_folder, GOOD_NAME, ctf(*CLASS))
    closed = put(open_folder, "closed/9995678_KS2_NAALLLL_001.xml", ctf(*CLASS, school="9995678")).parent
    closed.chmod(0)
    secret = put(open_folder, "secret.xml", ctf(*CLASS))
    secret.chmod(0)
    run = process_of_nobody("check", open_folder, *TODAY, "--quiet")
    assert run.returncode == 2
    no = "you do not have permission to open this. Ask whoever manages the computer."
    said = [line for line in run.stderr.splitlines() if line.startswith("keystage: ")]
    assert sorted(said) == [f"keystage: {closed}: {no}", f"keystage: {secret}: {no}"]
    assert run.stdout.startswith(f"{good}: CLEAN\n")
    closed.chmod(0o755)


def test_it_works_without_a_home(clean):
    run = process("check", clean, *TODAY, env={})
    assert (run.returncode, run.stderr) == (0, "")


# -- zips -----------------------------------------------------------------------------------------------------------


def zipped(path, *members):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def test_members_of_a_zip_are_named_after_it(tmp_path):
    path = zipped(
        tmp_path / "a.zip",
        ("b/9991234_KS2_NAALLLL_001.xml", ctf(*CLASS)),
        ("9995678_KS2_NAALLLL_001.xml", ctf(with_codes(ADA, SCI=""), school="9995678")),
        ("notes.txt", "x"),
    )
    assert verdicts(path) == {
        f"{path}!9995678_KS2_NAALLLL_001.xml": "errors",
        f"{path}!b/9991234_KS2_NAALLLL_001.xml": "clean",
    }


def test_a_name_that_leads_out_of_the_zip_and_a_zip_within_are_refused(tmp_path):
    path = zipped(tmp_path / "a.zip", ("../evil.xml", ctf(ADA)), ("inner.zip", b"PK"), (GOOD_NAME, ctf(*CLASS)))
    assert verdicts(path) == {
        f"{path}!../evil.xml": "unreadable",
        f"{path}!inner.zip": "unreadable",
        f"{path}!{GOOD_NAME}": "clean",
    }


def test_what_is_no_zip_is_refused(tmp_path):
    result = keystage("check", put(tmp_path, "a.zip", "no zip"))
    assert (result.exit_code, result.stdout.startswith("CANNOT BE READ")) == (1, True)


def test_a_zip_holds_a_school_once(tmp_path):
    names = ("9991234_KS2_NAALLLL_001.xml", "9991234_KS2_NAALLLL_002.xml")
    path = zipped(tmp_path / "a.zip", *((name, ctf(*CLASS)) for name in names))
    files = as_json("check", path, *TODAY)["files"]
    assert [[finding["code"] for finding in one["findings"]] for one in files] == [[], ["F09"]]


def test_each_school_in_a_zip_has_its_own_register(tmp_path):
    path = zipped(
        tmp_path / "a.zip",
        ("9991234_KS2_NAALLLL_001.xml", ctf(ADA)),
        ("9995678_KS2_NAALLLL_001.xml", ctf(ADA, school="9995678")),
    )
    put(tmp_path, "registers/9991234.csv", register(ADA))
    put(tmp_path, "registers/9995678.csv", register(ADA, BEN))
    files = as_json("check", path, "--register", tmp_path / "registers", *TODAY)["files"]
    assert [[finding["code"] for finding in one["findings"]] for one in files] == [["C05"], ["C01", "C05"]]


def test_a_register_with_faults_keeps_only_its_own_school_of_a_zip_from_being_checked(tmp_path):
    path = zipped(
        tmp_path / "a.zip",
        ("9991234_KS2_NAALLLL_001.xml", ctf(ADA)),
        ("9995678_KS2_NAALLLL_001.xml", ctf(ADA, school="9995678")),
    )
    put(tmp_path, "registers/9991234.csv", register(ADA, ADA))
    report = as_json("check", path, "--register", tmp_path / "registers", *TODAY)
    assert [one["school"] for one in report["files"]] == ["9995678"]
    assert [each["file"] for each in report["not_checked"]] == [f"{path}!9991234_KS2_NAALLLL_001.xml"]


def test_registers_in_a_zip_are_left_alone(tmp_path):
    path = zipped(tmp_path / "a.zip", (GOOD_NAME, ctf(*CLASS)), ("9991234_register.csv", register(*CLASS)))
    result = keystage("check", path, *TODAY)
    assert "1 file, 5 pupils: 1 clean." in result.stdout
    assert "1 other file was left alone" in result.stderr


def test_an_excel_template_is_checked_by_cell(tmp_path):
    from keystage.checks.files import Options, read_return

    return_, year, _ = read_return(ctf(with_codes(ADA, WRI="2B")).encode(), GOOD_NAME, Options())
    with (tmp_path / "9991234.xlsx").open("wb") as sink:
        write_template(return_, load(year.year), sink, kind="xlsx")
    finding = as_json("check", tmp_path, *TODAY)["files"][0]["findings"][0]
    assert (finding["code"], finding["cell"], finding["line"]) == ("J03", "G2", None)
