"""The gateway's receipt: proof that a return was accepted, when, from whom, and what counts of each pupil."""

from dataclasses import dataclass
from datetime import datetime

from keystage.papers.characters import Value
from keystage.papers.frame import Frame, moment


@dataclass(frozen=True, slots=True)
class ReceiptPupil:
    """One pupil on a receipt."""

    name: str
    upn: str
    codes: tuple[str, str, str, str]
    """Reading, writing, maths and science; empty where there is none."""
    state: str


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """A receipt as it was given."""

    frame: Frame
    receipt_number: str
    arrived: datetime | None
    """When the file arrived; None for a nil return."""
    accepted: datetime
    accepted_by: str
    """Empty where a program sent it for nobody."""
    file_name: str
    """Empty for a nil return."""
    sha256: str
    counts: tuple[tuple[str, int], ...]
    pupils: tuple[ReceiptPupil, ...]
    missing: tuple[tuple[str, str], ...]
    """Names and UPNs of those who are expected and do not count."""
    note: str = ""
    """What else is to be said of it: why a nil return was sent."""


def gateway_receipt(paper: ReceiptPaper) -> bytes:
    """Return a receipt as a PDF."""
    data: dict[str, Value] = {
        "receipt": paper.receipt_number,
        "arrived": moment(paper.arrived) if paper.arrived else "",
        "accepted": moment(paper.accepted),
        "accepted_by": paper.accepted_by,
        "file_name": paper.file_name,
        "sha256": paper.sha256,
        "counts": [[name, count] for name, count in paper.counts],
        "pupils": [[each.name, each.upn, *each.codes, each.state] for each in paper.pupils],
        "missing": [[name, upn] for name, upn in paper.missing],
        "note": paper.note,
    }
    return paper.frame.typeset("gateway_receipt", "Receipt", data)
