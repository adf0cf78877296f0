"""Runs another program on the cases: a few at a time, each within a time, never through a shell."""

import os
import re
import shlex
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Lock, Thread
from typing import IO

from keystage.conformance.answers import NoAnswer, findings_in
from keystage.conformance.pack import HeldCase
from keystage.conformance.scoring import Key, Marked, mark

PLACEHOLDERS = ("file", "register", "previous", "sent", "year", "today", "school", "task", "case")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_MOST = 20_000_000
"""Bytes that a program may print."""
_SAID = 4_000
"""Bytes kept of what it says besides."""
_MOMENT = 2.0
"""Seconds to wait for what a program leaves behind."""


class CommandWrong(ValueError):
    """The command cannot be used; says why."""


def command_of(text: str) -> list[str]:
    """Return the words of a command, as a shell would split them; there is no shell.

    Raises:
        CommandWrong: it cannot be split, names no file, or has a placeholder that is not known.
    """
    try:
        words = shlex.split(text, posix=os.name != "nt")
    except ValueError as fault:
        raise CommandWrong(f"the command cannot be split into words ({fault}): look at its quotation marks.") from None
    used = [name for word in words for name in _PLACEHOLDER.findall(word)]
    for name in used:
        if name not in PLACEHOLDERS:
            there = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
            raise CommandWrong(f"there is nothing to put in the place of {{{name}}}. There are: {there}.")
    if words and _PLACEHOLDER.search(words[0]):
        raise CommandWrong(f"the command begins with {words[0]}; it must begin with the program.")
    if "file" not in used:
        raise CommandWrong("the command does not say where the file goes: write {file} there.")
    return words


def takes_results(words: Sequence[str]) -> bool:
    """Say whether a command is told what to do, so that it can be given results too."""
    return any("{task}" in word for word in words)


def filled(words: Sequence[str], case: HeldCase) -> list[str]:
    """Put a case into a command. A word whose placeholder has nothing to stand for is left out, with its option."""
    values: Mapping[str, str | None] = {
        **{name: _path(getattr(case, name)) for name in ("file", "register", "previous", "sent")},
        "year": str(case.year),
        "today": case.today if case.task == "check" else None,
        "school": case.school,
        "task": str(case.task),
        "case": case.name,
    }
    found: list[str] = []
    for place, word in enumerate(words):
        names = _PLACEHOLDER.findall(word)
        if all(values[name] is not None for name in names):
            found.append(_PLACEHOLDER.sub(lambda name: values[name[1]] or "", word))
        elif word == f"{{{names[0]}}}" and place and found[-1:] == [words[place - 1]] and found[-1].startswith("-"):
            found.pop()
    return found


def _path(path: object) -> str | None:
    return None if path is None else os.path.abspath(str(path))  # noqa: PTH100 - a link in it may stay


class Runner:
    """Runs one program on case after case, and ends every process that it started."""

    def __init__(self, words: Sequence[str], *, limit: float, jobs: int, leave_out: Sequence[str] = ()) -> None:
        self.words = words
        self.limit = limit
        self.jobs = jobs
        self.leave_out = frozenset(leave_out)
        self.under_way: set[subprocess.Popen[bytes]] = set()
        self.lock = Lock()
        self.is_stopped = False

    def __call__(self, cases: Sequence[HeldCase]) -> Iterator[Marked]:
        """Yield every case as it was marked, in order."""
        pool = ThreadPoolExecutor(self.jobs)
        try:
            yield from pool.map(self.marked, cases)
        except BaseException:  # the wish to stop among them
            self.stop()
            raise
        finally:
            pool.shutdown(cancel_futures=True)

    def stop(self) -> None:
        """End whatever still runs, and start nothing more."""
        with self.lock:
            self.is_stopped = True
            for process in self.under_way:
                _end(process)

    def marked(self, case: HeldCase) -> Marked:
        """Run the program on a case. Whatever it does is marked, and is no fault of ours."""
        expected = [key for key in case.expected if key.code not in self.leave_out]
        given: list[Key] | None = None
        why = ""
        try:
            answer = findings_in(self.printed(filled(self.words, case)))
            given = [key for key in answer if key.code not in self.leave_out]
        except NoAnswer as fault:
            why = str(fault)
        return mark(case.name, case.year, case.check, expected, given, why)

    def printed(self, words: Sequence[str]) -> bytes:
        """Run a program and return what it printed.

        Raises:
            NoAnswer: it cannot be started, takes too long, prints too much, or ends without a word.
        """
        process = self.started(words)
        try:
            return _read(process, self.limit)
        finally:
            _end(process)
            with self.lock:
                self.under_way.discard(process)

    def started(self, words: Sequence[str]) -> subprocess.Popen[bytes]:
        """Start a program in a group of its own, so that whatever it starts can be ended with it."""
        with self.lock:
            if self.is_stopped:
                raise NoAnswer("it was not run, as the run was stopped")
            try:
                process = subprocess.Popen(  # noqa: S603 - a list of words: there is no shell
                    list(words),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    start_new_session=True,
                )
            except (OSError, ValueError) as fault:
                raise NoAnswer(f"it could not be started ({fault})") from None
            self.under_way.add(process)
            return process


def _read(process: subprocess.Popen[bytes], limit: float) -> bytes:
    assert process.stdout is not None  # noqa: S101
    assert process.stderr is not None  # noqa: S101
    printed = _Reading(process.stdout, _MOST, lambda: _end(process))
    said = _Reading(process.stderr, None, None)
    try:
        process.wait(limit)
    except subprocess.TimeoutExpired:
        raise NoAnswer(f"it had not ended after {limit:g} seconds") from None
    printed.join(_MOMENT)
    if printed.is_alive():  # something that it started lives on, and still holds its output
        _end_group(process)
        printed.join(_MOMENT)
    if printed.is_too_much:
        raise NoAnswer(f"it printed more than {_MOST // 1_000_000} MB")
    data = printed.data
    if process.returncode < 0:
        raise NoAnswer(f"it crashed (signal {-process.returncode})")
    if not data.strip():
        said.join(_MOMENT)
        raise NoAnswer(f"it printed nothing and ended with {process.returncode}{_last_line(said.data)}")
    return data


def _last_line(said: bytes) -> str:
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return f": {lines[-1].strip()[:200]}" if lines else ""


class _Reading(Thread):
    """Reads a stream to its end, so that no program waits for us; keeps so much of it, or only the last."""

    def __init__(self, stream: IO[bytes], most: int | None, too_much: Callable[[], None] | None) -> None:
        super().__init__(daemon=True)
        self.stream = stream
        self.most = most
        self.too_much = too_much
        self.data = b""
        self.pieces: list[bytes] = []
        self.is_too_much = False
        self.start()

    def run(self) -> None:
        size = 0
        with suppress(OSError, ValueError), self.stream:
            while piece := self.stream.read1(65_536):  # type: ignore[attr-defined]  # a buffered stream has it
                size += len(piece)
                if self.most is None:
                    self.data = (self.data + piece)[-_SAID:]
                elif size > self.most:
                    self.is_too_much = True
                    break
                else:
                    self.pieces.append(piece)
        self.data = self.data or b"".join(self.pieces)
        if self.is_too_much and self.too_much:
            self.too_much()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program that still runs, and all it started."""
    if process.poll() is None:
        _end_group(process)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_MOMENT)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
