"""The store of files: written once under the hash of their content, safely kept before anybody is told.

It is the folder ``files`` in the data folder; or, where the settings say so (``KEYSTAGE_FILES=s3://…``), an
S3-compatible store, which several machines can share. Both give the same guarantee: when :func:`put` or
:func:`put_pieces` returns, the content is kept.
"""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from django.conf import settings

from keystage.service.files import folder, s3
from keystage.service.files.faults import NotAnswering, NotStored

__all__ = ["NotAnswering", "NotStored", "get", "opened", "path_of", "pieces_of", "put", "put_pieces", "remove"]

_PIECE = 1_000_000
"""Bytes that are held at once of a file that is read or written piece by piece."""


def put(content: bytes) -> str:
    """Keep content, and return its SHA-256 in hexadecimal figures. What is there already is not written again.

    Raises:
        NotStored: the store does not take it.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    if bucket := s3.bucket_of(settings.ENVIRONMENT.files):
        bucket.put(sha256, content)
    elif not folder.touched(path_of(sha256)):
        put_pieces([content])
    return sha256


def put_pieces(pieces: Iterable[bytes]) -> tuple[str, int]:
    """Keep content that comes in pieces, however much it is; return its hash and its size in bytes.

    Raises:
        NotStored: the store does not take it.
    """
    try:
        if bucket := s3.bucket_of(settings.ENVIRONMENT.files):
            with tempfile.TemporaryFile() as draft:
                sha256, size = folder.copy(pieces, draft)
                draft.seek(0)
                bucket.put(sha256, draft)
            return sha256, size
        return folder.write(Path(settings.FILES_ROOT), pieces)
    except OSError as fault:
        raise NotStored(str(fault)) from fault


def get(sha256: str) -> bytes:
    """Return the content with a hash.

    Raises:
        NotAnswering: the store does not answer; the content may well be there.
        OSError: it is not in the store any more.
    """
    _must_be_kept(sha256)
    if bucket := s3.bucket_of(settings.ENVIRONMENT.files):
        return bucket.get(sha256)
    return path_of(sha256).read_bytes()


def opened(sha256: str) -> IO[bytes]:
    """Open the content with a hash, to be read piece by piece; whoever asks for it closes it.

    Raises:
        NotAnswering: the store does not answer; the content may well be there.
        OSError: it is not in the store any more.
    """
    _must_be_kept(sha256)
    if bucket := s3.bucket_of(settings.ENVIRONMENT.files):
        return bucket.opened(sha256)
    return path_of(sha256).open("rb")


def remove(sha256: str, *, before: float) -> bool:
    """Take content away for good, unless it was put there since a moment; say whether it is gone.

    Args:
        sha256: the hash of the content. That nothing speaks of it any more, whoever calls has made sure.
        before: the moment, in seconds as ``time.time()`` gives them.

    Raises:
        NotAnswering: the store does not answer.
        OSError: the disk does not let it go.
    """
    if bucket := s3.bucket_of(settings.ENVIRONMENT.files):
        return bucket.remove(sha256, before)
    return folder.remove(Path(settings.FILES_ROOT), sha256, before)


def _must_be_kept(sha256: str) -> None:
    if not sha256:
        raise FileNotFoundError("what this file held was erased")


def pieces_of(source: IO[bytes]) -> Iterator[bytes]:
    """Yield what an open file holds, piece by piece, from its beginning."""
    source.seek(0)
    return iter(lambda: source.read(_PIECE), b"")


def path_of(sha256: str) -> Path:
    """Return where content with a hash lies, in the store that is a folder."""
    return folder.path_in(Path(settings.FILES_ROOT), sha256)
