"""Other programs, run on a case: sound ones, and those that crash, hang, shout or say nothing."""

import json
import os
import sys
import time

import pytest

from conformance.ended import has_ended
from conformance.made import FINDING, a_pack, case
from keystage.conformance.pack import opened
from keystage.conformance.running import CommandWrong, Runner, command_of, filled, takes_results

SAYS = f"print({json.dumps(json.dumps([FINDING]))})"


@pytest.fixture
def cases(tmp_path):
    with opened(a_pack(tmp_path)) as pack:
        return pack.cases()


def run(cases, program, **options):
    words = [sys.executable, "-c", program, "{file}"]
    return list(Runner(words, **{"limit": 20, "jobs": 2, **options})(cases))


def test_a_right_program_is_right(cases):
    faulty, good = run(cases, f"import sys\nif 'J03' in sys.argv[1]: {SAYS}\nelse: print('[]')")
    assert faulty.is_right
    assert good.is_right


def test_a_program_that_says_the_same_of_every_file_raises_a_false_alarm(cases):
    faulty, good = run(cases, SAYS)
    assert faulty.is_right
    assert [key.code for key in good.false_alarms] == ["J03"]


NO_ANSWER = {
    "nothing": ("pass", "it printed nothing and ended with 0"),
    "words": ("print('all is well')", "what it printed is no JSON"),
    "an end": ("import sys; sys.exit(3)", "it printed nothing and ended with 3"),
    "an exception": ("1/0", "it printed nothing and ended with 1: ZeroDivisionError: division by zero"),
    "a crash": ("import os; print('[]', flush=True); os.abort()", "it crashed (signal 6)"),
    "a closed output": ("import sys, os; os.close(1)", "it printed nothing and ended with"),
}


@pytest.mark.parametrize(("program", "why"), NO_ANSWER.values(), ids=NO_ANSWER)
def test_a_program_without_an_answer_is_marked_and_the_run_goes_on(cases, program, why):
    results = run(cases, program)
    assert [each.why.startswith(why) for each in results] == [True, True], results
    assert not any(each.is_right for each in results)
    assert results[0].missed


def test_a_program_that_hangs_is_ended_after_its_time(cases):
    began = time.monotonic()
    results = run(cases, "import time; print('[]', flush=True); time.sleep(600)", limit=0.5)
    assert time.monotonic() - began < 20
    assert {each.why for each in results} == {"it had not ended after 0.5 seconds"}


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="there are no groups of processes")
def test_what_a_hanging_program_has_started_is_ended_with_it(cases, tmp_path):
    mark = tmp_path / "child"
    child = f"import os, time, pathlib; pathlib.Path({str(mark)!r}).write_text(str(os.getpid())); time.sleep(600)"
    program = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    run(cases[:1], program, limit=3)
    assert has_ended(int(mark.read_text()))


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="there are no groups of processes")
def test_what_a_program_leaves_behind_does_not_hold_the_run_up(cases, tmp_path):
    mark = tmp_path / "child"
    child = "import time; time.sleep(600)"
    program = (
        f"import subprocess, sys, pathlib; p = subprocess.Popen([sys.executable, '-c', {child!r}]);"
        f" pathlib.Path({str(mark)!r}).write_text(str(p.pid)); print('[]')"
    )
    began = time.monotonic()
    (result,) = run(cases[1:], program, limit=60)
    assert time.monotonic() - began < 30
    assert result.is_right
    assert has_ended(int(mark.read_text()))


def test_a_program_that_never_stops_printing_is_ended(cases, monkeypatch):
    monkeypatch.setattr("keystage.conformance.running._MOST", 1_000_000)
    results = run(cases, "while True: print('x' * 10_000)", limit=60)
    assert {each.why for each in results} == {"it printed more than 1 MB"}


def test_a_program_that_shouts_on_standard_error_is_heard_out(cases):
    program = "import sys; sys.stderr.write('x' * 3_000_000); print('[]')"
    assert [each.why for each in run(cases, program)] == ["", ""]


def test_a_program_that_is_not_there_is_marked(cases):
    (result, _) = Runner(["/nowhere/at/all", "{file}"], limit=5, jobs=1)(cases)
    assert result.why.startswith("it could not be started")


def test_results_come_in_the_order_of_the_cases(cases):
    program = "import sys, time; time.sleep(0.6 if 'J03' in sys.argv[1] else 0); print('[]')"
    assert [each.case for each in run(cases, program)] == ["2026/J03/odd", "2026/good/plain"]


def test_a_check_that_is_left_out_is_neither_missed_nor_a_false_alarm(cases):
    faulty, good = run(cases, "print('[]')", leave_out=["J03"])
    assert faulty.is_right
    assert good.is_right
    assert all(each.is_right for each in run(cases, SAYS, leave_out=["J03"]))


def test_there_is_no_shell(cases, tmp_path):
    out = tmp_path / "out"
    words = command_of(f"{sys.executable} -c 'print(\"[]\")' {{file}} ; touch {out} && $(touch {out}) > {out}")
    list(Runner(words, limit=20, jobs=1)(cases))
    assert not out.exists()


def test_a_name_with_odd_letters_stays_one_word(tmp_path):
    folder = tmp_path / "a folder; $(touch x) `y` 'z' & é"
    folder.mkdir()
    with opened(a_pack(folder)) as pack:
        held = pack.cases()
    program = "import sys, json; open(sys.argv[1]).read(); print(json.dumps([]) if len(sys.argv) == 2 else 'no')"
    assert [each.why for each in run(held, program)] == ["", ""]


def test_stopping_ends_what_runs_and_starts_nothing_more(cases):
    runner = Runner([sys.executable, "-c", "import time; time.sleep(600)", "{file}"], limit=600, jobs=1)
    runner.is_stopped = True
    assert [each.why for each in runner(cases)] == ["it was not run, as the run was stopped"] * 2


def test_a_run_that_is_given_up_leaves_nothing_running(cases):
    began = time.monotonic()
    program = "import sys, time; time.sleep(600 if 'good' in sys.argv[1] else 0); print('[]')"
    runner = Runner([sys.executable, "-c", program, "{file}"], limit=600, jobs=2)
    results = runner(cases)
    next(results)
    results.close()
    assert time.monotonic() - began < 30
    assert not runner.under_way


# -- the command ------------------------------------------------------------------------------------------------------


def test_a_command_is_split_as_a_shell_would():
    assert command_of("check 'a b' {file} --year={year}") == ["check", "a b", "{file}", "--year={year}"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("check 'a", "cannot be split into words"),
        ("check", "does not say where the file goes"),
        ("", "does not say where the file goes"),
        ("{task} {file}", "it must begin with the program"),
        ("check {file} {home}", "nothing to put in the place of {home}. There are: {file}, {register}"),
    ],
)
def test_a_wrong_command_is_said(text, words):
    with pytest.raises(CommandWrong, match=words.replace("{", r"\{").replace(".", r"\.")):
        command_of(text)


def test_braces_that_hold_no_name_stay_as_they_are():
    assert command_of("check {file} {} {a-b}") == ["check", "{file}", "{}", "{a-b}"]


ALL = "c {task} {file} --register {register} --previous={previous} -s {sent} {year} --today {today} x{school} {case}"


def test_a_case_is_put_into_a_command(cases):
    faulty, _ = cases
    assert filled(command_of(ALL), faulty) == [
        *("c", "check", str(faulty.file), "--register", str(faulty.register), "2026", "--today", "2026-07-26"),
        *("x9992000", "2026/J03/odd"),
    ]


def test_what_a_case_lacks_is_left_out_with_its_option(cases):
    _, good = cases
    assert filled(["c", "{file}", "--register", "{register}", "--quiet"], good) == ["c", str(good.file), "--quiet"]
    assert filled(["c", "register", "{register}"], good) == ["c", "register"]
    assert filled(["c", "--a={sent}", "{register}"], good) == ["c"]


def test_results_are_for_programs_that_are_told_what_to_do():
    assert takes_results(["c", "{task}", "{file}"])
    assert not takes_results(["c", "check", "{file}"])


def test_the_day_is_not_given_where_results_are_checked(tmp_path):
    with opened(a_pack(tmp_path, case(task="results"))) as pack:
        (held,) = pack.cases()
    assert filled(["c", "{task}", "{file}", "--today", "{today}"], held) == ["c", "results", str(held.file)]
