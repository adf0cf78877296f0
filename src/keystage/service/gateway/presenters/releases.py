"""Releases of results as the operator sees them: how far they have come, what is in them, what to do next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from keystage.service.design.words import moment_words
from keystage.service.gateway.models import (
    FileKind,
    GatewayReturn,
    PreparedFile,
    Release,
    ReleaseStage,
    SchoolResults,
)
from keystage.service.gateway.presenters.results import progress_words, size_words
from keystage.service.gateway.released import is_released, ordinal
from keystage.service.gateway.services.results_loading import expected_without
from keystage.service.gateway.views.visiting import CollectionVisit

_STATES = {
    ReleaseStage.LOADING: ("being loaded", "yellow"),
    ReleaseStage.REFUSED: ("refused", "red"),
    ReleaseStage.CHECKED: ("checked", ""),
    ReleaseStage.PREPARING: ("being prepared", "yellow"),
    ReleaseStage.READY: ("ready", "green"),
    ReleaseStage.WITHDRAWN: ("withdrawn", "grey"),
}
_LISTS = {
    "errors": "Schools with errors",
    "queries": "Schools with queries",
    "unknown": "Schools that the gateway does not know",
    "without": "Schools that are expected and have no results",
    "": "All schools with results",
}


@dataclass(frozen=True, slots=True)
class ReleasePage:
    """What the page of a release shows."""

    heading: str
    state: str
    colour: str
    is_released: bool
    is_late: bool
    """Whether the time that was set has come, and the files are not ready."""
    progress: str
    """How far the work in the background is; empty where none is under way."""
    checks: tuple[tuple[str, str, str, int, int], ...]
    """Code, what it finds, severity, findings and schools."""
    with_errors: int
    with_queries: int
    unknown: int
    without: int
    files: int
    size: str
    may_prepare: bool
    may_set_time: bool
    may_withdraw: bool
    has_figures: bool

    @classmethod
    def of(cls, release: Release, now: datetime) -> "ReleasePage":
        """Gather what is to be shown; the numbers are counted now."""
        released = is_released(release, now)
        state, colour = state_of(release, now)
        parts = SchoolResults.objects.filter(release=release)
        prepared = list(PreparedFile.objects.filter(release=release).exclude(kind=FileKind.NONE).values_list("size"))
        stage = ReleaseStage(release.stage)
        is_done = stage not in (ReleaseStage.LOADING, ReleaseStage.REFUSED)
        return cls(
            "Results" if ordinal(release) == 1 else "Revised results",
            state,
            colour,
            released,
            not released and release.release_at is not None and release.release_at <= now and is_done
            and stage != ReleaseStage.WITHDRAWN,
            progress_words(release) if stage in (ReleaseStage.LOADING, ReleaseStage.PREPARING) else "",
            tuple(
                (code, each["summary"], each["severity"], each["findings"], each["schools"])
                for code, each in release.by_check.items()
            ),
            parts.filter(errors__gt=0).count() if is_done else 0,
            parts.filter(queries__gt=0).count() if is_done else 0,
            parts.filter(gateway_return=None).count() if is_done else 0,
            expected_without(release).count() if is_done else 0,
            len(prepared),
            size_words(sum(size for (size,) in prepared)),
            may_prepare=stage in (ReleaseStage.CHECKED, ReleaseStage.READY) and not released,
            may_set_time=stage in (ReleaseStage.CHECKED, ReleaseStage.PREPARING, ReleaseStage.READY) and not released,
            may_withdraw=stage not in (ReleaseStage.REFUSED, ReleaseStage.WITHDRAWN),
            has_figures=is_done and stage != ReleaseStage.WITHDRAWN,
        )  # fmt: skip


def state_of(release: Release, now: datetime) -> tuple[str, str]:
    """Return a release's state in words, and the colour of its tag."""
    if is_released(release, now):
        return "released", "green"
    return _STATES[ReleaseStage(release.stage)]


def releases_rows(at: CollectionVisit, now: datetime) -> list[list[Any]]:
    """Return the rows of the table of what was loaded, the latest first."""
    found = Release.objects.filter(collection=at.collection).select_related("file", "loaded_by").order_by("-serial")
    return [
        [
            {"text": each.file.name, "href": at.to("agency:release", key=each.key)},
            f"{moment_words(each.loaded_at)}, by {each.loaded_by}",
            f"{each.schools:,}" if each.schools else "",
            f"{each.pupils:,}" if each.pupils else "",
            state_of(each, now)[0],
            moment_words(each.release_at) if each.release_at else "not set",
        ]
        for each in found
    ]


def schools_of(release: Release, show: str) -> tuple[str, str, "QuerySet[Any]"]:
    """Return which list of schools was asked for, its heading, and the rows of the database."""
    which = show if show in _LISTS else ""
    parts = SchoolResults.objects.filter(release=release).select_related("gateway_return__school").order_by("number")
    found: dict[str, QuerySet[Any]] = {
        "errors": parts.filter(errors__gt=0),
        "queries": parts.filter(queries__gt=0),
        "unknown": parts.filter(gateway_return=None),
        "without": expected_without(release),
        "": parts,
    }
    return which, _LISTS[which], found[which]


def school_rows(at: CollectionVisit, release: Release, which: str, found: Iterable[Any]) -> list[list[Any]]:
    """Return the rows of a list of schools."""
    return [_row(at, release, each) for each in found] if which != "without" else [_without(each) for each in found]


def _row(at: CollectionVisit, release: Release, part: SchoolResults) -> list[Any]:
    name = part.gateway_return.school.name if part.gateway_return else "not known here"
    href = at.to("agency:release-school", key=release.key, number=part.number)
    return [
        {"text": name, "href": href, "about": part.number}, part.number, f"{part.pupils:,}", f"{part.errors:,}",
        f"{part.queries:,}",
    ]  # fmt: skip


def _without(each: GatewayReturn) -> list[Any]:
    return [each.school.name, each.number, f"{each.expected:,}"]
