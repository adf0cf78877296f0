"""Telling people by email that results are released: once, after their second, with nothing of the results in it."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from keystage.service.accounts.models import Organisation
from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.gateway.mailing import deliver, people_who_may
from keystage.service.gateway.models import AuthoritySettings, Collection, FileKind, PreparedFile, Release, ReleaseStage
from keystage.service.gateway.released import is_released, ordinal

LATEST = timedelta(days=2)
"""So long after a release people are still told of it: not of one that a backup or an upgrade has brought."""
AT_ONCE = 25
"""Organisations in one piece of work."""


def tell_of_releases(now: datetime | None = None) -> int:
    """Have people told of every release whose second has come and of which nobody was told; return how many there were.

    Args:
        now: the moment; now where not given.
    """
    now = now or timezone.now()
    due = Release.objects.filter(
        stage=ReleaseStage.READY, told_at=None, release_at__lte=now, release_at__gt=now - LATEST
    )
    return sum(_begin(pk, now) for pk in due.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _begin(pk: int, now: datetime) -> bool:
    found = Release.objects.select_for_update(of=("self",)).select_related("collection", "file__organisation")
    release = found.get(pk=pk)
    if release.told_at is not None or not is_released(release, now):
        return False  # another worker was here, or the release was withdrawn
    keys = list(_told(release))
    release.told_at = now
    release.save(update_fields=["told_at"])
    for start in range(0, len(keys), AT_ONCE):
        tell_organisations.enqueue(release.key, keys[start : start + AT_ONCE])
    record(
        Kind.RELEASE_TOLD, by=None, organisation=release.file.organisation, year=release.collection.year,
        target=release.key, organisations=len(keys),
    )  # fmt: skip
    return True


def _told(release: Release) -> Iterator[str]:
    """Yield the keys of everybody who has something in a release, but for authorities that want no email."""
    quiet = set(_quiet(release.collection))
    has = PreparedFile.objects.filter(release=release).exclude(kind=FileKind.NONE)
    found = has.order_by("organisation__key").values_list("organisation__key", flat=True).distinct()
    return (key for key in found if key not in quiet)


def _quiet(collection: Collection) -> Iterable[str]:
    chosen = AuthoritySettings.objects.filter(collection=collection, emails="nothing")
    return chosen.values_list("authority__key", flat=True)


@task()
def tell_organisations(key: str, organisations: list[str]) -> None:
    """Tell the people of some organisations who may download results; nobody where they were withdrawn meanwhile."""
    release = Release.objects.select_related("collection").get(key=key)
    if not is_released(release, timezone.now()):
        return
    for organisation in Organisation.objects.filter(key__in=organisations).order_by("pk"):
        readers = people_who_may(Permission.TAKE_RESULTS, organisation)
        said = {
            "organisation": organisation.name,
            "year": release.collection.year,
            "is_revised": ordinal(release) > 1,
            "is_school": organisation.kind == OrganisationKind.SCHOOL,
        }
        deliver.func("results_released", [each.email for each in readers], said)
