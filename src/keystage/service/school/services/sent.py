"""What becomes of a file: downloaded, uploaded by hand, or sent directly; and the receipt for it."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from keystage.service.accounts.models import Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.school.models import Export, SchoolReturn, Stage
from keystage.service.school.services.files import content_of, store
from keystage.service.school.services.returns import lock, lock_open, move
from keystage.service.school.services.sending import NotTaken, Receipt, Unknown, send

BY_HAND, DIRECTLY = "by hand", "directly"


@dataclass(frozen=True, slots=True)
class ReceiptFile:
    """A receipt that the gateway gave, as a file."""

    name: str
    content: bytes


@transaction.atomic
def downloaded(export: Export, *, by: Person) -> bytes:
    """Return the file, and keep that somebody took it.

    Raises:
        NotAllowedNow: it is not on disk any more.
    """
    try:
        content = content_of(export.file)
    except OSError:
        raise NotAllowedNow(f"{export} is not in the store any more. Make the file again.") from None
    organisation, year = export.school_return.organisation, export.school_return.year
    record(Kind.DOWNLOADED, by=by, organisation=organisation, year=year, target=export.key, file=export.file.name)
    return content


@transaction.atomic
def uploaded_by_hand(
    export: Export, *, at: datetime, words: str = "", receipt: ReceiptFile | None = None, by: Person
) -> None:
    """Record that a person uploaded the file at the gateway's own pages.

    Raises:
        NotAllowedNow: the year is closed, the file was sent already, or the time cannot be.
    """
    locked = lock_open(export.school_return)
    now = _again(export)
    if at > timezone.now():
        raise NotAllowedNow("The time when it was uploaded must be in the past.")
    if at < now.at.replace(second=0, microsecond=0):
        raise NotAllowedNow("The time when it was uploaded is before the file was made.")
    _sent(locked, export, BY_HAND, at, by)
    Export.objects.filter(pk=export.pk).update(receipt_words=words.strip())
    record(
        Kind.UPLOADED, by=by, organisation=locked.organisation, year=locked.year, target=export.key,
        file=export.file.name, uploaded_at=at.isoformat(),
    )  # fmt: skip
    if receipt:
        _keep_receipt(locked, export, receipt, by)
    export.refresh_from_db()


@transaction.atomic
def keep_receipt(export: Export, receipt: ReceiptFile, *, by: Person) -> None:
    """Keep the receipt of a file that was sent, where it came later.

    Raises:
        NotAllowedNow: the year is closed, the file was not sent, or it has a receipt already.
    """
    locked = lock_open(export.school_return)
    now = Export.objects.get(pk=export.pk)
    if now.sent_at is None:
        raise NotAllowedNow("Record first that the file was uploaded.")
    if now.receipt_id is not None:
        raise NotAllowedNow("There is a receipt for this file already.")
    _keep_receipt(locked, export, receipt, by)
    export.refresh_from_db()


def send_directly(export: Export, address: str, *, token: str = "", by: Person, seconds: float = 30) -> Receipt:
    """Send the file to the gateway, and keep the receipt.

    Nothing is locked while the gateway is waited for. Where no answer comes it can be sent again: the gateway knows
    the return by its fingerprint.

    Raises:
        NotAllowedNow: it cannot be sent; the gateway refused it; or it is not known whether it arrived.
    """
    with transaction.atomic():
        locked = lock_open(export.school_return)
        _may_be_sent(locked, export, address)
        content = downloaded(export, by=by)
    try:
        receipt = send(address, export.file.name, content, key=export.fingerprint, token=token, seconds=seconds)
    except NotTaken as refused:
        _failed(export, "refused", by)
        raise NotAllowedNow(f"The gateway did not take the file. It said: {refused}") from None
    except Unknown as unknown:
        _failed(export, "unknown", by)
        raise NotAllowedNow(
            f"It is not known whether the gateway has the file. {unknown} Send it again: the gateway knows the return"
            " by its fingerprint, so it cannot count twice."
        ) from None
    _received(export, receipt, by)
    return receipt


def _may_be_sent(locked: SchoolReturn, export: Export, address: str) -> None:
    if locked.organisation.is_practice:
        raise NotAllowedNow("This is a practice school: nothing of it is ever sent.")
    if not address:
        raise NotAllowedNow("No gateway is set up here. Download the file and upload it by hand.")
    _again(export)
    if export.version != locked.version:
        raise NotAllowedNow("The return was changed after this file was made. Make a new file and send that.")
    if Export.objects.filter(school_return=locked, serial__gt=export.serial).exists():
        raise NotAllowedNow("There is a later file. Send that one.")


def _again(export: Export) -> Export:
    now = Export.objects.get(pk=export.pk)
    if now.sent_at is not None:
        raise NotAllowedNow("It is recorded already that this file was sent.")
    return now


def _sent(locked: SchoolReturn, export: Export, how: str, at: datetime, by: Person) -> None:
    Export.objects.filter(pk=export.pk).update(sent_at=at, sent_by=by, sent_how=how)
    if not locked.is_closed:
        move(locked, Stage.SENT, by=by)


@transaction.atomic
def _received(export: Export, receipt: Receipt, by: Person) -> None:
    # Not refused even where the year was closed meanwhile: the gateway has the file, and the receipt must not be lost.
    locked = lock(export.school_return)
    _sent(locked, export, DIRECTLY, timezone.now(), by)
    words = f"{receipt.number}. {receipt.message}".strip(" ")
    Export.objects.filter(pk=export.pk).update(receipt_words=words)
    record(
        Kind.SENT, by=by, organisation=locked.organisation, year=locked.year, target=export.key,
        file=export.file.name, receipt=receipt.number,
    )  # fmt: skip
    if receipt.is_accepted and not locked.is_closed:
        move(locked, Stage.ACCEPTED, by=by)
    # Where the disk does not take the receipt, its number and words are kept: the file was sent all the same.
    with suppress(NotAllowedNow):
        _keep_receipt(locked, export, ReceiptFile(f"receipt-{export.file.name}.json", receipt.raw), by)
    export.refresh_from_db()


@transaction.atomic
def _failed(export: Export, outcome: str, by: Person) -> None:
    found = export.school_return
    record(
        Kind.SEND_FAILED, by=by, organisation=found.organisation, year=found.year, target=export.key, outcome=outcome
    )


def _keep_receipt(locked: SchoolReturn, export: Export, receipt: ReceiptFile, by: Person) -> None:
    stored = store(locked.organisation, receipt.name, receipt.content, by=by)
    Export.objects.filter(pk=export.pk).update(receipt=stored)
    record(
        Kind.RECEIPT_KEPT, by=by, organisation=locked.organisation, year=locked.year, target=export.key,
        file=stored.name, sha256=stored.sha256,
    )  # fmt: skip
