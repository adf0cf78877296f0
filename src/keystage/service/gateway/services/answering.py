"""Answering queries of a file at the gateway: it is right, and why. The answer holds in later files too."""

from collections.abc import Mapping

from django.db import transaction

from keystage.service.accounts.models import Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.gateway.asked import asked, queries_in, standing_answers
from keystage.service.gateway.models import QueryAnswer, Submission
from keystage.service.gateway.services.checking import OVER, check
from keystage.service.gateway.services.locking import lock

_GONE = "One of these queries is not open any more, so no answer was kept. Look at the file again."


@transaction.atomic
def answer_queries(submission: Submission, texts: Mapping[str, str], *, by: Person) -> Submission:
    """Answer queries of a file, and check it again: it counts where nothing else stands in the way.

    Args:
        submission: the file.
        texts: why it is right, by what is asked (:func:`keystage.service.gateway.asked.asked`).
        by: who answers.

    Raises:
        NotAllowedNow: the file is over, an answer has no words, or one of the queries is not open.
    """
    locked = lock(submission.gateway_return_id)
    now = Submission.objects.get(pk=submission.pk)
    if now.stage in OVER:
        raise NotAllowedNow(f"This file is {now.stage}: there is nothing to answer.")
    if not all(text.strip() for text in texts.values()):
        raise NotAllowedNow("Say of each query why it is right.")
    answered = standing_answers(locked)
    still_open = {asked(each): each for each in queries_in(now.report) if asked(each) not in answered}
    if not texts or not texts.keys() <= still_open.keys():
        raise NotAllowedNow(_GONE)
    for found, text in texts.items():
        query = still_open[found]
        made = QueryAnswer.objects.create(
            gateway_return=locked, code=query["code"], upn=query["upn"] or "", subject=query["subject"] or "",
            found=found, text=text.strip(), person=by,
        )  # fmt: skip
        record(
            Kind.GATEWAY_QUERY_ANSWERED, by=by, organisation=locked.school, year=locked.collection.year,
            target=submission.key, part=made.subject, check=made.code,
        )  # fmt: skip
    return check(now, by=by)
