"""The store of files: written once under the hash of their content, safely kept before anybody is told."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from django.conf import settings

_PIECE = 1 << 20
"""Bytes at once."""


class NotStored(Exception):
    """The store does not take the file: it is full, read-only, or does not answer."""


def put(content: bytes) -> str:
    """Keep content, and return its SHA-256 in hexadecimal figures. What is there already is not written again.

    Raises:
        NotStored: the store does not take it.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        _write(path_of(sha256), (content,))
    except OSError as fault:
        raise NotStored(str(fault)) from fault
    return sha256


def put_file(source: IO[bytes]) -> tuple[str, int]:
    """Keep what a file holds, however large, without holding it; return its SHA-256 and how many bytes it has.

    Args:
        source: a file that can be read from its start.

    Raises:
        NotStored: the store does not take it.
    """
    digest, size = hashlib.sha256(), 0
    source.seek(0)
    while piece := source.read(_PIECE):
        digest.update(piece)
        size += len(piece)
    source.seek(0)
    sha256 = digest.hexdigest()
    try:
        _write(path_of(sha256), iter(lambda: source.read(_PIECE), b""))
    except OSError as fault:
        raise NotStored(str(fault)) from fault
    return sha256, size


def opened(sha256: str) -> IO[bytes]:
    """Open the content with a hash, to be read piece by piece; whoever asks for it closes it.

    Raises:
        OSError: it is not in the store any more.
    """
    return path_of(sha256).open("rb")


def get(sha256: str) -> bytes:
    """Return the content with a hash.

    Raises:
        OSError: it is not in the store any more.
    """
    return path_of(sha256).read_bytes()


def put_pieces(pieces: Iterable[bytes]) -> str:
    """Keep content that comes in pieces, however much it is, and return its hash as :func:`put` does.

    Raises:
        NotStored: the store does not take it.
    """
    try:
        root = Path(settings.FILES_ROOT)
        root.mkdir(parents=True, exist_ok=True)
        file = tempfile.NamedTemporaryFile(dir=root, delete=False)  # noqa: SIM115 - closed below, before it is moved
        try:
            return _keep(file, pieces)
        except OSError:
            Path(file.name).unlink(missing_ok=True)
            raise
    except OSError as fault:
        raise NotStored(str(fault)) from fault


def _keep(file: "tempfile._TemporaryFileWrapper[bytes]", pieces: Iterable[bytes]) -> str:
    found = hashlib.sha256()
    with file:
        for piece in pieces:
            found.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    path = path_of(found.hexdigest())
    path.parent.mkdir(parents=True, exist_ok=True)
    os.replace(file.name, path)  # noqa: PTH105 - atomic on every system
    _sync_folder(path.parent)
    return found.hexdigest()


def path_of(sha256: str) -> Path:
    """Return where content with a hash lies."""
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file that appears whole or not at all, and stays through a power cut."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    file = tempfile.NamedTemporaryFile(dir=path.parent, delete=False)  # noqa: SIM115 - closed below, before it is moved
    try:
        with file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        os.replace(file.name, path)  # noqa: PTH105 - atomic on every system
    except OSError:
        Path(file.name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(path: Path) -> None:
    if os.name == "posix":
        folder = os.open(path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
