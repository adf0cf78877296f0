"""Whatever goes wrong, a person sees a sentence and never a traceback."""

import click
import pytest

from cli.made import CLASS, ctf, keystage, put
from keystage.checks.faults import in_words, os_error_in_words
from keystage.cli import faults
from keystage.cli.faults import guarded, status_of
from keystage.returns.refused import FileRefused


@pytest.fixture
def broken(monkeypatch):
    """A command that is broken on purpose."""

    @click.command()
    def command():
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr("keystage.cli.years.command", command)


def test_a_fault_of_ours_is_said_as_such(broken):
    result = keystage("years")
    assert result.exit_code == faults.OUR_FAULT
    assert result.stdout == ""
    assert result.stderr.startswith("keystage: Something went wrong inside Keystage (ZeroDivisionError: on purpose).")
    assert "Traceback" not in result.output


def test_with_the_setting_it_shows_where(broken):
    assert isinstance(keystage("years", KEYSTAGE_DEBUG="1").exception, ZeroDivisionError)


def test_a_fault_of_ours_in_one_file_does_not_keep_the_others_from_being_checked(tmp_path, monkeypatch):
    from keystage.checks import checking

    check_content = checking.check_content

    def breaks_on_one(content, name, *rest, **more):
        if name.startswith("9990002"):
            raise ZeroDivisionError("on purpose")
        return check_content(content, name, *rest, **more)

    monkeypatch.setattr(checking, "check_content", breaks_on_one)
    for school in ("9990001", "9990002", "9990003"):
        put(tmp_path, f"{school}_KS2_NAALLLL_001.xml", ctf(*CLASS, school=school))
    result = keystage("check", tmp_path, "--quiet", "--today", "2026-06-20")
    assert result.exit_code == faults.WRONG_USE
    assert f"{tmp_path}/9990002_KS2_NAALLLL_001.xml: Something went wrong inside Keystage" in result.stderr
    assert result.stdout.splitlines()[-1] == "3 files, 10 pupils: 2 clean, 1 not checked, see the message."


def test_help_says_every_exit_status():
    words = " ".join(keystage("--help").stdout.split())
    assert "3 for a fault of the program itself, and 130 when it was stopped" in words


def test_every_fault_of_the_system_is_told_with_its_path():
    path = "/a/file.xml"
    for fault, words in (
        (FileNotFoundError(2, "No such file", path), "there is no such file or folder."),
        (PermissionError(13, "no", path), "you do not have permission to open this. Ask whoever manages the computer."),
        (IsADirectoryError(21, "no", path), "this is a folder; a file is needed here."),
        (NotADirectoryError(20, "no", path), "a part of this path is a file, not a folder."),
        (OSError(5, "Input/output error", path), "this could not be opened (Input/output error)."),
    ):
        assert os_error_in_words(fault) == f"{path}: {words}"
        assert status_of(fault) == faults.WRONG_USE


def test_a_file_that_was_refused_is_told_with_its_code_last():
    refused = FileRefused("F02", "The file is empty.", "Export it again.")
    assert in_words(refused) == "The file is empty. Export it again. [F02]"


def test_the_wish_to_stop_is_no_fault():
    def stopped():
        raise KeyboardInterrupt

    with pytest.raises(SystemExit) as end:
        guarded(stopped)
    assert end.value.code == faults.STOPPED
