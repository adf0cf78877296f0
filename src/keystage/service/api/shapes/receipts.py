"""Receipts: proof that a return was accepted."""

from datetime import datetime

from pydantic import ConfigDict

from keystage.service.api.shapes.base import Shape


class Counts(Shape):
    """How many pupils: a nil return has none of any."""

    expected: int
    in_file: int
    accepted: int
    missing: int
    unexpected: int
    queries_answered: int


class Named(Shape):
    """A pupil, by number and name."""

    upn: str
    name: str


class Counted(Named):
    """A pupil who was accepted, with the codes that count; an empty code is none."""

    reading: str
    writing: str
    maths: str
    science: str
    state: str
    """For a person: whether the pupil is in this file, or was accepted with one before."""
    expected: bool
    """Whether the register has the pupil."""


class ReceiptContent(Shape):
    """What the receipt says, as it was written on the day; later versions may write more."""

    model_config = ConfigDict(extra="allow")

    file: str
    """The name of the file; empty for a nil return."""
    sha256: str
    counts: Counts
    pupils: list[Counted]
    missing: list[Named]
    """Who was expected and is not in."""
    nil_reason: str = ""
    """Why there is nobody; only in a nil return."""


class Receipt(Shape):
    """Proof that a return was accepted, as it was given."""

    number: str
    at: datetime
    by: str | None
    """Who made it count, by name; nothing where nobody did."""
    fingerprint: str
    """Stands for what counts: the same return has the same fingerprint, whatever file it came in."""
    content: ReceiptContent
