"""Files that come in: kept first, then looked at, then taken over or left. Nothing of a refused file is lost."""

from django.db import transaction

from keystage.ctf.limits import LIMITS, too_large
from keystage.service.accounts.models import Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.school.models import Incoming, SchoolReturn
from keystage.service.school.models.files import IncomingKind
from keystage.service.school.services import files
from keystage.service.school.services.returns import lock, lock_open

LARGEST = LIMITS.size
"""Bytes of the largest file that is taken."""


@transaction.atomic
def bring_in(school_return: SchoolReturn, kind: IncomingKind, name: str, content: bytes, *, by: Person) -> Incoming:
    """Keep a file that somebody brings in, to be looked at before anything of it is taken over.

    Results may also be brought into a year that is closed: they come weeks after the return was sent, when many have
    closed the year, and they change nothing that the return says. Neither do words for reports.

    Raises:
        NotAllowedNow: the year is closed, or the file is empty or too large.
    """
    locked = lock(school_return) if kind in (IncomingKind.RESULTS, IncomingKind.REPORTS) else lock_open(school_return)
    if not content:
        raise NotAllowedNow(f"The file {name} is empty. Export it again, and bring it in once it has something in it.")
    if len(content) > LARGEST:
        raise NotAllowedNow(str(too_large(len(content))))
    file = files.store(locked.organisation, name, content, by=by)
    record(
        Kind.FILE_BROUGHT_IN, by=by, organisation=locked.organisation, year=locked.year, target=file.key,
        name=file.name, sha256=file.sha256,
    )  # fmt: skip
    return Incoming.objects.create(school_return=locked, kind=kind, file=file, by=by)


def content_of(incoming: Incoming) -> bytes:
    """Return what a file that came in holds.

    Raises:
        NotAllowedNow: it is not on disk any more.
    """
    try:
        return files.content_of(incoming.file)
    except OSError:
        why = f"The file {incoming.file.name} is no longer where it was kept. Bring it in again."
        raise NotAllowedNow(why) from None
