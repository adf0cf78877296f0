"""A progress bar with a time estimate, for people at a terminal who have been waiting for a while."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_A_WHILE = 1.0
"""Seconds after which a bar is shown."""


@contextmanager
def progress(total: int, doing: str) -> Iterator[Callable[[], None]]:
    """Show how far along long work is, on standard error; nothing where that is no terminal.

    What is given is to be called after each piece of work.
    """
    if not sys.stderr.isatty() or total < 2:
        yield lambda: None
        return
    bar = _Bar(total, doing)
    try:
        yield bar.advance
    finally:
        bar.stop()


class _Bar:
    def __init__(self, total: int, doing: str) -> None:
        self.total = total
        self.doing = doing
        self.done = 0
        self.started = time.monotonic()
        self.shown: Any = None
        self.task: Any = None

    def advance(self) -> None:
        self.done += 1
        if self.shown is not None:
            self.shown.update(self.task, completed=self.done, total=max(self.total, self.done))
        elif time.monotonic() - self.started >= _A_WHILE:
            self.show()

    def show(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self.shown = Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False)
        self.task = self.shown.add_task(self.doing, total=self.total, completed=self.done)
        self.shown.start()

    def stop(self) -> None:
        if self.shown is not None:
            self.shown.stop()
