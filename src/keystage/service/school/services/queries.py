"""Answering queries: a person says that what the checks ask about is right, and why."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from keystage.service.accounts.models import Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.record import Done, record, record_all
from keystage.service.school.models import QueryNote, SchoolReturn
from keystage.service.school.records import Records
from keystage.service.school.services.returns import lock_open

_GONE = (
    "One of these queries has changed or is answered already, so no note was kept. Look at the queries as they are now"
    " and answer again."
)

_NOT_YOURS = "You may answer queries about the pupils of your own classes only. Ask the data manager."


def is_of(class_name: str | None, classes: Collection[str] | None) -> bool:
    """Say whether a query about a class, or about none, is for somebody of these classes; None for all of them."""
    return classes is None or class_name in classes


@transaction.atomic
def answer(
    school_return: SchoolReturn,
    hashes: Collection[str],
    text: str,
    *,
    by: Person,
    classes: Collection[str] | None = None,
) -> int:
    """Answer queries with one note for all of them, and return how many.

    Args:
        school_return: the return.
        hashes: the findings that the person saw and answers (:class:`keystage.service.school.findings.Found`).
        text: why what was found is right.
        by: who answers.
        classes: the classes about whose pupils the person may answer; None for everything.

    Raises:
        NotAllowedNow: the year is closed, there are no words, a query is not open (any more), or it is of a class
            that is not theirs.
    """
    if not text.strip():
        raise NotAllowedNow("Say in the note why it is right.")
    locked = lock_open(school_return)
    still_open = {each.hash: each for each in Records.of(locked).open_queries}
    if not hashes or not set(hashes) <= still_open.keys():
        raise NotAllowedNow(_GONE)
    answered = [still_open[each] for each in dict.fromkeys(hashes)]
    if not all(is_of(each.class_name, classes) for each in answered):
        raise NotAllowedNow(_NOT_YOURS)
    QueryNote.objects.bulk_create(
        QueryNote(
            school_return=locked,
            code=each.finding.code,
            pupil=each.pupil,
            subject=each.finding.subject or "",
            found=each.hash,
            text=text.strip(),
            person=by,
        )
        for each in answered
    )
    done = [
        Done(each.pupil.key if each.pupil else locked.key, each.finding.subject or "", {"check": each.finding.code})
        for each in answered
    ]
    record_all(Kind.QUERY_ANSWERED, done, by=by, organisation=locked.organisation, year=locked.year)
    return len(answered)


@transaction.atomic
def withdraw(school_return: SchoolReturn, note: int, *, by: Person, classes: Collection[str] | None = None) -> None:
    """Take a note back: the query is open again, and the note is kept as past.

    Raises:
        NotAllowedNow: the year is closed, there is no such note to take back, or it is of a class that is not theirs.
    """
    locked = lock_open(school_return)
    found = QueryNote.objects.filter(school_return=locked, pk=note, withdrawn_at=None).select_related("pupil").first()
    if found is None:
        raise NotAllowedNow("This note was taken back already.")
    if not is_of(found.pupil.class_name if found.pupil else None, classes):
        raise NotAllowedNow(_NOT_YOURS)
    QueryNote.objects.filter(pk=note).update(withdrawn_at=timezone.now())
    target = found.pupil.key if found.pupil else locked.key
    record(
        Kind.ANSWER_WITHDRAWN, by=by, organisation=locked.organisation, year=locked.year, target=target,
        part=found.subject, check=found.code,
    )  # fmt: skip
