"""Checking results school by school, against the register and what was sent; and what all of it comes to."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django_tasks import task

from keystage.checks.catalogue import CATALOGUE
from keystage.checks.report import Report
from keystage.checks.run import refusal
from keystage.checks.run_results import run_results
from keystage.returns.refused import FileRefused
from keystage.returns.results import Results
from keystage.service.config.years import load as load_year
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.files.store import get
from keystage.service.gateway.models import (
    HeldPupil,
    RegisteredPupil,
    Release,
    ReleaseStage,
    SchoolFigures,
    SchoolResults,
)
from keystage.service.gateway.register import register_of, return_of
from keystage.service.gateway.services.results_figures import added_up, figures, keep, keep_areas
from keystage.service.gateway.ways_out import at_the_gateway
from keystage.sheets.results import read_results
from keystage.years.year import CollectionYear

_LOUD = ("error", "query")


_STOPPED = (
    "The loading of these results has stopped, because of a fault in Keystage or in what it stands on. What was done"
    " stays done. Start what is left again; if it stops again, the log of the worker says why."
)


@task()
def check_schools(key: str, numbers: list[str]) -> None:
    """Check the results of some schools; those that were checked already are left alone.

    Where it fails, the release says so: it can be started again from its page.
    """
    with stopped_is_said(key):
        if _check(key, numbers):
            _finish(key)


@contextmanager
def stopped_is_said(key: str) -> Iterator[None]:
    """Say on a release that is being loaded that the work has stopped, where it fails within the block."""
    try:
        yield
    except Exception:
        Release.objects.filter(key=key, stage=ReleaseStage.LOADING).update(fault=_STOPPED)
        raise


def _check(key: str, numbers: list[str]) -> bool:
    """Check some schools, and say whether now everything is checked."""
    release = Release.objects.select_related("collection").get(key=key)
    if release.stage != ReleaseStage.LOADING:
        return False
    parts = list(
        SchoolResults.objects.filter(release=release, number__in=numbers, checked_at=None).select_related(
            "gateway_return__collection"
        )
    )
    returns = [each.gateway_return_id for each in parts if each.gateway_return_id]
    registered = _by_return(RegisteredPupil.objects.filter(gateway_return__in=returns))
    held = _by_return(HeldPupil.objects.filter(gateway_return__in=returns, removed_at=None))
    year, now = load_year(release.collection.year), timezone.now()
    counted: list[SchoolFigures] = []
    for part in parts:
        results = _results(part, year)
        report = at_the_gateway(_report(part, results, year, registered, held))
        part.report, part.errors, part.queries, part.checked_at = report.as_dict(), report.errors, report.queries, now
        if isinstance(results, Results):
            made = figures(part, results, held.get(part.gateway_return_id or 0, []), year)
            counted += [made] if made else []
    with transaction.atomic():
        SchoolResults.objects.bulk_update(parts, ["report", "errors", "queries", "checked_at"], batch_size=50)
        keep(counted)
        return _go_on(key)


def _by_return(found: Iterable[Any]) -> Mapping[int, list[Any]]:
    sorted_: dict[int, list[Any]] = defaultdict(list)
    for each in found:
        sorted_[each.gateway_return_id].append(each)
    return sorted_


def _results(part: SchoolResults, year: CollectionYear) -> Results | FileRefused:
    try:
        return read_results(get(part.sha256), year, name=f"{part.number}.csv")
    except FileRefused as refused:
        return refused


def _report(
    part: SchoolResults,
    results: Results | FileRefused,
    year: CollectionYear,
    registered: Mapping[int, list[RegisteredPupil]],
    held: Mapping[int, list[HeldPupil]],
) -> Report:
    if isinstance(results, FileRefused):
        return refusal(results, year)
    there = part.gateway_return
    expected = registered.get(there.pk) if there else None
    sent = held.get(there.pk) if there else None
    return run_results(
        results,
        year=year,
        register=register_of(expected) if expected else None,
        sent=return_of(there, sent) if there and sent else None,
    )


def _locked(key: str) -> Release:
    found = Release.objects.select_for_update(of=("self",)).select_related("collection", "file", "loaded_by")
    return found.get(key=key)


def _go_on(key: str) -> bool:
    """Count what is checked, and say whether everything is."""
    release = _locked(key)
    if release.stage != ReleaseStage.LOADING or not release.total:
        return False
    release.done = SchoolResults.objects.filter(release=release).exclude(checked_at=None).count()
    release.save(update_fields=["done"])
    return release.done == release.total


def _finish(key: str) -> None:
    """Say what everything comes to. It is added up before anything is locked: a country takes some seconds."""
    release = Release.objects.get(key=key)
    parts = SchoolResults.objects.filter(release=release)
    sums = parts.aggregate(errors=Sum("errors"), queries=Sum("queries"))
    by_check = _by_check(parts.values_list("report", flat=True).iterator(500))
    areas = added_up(release)
    with transaction.atomic():
        release = _locked(key)
        if release.stage != ReleaseStage.LOADING:
            return  # another piece was here
        keep_areas(release, areas)
        release.errors, release.queries = sums["errors"] or 0, sums["queries"] or 0
        release.by_check, release.stage, release.fault = by_check, ReleaseStage.CHECKED, ""
        record(
            Kind.RESULTS_CHECKED, by=release.loaded_by, organisation=release.file.organisation,
            year=release.collection.year, target=release.key, file=release.file.name, schools=release.schools,
            pupils=release.pupils, errors=release.errors, queries=release.queries,
        )  # fmt: skip
        release.save(update_fields=["errors", "queries", "by_check", "stage", "fault"])


def _by_check(reports: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for report in reports:
        codes = [each["code"] for each in report["findings"] if each["severity"] in _LOUD]
        severities = {each["code"]: each["severity"] for each in report["findings"]}
        for code in sorted(set(codes)):
            check = CATALOGUE.get(code)
            said = found.setdefault(
                code,
                {
                    "severity": severities[code], "summary": check.summary if check else code, "findings": 0,
                    "schools": 0,
                },
            )  # fmt: skip
            said["findings"] += codes.count(code)
            said["schools"] += 1
    return dict(sorted(found.items()))
