"""Taking results home: looked at first, accepted as a whole, and undone as a whole. Nothing of them is altered.

Results do not change what the return says, so they may come into a year that is closed: many schools close the year
when the return is accepted, and the results come weeks later. What is closed is the return.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from keystage.returns.results import PupilResult as CoreResult
from keystage.service.accounts.models import Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.words import plural
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.school import results
from keystage.service.school.models import Incoming, Pupil, PupilResult, ResultsLoad, SchoolReturn
from keystage.service.school.records import Records
from keystage.service.school.services.incoming import content_of
from keystage.service.school.services.incoming_results_matching import CONFIRMED
from keystage.service.school.services.incoming_results_plan import ResultsPlan, plan_results
from keystage.service.school.services.incoming_results_reading import read_file
from keystage.service.school.services.incoming_results_sent import sent_return
from keystage.service.school.services.returns import lock

_UNSEEN = (
    "What is here was changed after this page was shown. Look at what the results say beside it now, then accept again."
)


@dataclass(frozen=True, slots=True)
class Ticked:
    """What a person saw and ticked when they accepted."""

    seen: str
    """What the page said (:attr:`ResultsPlan.seen`)."""
    errors: bool = False
    """That they have seen the errors."""
    school: bool = False
    """That the results are of this school, though the file names another."""


def plan(incoming: Incoming, records: Records, who: Mapping[int, str] | None) -> ResultsPlan:
    """Say what a file of results says beside the records. A fixed number of queries.

    Args:
        incoming: the file.
        records: the school's.
        who: what a person said of pupils of the file, by their place: see :func:`plan_results`; None where nobody was
            asked yet, so that what was said of the same children in the results in force stands. Of results that are
            in force themselves, what was said when they were accepted stands always.

    Raises:
        WrongKind: it holds no results of this year.
        FileRefused: it cannot be read.
        NotAllowedNow: the file is gone.
    """
    school_return = records.school_return
    file = read_file(content_of(incoming), incoming.file.name, school_return, records.year)
    pupils = list(Pupil.objects.filter(school_return=school_return).order_by("pk"))
    current = results.in_force(school_return)
    is_current = current is not None and current.incoming_id == incoming.pk
    if current is not None and is_current:
        who = _said_of(current)
    elif who is None:
        who = _said_before(current, file.results.pupils) if current is not None else {}
    found = plan_results(file, records, pupils, who, sent_return(records), current)
    return replace(found, is_current=is_current)


def _said_of(load: ResultsLoad) -> dict[int, str]:
    """Return who was who when results were accepted, as a person says it: the page and what counts are then one."""
    rows = load.rows.filter(Q(matched_by=CONFIRMED) | Q(pupil=None))
    return {place: key or "" for place, key in rows.values_list("place", "pupil__key")}


def _said_before(load: ResultsLoad, pupils: Sequence[CoreResult]) -> dict[int, str]:
    """Return what was said of children who stand in a later file under the very same identity."""
    rows = load.rows.filter(matched_by=CONFIRMED).select_related("pupil")
    said = {_identity(row): row.pupil.key for row in rows if row.pupil is not None}
    return {at: said[_identity(each)] for at, each in enumerate(pupils, start=1) if _identity(each) in said}


def _identity(of: CoreResult | PupilResult) -> tuple[str, str, str, str]:
    return of.upn, of.surname, of.forename, of.birth_text


@transaction.atomic
def accept(incoming: Incoming, who: Mapping[int, str], ticked: Ticked, *, by: Person) -> ResultsLoad:
    """Accept a file of results as a whole; it is in force from now on.

    Raises:
        NotAllowedNow: what is here is not what was seen, errors were not ticked as seen, the file names another school
            and that was not ticked, or it is in force already.
    """
    locked = lock(incoming.school_return)
    found = plan(incoming, Records.of(locked), who)
    _may_be_accepted(found, ticked)
    serial = ResultsLoad.objects.filter(school_return=locked).aggregate(last=Max("serial"))["last"] or 0
    now = timezone.now()
    load = ResultsLoad.objects.create(
        school_return=locked, serial=serial + 1, incoming=incoming, accepted_by=by, accepted_at=now, said=found.said
    )
    PupilResult.objects.bulk_create(
        results.row_of(line.result, load, line.number, line.own, line.matched_by) for line in found.lines
    )
    Incoming.objects.filter(pk=incoming.pk).update(accepted_at=now)
    record(
        Kind.RESULTS_IMPORTED,
        by=by,
        organisation=locked.organisation,
        year=locked.year,
        target=load.key,
        name=incoming.file.name,
        file=incoming.file.key,
        sha256=incoming.file.sha256,
        confirmed=[line.own.key for line in found.lines if line.own and line.is_confirmed],
        counts=found.said,
    )
    return load


def _may_be_accepted(found: ResultsPlan, ticked: Ticked) -> None:
    if found.is_current:
        raise NotAllowedNow("These results are in force already.")
    if ticked.seen != found.seen:
        raise NotAllowedNow(_UNSEEN)
    if found.file.other_school and not ticked.school:
        raise NotAllowedNow(
            f"The file is of the school {found.file.other_school}. Tick that its results are of this school, or leave"
            " the file."
        )
    if (errors := found.report.errors) and not ticked.errors:
        raise NotAllowedNow(f"Tick that you have seen the {plural(errors, 'error')}, or leave the file.")


@transaction.atomic
def undo(load: ResultsLoad, reason: str, *, by: Person) -> None:
    """Undo results that are in force: they stay to be read, and those before them count again, if there are any.

    Raises:
        NotAllowedNow: no reason is given, or they are not in force.
    """
    locked: SchoolReturn = lock(load.school_return)
    reason = reason.strip()[:300]
    if not reason:
        raise NotAllowedNow("Say why the import of the results is undone.")
    current = results.in_force(locked)
    if current is None or current.pk != load.pk:
        raise NotAllowedNow("These results are not in force. Only those in force can be undone.")
    ResultsLoad.objects.filter(pk=load.pk).update(undone_at=timezone.now(), undone_by=by, undone_reason=reason)
    load.refresh_from_db()
    record(
        Kind.RESULTS_UNDONE, by=by, organisation=locked.organisation, year=locked.year, target=load.key,
        name=current.incoming.file.name, reason=reason,
    )  # fmt: skip
