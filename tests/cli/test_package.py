"""The command itself: its name, its help, what it loads, and how it shows itself on a terminal."""

import io
import os
import subprocess
import sys

import pytest

from cli.made import keystage, process
from keystage import __version__
from keystage.cli import COMMANDS
from keystage.cli.progress import progress
from keystage.cli.streams import presentable


def test_the_version():
    assert keystage("--version").stdout == f"keystage {__version__}\n"
    assert process("--version").stdout == f"keystage {__version__}\n"


WITHOUT_YEARS = (
    "conformance",
    "guide",
    "serve",
    "work",
    "demo",
    "doctor",
    "backup",
    "restore",
    "retention",
    "pupil",
)
"""They take the folder of years from KEYSTAGE_YEARS_DIR, or need none."""


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_that_fits_a_terminal(command):
    for option in ("--help", "-h"):
        result = keystage(command, option)
        assert result.exit_code == 0
        assert result.stdout.startswith(f"Usage: keystage {command} ") or result.stdout.startswith("Usage: main ")
        assert ("--years-dir DIR" in result.stdout) == (command not in WITHOUT_YEARS)
        assert max(map(len, result.stdout.splitlines())) <= 100


def test_the_help_lists_the_commands_with_what_they_do():
    text = keystage("--help").stdout
    width = max(map(len, COMMANDS))
    for command, does in COMMANDS.items():
        assert f"  {command:<{width}}  {does}\n" in text


HEAVY = {"xlsxwriter", "python_calamine", "rich", "lxml", "multiprocessing", "concurrent.futures", "zoneinfo"}


def test_checking_loads_only_what_it_uses():
    program = "import sys, keystage.cli.check; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert HEAVY.isdisjoint(loaded)
    assert "keystage.cli.check" in loaded


def test_checking_one_file_loads_no_more_than_that(clean):
    program = """if True:
        import sys
        from keystage.cli import main
        try:
            main(sys.argv[1:])
        finally:
            print(*sys.modules)
    """
    command = [sys.executable, "-c", program, "check", str(clean), "--today", "2026-06-20"]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout.startswith("CLEAN\n")
    assert HEAVY.isdisjoint(run.stdout.splitlines()[-1].split())


def test_no_other_command_is_loaded():
    program = "import sys, keystage.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert [name for name in loaded if name in {f"keystage.cli.{command}" for command in COMMANDS}] == []


def test_a_progress_bar_is_for_terminals_only(capsys):
    with progress(10, "Checking") as advance:
        for _ in range(10):
            advance()
    assert capsys.readouterr().err == ""


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_progress_bar_comes_up_for_long_work_with_how_long_is_left(monkeypatch):
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with progress(10, "Checking") as advance:
        advance()
        assert terminal.getvalue() == ""
        monkeypatch.setattr("keystage.cli.progress._A_WHILE", 0)
        for _ in range(4):
            advance()
    assert "Checking" in terminal.getvalue()
    assert "5/10" in terminal.getvalue()
    assert ":" in terminal.getvalue()


def on_a_terminal(*words, **environment):
    """Run a command whose standard output is a terminal, and return what it shows there."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "keystage", *map(str, words)]
    environment = {**{name: value for name, value in os.environ.items() if name != "NO_COLOR"}, **environment}
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, stdin=theirs, env=environment) as run:
        os.close(theirs)
        shown = b""
        while True:
            try:
                more = os.read(ours, 65_536)
            except OSError:  # the other end has gone
                break
            if not more:
                break
            shown += more
        run.wait(60)
    os.close(ours)
    return shown.decode()


def test_colour_is_for_terminals_and_for_those_who_want_it(clean):
    words = ("check", clean, "--today", "2026-06-20")
    assert on_a_terminal(*words, TERM="xterm").startswith("\x1b[32m\x1b[1mCLEAN\x1b[0m")
    assert "\x1b" not in on_a_terminal(*words, TERM="xterm", NO_COLOR="1")
    assert "\x1b" not in on_a_terminal("years", TERM="xterm", NO_COLOR="1")


def test_a_workbook_is_not_thrown_at_a_terminal(clean):
    assert "--format xlsx needs --output FILE" in on_a_terminal("check", clean, "--format", "xlsx")


def test_letters_that_could_command_a_terminal_are_replaced():
    assert presentable("Zoë Łuczak") == "Zoë Łuczak"
    assert presentable("a\x1b[2Jb\x9bc\u202ed") == "a�[2Jb�c�d"
    assert presentable("two\nlines") == "two lines"
    assert presentable("caf\udce9") == "caf?"
