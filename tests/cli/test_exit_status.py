"""The exit status: 0 nothing worse than queries, 1 errors or a file refused, 2 a wrong path or option."""

import os
import signal
import subprocess
import sys
import time

import pytest

from cli.made import ADA, CLASS, GOOD_NAME, ctf, keystage, process, put, with_codes

TODAY = ("--today", "2026-06-20")


def test_a_clean_return_is_0(clean):
    assert keystage("check", clean, *TODAY).exit_code == 0


def test_queries_alone_are_0(tmp_path):
    born_early = (*ADA[:3], "2013-03-09", *ADA[4:])
    result = keystage("check", put(tmp_path, GOOD_NAME, ctf(born_early)), *TODAY)
    assert "1 query" in result.stdout
    assert result.exit_code == 0


def test_errors_are_1(faulty):
    assert keystage("check", faulty, *TODAY).exit_code == 1


REFUSED = {
    "cut short": ctf(ADA)[:900],
    "a PDF": b"%PDF-1.7 \xe2\xe3",
    "a web page": "<!DOCTYPE html><html><body>Log in</body></html>",
    "empty": b"",
    "an entity": '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><CTfile>&b;</CTfile>',
    "letters that are not UTF-8": ctf(ADA).replace("Ada", "Adé").encode("latin-1"),
    "too deep": "<CTfile>" + "<a>" * 50 + "</a>" * 50 + "</CTfile>",
    "another XML": "<SuperStarReport/>",
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_a_file_that_was_opened_and_refused_is_1(tmp_path, content):
    result = keystage("check", put(tmp_path, GOOD_NAME, content), *TODAY)
    assert result.exit_code == 1
    assert result.stdout.startswith("CANNOT BE READ: 1 error\n")


def test_the_same_is_1_for_show_repair_diff_and_convert(tmp_path, clean):
    refused = put(tmp_path, "refused.xml", REFUSED["cut short"])
    for words in (
        ("show", refused),
        ("repair", refused, "-o", tmp_path / "out.xml"),
        ("diff", refused, clean),
        ("diff", clean, refused),
        ("convert", refused, tmp_path / "out.csv"),
        ("results", refused),
    ):
        result = keystage(*words)
        assert (result.exit_code, "Traceback" in result.output) == (1, False), words


def test_a_path_that_is_not_there_is_2(tmp_path):
    for command in ("check", "show", "results"):
        result = keystage(command, tmp_path / "nowhere.xml")
        assert result.exit_code == 2
        assert f"{tmp_path}/nowhere.xml: there is no such file or folder." in result.stderr


def test_2_wins_over_1_and_the_rest_is_still_checked(tmp_path, faulty):
    result = keystage("check", tmp_path / "nowhere.xml", faulty, *TODAY)
    assert result.exit_code == 2
    assert "NOT READY TO SEND: 2 errors" in result.stdout


def test_an_empty_folder_is_2(tmp_path):
    result = keystage("check", tmp_path)
    assert result.exit_code == 2
    assert "there is nothing to check here" in result.stderr


WRONG = {
    "no path": (),
    "a form": ("{clean}", "--format", "pdf"),
    "a year that is not held": ("{clean}", "--year", "1999"),
    "a year that is no number": ("{clean}", "--year", "next"),
    "a school": ("{clean}", "--school", "12"),
    "a date": ("{clean}", "--today", "12/6/26"),
    "no jobs": ("{clean}", "--jobs", "0"),
    "a destination": ("{clean}", "--destination", "mars"),
    "years": ("{clean}", "--years-dir", "/nowhere"),
    "a register": ("{clean}", "--register", "/nowhere.csv"),
    "an earlier file": ("{clean}", "--previous", "/nowhere.xml"),
    "a schema": ("{clean}", "--schema", "/nowhere.xsd"),
    "an option": ("{clean}", "--loud"),
    "an output": ("{clean}", "--output", "/nowhere/report.txt"),
}


@pytest.mark.parametrize("words", WRONG.values(), ids=WRONG)
def test_a_wrong_option_is_2_and_says_so_on_standard_error(clean, words):
    result = keystage("check", *(word.format(clean=clean) for word in words))
    assert result.exit_code == 2
    assert result.stderr
    assert not result.stdout


def test_an_unknown_command_is_2_and_names_those_there_are():
    result = keystage("chek", "file.xml")
    assert result.exit_code == 2
    assert "There is no command “chek”. There are: check, show, repair" in result.stderr


def test_as_a_process(clean, faulty):
    good = process("check", clean, *TODAY)
    assert (good.returncode, good.stderr) == (0, "")
    bad = process("check", faulty, clean, "nowhere.xml", *TODAY)
    assert bad.returncode == 2
    assert bad.stderr == "keystage: nowhere.xml: there is no such file or folder.\n"


def test_a_reader_who_leaves_early_changes_nothing(tmp_path):
    many = put(tmp_path, GOOD_NAME, ctf(*(with_codes(each, SCI="") for each in CLASS * 2000)))
    for words in ("check", many), ("years", "2026"):
        command = [sys.executable, "-m", "keystage", *map(str, words)]
        run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        run.stdout.readline()
        run.stdout.close()
        said = run.stderr.read()
        run.stderr.close()
        assert said == ""
        assert run.wait(60) == (1 if words[0] == "check" else 0)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_it_can_be_stopped_and_leaves_nothing_half_written(tmp_path, jobs):
    for number in range(600):
        put(tmp_path, f"returns/999{number:04}_KS2_NAALLLL_001.xml", ctf(*CLASS * 20, school=f"999{number:04}"))
    out = tmp_path / "out"
    out.mkdir()
    command = [sys.executable, "-m", "keystage", "check", "returns", "--jobs", jobs, "--output", "out/report.txt"]
    run = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    while not any(part.stat().st_size for part in out.iterdir()):  # until it is well under way
        assert run.poll() is None, run.communicate()
        time.sleep(0.01)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to every process of the command
    printed, said = run.communicate(timeout=60)
    assert (printed, said) == ("", "Stopped.\n")
    assert run.returncode in (130, -signal.SIGINT)  # a shell shows 130 for both
    assert list(out.iterdir()) == []


def test_a_full_disk_is_said_in_a_sentence(faulty):
    with open("/dev/full", "w") as full:  # noqa: PTH123
        command = [sys.executable, "-m", "keystage", "check", str(faulty)]
        run = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
    assert run.returncode == 2
    assert run.stderr == "keystage: this could not be written (No space left on device).\n"
