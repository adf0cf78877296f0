"""What became of a save, and what others changed, as the marksheet's script is told."""

from collections.abc import Iterable
from typing import TypedDict

from keystage.returns.judgement import tidy
from keystage.service.accounts.models import Organisation, Person
from keystage.service.design.words import join_words, moment_words, time_words
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.school.models import Judgement, SchoolReturn
from keystage.service.school.presenters.marksheet_left import Checks, Left, checks, errors_by_pupil, left
from keystage.service.school.records import Records
from keystage.service.school.services.judgements import Conflict, Outcome, Refused

MOST_CHANGES = 2_000
"""Changes of others that are told one by one; after more, the page is to be loaded again."""
_OF_THE_SHEET = (
    *(Kind.ROLL_LOADED, Kind.REGISTER_LOADED, Kind.YEAR_CLOSED, Kind.YEAR_OPENED),
    *(Kind.PUPIL_ADDED, Kind.PUPIL_CHANGED, Kind.PUPIL_REMOVED, Kind.PUPIL_DECIDED),
)
_TOLD = (Kind.JUDGEMENT_CHANGED, *_OF_THE_SHEET)
"""Only what is done with the return locked: of these the numbers go up as they are committed, so none is missed."""


class Standing(TypedDict):
    """How the return stands after a save."""

    remaining: Left
    checks: Checks
    errors: dict[str, int]
    """How many errors the checks find, by the key of the pupil; only of those who have any."""
    version: int


def saved_answer(outcome: Outcome, by: Person) -> dict[str, object]:
    """Return the answer to a save."""
    records = outcome.records
    assert records is not None  # noqa: S101 - a save always says
    yours = _changed_by(outcome.conflicts, by)
    return {
        "saved": [each._asdict() for each in outcome.saved],
        "conflicts": [_conflict(each, (each.pupil, str(each.subject)) in yours) for each in outcome.conflicts],
        "refused": [{**each._asdict(), "words": refused_words(each)} for each in outcome.refused],
        **standing(records),
    }


def standing(records: Records) -> Standing:
    """Return how the return stands."""
    return {
        "remaining": left(records),
        "checks": checks(records),
        "errors": errors_by_pupil(records),
        "version": records.school_return.version,
    }


def _changed_by(conflicts: Iterable[Conflict], by: Person) -> set[tuple[str, str]]:
    """Return the places of those conflicts that the person has with themself: on another page, or an answer lost."""
    keys = {each.pupil for each in conflicts}
    if not keys:
        return set()
    return set(Judgement.objects.filter(pupil__key__in=keys, changed_by=by).values_list("pupil__key", "subject"))


def _conflict(each: Conflict, is_yours: bool) -> dict[str, object]:
    return {
        **each._asdict(),
        "at": each.at.isoformat() if each.at else None,
        "when": time_words(each.at),
        "is_yours": is_yours,
        "words": conflict_words(each),
    }


def conflict_words(each: Conflict) -> str:
    """Return both values of a conflict, with who and when."""
    theirs = f"entered {each.theirs}" if each.theirs else "took the judgement out"
    when = f" on {moment_words(each.at)}" if each.at else ""
    mine = f"You entered {each.yours}." if each.yours else "You took it out."
    return f"{each.by[:1].upper()}{each.by[1:]} {theirs}{when}. {mine}"


def refused_words(each: Refused) -> str:
    """Return why a code was refused; where it is not a code of the subject, with those that are."""
    is_no_code = tidy(each.code) not in each.allowed
    return f"{each.why} Use {join_words(each.allowed, 'or')}." if is_no_code and each.allowed else each.why


def last_event(organisation: Organisation) -> int:
    """Return the number of the last thing that happened to the marksheets of a school."""
    happened = Event.objects.filter(organisation=organisation, kind__in=_TOLD).order_by("-id")
    return happened.values_list("id", flat=True).first() or 0


def others_changes(school_return: SchoolReturn, since: int) -> tuple[list[dict[str, object]], int, bool]:
    """Return the cells changed since an event, the last event, and whether the page itself is out of date."""
    happened = list(
        Event.objects.filter(
            organisation=school_return.organisation, year=school_return.year, kind__in=_TOLD, id__gt=since
        )
        .order_by("id")
        .values_list("id", "kind", "target", "part")[: MOST_CHANGES + 1]
    )
    if not happened:
        return [], since, False
    is_old = len(happened) > MOST_CHANGES or any(kind in _OF_THE_SHEET for _, kind, _, _ in happened)
    places = {(target, part) for _, kind, target, part in happened if kind == Kind.JUDGEMENT_CHANGED}
    return ([] if is_old else _cells(places)), happened[-1][0], is_old


def _cells(places: set[tuple[str, str]]) -> list[dict[str, object]]:
    keys = {key for key, _ in places}
    rows = Judgement.objects.filter(pupil__key__in=keys).select_related("pupil", "changed_by")
    return [
        {
            "pupil": row.pupil.key,
            "subject": row.subject,
            "code": row.code,
            "version": row.version,
            "by": str(row.changed_by or "somebody else"),
            "when": time_words(row.changed_at),
        }
        for row in rows
        if (row.pupil.key, row.subject) in places
    ]
