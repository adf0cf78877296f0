"""Receipts: proof that a return was accepted, kept as it was given."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from keystage.returns.fingerprint import fingerprint
from keystage.service.accounts.models import Person
from keystage.service.config.rows import insert
from keystage.service.gateway.models import GatewayReturn, HeldPupil, Receipt, RegisteredPupil, Submission
from keystage.service.gateway.register import is_expected, return_of
from keystage.service.gateway.same import same
from keystage.years.subjects import Subject

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_number(year: int) -> str:
    """Return a receipt's number as people quote it, such as ``R-2026-4KX7P2MA``: it cannot be guessed."""
    return f"R-{year}-{''.join(secrets.choice(_LETTERS) for _ in range(8))}"


def give_receipt(
    locked: GatewayReturn,
    submission: Submission,
    counts: Sequence[HeldPupil],
    registered: Sequence[RegisteredPupil],
    *,
    by: Person | None,
    at: datetime,
) -> Receipt:
    """Write the receipt for a file that has been applied, in its transaction."""
    made = Receipt(
        number=new_number(locked.collection.year),
        gateway_return=locked,
        submission=submission,
        at=at,
        by=by,
        fingerprint=fingerprint(return_of(locked, counts)),
        content=_content(submission, counts, registered),
    )
    insert([made])
    return made


def _content(
    submission: Submission, counts: Sequence[HeldPupil], registered: Sequence[RegisteredPupil]
) -> dict[str, Any]:
    wanted = list(filter(is_expected, registered))
    found = same(counts, wanted)
    in_file = {each.pk for each in counts if each.submission_id == submission.pk}
    awaited = {each.pk for each, _ in found.pairs}
    pupils = sorted(counts, key=lambda each: (each.surname.casefold(), each.forename.casefold(), each.pk))
    return {
        "file": submission.file.name,
        "sha256": submission.file.sha256,
        "counts": {
            "expected": len(wanted),
            "in_file": submission.pupils,
            "accepted": len(counts),
            "missing": len(found.only_right),
            "unexpected": len(found.only_left),
            "queries_answered": submission.queries,
        },
        "pupils": [
            {
                "upn": each.upn,
                "name": str(each),
                **{subject: getattr(each, subject) for subject in map(str, Subject)},
                "state": "accepted" if each.pk in in_file else "accepted before, not in this file",
                "expected": each.pk in awaited,
            }
            for each in pupils
        ],
        "missing": [{"upn": each.upn, "name": str(each)} for each in found.only_right],
    }


def give_nil_receipt(locked: GatewayReturn, *, by: Person | None, at: datetime) -> Receipt:
    """Write the receipt for a nil return, in its transaction: of the same shape, with nobody in it and the reason."""
    counts = dict.fromkeys(("expected", "in_file", "accepted", "missing", "unexpected", "queries_answered"), 0)
    return Receipt.objects.create(
        number=new_number(locked.collection.year),
        gateway_return=locked,
        submission=None,
        at=at,
        by=by,
        fingerprint=fingerprint(return_of(locked, ())),
        content={
            "file": "", "sha256": "", "counts": counts, "pupils": [], "missing": [], "nil_reason": locked.nil_reason
        },
    )  # fmt: skip
