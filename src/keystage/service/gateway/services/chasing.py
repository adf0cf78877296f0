"""Reminding a school of its return by email: what is missing, by number, and by when; no pupil is named."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from keystage.service.accounts.models import Organisation, Person
from keystage.service.accounts.roles import Permission
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.words import plural, until_words
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.gateway.dates import authority_settings, dates_of
from keystage.service.gateway.mailing import mail_later, people_who_may
from keystage.service.gateway.models import GatewayReturn, Stage, State
from keystage.service.gateway.services.locking import lock

SCHOOL, OWES, DATE = "[school]", "[what is missing]", "[date]"
"""What stands in a message for the school's own."""
_OVER = frozenset({State.ACCEPTED, State.ACCEPTED_WITH_QUERIES})


def owes(found: GatewayReturn) -> str:
    """Return what is missing of a school's return, by number; empty where nothing is."""
    state = State(found.state)
    if state in _OVER:
        return ""
    latest = found.latest
    if state is State.IN_ERROR and latest is not None:
        if latest.stage == Stage.UNREADABLE:
            return f"the latest file could not be read, and {_expected(found)}"
        return f"the latest file has {plural(latest.errors, 'error')} to put right, and nothing counts yet"
    if state is State.INCOMPLETE:
        return _incomplete(found)
    return f"nothing has come that counts, and {_expected(found)}"


def _expected(found: GatewayReturn) -> str:
    if not found.expected:
        return "a school with nobody to report sends a nil return"
    return f"{plural(found.expected, 'pupil is', 'pupils are')} expected"


def _incomplete(found: GatewayReturn) -> str:
    latest = found.latest
    if latest is not None and latest.stage == Stage.TO_ANSWER:
        return f"{plural(latest.queries, 'query', 'queries')} to answer before the latest file counts"
    if latest is not None and latest.stage == Stage.TO_CONFIRM:
        return "the changes in the latest file are to be confirmed before it counts"
    if found.missing:
        are = "is" if found.missing == 1 else "are"
        return f"{found.missing:,} of {plural(found.expected, 'expected pupil')} {are} missing"
    if found.differing:
        pupils = plural(found.differing, "pupil has", "pupils have")
        return f"in writing, {pupils} another judgement than the moderated one"
    return "what was sent does not fit the register as it is now"


def filled(message: str, found: GatewayReturn, wanted_by: datetime) -> str:
    """Return a message as a school gets it."""
    own = {SCHOOL: found.school.name, OWES: owes(found), DATE: until_words(wanted_by)}
    for mark, words in own.items():
        message = message.replace(mark, words)
    return message


def was_chased_today(found: GatewayReturn) -> bool:
    """Say whether a school was reminded today."""
    return found.chased_at is not None and timezone.localdate(found.chased_at) == timezone.localdate()


@transaction.atomic
def chase(gateway_return: GatewayReturn, message: str, *, by: Person, asked_for: Organisation, again: bool) -> int:
    """Remind a school by email, and return how many people were written to.

    Args:
        gateway_return: the school's return.
        message: the text; :data:`SCHOOL`, :data:`OWES` and :data:`DATE` are filled in.
        by: who reminds.
        asked_for: their authority.
        again: whether to write to a school that was written to today already.

    Raises:
        NotAllowedNow: nothing is missing, it was reminded today, or nobody there can send files.
    """
    locked = lock(gateway_return)
    people = people_who_may(Permission.SUBMIT, locked.school)
    _may_be_chased(locked, bool(people), again=again)
    settings = authority_settings(locked)
    wanted_by = dates_of(locked, settings).wanted_by
    text = filled(message, locked, wanted_by)
    locked.chased_at, locked.chased_by = timezone.now(), by
    locked.save(update_fields=["chased_at", "chased_by"])
    record(
        Kind.SCHOOL_CHASED, by=by, organisation=locked.school, year=locked.collection.year, target=locked.key,
        owes=owes(locked), people=len(people), asked_for=asked_for.name,
    )  # fmt: skip
    mail_later("reminder", people, school=locked.school.name, year=locked.collection.year, asked_for=asked_for.name,
               text=text, by=by.name)  # fmt: skip
    return len(people)


def _may_be_chased(locked: GatewayReturn, has_people: bool, *, again: bool) -> None:
    if not owes(locked):
        raise NotAllowedNow(f"{locked.school}: its return is accepted by now, so it was not reminded.")
    if not has_people:
        raise NotAllowedNow(f"{locked.school}: nobody there has an account that can send files. Ring the school.")
    if was_chased_today(locked) and not again:
        raise NotAllowedNow(f"{locked.school} was reminded today already.")
