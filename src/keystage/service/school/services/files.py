"""Files received and made: written once under the hash of their content, safely on disk before anybody is told."""

import hashlib
import logging
import os
import tempfile
from pathlib import Path

from django.conf import settings

from keystage.service.accounts.models import Organisation, Person
from keystage.service.school.models import StoredFile
from keystage.service.school.services.refusals import NotAllowedNow

_log = logging.getLogger(__name__)
_NOT_STORED = (
    "The file could not be kept, because the disk of the service is full or cannot be written to. Nothing was changed."
    " Tell whoever looks after Keystage for you, then try again."
)


def store(organisation: Organisation, name: str, content: bytes, *, by: Person | None) -> StoredFile:
    """Keep a file: its content on disk, then its row, in the caller's transaction.

    Raises:
        NotAllowedNow: the disk does not take it: full, or read-only.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        _write(path_of(sha256), content)
    except OSError:
        _log.exception("A file could not be stored")
        raise NotAllowedNow(_NOT_STORED) from None
    return StoredFile.objects.create(
        organisation=organisation, name=name[-200:], sha256=sha256, size=len(content), made_by=by
    )


def content_of(file: StoredFile) -> bytes:
    """Return what a file holds.

    Raises:
        OSError: it is not on disk any more.
    """
    return path_of(file.sha256).read_bytes()


def path_of(sha256: str) -> Path:
    """Return where content with a hash lies."""
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256


def _write(path: Path, content: bytes) -> None:
    """Write a file that appears whole or not at all, and stays through a power cut."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    file = tempfile.NamedTemporaryFile(dir=path.parent, delete=False)  # noqa: SIM115 - closed below, before it is moved
    try:
        with file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(file.name, path)  # noqa: PTH105 - atomic on every system
    except OSError:
        Path(file.name).unlink(missing_ok=True)
        raise
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
