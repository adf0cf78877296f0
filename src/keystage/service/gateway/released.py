"""Whether results are released. Nothing of a release is shown to anybody but the operator before this says so."""

from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone

from keystage.service.gateway.models import Collection, Release, ReleaseStage
from keystage.years.year import CollectionYear

PENDING = frozenset({ReleaseStage.LOADING, ReleaseStage.CHECKED, ReleaseStage.PREPARING, ReleaseStage.READY})
"""Stages of a release that may come yet."""


def is_released(release: Release, now: datetime) -> bool:
    """Say whether a release can be had at a moment: its files are ready, and its second has come."""
    at = release.release_at
    return release.stage == ReleaseStage.READY and at is not None and at <= now


@dataclass(frozen=True, slots=True)
class Standing:
    """How the results of a collection stand at a moment, as everybody may know it."""

    released: tuple[Release, ...]
    """What can be had, the latest first."""
    awaited_at: datetime | None
    """The time that the operator set for results that are not released yet; None where none is set."""
    withdrawn: tuple[Release, ...]
    """What could be had once and cannot any more, the latest first."""

    @property
    def latest(self) -> Release | None:
        """The release that is in force."""
        return self.released[0] if self.released else None


def standing_of(collection: Collection, now: datetime) -> Standing:
    """Return how the results of a collection stand at a moment."""
    releases = list(Release.objects.filter(collection=collection).order_by("-serial"))
    for each in releases:
        each.collection = collection
    awaited = [
        each.release_at for each in releases if each.release_at and each.stage in PENDING and not is_released(each, now)
    ]
    return Standing(
        tuple(each for each in releases if is_released(each, now)),
        min(awaited, default=None),
        tuple(each for each in releases if each.stage == ReleaseStage.WITHDRAWN and each.was_released),
    )


def usual_time(year: CollectionYear) -> tuple[datetime, bool] | None:
    """Return when results are expected by the year's data, and whether that knows the time of day; None for no date."""
    found = year.find_date("results_released")
    if found is None:
        return None
    return timezone.make_aware(datetime.combine(found.date, found.time or time())), found.time is not None


def ordinal(release: Release) -> int:
    """Return 1 for the first results of a collection, 2 for what revises them, and on."""
    count, at = 1, release
    while at.revises_id:
        count, at = count + 1, at.revises  # type: ignore[assignment]
    return count
