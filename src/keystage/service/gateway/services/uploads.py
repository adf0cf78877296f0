"""An authority's zip of many schools' files: kept first, then worked through in the background, file by file."""

import logging
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.db.utils import InterfaceError, OperationalError
from django.utils import timezone
from django_tasks import task

from keystage.checks.archives import left_out, members
from keystage.returns.refused import FileRefused
from keystage.service.accounts.models import Organisation, Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.files.store import NotStored, get, put
from keystage.service.gateway.mailing import mail_later
from keystage.service.gateway.models import AuthorityUpload, Collection, ReceivedFile, Stage, UploadMember
from keystage.service.gateway.services.upload_members import OUR_FAULT, Found, look_into, note, take

_log = logging.getLogger(__name__)
_NOT_STORED = (
    "The zip did not arrive: the gateway cannot keep files just now, because its store is full or does not answer."
    " Nothing was changed. Try again in a few minutes."
)
_GONE = "The zip is not in the store any more. Send it again."
_NO_RETURN = "A file of this kind cannot be a return, so it was not read. Returns are .xml, .xlsx, .xls, .ods or .csv."


def receive_zip(
    collection: Collection, authority: Organisation, name: str, content: bytes, *, by: Person
) -> AuthorityUpload:
    """Keep an authority's zip, and begin to work through it; the same zip, while that lasts, is the same upload.

    Raises:
        NotAllowedNow: the store does not take it.
    """
    try:
        sha256 = put(content)
    except NotStored:
        _log.exception("A zip could not be stored")
        raise NotAllowedNow(_NOT_STORED) from None
    file = ReceivedFile(
        organisation=authority, name=name[-200:], sha256=sha256, size=len(content), by=by, at=timezone.now()
    )
    return _upload(collection, file, by)


@transaction.atomic
def _upload(collection: Collection, file: ReceivedFile, by: Person) -> AuthorityUpload:
    authority = file.organisation
    Organisation.objects.select_for_update().get(pk=authority.pk)  # of two at once, the second finds the first
    under_way = AuthorityUpload.objects.filter(
        collection=collection, organisation=authority, file__sha256=file.sha256, finished_at=None
    ).first()
    if under_way:
        return under_way
    file.save()
    made = AuthorityUpload.objects.create(collection=collection, organisation=authority, file=file, by=by)
    record(
        Kind.ZIP_RECEIVED, by=by, organisation=authority, year=collection.year, target=made.key, file=file.name,
        sha256=file.sha256, size=file.size,
    )  # fmt: skip
    work_through.enqueue(made.key)
    return made


def carry_on(upload: AuthorityUpload) -> None:
    """Work on through a zip whose work has stopped; where it has not, nothing is done twice."""
    if upload.finished_at is None:
        work_through.enqueue(upload.key)


@task()
def work_through(key: str) -> None:
    """Work through a zip from where it was left: each file of it once, however often this is run, and by how many."""
    upload = AuthorityUpload.objects.select_related("organisation", "collection", "file", "by").get(key=key)
    if upload.finished_at:
        return
    try:
        content = get(upload.file.sha256)
    except OSError:
        _finish(upload, _GONE)
        return
    found, fault = look_into(content, upload.collection.year)
    others = [Found(name, words=_NO_RETURN) for name in left_out(content)] if found else []
    everything = [*found, *others]
    AuthorityUpload.objects.filter(pk=upload.pk, started_at=None).update(started_at=timezone.now())
    AuthorityUpload.objects.filter(pk=upload.pk).update(total=len(everything))
    done = set(UploadMember.objects.filter(upload=upload).values_list("position", flat=True))
    _take_all(upload, content, found, done)
    for position, each in enumerate(everything):
        if position not in done and position >= len(found):
            note(upload, position, each)
    _finish(upload, fault)


def _take_all(upload: AuthorityUpload, content: bytes, found: list[Found], done: set[int]) -> None:
    inside = _inside(content)
    for position, each in enumerate(found):
        held = next(inside, None)
        if position in done:
            continue
        try:
            take(upload, position, each, held)
        except (OperationalError, InterfaceError):
            raise  # the database, not the file: it is gone on with later
        except Exception:
            _log.exception("A file of a zip could not be worked through")
            note(upload, position, Found(each.name, each.number, words=OUR_FAULT))


def _inside(content: bytes) -> Iterator[bytes | None]:
    try:
        for each in members(content):
            yield each.content if isinstance(each.content, bytes) else None
    except FileRefused:
        return


@transaction.atomic
def _finish(upload: AuthorityUpload, fault: str) -> None:
    locked = AuthorityUpload.objects.select_for_update().get(pk=upload.pk)
    if locked.finished_at:
        return
    locked.finished_at, locked.fault = timezone.now(), fault
    locked.save(update_fields=["finished_at", "fault"])
    counts = _counts(locked)
    record(
        Kind.ZIP_FINISHED, by=None, organisation=upload.organisation, year=upload.collection.year, target=upload.key,
        **{"file": upload.file.name, **counts},
    )  # fmt: skip
    mail_later("zip_finished", [upload.by], file=upload.file.name, year=upload.collection.year, fault=fault, **counts)


def _counts(upload: AuthorityUpload) -> dict[str, Any]:
    lines = UploadMember.objects.filter(upload=upload)
    counts = lines.aggregate(
        files=Count("pk"),
        accepted=Count("pk", filter=Q(submission__stage=Stage.APPLIED)),
        refused=Count("pk", filter=Q(submission=None)),
    )
    return {**counts, "waiting": counts["files"] - counts["accepted"] - counts["refused"]}
