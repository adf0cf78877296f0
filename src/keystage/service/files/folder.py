"""A store that is a folder: each file appears whole or not at all, and stays through a power cut."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO


def path_in(root: Path, sha256: str) -> Path:
    """Return where content with a hash lies."""
    return root / sha256[:2] / sha256


def write(root: Path, pieces: Iterable[bytes]) -> tuple[str, int]:
    """Write content that comes in pieces; return its hash and its size in bytes. What is there already stays.

    Raises:
        OSError: the disk does not take it.
    """
    root.mkdir(parents=True, exist_ok=True)
    file = tempfile.NamedTemporaryFile(dir=root, delete=False)  # noqa: SIM115 - closed below, before it is moved
    try:
        with file:
            sha256, size = copy(pieces, file.file)
            file.flush()
            os.fsync(file.fileno())
        path = path_in(root, sha256)
        if touched(path):  # the same content: what is there already is not written again
            Path(file.name).unlink()
        else:
            _move(Path(file.name), path)
    except BaseException:
        Path(file.name).unlink(missing_ok=True)
        raise
    return sha256, size


def touched(path: Path) -> bool:
    """Say whether content is there already, and mark it as put there now, so that nobody takes it away meanwhile."""
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def remove(root: Path, sha256: str, before: float) -> bool:
    """Take content away unless it was put there, again or for the first time, since a moment; say whether it is gone.

    Args:
        root: the folder.
        sha256: the hash of the content.
        before: the moment, in seconds as ``time.time()`` gives them.

    It is moved aside first: somebody who puts the same content there afterwards finds nothing and writes it anew.
    """
    path = path_in(root, sha256)
    aside = path.with_name(f"{path.name}.going")
    try:
        path.replace(aside)
    except FileNotFoundError:
        aside.unlink(missing_ok=True)  # left by somebody who was killed
        return True
    if aside.stat().st_mtime >= before:
        aside.replace(path)
        return False
    aside.unlink()
    if os.name == "posix":
        _sync(path.parent)
    return True


def copy(pieces: Iterable[bytes], file: IO[bytes]) -> tuple[str, int]:
    """Write pieces into a file; return the hash and the size of them all."""
    found, size = hashlib.sha256(), 0
    for piece in pieces:
        found.update(piece)
        size += len(piece)
        file.write(piece)
    return found.hexdigest(), size


def _move(draft: Path, path: Path) -> None:
    if path.exists():
        draft.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        draft.unlink()
    else:
        os.replace(draft, path)  # noqa: PTH105 - atomic on every system
    if os.name == "posix":
        _sync(path.parent)


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
