"""What the doctor looks at: one function for each thing that can be wrong with an installation."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from keystage.papers.typeset import PaperNotMade, typeset
from keystage.service.config.health import database_fault
from keystage.service.config.wrong_settings import unknown
from keystage.service.design.words import plural
from keystage.service.files.references import referenced
from keystage.service.files.store import NotAnswering, opened, path_of, pieces_of

_LITTLE, _NONE = 2_000_000_000, 200_000_000
"""Bytes free: with less than the first there is little room, with less than the second next to none."""
_WAITING = timedelta(minutes=10)
_MEGABYTE = 1_000_000


class State(StrEnum):
    """How something was found."""

    WELL = "well"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Found:
    """What was looked at, how it was found, and what to do."""

    what: str
    state: State
    says: str
    fix: str = ""


def look(*, files: bool) -> Iterator[Found]:
    """Look an installation over; with ``files``, read every stored file and compare it with its hash."""
    yield _data_folder()
    yield _room()
    yield _settings()
    database = _database()
    yield database
    yield _email()
    yield _address()
    yield _static_files()
    yield _paper()
    if database.state is not State.WRONG:
        yield _whole()
        yield _work()
        yield _files(read=files)


def _settings() -> Found:
    if lines := list(unknown(os.environ)):
        return Found("Settings", State.WARNING, " ".join(lines), "Correct the name, or take the variable away.")
    return Found("Settings", State.WELL, "Each one that is set is known, and may be so.")


def _data_folder() -> Found:
    data: Path = settings.ENVIRONMENT.data
    try:
        data.mkdir(parents=True, exist_ok=True)
        probe = data / ".keystage-doctor"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as fault:
        return Found(
            "Data folder", State.WRONG, f"{data} cannot be written to: {fault.strerror}.",
            "Let the user that runs Keystage write there, or name another folder with KEYSTAGE_DATA.",
        )  # fmt: skip
    return Found("Data folder", State.WELL, f"{data.resolve()} can be written to.")


def _room() -> Found:
    free = shutil.disk_usage(settings.ENVIRONMENT.data).free
    said = f"{free / _MEGABYTE:,.0f} MB are free where the data lies."
    if free < _LITTLE:
        state = State.WRONG if free < _NONE else State.WARNING
        return Found("Disk", state, said, "Make room: a file that finds none is refused, and its sender told.")
    return Found("Disk", State.WELL, said)


def _database() -> Found:
    fault = database_fault()
    name = "SQLite" if connection.vendor == "sqlite" else "PostgreSQL"
    if not fault:
        return Found("Database", State.WELL, f"{name} answers, and has every migration.")
    fix = (
        "Run “keystage work --once”, which brings it up to this release."
        if "migration" in fault
        else "See whether the server runs, and whether KEYSTAGE_DATABASE is right."
    )
    return Found("Database", State.WRONG, f"{name}: {fault}.", fix)


def _whole() -> Found:
    if connection.vendor != "sqlite":
        return Found("Database, inside", State.WELL, "PostgreSQL looks after itself; nothing was looked at.")
    with connection.cursor() as cursor:
        try:
            broken = [row[0] for row in cursor.execute("PRAGMA quick_check").fetchall() if row[0] != "ok"]
            lost = cursor.execute("PRAGMA foreign_key_check").fetchall()
        except DatabaseError as fault:
            broken, lost = [str(fault)], []
    if broken or lost:
        says = f"It is damaged: {broken[0]}." if broken else _pointing(len(lost))
        return Found("Database, inside", State.WRONG, says, "Restore the last backup that the doctor finds well.")
    return Found("Database, inside", State.WELL, "It is whole.")


def _pointing(lost: int) -> str:
    return f"{plural(lost, 'row points at a row that is', 'rows point at rows that are')} not there."


def _email() -> Found:
    if settings.ENVIRONMENT.email or settings.DEMO:
        return Found("Email", State.WELL, "A server for email is set." if settings.ENVIRONMENT.email else "Practice.")
    return Found(
        "Email", State.WARNING, "No server for email is set: messages are printed where Keystage runs.",
        "Set KEYSTAGE_EMAIL, or nobody gets invitations, codes or receipts.",
    )  # fmt: skip


def _address() -> Found:
    hosts, https = settings.ENVIRONMENT.hosts, settings.ENVIRONMENT.https
    is_local = set(hosts) <= {"localhost", "127.0.0.1", "[::1]"}
    if is_local:
        return Found("Address", State.WELL, "It answers to this machine alone.")
    if not https:
        return Found(
            "Address", State.WRONG, f"It answers to {', '.join(hosts)} without https.",
            "Put it behind a proxy with a certificate, and set KEYSTAGE_HTTPS=true.",
        )  # fmt: skip
    return Found("Address", State.WELL, f"It answers to {', '.join(hosts)} by https.")


def _static_files() -> Found:
    from django.contrib.staticfiles import finders

    if finders.find("keystage/keystage.css"):
        return Found("Styles and scripts", State.WELL, "They are there.")
    return Found(
        "Styles and scripts", State.WRONG, "They are missing, so pages have no style.",
        "Install the released package, or run “make look” in a checkout.",
    )  # fmt: skip


def _paper() -> Found:
    try:
        typeset("probe", {}, timezone.now())
    except (PaperNotMade, RuntimeError) as fault:
        return Found(
            "Printing", State.WRONG, f"No PDF can be made: {fault.__cause__ or fault}.", "Install Keystage again."
        )
    return Found("Printing", State.WELL, "A PDF can be made.")


def _work() -> Found:
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY, enqueued_at__lt=timezone.now() - _WAITING)
    if count := waiting.count():
        says = f"{plural(count, 'job has', 'jobs have')} waited for more than ten minutes."
        return Found(
            "Background work", State.WRONG, says,
            "Start a worker: “keystage work”; or “keystage serve” without --no-worker.",
        )  # fmt: skip
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).count()
    if failed:
        return Found("Background work", State.WARNING, f"{plural(failed, 'job')} failed lately; the log says why.")
    return Found("Background work", State.WELL, "Nothing waits.")


def _files(*, read: bool) -> Found:
    count = 0
    missing: list[str] = []
    damaged: list[str] = []
    for sha256 in referenced():
        count += 1
        try:
            if read or settings.ENVIRONMENT.files:
                with opened(sha256) as file:
                    if read and _hash_of(pieces_of(file)) != sha256:
                        damaged.append(sha256)
            elif not path_of(sha256).exists():
                missing.append(sha256)
        except NotAnswering as fault:
            return Found("Files", State.WRONG, f"The store does not answer: {fault}.", "See KEYSTAGE_FILES.")
        except OSError:
            missing.append(sha256)
    return _files_found(count, missing, damaged, read=read)


def _files_found(count: int, missing: list[str], damaged: list[str], *, read: bool) -> Found:
    if missing or damaged:
        which = (missing or damaged)[0]
        says = (
            f"Of {plural(count, 'file')} {plural(len(missing), 'is', 'are')} missing and {len(damaged):,} damaged,"
            f" the first {which}."
        )
        return Found("Files", State.WRONG, says, "Copy them back from a backup: its folder “files” has the same names.")
    if not count:
        return Found("Files", State.WELL, "None is kept yet.")
    if count == 1:
        how = "is as it was received or made" if read else "is there (--files reads it)"
        return Found("Files", State.WELL, f"The one file {how}.")
    how = "are as they were received or made" if read else "are there (--files reads each one)"
    return Found("Files", State.WELL, f"All {count:,} files {how}.")


def _hash_of(pieces: Iterator[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()
