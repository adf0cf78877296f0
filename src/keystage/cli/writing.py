"""Writing files: whole or not at all, and never over something that a person did not name."""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from keystage.checks.beside import is_same
from keystage.checks.faults import CannotBeWritten, os_error_in_words
from keystage.cli.faults import fail


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for writing that takes its place only once all of it is written.

    Until then it has another name in the same folder, which is cleared away where the writing fails or is stopped.
    Something that is no plain file, such as ``/dev/stdout``, is written directly.

    Raises:
        CannotBeWritten: the file cannot be written, with the reason.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        with _named(path), path.open("wb") as sink:
            yield sink
        return
    part = target.with_name(f".keystage-{os.urandom(6).hex()}.part")
    with _named(path):
        try:
            with part.open("xb") as sink:
                yield sink
            if target.exists():
                part.chmod(stat.S_IMODE(target.stat().st_mode))
            part.replace(target)
        except BaseException:  # the wish to stop among them
            with suppress(OSError):
                part.unlink()
            raise


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Say of which file a fault is, as the system names the one that stands in for it."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as fault:
        raise CannotBeWritten(os_error_in_words(fault, path)) from fault


def refuse_to_overwrite(target: Path, *, force: bool, sources: Iterable[Path]) -> None:
    """End the command where writing would take the place of a file that is there, or of one that is being read."""
    for source in sources:
        if is_same(target, source):
            fail(f"{target}: this is the file that is being read. Give another name to write to.")
    if target.is_dir():
        fail(f"{target}: this is a folder; a file is needed here.")
    if not force and target.is_file():
        fail(f"{target} is there already. Give another name, or --force to write over it.")
