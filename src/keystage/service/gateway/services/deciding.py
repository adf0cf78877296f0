"""What a school decides about a file that does not count yet: to let it count, check it again, or set it aside."""

from django.db import transaction

from keystage.service.accounts.models import Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.gateway.models import Stage, Submission
from keystage.service.gateway.models.submissions import STAGES
from keystage.service.gateway.services.checking import check
from keystage.service.gateway.services.locking import lock, lock_open
from keystage.service.gateway.services.settling import settle


@transaction.atomic
def confirm(submission: Submission, version: str, *, by: Person) -> Submission:
    """Let a file count, whose difference from what counts a person has seen.

    Args:
        submission: the file.
        version: its ``held_version`` when the difference was shown.
        by: who confirms.

    Returns:
        the submission as it is now; still waiting where what counts has changed since the difference was shown.

    Raises:
        NotAllowedNow: the collection is closed, or nothing was shown that could be confirmed.
    """
    lock_open(submission.gateway_return)
    if not version:
        raise NotAllowedNow("Look at the difference first, then confirm it.")
    return check(submission, by=by, confirmed=version)


@transaction.atomic
def check_again(submission: Submission, *, by: Person) -> Submission:
    """Check a file against the register as it is now.

    Raises:
        NotAllowedNow: the collection is closed, or the file is not in the store any more.
    """
    lock_open(submission.gateway_return)
    return check(submission, by=by)


@transaction.atomic
def set_aside(submission: Submission, reason: str, *, by: Person) -> None:
    """Set a file aside: it will not count. What counts stays as it is.

    Raises:
        NotAllowedNow: no reason is given, or the file counts or is set aside already.
    """
    if not reason.strip():
        raise NotAllowedNow("Say why the file is to be set aside.")
    locked = lock(submission.gateway_return)
    now = Submission.objects.select_related("file").get(pk=submission.pk)
    if Stage.SET_ASIDE not in STAGES[Stage(now.stage)]:
        raise NotAllowedNow(f"{now.file.name} is {now.stage}: it cannot be set aside.")
    Submission.objects.filter(pk=now.pk).update(stage=Stage.SET_ASIDE)
    record(
        Kind.FILE_SET_ASIDE, by=by, organisation=locked.school, year=locked.collection.year, target=now.key,
        file=now.file.name, reason=reason.strip(),
    )  # fmt: skip
    settle(locked)
