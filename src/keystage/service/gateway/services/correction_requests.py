"""What a school reports as wrong in its provisional report: open until what counts has changed, or it is called right.

It is mended as every judgement is: in the school's records first, then by a file. Nothing is changed by reporting it.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from keystage.service.accounts.models import Organisation, Person
from keystage.service.accounts.roles import Permission
from keystage.service.config.ready_query import ReadyQuery
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.gateway.mailing import authority_people, mail_later, people_who_may
from keystage.service.gateway.models import CorrectionRequest, GatewayReturn, HeldPupil, Submission
from keystage.service.gateway.reported import is_of_pupil, same_pupil, shown_in, tested, words_of_what
from keystage.service.gateway.services.locking import lock

LONGEST = 1000
"""Characters of what a school says, and of why something is right."""


_STANDING = ReadyQuery(lambda at: CorrectionRequest.objects.filter(gateway_return=at, closed_at=None).order_by("pk"))


class Closed(StrEnum):
    """How a request came to be closed."""

    SENT_AGAIN = "sent again"
    """A file that counts changed it."""
    REMOVED = "removed"
    """The pupil was removed from what counts."""
    RIGHT = "marked as right"
    TAKEN_BACK = "taken back"


class Wrong(NamedTuple):
    """What a school reports as wrong."""

    what: str
    """A subject, a test (``test:reading``), or ``pupil``."""
    says: str
    upn: str = ""
    """Empty where it is about the school as a whole."""
    name: str = ""
    shown: str = ""
    """What the report says."""


@transaction.atomic
def report_wrong(gateway_return: GatewayReturn, wrong: Wrong, *, by: Person) -> CorrectionRequest:
    """Open a request, also after the collection has closed; the school's authority is told by email.

    Raises:
        NotAllowedNow: nothing is said, or the same is reported and open already.
    """
    says = wrong.says.strip()
    if not says:
        raise NotAllowedNow("Say what is wrong.")
    locked = lock(gateway_return)
    standing = CorrectionRequest.objects.filter(gateway_return=locked, closed_at=None)
    if standing.filter(upn=wrong.upn[:20], what=wrong.what, says=says).exists():
        raise NotAllowedNow("You have reported this already, and it is still open.")
    made = CorrectionRequest.objects.create(
        gateway_return=locked, upn=wrong.upn[:20], name=wrong.name[:310], what=wrong.what, shown=wrong.shown[:200],
        says=says[:LONGEST], opened_by=by, opened_at=timezone.now(),
    )  # fmt: skip
    _record(Kind.WRONG_SAID, locked, made, by)
    others = [each for each in authority_people(locked, "each", "requests") if each.pk != by.pk]
    said = {"school": locked.school.name, "year": locked.collection.year, "what": words_of_what(made.what).lower()}
    mail_later("reported_wrong", others, **said)
    return made


@transaction.atomic
def mark_as_right(request: CorrectionRequest, because: str, *, by: Person, asked_for: Organisation) -> None:
    """Close a request, because what was reported is right; the school is told by email.

    Args:
        request: which.
        because: why it is right, in words for the school.
        by: who says so.
        asked_for: the authority or agency in whose name.

    Raises:
        NotAllowedNow: no reason is given, or it is closed already.
    """
    if not because.strip():
        raise NotAllowedNow("Say why it is right.")
    locked = lock(request.gateway_return)
    found = _open(locked, request)
    found.because = because.strip()[:LONGEST]
    _close(found, Closed.RIGHT, by)
    _record(Kind.WRONG_IS_RIGHT, locked, found, by, because=found.because, asked_for=asked_for.name)
    said = {"school": locked.school.name, "year": locked.collection.year, "asked_for": asked_for.name}
    mail_later("marked_as_right", people_who_may(Permission.SUBMIT, locked.school), **said)


@transaction.atomic
def take_back(request: CorrectionRequest, *, by: Person) -> None:
    """Close a request of one's own school.

    Raises:
        NotAllowedNow: it is closed already.
    """
    locked = lock(request.gateway_return)
    found = _open(locked, request)
    _close(found, Closed.TAKEN_BACK, by)
    _record(Kind.WRONG_TAKEN_BACK, locked, found, by)


def close_what_changed(
    locked: GatewayReturn, counts: Sequence[HeldPupil], submission: Submission, *, by: Person | None
) -> None:
    """Close what a file that counts has changed since it was reported, in the transaction that applies the file.

    What was said of a test stays open: no file of teacher assessments changes a result.
    """
    for each in _standing(locked):
        pupil = same_pupil(each, counts)
        if pupil is None or tested(each.what) or shown_in(each.what, pupil) == each.shown:
            continue
        _close(each, Closed.SENT_AGAIN, by)
        _record(Kind.WRONG_MENDED, locked, each, by, how=f"accepted {submission.file.name}")


def close_of_removed(locked: GatewayReturn, removed: Sequence[HeldPupil], *, by: Person | None) -> None:
    """Close what was reported of pupils who were taken out of what counts, in the transaction of that."""
    for each in _standing(locked):
        if same_pupil(each, removed) is not None:
            _close(each, Closed.REMOVED, by)
            _record(Kind.WRONG_MENDED, locked, each, by, how="removed the pupil")


def _standing(locked: GatewayReturn) -> list[CorrectionRequest]:
    return [each for each in _STANDING.all(at=locked.pk) if is_of_pupil(each)]


def _open(locked: GatewayReturn, request: CorrectionRequest) -> CorrectionRequest:
    found = CorrectionRequest.objects.get(gateway_return=locked, pk=request.pk)
    if found.closed_at is not None:
        raise NotAllowedNow(f"This is closed already: it was {found.closed_how}. Look at the list as it is now.")
    return found


def _close(found: CorrectionRequest, how: Closed, by: Person | None) -> None:
    found.closed_how, found.closed_by, found.closed_at = how, by, timezone.now()
    found.save(update_fields=["closed_how", "closed_by", "closed_at", "because"])


def _record(kind: Kind, locked: GatewayReturn, made: CorrectionRequest, by: Person | None, **data: str) -> None:
    """Write the event: what is said of a pupil stays with the request."""
    record(
        kind, by=by, organisation=locked.school, year=locked.collection.year, target=made.key,
        part=words_of_what(made.what) if is_of_pupil(made) else "the school as a whole", **data,
    )  # fmt: skip
