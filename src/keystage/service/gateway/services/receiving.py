"""Taking a file in: it is in the store and in the database before anybody is told that it has arrived."""

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from keystage.checks.files import Options, read_and_check
from keystage.returns.fingerprint import fingerprint
from keystage.service.accounts.models import ApiToken, Organisation, Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.config.rows import insert, update
from keystage.service.design.words import moment_words
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.files.store import NotStored, put
from keystage.service.gateway.dates import dates_of
from keystage.service.gateway.models import GatewayReturn, HeldPupil, ReceivedFile, Route, Stage, Submission
from keystage.service.gateway.services.locking import lock

_log = logging.getLogger(__name__)
_NOT_STORED = (
    "The file did not arrive: the gateway cannot keep files just now, because its store is full or does not answer."
    " Nothing was changed. Try again in a few minutes."
)
_OTHER_FILE = "This key was used for another file. Use a new key for a new file: the fingerprint of the return, say."


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file as it arrives, and with whom."""

    name: str
    content: bytes
    sender: Organisation
    """Who sends it: the school, or its authority."""
    by: Person | None
    route: Route
    token: ApiToken | None = None
    key: str = ""
    """The idempotency key; where none is given, the hash of the content."""
    arrived_at: datetime | None = None
    """When it arrived, where that was before now: with the zip that it is in."""


class NotKept(NotAllowedNow):
    """The store does not take the file just now; later it may."""


class KeyReused(NotAllowedNow):
    """The idempotency key came with another file before."""


def receive(gateway_return: GatewayReturn, arrival: Arrival) -> Submission:
    """Keep a file for a school's return; the same file again is the same submission. It is not checked here.

    Raises:
        NotAllowedNow: files are not taken now.
        NotKept: the store does not take it.
        KeyReused: its key belongs to another file.
    """
    closed = _why_not(gateway_return, arrival.arrived_at or timezone.now())
    if closed:
        # Its answer may have been lost at the deadline: what has arrived has arrived.
        if earlier := _same(gateway_return, arrival.key, hashlib.sha256(arrival.content).hexdigest(), arrival):
            return earlier
        raise NotAllowedNow(closed)
    try:
        sha256 = put(arrival.content)
    except NotStored:
        _log.exception("A file could not be stored")
        raise NotKept(_NOT_STORED) from None
    return _submission(gateway_return, arrival, sha256)


def _why_not(gateway_return: GatewayReturn, arrived_at: datetime) -> str:
    """Say why a file that arrived at a moment is not taken; empty where it is."""
    dates = dates_of(gateway_return)
    if dates.is_open_at(arrived_at):
        return ""
    if arrived_at < dates.opens_at:
        return f"Files are taken from {moment_words(dates.opens_at)}. Nothing was received."
    return "The collection is closed: this file was not received. If you could not send in time, write to the helpdesk."


@transaction.atomic
def _submission(gateway_return: GatewayReturn, arrival: Arrival, sha256: str) -> Submission:
    locked = lock(gateway_return)
    key = arrival.key or sha256
    if locked.latest_id and (earlier := _same(locked, key, sha256, arrival)):
        return earlier
    now = timezone.now()
    file = ReceivedFile(
        organisation=arrival.sender, name=arrival.name[-200:], sha256=sha256, size=len(arrival.content),
        by=arrival.by, at=now,
    )  # fmt: skip
    insert([file])
    serial = _next_serial(locked)
    if serial > 1 and Submission.objects.filter(gateway_return=locked, idempotency_key=key).exists():
        key = hashlib.sha256(f"{key} {serial}".encode()).hexdigest()
    made = Submission(
        gateway_return=locked, serial=serial, file=file, idempotency_key=key, route=arrival.route, by=arrival.by,
        token=arrival.token, received_at=now,
    )  # fmt: skip
    insert([made])
    locked.latest = made
    update(locked, ["latest"])
    record(
        Kind.FILE_RECEIVED, by=arrival.by, organisation=locked.school, year=locked.collection.year, target=made.key,
        file=file.name, sha256=sha256, route=arrival.route, sender=arrival.sender.key,
    )  # fmt: skip
    return made


def _next_serial(locked: GatewayReturn) -> int:
    if locked.latest_id is None:
        return 1
    last: int = Submission.objects.filter(gateway_return=locked).aggregate(last=Max("serial"))["last"]
    return last + 1


def _same(gateway_return: GatewayReturn, key: str, sha256: str, arrival: Arrival) -> Submission | None:
    """Return the submission that this is again; None where it is a new one.

    A file that was set aside, or counted once and does not as a whole any more, is new when it comes again: somebody
    goes back to it. A file that was made anew, of the very same return, is the same where its key is the fingerprint
    of what is in both.
    """
    found = Submission.objects.filter(gateway_return=gateway_return).filter(
        Q(idempotency_key=key) | Q(file__sha256=sha256)
    ).select_related("file").order_by("serial").last()  # fmt: skip
    if found is None:
        return None
    if found.file.sha256 != sha256 and not (found.fingerprint == key == _fingerprint(gateway_return, arrival)):
        raise KeyReused(_OTHER_FILE)
    return None if _is_past(found, gateway_return) else found


def _is_past(found: Submission, gateway_return: GatewayReturn) -> bool:
    if found.stage != Stage.APPLIED:
        return found.stage == Stage.SET_ASIDE
    removed_since = HeldPupil.objects.filter(gateway_return=gateway_return, removed_at__gt=found.applied_at)
    return found.pk != gateway_return.counting_id or removed_since.exists()


def _fingerprint(gateway_return: GatewayReturn, arrival: Arrival) -> str:
    """Return the fingerprint of the return in a file; empty where it cannot be read."""
    options = Options(
        year=gateway_return.collection.year, school=gateway_return.number, years_dir=settings.ENVIRONMENT.years_dir
    )
    return_, _ = read_and_check(arrival.content, arrival.name, options)
    return fingerprint(return_) if return_ is not None else ""
