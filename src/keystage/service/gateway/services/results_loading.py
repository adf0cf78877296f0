"""Loading a national results file: kept whole, taken apart by school, and each part checked, in the background."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django_tasks import task

from keystage.returns.refused import FileRefused
from keystage.service.accounts.models import Organisation, Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.config.years import load as load_year
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.files.store import NotStored, opened, pieces_of, put, put_pieces
from keystage.service.gateway.models import (
    Collection,
    GatewayReturn,
    ReceivedFile,
    Release,
    ReleaseStage,
    SchoolResults,
)
from keystage.service.gateway.released import is_released
from keystage.service.gateway.services.results_checking import check_schools, stopped_is_said
from keystage.sheets.national import National, RowFault, lay_down

AT_ONCE = 100
"""Schools in one piece of work."""
_OVER = (ReleaseStage.REFUSED, ReleaseStage.WITHDRAWN)
_NOT_STORED = (
    "The file did not arrive: the gateway cannot keep files just now, because its store is full or does not answer."
    " Nothing was changed. Try again in a few minutes."
)


def load(collection: Collection, agency: Organisation, name: str, source: IO[bytes], *, by: Person) -> Release:
    """Keep a national results file, and have it taken apart and checked in the background.

    Raises:
        NotAllowedNow: earlier results are neither released nor withdrawn, or the store does not take the file.
    """
    try:
        sha256, size = put_pieces(pieces_of(source))
    except NotStored:
        raise NotAllowedNow(_NOT_STORED) from None
    with transaction.atomic():
        locked = Collection.objects.select_for_update().get(pk=collection.pk)
        _may_be_loaded(locked)
        now = timezone.now()
        file = ReceivedFile.objects.create(
            organisation=agency, name=name[-200:], sha256=sha256, size=size, by=by, at=now
        )
        serial = (Release.objects.filter(collection=locked).aggregate(last=Max("serial"))["last"] or 0) + 1
        made = Release.objects.create(
            collection=locked, serial=serial, file=file, loaded_by=by, revises=_before(locked)
        )
        record(
            Kind.RESULTS_LOADED, by=by, organisation=agency, year=locked.year, target=made.key, file=file.name,
            sha256=sha256, size=size,
        )  # fmt: skip
        split.enqueue(made.key)
    return Release.objects.get(pk=made.pk)


def _may_be_loaded(collection: Collection) -> None:
    now = timezone.now()
    for each in Release.objects.filter(collection=collection).exclude(stage__in=_OVER):
        if not is_released(each, now):
            raise NotAllowedNow(
                "Results are loaded that are not released yet. Release them, or withdraw them, then load others."
            )


def _before(collection: Collection) -> Release | None:
    """Return what people had before: the latest that was released, even if it was withdrawn afterwards."""
    earlier = Release.objects.filter(collection=collection)
    return earlier.filter(Q(stage=ReleaseStage.READY) | Q(was_released=True)).order_by("serial").last()


@task()
def split(key: str) -> None:
    """Take a national file apart by school; done again it does the same."""
    release = Release.objects.select_related("collection", "file").get(key=key)
    if release.stage != ReleaseStage.LOADING or release.total:
        return
    with stopped_is_said(key):
        _split(release)


def _split(release: Release) -> None:
    year, sha256 = load_year(release.collection.year), release.file.sha256
    with TemporaryDirectory() as folder:
        try:
            national = lay_down(lambda: opened(sha256), year, Path(folder))
        except FileRefused as refused:
            line = f" (line {refused.line:,})" if refused.line else ""
            _refuse(release, f"{refused.what}{line} {refused.fix}", ())
            return
        if national.faults:
            count = national.fault_count
            words = "1 row cannot be used" if count == 1 else f"{count:,} rows cannot be used"
            _refuse(
                release, f"{words}, so nothing of the file was. Ask whoever made it for a new one.", national.faults
            )
            return
        _keep_parts(release, national)
    _count(release, national)


def _refuse(release: Release, fault: str, rows: Iterable[RowFault]) -> None:
    Release.objects.filter(pk=release.pk, stage=ReleaseStage.LOADING).update(
        stage=ReleaseStage.REFUSED, fault=fault, notes=[each._asdict() for each in rows]
    )


def _keep_parts(release: Release, national: National) -> None:
    returns = dict(GatewayReturn.objects.filter(collection=release.collection).values_list("number", "pk"))
    kept = set(SchoolResults.objects.filter(release=release).values_list("number", flat=True))
    for authority in national.authorities:
        SchoolResults.objects.bulk_create(
            [
                SchoolResults(
                    release=release, gateway_return_id=returns.get(part.number), number=part.number,
                    sha256=put(part.content), pupils=part.pupils,
                )
                for part in national.parts(authority)
                if part.number not in kept
            ],
            ignore_conflicts=True,
        )  # fmt: skip


@transaction.atomic
def _count(release: Release, national: National) -> None:
    locked = Release.objects.select_for_update().get(pk=release.pk)
    if locked.stage != ReleaseStage.LOADING:
        return
    locked.total = locked.schools = len(national.schools)
    locked.pupils = sum(national.schools.values())
    locked.save(update_fields=["total", "schools", "pupils"])
    for numbers in pieces(sorted(national.schools), AT_ONCE):
        check_schools.enqueue(locked.key, numbers)


def pieces(all_: list[str], size: int) -> Iterator[list[str]]:
    """Yield a list in pieces, each a piece of work."""
    return (all_[start : start + size] for start in range(0, len(all_), size))


def check_again(release: Release) -> None:
    """Have what is not done of a file's loading done: work that was lost with its worker."""
    if not release.total:
        split.enqueue(release.key)
        return
    left = SchoolResults.objects.filter(release=release, checked_at=None).order_by("number")
    for numbers in pieces(list(left.values_list("number", flat=True)), AT_ONCE):
        check_schools.enqueue(release.key, numbers)
    if not left.exists():
        check_schools.enqueue(release.key, [])


def expected_without(release: Release) -> QuerySet[GatewayReturn]:
    """Return the returns with pupils expected whose school has no results in a release."""
    return (
        GatewayReturn.objects.filter(collection_id=release.collection_id, expected__gt=0)
        .exclude(results__release=release)
        .select_related("school")
        .order_by("number")
    )
