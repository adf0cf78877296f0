"""``keystage conformance``, on the product itself and on programs that are not as good."""

import json
import shlex
import sys

import pytest

from cli.made import keystage, process
from conformance.ended import has_ended
from conformance.made import FINDING, a_pack, case, zipped
from keystage.conformance.build import build

OURS = (
    f"{shlex.quote(sys.executable)} -m keystage {{task}} {{file}} --register {{register}} --previous {{previous}}"
    " --sent {sent} --year {year} --today {today} --format json"
)
ONE_OF_EACH_KIND = ("F10", "J07", "C10", "D02", "R06")


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    return build(tmp_path_factory.mktemp("pack"), [2024]).zip


def program(text):
    return f"{shlex.quote(sys.executable)} -c {shlex.quote(text)} {{file}}"


SAYS = program(f"import sys; print({json.dumps([FINDING])!r} if 'J03' in sys.argv[1] else '[]')")
SILENT = program("print('[]')")


def test_our_own_check_has_full_marks(pack):
    chosen = [word for code in ONE_OF_EACH_KIND for word in ("--check", code)]
    result = keystage("conformance", pack, "--command", OURS, *chosen)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("FULL MARKS: ")
    assert all(f"\n{code} " in result.stdout for code in ONE_OF_EACH_KIND)
    assert result.stderr == ""


def test_a_program_with_full_marks_is_0(tmp_path):
    result = keystage("conformance", a_pack(tmp_path), "--command", SAYS)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0] == "FULL MARKS: 2 of 2 files right"
    assert lines[2].split() == ["Check", "Name", "To", "be", "found", "Found", "Elsewhere", "Missed", "False", "alarms"]
    assert lines[3].split() == ["J03", "code-not-valid", "1", "1", "0", "0", "0"]
    assert lines[4].split() == ["All", "1", "1", "0", "0", "0"]


def test_one_that_misses_something_is_1_and_is_told_what(tmp_path):
    result = keystage("conformance", a_pack(tmp_path), "--command", SILENT)
    assert result.exit_code == 1
    assert result.stdout.startswith("NOT FULL MARKS: 1 of 2 files right\n")
    assert "2026/J03/odd\n  Missed: J03, P999999919001, writing, line 57\n" in result.stdout


def test_one_that_raises_false_alarms_or_points_elsewhere_is_told_too(tmp_path):
    said = [{**FINDING, "line": 58}, {"code": "Z9"}, {"code": "J01", "upn": "D999999919002"}]
    result = keystage("conformance", a_pack(tmp_path, case()), "--command", program(f"print({json.dumps(said)!r})"))
    assert result.exit_code == 1
    assert "Elsewhere: J03, P999999919001, writing, line 57; the answer has line 58\n" in result.stdout
    assert "False alarm: Z9, no line\n" in result.stdout
    assert "False alarm: J01, D999999919002, no line\n" in result.stdout
    assert "others  codes that are not in the catalogue" in result.stdout


def test_one_that_crashes_is_1_and_never_a_traceback(tmp_path):
    result = keystage("conformance", a_pack(tmp_path), "--command", program("import os; os.abort()"))
    assert result.exit_code == 1
    assert "2 files had no answer that could be read." in result.stdout
    assert "No answer: it crashed (signal 6)." in result.stdout
    assert "Traceback" not in result.output


def test_one_that_hangs_is_ended(tmp_path):
    hangs = program("import time; time.sleep(600)")
    result = keystage("conformance", a_pack(tmp_path), "--command", hangs, "--time-limit", "0.4", "--jobs", "2")
    assert result.exit_code == 1
    assert "No answer: it had not ended after 0.4 seconds." in result.stdout


def test_what_a_program_says_cannot_command_the_terminal(tmp_path):
    said = json.dumps([{"code": "Z\x1b[2J", "upn": "\x1b[31m"}])
    crash = "import sys; sys.exit('\\x1b[2J')"
    for text in (f"print({said!r})", crash):
        assert "\x1b" not in keystage("conformance", a_pack(tmp_path), "--command", program(text)).stdout


def test_json_is_for_programs(tmp_path):
    result = keystage("conformance", a_pack(tmp_path), "--command", SILENT, "--format", "json")
    values = json.loads(result.stdout)
    assert result.exit_code == 1
    assert values["full_marks"] is False
    assert values["pack"] == "1.0"
    assert values["cases"] == {"run": 2, "right": 1, "wrong": 1, "unanswered": 0, "not_tried": 0}
    assert values["totals"] == {"expected": 1, "found": 0, "elsewhere": 0, "missed": 1, "false_alarms": 0}
    assert values["checks"] == [{"code": "J03", **values["totals"]}]
    assert values["wrong"] == [
        {
            "case": "2026/J03/odd",
            "year": 2026,
            "check": "J03",
            "no_answer": None,
            "missed": [{**FINDING, "cell": None}],
            "elsewhere": [],
            "false_alarms": [],
        }
    ]


def test_results_are_not_tried_where_the_command_has_no_task(tmp_path):
    path = a_pack(tmp_path, case(), case("2026/R02/odd", "R02", [{"code": "R02"}], task="results"))
    result = keystage("conformance", path, "--command", SAYS)
    assert result.exit_code == 0
    assert result.stdout.startswith("FULL MARKS: 1 of 1 file right\n")
    assert result.stderr == "1 file of results was not tried, as the command has no {task}.\n"


def test_a_check_can_be_left_out(tmp_path):
    result = keystage("conformance", a_pack(tmp_path), "--command", SILENT, "--leave-out", "J03")
    assert (result.exit_code, result.stdout.split("\n")[0]) == (0, "FULL MARKS: 2 of 2 files right")


WRONG = {
    "no such pack": (("{tmp}/nowhere.zip",), "nowhere.zip: there is no such file or folder."),
    "no pack": (("{tmp}/empty",), "empty: There is no manifest.json in it, so this is no conformance pack."),
    "no such program": (("{pack}", "--command", "nosuchprogram {file}"), "nosuchprogram: there is no such program."),
    "no file": (("{pack}", "--command", "true"), "the command does not say where the file goes"),
    "an unknown place": (("{pack}", "--command", "true {file} {home}"), "nothing to put in the place of {home}"),
    "quotation marks": (("{pack}", "--command", "true 'a"), "look at its quotation marks"),
    "no such year": (("{pack}", "--year", "1999"), "the pack has no cases of 1999. It has: 2026."),
    "no such check": (("{pack}", "--check", "Q01"), "there is no such case in the pack."),
    "no jobs": (("{pack}", "--jobs", "0"), "0 is not in the range"),
    "no time": (("{pack}", "--time-limit", "0"), "0.0 is not in the range"),
    "no command": (("{pack}",), "Missing option '--command'"),
}


@pytest.mark.parametrize(("words", "said"), WRONG.values(), ids=WRONG)
def test_a_wrong_pack_or_option_is_2_and_said(tmp_path, words, said):
    (tmp_path / "empty").mkdir()
    pack = zipped(a_pack(tmp_path))
    given = [word.replace("{tmp}", str(tmp_path)).replace("{pack}", str(pack)) for word in words]
    if "--command" not in given and said != "Missing option '--command'":
        given += ["--command", SILENT]
    result = keystage("conformance", *given)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert not result.stdout


def test_as_a_process(tmp_path):
    result = process("conformance", a_pack(tmp_path), "--command", SAYS)
    assert (result.returncode, result.stderr) == (0, "")


def test_it_can_be_stopped_and_leaves_nothing_running(tmp_path):
    import os
    import signal
    import subprocess
    import time

    mark = tmp_path / "started"
    hangs = program(
        f"import os, time, pathlib; pathlib.Path({str(mark)!r}).write_text(str(os.getpid())); time.sleep(600)"
    )
    command = [
        sys.executable,
        "-m",
        "keystage",
        "conformance",
        str(a_pack(tmp_path)),
        "--command",
        hangs,
        "--jobs",
        "1",
    ]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while not (mark.exists() and mark.read_text()):
        assert run.poll() is None, run.communicate()
        time.sleep(0.02)
    os.killpg(run.pid, signal.SIGINT)
    printed, said = run.communicate(timeout=60)
    assert (run.returncode, printed, said) == (130, "", "Stopped.\n")
    assert has_ended(int(mark.read_text()))
