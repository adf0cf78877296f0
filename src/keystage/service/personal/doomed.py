"""Content that is to go: noted in the transaction that lets go of it, taken away afterwards, also after a kill."""

import logging
import time
from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from keystage.service.files.references import holders
from keystage.service.files.store import remove
from keystage.service.personal.models import Doomed

GRACE = timedelta(minutes=10)
"""Somebody may be putting the same content there at this moment, and write the row that speaks of it after."""
_AT_ONCE = 500
_log = logging.getLogger(__name__)


def doom(contents: Iterable[str]) -> None:
    """Note content that is to go, in the caller's transaction; what another row still speaks of will stay."""
    now = timezone.now()
    rows = [Doomed(content=each, at=now) for each in sorted(set(contents) - {""})]
    Doomed.objects.bulk_create(rows, ignore_conflicts=True)


def take_away(grace: timedelta = GRACE) -> int:
    """Take away the content that was noted at least so long ago and that no row speaks of; return how much was."""
    before = timezone.now() - grace
    done = 0
    for each in Doomed.objects.filter(at__lte=before).order_by("pk")[:_AT_ONCE]:
        if is_spoken_of(each.content):
            each.delete()
            continue
        try:
            gone = remove(each.content, before=time.time() - grace.total_seconds())
        except OSError:
            _log.exception("Content that is to go cannot be taken away now; it is tried again")
            continue
        if gone:
            each.delete()
            done += 1
    return done


def is_spoken_of(content: str) -> bool:
    """Say whether a row anywhere speaks of content."""
    return any(model._default_manager.filter(sha256=content).exists() for model in holders())
