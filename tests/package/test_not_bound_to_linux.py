"""Nothing in the package is bound to one system. Nobody ran it on Windows: this is what can be seen from the source."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src/keystage"
MODULES = sorted(SOURCE.rglob("*.py"))
POSIX_MODULES = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
POSIX_NAMES = {
    "os": {
        *(
            "fork",
            "forkpty",
            "getuid",
            "geteuid",
            "getgid",
            "setuid",
            "setgid",
            "setsid",
            "setpgid",
            "killpg",
            "getpgid",
        ),
        *("chown", "mkfifo", "uname", "sysconf", "statvfs", "sched_getaffinity", "getloadavg", "pread", "posix_spawn"),
        *("WNOHANG", "nice", "fchmod", "O_DIRECTORY"),
    },
    "signal": {
        "SIGKILL",
        "SIGHUP",
        "SIGUSR1",
        "SIGUSR2",
        "SIGALRM",
        "SIGPIPE",
        "SIGCHLD",
        "alarm",
        "setitimer",
        "pause",
    }
    | {"pthread_sigmask", "sigwait", "SIG_BLOCK", "SIG_SETMASK"},
}
ASKED_FOR = {
    "conformance/running.py": 'hasattr(os, "killpg")',
    "cli/parallel.py": 'hasattr(signal, "pthread_sigmask")',
    "service/work/worker.py": 'hasattr(os, "nice")',
}
"""Where one is used, and how it is asked for before."""
OF_THE_SYSTEM = ("/tmp", "/dev/", "/proc/", "/var/", "/etc/", "/usr/", "C:\\")  # noqa: S108


def tree(text: str) -> ast.Module:
    return ast.parse(text)


def posix_only(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names if each.name in POSIX_MODULES)
        elif isinstance(node, ast.ImportFrom):
            yield from {node.module or ""} & POSIX_MODULES
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield from {node.attr} & POSIX_NAMES.get(node.value.id, set())


def without_encoding(module: ast.Module) -> Iterator[int]:
    """Yield the lines where a text is opened as the system happens to write it."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and not any(each.arg in SAID for each in node.keywords):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if (name in TEXTS and len(node.args) == TEXTS[name]) or (name in FILES and is_text(node)):
                yield node.lineno


SAID = ("encoding", "force_zip64", None)
"""With one of these it is said what is written: an encoding, or, in a zip, bytes."""
TEXTS = {"read_text": 0, "write_text": 1}
"""What reads or writes a text whole, and how many arguments it has where no encoding is among them."""
FILES = ("open", "NamedTemporaryFile", "TemporaryFile", "fdopen")


def is_text(call: ast.Call) -> bool:
    """Say whether a call that opens a file names a mode, and it is one of text."""
    said = [*call.args[:2], *(each.value for each in call.keywords if each.arg == "mode")]
    words = [each.value for each in said if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    return any(word and set(word) <= set("rwxat+") for word in words)


def places_of_a_system(module: ast.Module) -> Iterator[str]:
    docstrings = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        value = node.value if isinstance(node, ast.Constant) and id(node) not in docstrings else None
        if isinstance(value, str) and value.startswith(OF_THE_SYSTEM):
            yield value


@pytest.mark.parametrize("path", MODULES, ids=lambda each: each.relative_to(SOURCE).as_posix())
def test_a_module_runs_on_every_system(path):
    text = path.read_text("utf-8")
    module = tree(text)
    name = path.relative_to(SOURCE).as_posix()
    used = list(posix_only(module))
    assert not used or ASKED_FOR.get(name, "\0") in text, used
    assert list(without_encoding(module)) == []
    assert list(places_of_a_system(module)) == []
    assert "%-d" not in text
    assert "%e" not in text.replace("%entry", "")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import fcntl", posix_only),
        ("import os\nos.fork()", posix_only),
        ("import signal\nsignal.signal(signal.SIGKILL, None)", posix_only),
        ("open(path, 'w')", without_encoding),
        ("path.open('a')", without_encoding),
        ("path.write_text(text)", without_encoding),
        ("path.read_text()", without_encoding),
        ("place = '/tmp/keystage'", places_of_a_system),
    ],
)
def test_what_would_bind_it_is_seen(text, found):
    assert list(found(tree(text)))


def test_names_of_files_in_the_package_can_stand_on_every_disk():
    for path in SOURCE.rglob("*"):
        assert not set(path.name) & set('<>:"\\|?*'), path
        assert path.stem.casefold() not in ("con", "prn", "aux", "nul", "com1", "lpt1"), path


def test_no_two_files_differ_in_capitals_alone():
    names = [
        path.relative_to(SOURCE).as_posix().casefold() for path in SOURCE.rglob("*") if "__pycache__" not in path.parts
    ]
    assert len(names) == len(set(names))
