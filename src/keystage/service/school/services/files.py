"""Files received and made: written once under the hash of their content, safely on disk before anybody is told."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from keystage.service.accounts.models import Organisation, Person
from keystage.service.school.models import StoredFile


def store(organisation: Organisation, name: str, content: bytes, *, by: Person | None) -> StoredFile:
    """Keep a file: its content on disk, then its row, in the caller's transaction."""
    sha256 = hashlib.sha256(content).hexdigest()
    _write(path_of(sha256), content)
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
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, path)  # noqa: PTH105 - atomic on every system
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
