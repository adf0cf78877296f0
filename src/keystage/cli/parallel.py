"""Work on many files with several processes, in order and without holding more than a little of it at once."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

Work = TypeVar("Work")
Done = TypeVar("Done")

_WORTH_IT = 50
"""Files from which on it pays to start further processes."""
_AT_ONCE = 16
"""Files that a process is given at a time."""
_AHEAD = 3
"""How many such portions are under way for each process."""


def jobs_for(files: int, asked: int | None) -> int:
    """Return how many processes to use: as many as were asked for, else one a processor where it pays."""
    if asked is not None:
        return min(asked, max(files, 1))
    return (os.cpu_count() or 1) if files >= _WORTH_IT else 1


def each(do: Callable[[Work], Iterable[Done]], work: Sequence[Work], jobs: int) -> Iterator[Done]:
    """Yield everything that ``do`` makes of the pieces of work, in their order."""
    if jobs == 1:
        for piece in work:
            yield from do(piece)
        return
    from concurrent.futures import Future, ProcessPoolExecutor

    pieces = iter(work)
    size = max(1, min(_AT_ONCE, len(work) // jobs))
    under_way: deque[Future[list[Done]]] = deque()
    pool = ProcessPoolExecutor(jobs, initializer=_begin, initargs=(do,))
    try:
        while portion := list(islice(pieces, size)):
            with _out_of_reach():
                under_way.append(pool.submit(_all, portion))
            if len(under_way) >= jobs * _AHEAD:
                yield from under_way.popleft().result()
        while under_way:
            yield from under_way.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _out_of_reach() -> Iterator[None]:
    """Start processes that a person's Ctrl-C does not reach, not even before they begin."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_doing: list[Callable[[Any], Iterable[Any]]] = []
"""What this process does with each piece: told once, as it carries the registers of a country."""


def _begin(do: Callable[[Any], Iterable[Any]]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process says that it was stopped
    _doing[:] = [do]


def _all(portion: list[Any]) -> list[Any]:
    return [done for piece in portion for done in _doing[0](piece)]
