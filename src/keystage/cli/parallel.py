"""Work on many files with several processes, in order and without holding more than a little of it at once."""

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Work = TypeVar("Work")
Done = TypeVar("Done")

_WORTH_IT = 50
"""Files from which on it pays to start further processes."""


def jobs_for(files: int, asked: int | None) -> int:
    """Return how many processes to use: as many as were asked for, else one a processor where it pays."""
    if asked is not None:
        return min(asked, max(files, 1))
    return (os.cpu_count() or 1) if files >= _WORTH_IT else 1


def each(do: Callable[[Work], Done], work: Sequence[Work], jobs: int) -> Iterator[Done]:
    """Yield what ``do`` makes of each piece of work, in order."""
    if jobs == 1:
        yield from map(do, work)
        return
    from multiprocessing import Pool

    with Pool(jobs) as pool:
        yield from pool.imap(do, work, chunksize=max(1, min(32, len(work) // (jobs * 4))))
