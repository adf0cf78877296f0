"""What a backup is: a zip file with the database, every file that it speaks of, the secret key, and a list."""

import json
import os
import re
from dataclasses import asdict, dataclass, field
from zipfile import ZipFile

FORMAT = 1
MANIFEST, SECRET_KEY = "manifest.json", "secret-key"
SQLITE, POSTGRESQL = "database.sqlite3", "database.pgdump"
_FILE = re.compile(r"files/([0-9a-f]{2})/(\1[0-9a-f]{62})")


class NotPossible(Exception):
    """A backup cannot be made or brought back; the message is fit for a person."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds, and what made it."""

    keystage: str
    """The release that made it."""
    made_at: str
    """ISO 8601, UTC."""
    database: str
    """The member that is the database: :data:`SQLITE` or :data:`POSTGRESQL`."""
    database_sha256: str
    migrations: list[str]
    """Every migration that the database has, as ``app.name``."""
    files: int
    bytes: int
    """Of the files, in all."""
    missing: list[str] = field(default_factory=list)
    """Files that the database speaks of and the store no longer had."""
    format: int = FORMAT

    def check(self) -> None:
        """Raise TypeError where something is of another type than it must be: anything can stand in a file."""
        texts = (self.keystage, self.made_at, self.database, self.database_sha256, *self.migrations)
        if not all(isinstance(each, str) for each in texts) or not isinstance(self.files, int):
            raise TypeError("not the list of a backup")

    def as_json(self) -> str:
        """Return it as it stands in the zip."""
        return json.dumps(asdict(self), indent=1)


def read_manifest(zipped: ZipFile) -> Manifest:
    """Read the list of a backup.

    Raises:
        NotPossible: it is no backup of Keystage, or one that this release cannot read.
    """
    try:
        said = json.loads(zipped.read(MANIFEST))
        if said["format"] != FORMAT:
            raise NotPossible(f"This backup has the format {said['format']}; this release reads format {FORMAT}.")
        manifest = Manifest(**said)
        manifest.check()
    except (KeyError, TypeError, ValueError):
        raise NotPossible("This zip file is not a backup that “keystage backup” made.") from None
    if manifest.database not in (SQLITE, POSTGRESQL):
        raise NotPossible("This backup names a database that this release does not know.")
    return manifest


def member_of(sha256: str) -> str:
    """Return where a file lies in a backup."""
    return f"files/{sha256[:2]}/{sha256}"


def private(path: str, flags: int) -> int:
    """Open a file that only its owner can read: for ``open(…, opener=private)``."""
    return os.open(path, flags, 0o600)


def sha256_of(member: str) -> str | None:
    """Return which file a member of a backup is; None where it is none."""
    found = _FILE.fullmatch(member)
    return found[2] if found else None
