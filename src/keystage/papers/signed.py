"""The return as it was signed: every judgement, who stood for it, and whether it still holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from keystage.papers.characters import Value
from keystage.papers.classes import ClassList, class_label, classes_data
from keystage.papers.codes import codes_data
from keystage.papers.frame import Frame, moment
from keystage.years.subjects import Subject


class Statement(StrEnum):
    """What a person said of the judgements."""

    CONFIRMED = "confirmed"
    CANNOT_CONFIRM = "cannot confirm"


@dataclass(frozen=True, slots=True)
class Signature:
    """What one person stated, of one class or of the whole return."""

    who: str
    role: str
    at: datetime
    statement: Statement
    words: str = ""
    """What the person wrote; a reason, where the statement is that they cannot confirm."""
    class_name: str = ""
    """Empty where the statement is of the whole return."""
    on_behalf_of: str = ""
    """The person who delegated the signing, where somebody did."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """One judgement that differs from what was signed; an empty code means that there is none."""

    pupil: str
    subject: Subject
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Voided:
    """Since when a signed return no longer holds, and why."""

    since: datetime
    cells: tuple[CellChange, ...]
    others: tuple[str, ...] = ()
    """What else changed, in words: a pupil added, a name put right."""


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """A return as it was signed; frame and classes are those of that moment."""

    frame: Frame
    classes: tuple[ClassList, ...]
    signatures: tuple[Signature, ...]
    voided: Voided | None = None


def signed_sheet(paper: SignedPaper) -> bytes:
    """Return the signed return as a PDF: the signatures first, then the judgements, class by class."""
    data: dict[str, Value] = {
        **classes_data(paper.classes, for_writing=False),
        "codes": codes_data(paper.frame.year),
        "heading": heading(paper),
        "stamp": "No longer valid" if paper.voided else "",
        "state": _state(paper.signatures),
        "doubts": sum(each.statement is Statement.CANNOT_CONFIRM for each in paper.signatures),
        "signatures": [_signature_data(each) for each in paper.signatures],
        "voided": _voided_data(paper.voided) if paper.voided else None,
    }
    return paper.frame.typeset("signed", "Teacher assessments as signed", data)


def heading(paper: SignedPaper) -> str:
    """Say in one line whether the return is signed, and whether that still holds."""
    return f"No longer valid: changed since {moment(paper.voided.since)}" if paper.voided else _state(paper.signatures)


def _state(signatures: Sequence[Signature]) -> str:
    """Say what the latest statement on the whole return makes of it."""
    whole = max((each for each in signatures if not each.class_name), key=lambda each: each.at, default=None)
    if whole is None:
        return "Not signed for the whole return"
    return ("Signed " if whole.statement is Statement.CONFIRMED else "Not confirmed ") + moment(whole.at)


def _signature_data(each: Signature) -> Value:
    return {
        "who": each.who,
        "role": each.role,
        "on_behalf_of": each.on_behalf_of,
        "scope": class_label(each.class_name) if each.class_name else "The whole return",
        "class_name": each.class_name,
        "at": moment(each.at),
        "statement": each.statement.capitalize(),
        "words": each.words,
    }


def _voided_data(voided: Voided) -> Value:
    cells = [
        [each.pupil, each.subject.capitalize(), each.before or "none", each.after or "none"] for each in voided.cells
    ]
    return {"cells": cells, "others": voided.others}
