"""Releasing results at a set time, moving the time, withdrawing them, starting again; and handing files out."""

from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.db import transaction
from django.utils import timezone

from keystage.service.accounts.models import Organisation, Person
from keystage.service.config.ready_query import ReadyQuery
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.words import moment_words
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record, record_alone
from keystage.service.files.store import opened
from keystage.service.gateway.models import FileKind, PreparedFile, Release, ReleaseStage
from keystage.service.gateway.released import is_released
from keystage.service.gateway.services.results_loading import check_again
from keystage.service.gateway.services.results_preparing import prepare_again

_MAY_BE_SET = (ReleaseStage.CHECKED, ReleaseStage.PREPARING, ReleaseStage.READY)


def _locked(release: Release) -> Release:
    return Release.objects.select_for_update(of=("self",)).select_related("collection").get(pk=release.pk)


@transaction.atomic
def set_time(release: Release, agency: Organisation, at: datetime, *, by: Person) -> None:
    """Set the time from which results can be had, or move it before it has come.

    Raises:
        NotAllowedNow: the results are not checked, or released already, or the time has passed.
    """
    locked, now = _locked(release), timezone.now()
    if locked.stage not in _MAY_BE_SET:
        raise NotAllowedNow("A time can be set once the results are loaded and checked.")
    if is_released(locked, now):
        raise NotAllowedNow("These results are released already. Withdraw them if they are wrong.")
    if at <= now:
        raise NotAllowedNow(f"{moment_words(at)} has passed. Give a time that is yet to come.")
    locked.release_at = at
    locked.save(update_fields=["release_at"])
    record(
        Kind.RELEASE_SET, by=by, organisation=agency, year=locked.collection.year, target=locked.key,
        at=moment_words(at),
    )  # fmt: skip


@transaction.atomic
def withdraw(release: Release, agency: Organisation, reason: str, *, by: Person) -> None:
    """Take results back: nobody can download them any more, and who had them is told why.

    Raises:
        NotAllowedNow: they are withdrawn already, or there is nothing to withdraw.
    """
    locked, now = _locked(release), timezone.now()
    if locked.stage in (ReleaseStage.WITHDRAWN, ReleaseStage.REFUSED):
        raise NotAllowedNow("These results are withdrawn already, or were refused.")
    locked.was_released = is_released(locked, now)
    locked.stage, locked.withdrawn_at, locked.withdrawn_reason = ReleaseStage.WITHDRAWN, now, reason[:300]
    locked.save(update_fields=["stage", "withdrawn_at", "withdrawn_reason", "was_released"])
    record(
        Kind.RELEASE_WITHDRAWN, by=by, organisation=agency, year=locked.collection.year, target=locked.key,
        reason=locked.withdrawn_reason,
    )  # fmt: skip


@transaction.atomic
def start_again(release: Release) -> None:
    """Have done what is left of loading or preparing, where it has stopped. What is done is not done again.

    Raises:
        NotAllowedNow: nothing is under way.
    """
    locked = _locked(release)
    if locked.stage == ReleaseStage.LOADING:
        Release.objects.filter(pk=locked.pk).update(fault="")
        check_again(locked)
    elif locked.stage == ReleaseStage.PREPARING:
        prepare_again(locked)
    else:
        raise NotAllowedNow("Nothing is under way that could be started again.")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A prepared file, open to be read."""

    file: PreparedFile
    stream: IO[bytes]


_PREPARED = ReadyQuery(
    lambda organisation, key, year: (
        PreparedFile.objects.filter(organisation=organisation, key=key, release__collection__year=year)
        .exclude(kind=FileKind.NONE)
        .exclude(sha256="")  # it was let go: its time is over
        .select_related("release")
    )
)


def open_prepared(
    organisation: Organisation, year: int, key: str, *, by: Person | None, now: datetime | None = None, **how: str
) -> Prepared | None:
    """Open a prepared file of an organisation, and write down that it was taken; None where there is none to be had.

    Before the release's second there is none, whatever is prepared. One query finds it, one writes the event.

    Args:
        organisation: whose file.
        year: the collection year.
        key: the file's key.
        by: who takes it; None for a program.
        now: the moment; now where not given.
        how: more to write down, such as ``token``.

    Raises:
        NotAllowedNow: the store does not give it.
    """
    found = _PREPARED.first(organisation=organisation.pk, key=key, year=year)
    if found is None or not is_released(found.release, now or timezone.now()):
        return None
    try:
        stream = opened(found.sha256)
    except OSError:
        raise NotAllowedNow(f"{found.name} cannot be read just now. Try again in a few minutes.") from None
    try:
        taken = {"target": found.key, "file": found.name, **how}
        record_alone(Kind.RESULTS_TAKEN, by=by, organisation=organisation, year=year, **taken)
    except BaseException:
        stream.close()
        raise
    return Prepared(found, stream)


def files_of(organisation: Organisation, release: Release, now: datetime) -> list[PreparedFile]:
    """Return the files of an organisation in a release; none before its second."""
    if not is_released(release, now):
        return []
    found = PreparedFile.objects.filter(organisation=organisation, release=release).exclude(kind=FileKind.NONE)
    found = found.exclude(sha256="")
    return list(found.select_related("release").order_by("kind"))
