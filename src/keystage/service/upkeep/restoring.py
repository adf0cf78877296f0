"""Bringing an installation back from a backup: the database comes last, so that what was stopped can start again."""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 - it is named like a variable

from django.conf import settings
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from keystage.service.files.store import NotStored, pieces_of, put_pieces
from keystage.service.upkeep import databases
from keystage.service.upkeep.archive import (
    SECRET_KEY,
    SQLITE,
    Manifest,
    NotPossible,
    private,
    read_manifest,
    sha256_of,
)

Progress = Callable[[int], None]
_DAMAGED = (BadZipFile, ZlibError, EOFError, NotImplementedError)
"""What a zip raises that is cut off, spoilt, or packed in a way that nobody knows."""
_LOCKED = 0x1
"""The bit of a member's flags that says it can only be read with a password."""


def restore(backup: Path, progress: Progress = lambda _files: None) -> Manifest:
    """Bring a backup back into an installation that has no data yet, then bring its database up to this release.

    Args:
        backup: what ``keystage backup`` made.
        progress: called now and then with the number of files brought back so far.

    Raises:
        NotPossible: there is data here already, the backup is damaged, or is of a later release or another database.
        OSError: it cannot be read, or the disk does not take it.
    """
    try:
        with ZipFile(backup) as zipped:
            _must_be_open(zipped)
            manifest = read_manifest(zipped)
            _must_hold(zipped, manifest.database, SECRET_KEY)
            _may_come_here(manifest)
            _bring_files(zipped, manifest, progress)
            _bring_key(zipped)
            _bring_database(zipped, manifest)
    except _DAMAGED:
        raise NotPossible(f"{backup} is damaged, or is no zip file. Nothing of the database was changed.") from None
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    return manifest


def _must_be_open(zipped: ZipFile) -> None:
    """Refuse a zip that somebody locked: no backup is made so, and a spoilt byte can look like it."""
    if any(each.flag_bits & _LOCKED for each in zipped.infolist()):
        raise NotPossible(
            "The backup is locked with a password, or damaged. Nothing was changed. Unpack it with its password, pack"
            " what was in it without one, and restore that."
        )


def _must_hold(zipped: ZipFile, *members: str) -> None:
    """Refuse a backup without its parts before anything is brought: afterwards there would be half of it here."""
    there = set(zipped.namelist())
    for member in members:
        if member not in there:
            raise NotPossible(f"The backup lacks {member}: it is damaged. Nothing was changed.")


def _may_come_here(manifest: Manifest) -> None:
    if manifest.database != databases.kind():
        was, is_ = ("SQLite", "PostgreSQL") if manifest.database == SQLITE else ("PostgreSQL", "SQLite")
        raise NotPossible(f"The backup is of a {was} database, and this installation uses {is_}.")
    if not databases.is_empty():
        raise NotPossible(
            "There is data here already, and nothing is written over. Restore into a new, empty data folder or"
            " database; the old one stays as it is until you remove it."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if later := sorted(set(manifest.migrations) - known):
        raise NotPossible(
            f"The backup was made by a later release ({manifest.keystage}): this one does not know {later[0]}. Install"
            " that release or a later one, then restore."
        )


def _bring_files(zipped: ZipFile, manifest: Manifest, progress: Progress) -> None:
    done = 0
    for member in zipped.namelist():
        sha256 = sha256_of(member)
        if sha256 is None:
            continue
        try:
            with zipped.open(member) as source:
                found, _ = put_pieces(pieces_of(source))
        except NotStored as fault:
            raise NotPossible(f"The store of files does not take what is in the backup: {fault}") from None
        if found != sha256:
            raise NotPossible(f"The file {sha256[:12]}… in the backup is damaged. Nothing of the database was changed.")
        done += 1
        if done % 500 == 0:
            progress(done)
    if done != manifest.files:
        raise NotPossible(f"The backup should hold {manifest.files:,} files and holds {done:,}: it is damaged.")


def _bring_key(zipped: ZipFile) -> None:
    """Put the secret key back where none is given by a setting: with another one everybody is signed out."""
    path = settings.ENVIRONMENT.data / "secret-key"
    if settings.ENVIRONMENT.secret_key.get_secret_value():
        return
    path.unlink(missing_ok=True)
    with open(path, "xb", opener=private) as file:
        file.write(zipped.read(SECRET_KEY))


def _bring_database(zipped: ZipFile, manifest: Manifest) -> None:
    data = settings.ENVIRONMENT.data
    with tempfile.TemporaryDirectory(dir=data, prefix=".keystage-restore-") as folder:
        copy = Path(folder, "database")
        digest = hashlib.sha256()
        with zipped.open(manifest.database) as source, copy.open("xb") as target:
            for piece in pieces_of(source):
                digest.update(piece)
                target.write(piece)
            target.flush()
            os.fsync(target.fileno())
        if digest.hexdigest() != manifest.database_sha256:
            raise NotPossible("The database in the backup is damaged. Nothing was changed.")
        databases.bring_back(copy)
