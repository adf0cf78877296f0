"""Saving an installation: first the database, then every file it speaks of.

Files are only ever added, so what is copied after the database holds everything that the database knows.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.utils import timezone

from keystage import __version__
from keystage.service.files.references import referenced
from keystage.service.files.store import NotAnswering, opened, pieces_of
from keystage.service.upkeep import databases
from keystage.service.upkeep.archive import MANIFEST, SECRET_KEY, Manifest, NotPossible, member_of, private

Progress = Callable[[int], None]


def back_up(to: Path, progress: Progress = lambda _files: None) -> Manifest:
    """Save an installation into one new zip file, which only its owner can read: it holds everything.

    Args:
        to: the file; it appears whole or not at all.
        progress: called now and then with the number of files saved so far.

    Raises:
        NotPossible: there is a file of that name, the database cannot be copied, or the store does not answer.
        OSError: the disk does not take it.
    """
    if to.exists():
        raise NotPossible(f"{to} is there already, and nothing is written over. Give the backup another name.")
    with tempfile.TemporaryDirectory(dir=to.parent, prefix=".keystage-backup-") as folder:
        copy, draft = Path(folder, "database"), Path(folder, "backup.zip")
        databases.copy_to(copy)
        with open(draft, "xb", opener=private) as file, ZipFile(file, "w", ZIP_DEFLATED, allowZip64=True) as zipped:
            manifest = _fill(zipped, copy, progress)
        _sync(draft)
        draft.replace(to)
    return manifest


def _fill(zipped: ZipFile, copy: Path, progress: Progress) -> Manifest:
    zipped.write(copy, databases.kind())
    zipped.writestr(SECRET_KEY, settings.SECRET_KEY)
    files = size = 0
    missing: list[str] = []
    for sha256 in referenced():
        try:
            size += _copy(zipped, sha256)
            files += 1
        except NotAnswering as fault:
            raise NotPossible(f"The store of files does not answer, so no backup was made: {fault}") from None
        except FileNotFoundError:
            missing.append(sha256)
        if files % 500 == 0:
            progress(files)
    manifest = Manifest(
        __version__, timezone.now().isoformat(), databases.kind(), _hash(copy), databases.applied_migrations(), files,
        size, missing,
    )  # fmt: skip
    zipped.writestr(MANIFEST, manifest.as_json())
    return manifest


def _copy(zipped: ZipFile, sha256: str) -> int:
    size = 0
    with opened(sha256) as source, zipped.open(member_of(sha256), "w", force_zip64=True) as target:
        for piece in pieces_of(source):
            size += target.write(piece)
    return size


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
