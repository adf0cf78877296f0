"""The return that was sent, to be set beside the teacher assessments that come back with the results."""

from dataclasses import dataclass

from keystage.returns.value import Return
from keystage.service.design.words import date_words
from keystage.service.school.models import Export
from keystage.service.school.outgoing import last_sent, return_in
from keystage.service.school.records import Records


@dataclass(frozen=True, slots=True)
class SentReturn:
    """What counts as sent, and what it was taken from."""

    return_: Return
    words: str
    """What it is, to follow “compared with”."""


def sent_return(records: Records) -> SentReturn:
    """Return the file that was sent last; without one the last that was made, else the judgements as they stand.

    Not every school records here that a file was sent by hand, and some send with other software: then the judgements
    here are the nearest that there is, and the words say so.
    """
    school_return = records.school_return
    sent = last_sent(school_return)
    if sent and (found := return_in(sent, records.year)):
        return SentReturn(found, f"{sent}, sent on {date_words(sent.sent_at)}")
    made = Export.objects.filter(school_return=school_return).select_related("file").order_by("-serial").first()
    if made and (found := return_in(made, records.year)):
        return SentReturn(found, f"{made}, the last file that was made. Nobody recorded that one was sent")
    return SentReturn(records.return_, "the judgements as they stand here now, because no file was made here")
