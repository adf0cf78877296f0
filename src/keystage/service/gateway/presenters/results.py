"""Results as those who are given them see them: when they come, which file is for what, what was changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from keystage.service.accounts.models import Organisation
from keystage.service.accounts.roles import OrganisationKind
from keystage.service.design.words import date_words, moment_words, plural
from keystage.service.gateway.models import Collection, FileKind, PreparedFile, Release, SchoolResults
from keystage.service.gateway.released import Standing, ordinal, standing_of, usual_time
from keystage.service.gateway.services.results_releasing import files_of
from keystage.years.year import CollectionYear

_FILES: dict[str, tuple[str, str, str]] = {
    FileKind.CTF: (
        "Common Transfer File: tests",
        "XML",
        (
            "For your management information system, if the teacher assessments you sent are in it already. This is the"
            " usual one to import."
        ),
    ),
    FileKind.CTF_TA: (
        "Common Transfer File: tests and teacher assessments",
        "XML",
        "For your management information system, if the teacher assessments are to be imported too.",
    ),
    FileKind.CSV: (
        "Spreadsheet of all results",
        "CSV",
        (
            "For Excel and for analysis: a row for each pupil, with marks, scaled scores, outcomes and the teacher"
            " assessments that came back."
        ),
    ),
    FileKind.LETTERS: (
        "Letters for parents",
        "PDF",
        "To print: a page for each pupil, in words, with nothing of another pupil on it.",
    ),
    FileKind.ZIP: (
        "Common Transfer Files: tests",
        "ZIP",
        "A file for each school, for systems that import Common Transfer Files.",
    ),
    FileKind.ZIP_TA: (
        "Common Transfer Files: tests and teacher assessments",
        "ZIP",
        "The same, with the teacher assessments that came back.",
    ),
}
_ORDER = list(_FILES)
_NOTHING = {
    OrganisationKind.SCHOOL: "There are no results of your school in this release. If you expected some, write to the"
    " helpdesk.",
    OrganisationKind.AUTHORITY: "There are no results of your schools in this release.",
    OrganisationKind.TRUST: "There are no results of your schools in this release. If a school of yours is missing, ask"
    " the helpdesk whether it is known to belong to you.",
    OrganisationKind.SECONDARY: "No pupil with results in this release is registered as coming to your school. Primary"
    " schools say in their registration to which school a pupil goes on, where they know it.",
}


@dataclass(frozen=True, slots=True)
class FileShown:
    """A file that can be downloaded."""

    text: str
    href: str
    kind: str
    size: str
    note: str
    name: str


@dataclass(frozen=True, slots=True)
class ReleaseShown:
    """A release, with what an organisation has of it."""

    heading: str
    since: datetime
    files: tuple[FileShown, ...]
    pupils: int
    nothing: str
    """What is said where there is no file."""
    changes: tuple[tuple[str, str, str, str], ...]
    """Of revised results: pupil, what, before, now."""
    findings: tuple[str, ...]
    """What the checks say of a school's results."""
    is_compared: bool


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """What an organisation is shown of the results of a collection."""

    expected: str
    """When results are expected; empty once there is nothing to wait for."""
    withdrawn: tuple[str, ...]
    released_at: datetime | None
    """Since when the latest results can be had; None before."""
    latest: ReleaseShown | None
    """What who looks may have of it."""
    earlier: tuple[ReleaseShown, ...]


def results_page(
    organisation: Organisation,
    collection: Collection,
    year: CollectionYear,
    now: datetime,
    *,
    download: str,
    may_take: bool = True,
) -> ResultsPage:
    """Return what an organisation is shown.

    Args:
        organisation: whose results.
        collection: of which collection.
        year: the year's data.
        now: the moment: before a release's second nothing of it is here.
        download: the name of the address from which a file is downloaded.
        may_take: whether who looks may download; where not, no file is listed.
    """
    standing = standing_of(collection, now)
    shown = [
        _release(each, organisation, collection, now, download) for each in (standing.released if may_take else ())
    ]
    return ResultsPage(
        expected_words(standing, year, now),
        tuple(map(_withdrawn_words, standing.withdrawn)),
        standing.latest.release_at if standing.latest else None,
        shown[0] if shown else None,
        tuple(shown[1:]),
    )


def expected_words(standing: Standing, year: CollectionYear, now: datetime) -> str:
    """Say when results are expected: the operator's time where one is set, else the year's date."""
    what = "Revised results" if standing.released else "Results"
    if standing.awaited_at:
        if now < standing.awaited_at:
            return f"{what} will be released on {moment_words(standing.awaited_at)}."
        return f"{what} were to be released on {moment_words(standing.awaited_at)} and are late. Look again in a while."
    if standing.released:
        return ""
    usual = usual_time(year)
    if usual is None:
        return f"It is not known yet when the results of {year} are released. The day is shown here once it is."
    when = moment_words(usual[0]) if usual[1] else date_words(usual[0])
    if now < usual[0]:
        return f"Results are expected on {when}. The agency sets the time; it is shown here once it is set."
    return f"Results were expected on {when} and have not been released yet. The time is shown here once it is set."


def _withdrawn_words(release: Release) -> str:
    return (
        f"The results that were released on {moment_words(release.release_at)} were withdrawn on"
        f" {moment_words(release.withdrawn_at)}: {release.withdrawn_reason.rstrip('. ')}. Do not use files"
        " that were downloaded before that."
    )


def _release(
    release: Release, organisation: Organisation, collection: Collection, now: datetime, download: str
) -> ReleaseShown:
    where = {"organisation": organisation.key, "year": collection.year}
    files = sorted(files_of(organisation, release, now), key=lambda each: _ORDER.index(each.kind))
    kind = OrganisationKind(organisation.kind)
    part = _part(organisation, release) if kind is OrganisationKind.SCHOOL else None
    assert release.release_at is not None  # noqa: S101 - it is released
    count = ordinal(release)
    nothing = _NOTHING[kind]
    if count > 1:
        nothing += " What was released before stays as it is."
    return ReleaseShown(
        "Results" if count == 1 else "Revised results",
        release.release_at,
        tuple(_file(each, reverse(download, kwargs={**where, "key": each.key})) for each in files),
        next((each.pupils for each in files if each.kind == FileKind.CSV), 0),
        nothing if not files else "",
        tuple(_changes(part.changes)) if part else (),
        tuple(_findings(part.report)) if part else (),
        is_compared=count > 1 and part is not None,
    )


def _part(school: Organisation, release: Release) -> SchoolResults | None:
    return SchoolResults.objects.filter(release=release, gateway_return__school=school).first()


def _file(file: PreparedFile, href: str) -> FileShown:
    text, kind, note = _FILES[file.kind]
    return FileShown(text, href, kind, size_words(file.size), note, file.name)


def size_words(size: int) -> str:
    """Return a number of bytes as people read it: ``12 KB``, ``3.4 MB``."""
    return f"{max(1, round(size / 1_000)):,} KB" if size < 1_000_000 else f"{size / 1_000_000:,.1f} MB"


def _changes(changes: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str, str, str]]:
    for each in changes:
        who = each["name"] or each["upn"]
        if each["state"] == "new":
            yield who, "The whole pupil", "not in the results", "in the results"
        elif each["state"] == "gone":
            yield who, "The whole pupil", "in the results", "not in the results any more"
        for change in each["changes"]:
            yield who, change["what"], change["before"] or "nothing", change["after"] or "nothing"


def _findings(report: dict[str, Any]) -> Iterator[str]:
    return (f"{each['message']} {each['fix']}" for each in report.get("findings", ()) if each["severity"] != "info")


def progress_words(release: Release) -> str:
    """Say how far the loading or the preparing of a release has come."""
    if release.stage == "loading":
        if not release.total:
            return "The file is being read and taken apart by school."
        return f"{release.done:,} of {plural(release.total, 'school')} checked."
    return f"The files of {release.done:,} of {release.total:,} schools and other organisations are prepared."
