"""A receipt, as a page and as a paper: the same for the school, its authority and the agency."""

from datetime import datetime
from typing import NamedTuple

from django.utils import timezone

from keystage.papers.frame import Frame, grouped
from keystage.papers.gateway_receipt import ReceiptPaper, ReceiptPupil, gateway_receipt
from keystage.service.config.years import load
from keystage.service.gateway.models import Receipt
from keystage.years.subjects import Subject

COUNTS = (
    ("expected", "Expected"),
    ("in_file", "In the file"),
    ("accepted", "Accepted"),
    ("missing", "Missing"),
    ("unexpected", "Not expected"),
    ("queries_answered", "Queries answered"),
)
"""The counts of a receipt, in the order in which they are shown, and their names."""


class ReceiptShown(NamedTuple):
    """A receipt, ready to be shown. It says what was so when it was given."""

    receipt: Receipt
    fingerprint: str
    """In groups of four figures."""
    by: str
    arrived: datetime | None
    """When its file arrived; None for a nil return."""
    file: str
    sha256: str
    counts: tuple[tuple[str, int], ...]
    pupils: tuple[ReceiptPupil, ...]
    missing: tuple[tuple[str, str], ...]
    note: str
    is_latest: bool
    """Whether no later receipt was given."""


def receipt_shown(receipt: Receipt) -> ReceiptShown:
    """Return what a receipt shows."""
    content = receipt.content
    later = Receipt.objects.filter(gateway_return=receipt.gateway_return_id, pk__gt=receipt.pk)
    counts = content.get("counts", {})
    return ReceiptShown(
        receipt,
        grouped(receipt.fingerprint),
        str(receipt.by or ""),
        receipt.submission.received_at if receipt.submission else None,
        content.get("file", ""),
        content.get("sha256", ""),
        tuple((name, counts[key]) for key, name in COUNTS if key in counts),
        tuple(
            ReceiptPupil(each["name"], each["upn"], _codes(each), _state(each)) for each in content.get("pupils", ())
        ),
        tuple((each["name"], each["upn"]) for each in content.get("missing", ())),
        _nil(content.get("nil_reason", "")),
        not later.exists(),
    )


def _nil(reason: str) -> str:
    return f"A nil return: the school has no pupils to report. The reason given: {reason}" if reason else ""


def _codes(each: dict[str, str]) -> tuple[str, str, str, str]:
    reading, writing, maths, science = (each.get(subject, "") for subject in map(str, Subject))
    return reading, writing, maths, science


def _state(each: dict[str, str]) -> str:
    return each["state"] if each.get("expected", True) else f"{each['state']}; not expected"


def receipt_paper(receipt: Receipt) -> bytes:
    """Return a receipt as a PDF.

    Raises:
        PaperNotMade: it could not be printed.
    """
    shown, gateway_return = receipt_shown(receipt), receipt.gateway_return
    frame = Frame(
        gateway_return.school.name,
        gateway_return.number,
        load(gateway_return.collection.year),
        receipt.fingerprint,
        0,
        timezone.now(),
        gateway_return.collection.is_practice,
    )
    return gateway_receipt(
        ReceiptPaper(
            frame, receipt.number, shown.arrived, receipt.at, shown.by, shown.file, shown.sha256, shown.counts,
            shown.pupils, shown.missing, shown.note,
        )
    )  # fmt: skip


def receipt_name(receipt: Receipt) -> str:
    """Return the name under which a receipt's PDF is saved."""
    return f"{receipt.gateway_return.number} receipt {receipt.number}.pdf"
