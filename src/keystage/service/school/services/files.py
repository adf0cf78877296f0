"""The school's files, in the store that all sides use."""

import logging

from keystage.service.accounts.models import Organisation, Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.files.store import NotStored, get, path_of, put
from keystage.service.school.models import StoredFile

__all__ = ["content_of", "path_of", "store"]

_log = logging.getLogger(__name__)
_NOT_STORED = (
    "The file could not be kept, because the disk of the service is full or cannot be written to. Nothing was changed."
    " Tell whoever looks after Keystage for you, then try again."
)


def store(organisation: Organisation, name: str, content: bytes, *, by: Person | None) -> StoredFile:
    """Keep a file: its content in the store, then its row, in the caller's transaction.

    Raises:
        NotAllowedNow: the store does not take it: full, or read-only.
    """
    try:
        sha256 = put(content)
    except NotStored:
        _log.exception("A file could not be stored")
        raise NotAllowedNow(_NOT_STORED) from None
    return StoredFile.objects.create(
        organisation=organisation, name=name[-200:], sha256=sha256, size=len(content), made_by=by
    )


def content_of(file: StoredFile) -> bytes:
    """Return what a file holds.

    Raises:
        OSError: it is not in the store any more.
    """
    return get(file.sha256)
