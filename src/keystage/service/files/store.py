"""The store of files: written once under the hash of their content, safely kept before anybody is told.

It is the folder ``files`` in the data folder; or, where the settings say so (``KEYSTAGE_FILES=s3://…``), an
S3-compatible store, which several machines can share. Both give the same guarantee: when :func:`put` returns, the
content is kept.
"""

import hashlib
from pathlib import Path

from django.conf import settings

from keystage.service.files import folder, s3
from keystage.service.files.faults import NotAnswering, NotStored

__all__ = ["NotAnswering", "NotStored", "get", "path_of", "put"]


def put(content: bytes) -> str:
    """Keep content, and return its SHA-256 in hexadecimal figures. What is there already is not written again.

    Raises:
        NotStored: the store does not take it.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    if bucket := s3.bucket_of(settings.ENVIRONMENT.files):
        bucket.put(sha256, content)
        return sha256
    try:
        folder.write(path_of(sha256), content)
    except OSError as fault:
        raise NotStored(str(fault)) from fault
    return sha256


def get(sha256: str) -> bytes:
    """Return the content with a hash.

    Raises:
        NotAnswering: the store does not answer; the content may well be there.
        OSError: it is not in the store any more.
    """
    if bucket := s3.bucket_of(settings.ENVIRONMENT.files):
        return bucket.get(sha256)
    return path_of(sha256).read_bytes()


def path_of(sha256: str) -> Path:
    """Return where content with a hash lies, in the store that is a folder."""
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256
