"""Answering what the checks ask about a file: it is right, and why; and taking an answer back."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils import timezone

from keystage.service.accounts.models import Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.record import Done, record, record_all
from keystage.service.gateway.asked import Said, asked, queries_in, standing_answers, unanswered
from keystage.service.gateway.models import GatewayReturn, QueryAnswer, Submission
from keystage.service.gateway.services.checking import OVER, check
from keystage.service.gateway.services.locking import lock_open

_GONE = (
    "One of these queries has changed or is answered already, so nothing was kept. Look at the file as it is now and"
    " answer again."
)
_OVER = "This file counts already or was set aside: its queries cannot be answered any more."
_COUNTS = "This answer belongs to the file that counts, so it cannot be taken back. Send a corrected file instead."


@transaction.atomic
def answer(submission: Submission, hashes: Collection[str], text: str, *, by: Person) -> Submission:
    """Answer queries with one note for all of them, and check the file again.

    Args:
        submission: the file.
        hashes: what the person saw and answers (:func:`keystage.service.gateway.asked.asked`).
        text: why what was found is right.
        by: who answers.

    Returns:
        the submission as it is now: it counts, where nothing else stands in the way.

    Raises:
        NotAllowedNow: the collection is closed, the file is over, there are no words, or a query is not open any more.
    """
    if not text.strip():
        raise NotAllowedNow("Say in the note why it is right.")
    locked = lock_open(submission.gateway_return)
    now = Submission.objects.get(pk=submission.pk)
    if now.stage in OVER:
        raise NotAllowedNow(_OVER)
    waiting = {asked(each): each for each in unanswered(queries_in(now.report), standing_answers(locked))}
    if not hashes or not set(hashes) <= waiting.keys():
        raise NotAllowedNow(_GONE)
    _keep(locked, now, {each: waiting[each] for each in hashes}, text.strip(), by=by)
    return check(now, by=by)


def _keep(
    locked: GatewayReturn, submission: Submission, answered: Mapping[str, Said], text: str, *, by: Person
) -> None:
    """Keep a note as the answer to some queries, by their hashes, with its events."""
    QueryAnswer.objects.bulk_create(
        QueryAnswer(
            gateway_return=locked, code=each["code"], upn=(each["upn"] or "")[:20], subject=each["subject"] or "",
            found=found, text=text, person=by,
        )
        for found, each in answered.items()
    )  # fmt: skip
    record_all(
        Kind.GATEWAY_QUERY_ANSWERED,
        [Done(submission.key, each["subject"] or "", {"check": each["code"]}) for each in answered.values()],
        by=by,
        organisation=locked.school,
        year=locked.collection.year,
    )


@transaction.atomic
def take_back(gateway_return: GatewayReturn, found: str, *, by: Person) -> None:
    """Take an answer back: the query is open again, and the files that wait are checked again.

    Raises:
        NotAllowedNow: the collection is closed, the answer is not there any more, or the file that counts needs it.
    """
    locked = lock_open(gateway_return)
    latest = standing_answers(locked).get(found)
    if latest is None:
        raise NotAllowedNow("This answer was taken back already.")
    if locked.counting and any(asked(each) == found for each in queries_in(locked.counting.report)):
        raise NotAllowedNow(_COUNTS)
    alike = QueryAnswer.objects.filter(gateway_return=locked, found=latest.found, withdrawn_at=None)
    alike.update(withdrawn_at=timezone.now())
    record(
        Kind.GATEWAY_ANSWER_WITHDRAWN, by=by, organisation=locked.school, year=locked.collection.year,
        part=latest.subject, check=latest.code,
    )  # fmt: skip
    if locked.latest and locked.latest.stage not in OVER:
        check(locked.latest, by=by)
