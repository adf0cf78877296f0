"""The database as one file: a copy of SQLite's taken while it is in use, or what ``pg_dump`` writes of PostgreSQL."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from keystage.service.upkeep.archive import POSTGRESQL, SQLITE, NotPossible


def kind() -> str:
    """Return what the member of a backup is called that holds this installation's database."""
    return SQLITE if connection.vendor == "sqlite" else POSTGRESQL


def applied_migrations() -> list[str]:
    """Return every migration that the database has, as ``app.name``."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def copy_to(path: Path) -> None:
    """Write the database into a file, as it is at one moment, while others go on using it.

    Raises:
        NotPossible: it cannot be read whole, or the program for it is not there.
    """
    if kind() == SQLITE:
        _copy_sqlite(path)
    else:
        _run("pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--file={path}")


def _copy_sqlite(path: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(settings.DATABASES["default"]["NAME"])) as source,
            closing(sqlite3.connect(path)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            (found,) = copy.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.Error as fault:
        raise NotPossible(f"The database cannot be read whole: {fault}.") from None
    if found != "ok":
        raise NotPossible(f"The database is damaged, so no backup was made of it: {found}.")


def is_empty() -> bool:
    """Say whether the database has no table yet."""
    return not connection.introspection.table_names()


def bring_back(path: Path) -> None:
    """Make what a file holds the database, which has to be empty.

    Raises:
        NotPossible: the file cannot be read, or the program for it is not there.
    """
    connection.close()
    if kind() == SQLITE:
        target = Path(settings.DATABASES["default"]["NAME"])
        for leftover in ("-wal", "-shm"):
            target.with_name(target.name + leftover).unlink(missing_ok=True)
        os.replace(path, target)  # noqa: PTH105 - whole or not at all
    else:
        _run("pg_restore", "--no-owner", "--no-acl", "--exit-on-error", "--single-transaction", str(path))


def _run(program: str, *options: str) -> None:
    """Run a program of PostgreSQL on the database; its password is never on a command line."""
    if shutil.which(program) is None:
        raise NotPossible(
            f"{program} is not installed: it comes with PostgreSQL’s client programs. Install these first."
        )
    parts = urlsplit(settings.ENVIRONMENT.database)
    environment = {**os.environ, "PGPASSWORD": unquote(parts.password or "")}
    where = {
        "--host": unquote(parts.hostname or ""), "--port": str(parts.port or ""),
        "--username": unquote(parts.username or ""), "--dbname": unquote(parts.path.lstrip("/")),
    }  # fmt: skip
    asked = [f"{name}={value}" for name, value in where.items() if value]
    done = subprocess.run([program, *asked, *options], env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise NotPossible(f"{program} could not do its work: {done.stderr.strip() or 'it gave no reason'}")
