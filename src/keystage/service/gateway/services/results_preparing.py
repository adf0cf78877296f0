"""Preparing the files of results beforehand, so that the morning of the release only hands them out.

The schools come first, some at a time; once all are done, authorities, trusts and secondary schools. Each piece of
work can be done twice: the same content lies in the store once, and a file's row stays the same.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from keystage.returns.results import PupilResult
from keystage.returns.results_changes import changes_of
from keystage.service.accounts.models import Organisation, Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.config.years import load as load_year
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.files.store import get, put
from keystage.service.gateway.models import PreparedFile, Release, ReleaseStage, SchoolResults
from keystage.service.gateway.released import is_released, ordinal
from keystage.service.gateway.results_files import Made, Naming, school_files
from keystage.service.gateway.services.results_collecting import (
    COLLECTIVE,
    collect_again,
    collect_when_due,
    is_being_prepared,
)
from keystage.sheets.results import read_results
from keystage.years.year import CollectionYear

AT_ONCE = 25
"""Schools in one piece of work."""


@transaction.atomic
def prepare(release: Release, *, by: Person, errors_seen: int = 0) -> None:
    """Have the files of a release prepared, in the background; again, where schools or trusts have changed since.

    Args:
        release: what was loaded and checked.
        by: who asks.
        errors_seen: the number of errors that whoever asks was shown and goes on with all the same.

    Raises:
        NotAllowedNow: it is not checked yet, is released already, or has errors that were not seen.
    """
    locked = (
        Release.objects.select_for_update(of=("self",))
        .select_related("collection", "file__organisation")
        .get(pk=release.pk)
    )
    now = timezone.now()
    if locked.stage not in (ReleaseStage.CHECKED, ReleaseStage.READY):
        raise NotAllowedNow("Files can be prepared once the results are loaded and checked, and not while they are.")
    if is_released(locked, now):
        raise NotAllowedNow("These results are released. To change what is in the files, load revised results.")
    if locked.errors and errors_seen != locked.errors:
        raise NotAllowedNow(
            "There are errors in the results. Look at the schools with errors, and tick that you go on all the same."
        )
    known = SchoolResults.objects.filter(release=locked).exclude(gateway_return=None)
    locked.stage, locked.done, locked.total = ReleaseStage.PREPARING, 0, known.count()
    if not locked.total:
        raise NotAllowedNow("The gateway knows no school that is in this file. Withdraw it, and load the right one.")
    locked.save(update_fields=["stage", "done", "total"])
    record(
        Kind.PREPARING_ASKED, by=by, organisation=locked.file.organisation, year=locked.collection.year,
        target=locked.key, errors=locked.errors,
    )  # fmt: skip
    known.update(prepared_at=None)
    PreparedFile.objects.filter(release=locked, organisation__kind__in=COLLECTIVE).delete()
    _enqueue(locked)


def prepare_again(release: Release) -> None:
    """Have what is not done of the preparing done: work that was lost with its worker."""
    if not _enqueue(release):
        collect_again(release.key)


def _enqueue(release: Release) -> int:
    left = SchoolResults.objects.filter(release=release, prepared_at=None).exclude(gateway_return=None)
    numbers = list(left.order_by("number").values_list("number", flat=True))
    for start in range(0, len(numbers), AT_ONCE):
        prepare_schools.enqueue(release.key, numbers[start : start + AT_ONCE])
    return len(numbers)


@task()
def prepare_schools(key: str, numbers: list[str]) -> None:
    """Prepare the files of some schools; those that are prepared already are left alone."""
    release = Release.objects.select_related("collection", "revises").get(key=key)
    if release.stage != ReleaseStage.PREPARING:
        return
    year = load_year(release.collection.year)
    by = Naming(release, year, ordinal(release))
    found = SchoolResults.objects.filter(release=release, number__in=numbers, prepared_at=None).exclude(
        gateway_return=None
    )
    for part in found.select_related("gateway_return__school").order_by("number"):
        _prepare(part, by)
    collect_when_due(key)


def _prepare(part: SchoolResults, by: Naming) -> None:
    there = part.gateway_return
    assert there is not None  # noqa: S101 - asked for above
    pupils = pupils_of(part, by.year)
    made = [(each, put(each.content)) for each in school_files(there.school, part.number, pupils, by)]
    before = _part_before(by.release, there.pk)
    part.changes = changes_of(pupils_of(before, by.year), pupils, by.year) if before else []
    part.prepared_at = timezone.now()
    with transaction.atomic():
        if not is_being_prepared(by.release):
            return
        keep_files(by.release, there.school, made)
        part.save(update_fields=["changes", "prepared_at"])


def keep_files(release: Release, organisation: Organisation, made: Sequence[tuple[Made, str]]) -> None:
    """Write the rows of an organisation's files; a kind that there is nothing of any more is taken out."""
    kinds = [each.kind for each, _ in made]
    PreparedFile.objects.filter(release=release, organisation=organisation).exclude(kind__in=kinds).delete()
    for each, sha256 in made:
        PreparedFile.objects.update_or_create(
            release=release,
            organisation=organisation,
            kind=each.kind,
            defaults={"name": each.name, "sha256": sha256, "size": len(each.content), "pupils": each.pupils},
        )


def pupils_of(part: SchoolResults, year: CollectionYear) -> tuple[PupilResult, ...]:
    """Return the results of a school's part."""
    return read_results(get(part.sha256), year, name=f"{part.number}.csv").pupils


def _part_before(release: Release, gateway_return: int) -> SchoolResults | None:
    """Return what was last released to a school before: not every release has every school."""
    earlier = release.revises
    while earlier is not None:
        if found := SchoolResults.objects.filter(release=earlier, gateway_return_id=gateway_return).first():
            return found
        earlier = earlier.revises
    return None
