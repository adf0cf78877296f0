"""A school's provisional report: what the gateway holds of it at a moment, counted, and set beside its authority."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from keystage.measures import ALL, NOBODY, Counts
from keystage.pupils.matching import match
from keystage.pupils.names import fold
from keystage.returns.results import PupilResult
from keystage.service.gateway.figures import COUNTRY, AreaCounts, area_figures_of, school_figures_of
from keystage.service.gateway.models import GatewayReturn, HeldPupil, RegisteredPupil, Release, SchoolResults
from keystage.service.gateway.provisional import provisional_total, schools_with_anything
from keystage.service.gateway.queries import returns_in, who_of
from keystage.service.gateway.released import standing_of
from keystage.service.gateway.services.results_preparing import pupils_of
from keystage.years.year import CollectionYear

_NOWHERE = AreaCounts("", 0, {})


@dataclass(frozen=True, slots=True)
class Entry:
    """A pupil with what the gateway holds: judgements, results, or that they are expected."""

    held: HeldPupil | None
    registered: RegisteredPupil | None
    result: PupilResult | None


@dataclass(frozen=True, slots=True)
class ReportNow:
    """What a provisional report is made of."""

    release: Release | None
    """The results in it; None while none of this school are released."""
    own: Counts
    authority: AreaCounts
    country: AreaCounts
    entries: tuple[Entry, ...]
    results_fault: bool
    """Whether the results cannot be read just now."""


def report_now(found: GatewayReturn, year: CollectionYear, now: datetime) -> ReportNow:
    """Return what the gateway holds of a school at a moment: nothing of a release is in it before its second."""
    for release in standing_of(found.collection, now).released:
        part = SchoolResults.objects.filter(release=release, gateway_return=found).first()
        own = next(school_figures_of(release, found.school), None) if part else None
        if part and own:
            return _released(found, part, own.counts.get(ALL, NOBODY), release, year)
    around = returns_in(found.collection).filter(authority_number=found.authority_number)
    own_return = around.filter(pk=found.pk)
    authority = AreaCounts(
        found.authority_number, schools_with_anything(around), {ALL: provisional_total(around, year)}
    )
    return ReportNow(
        None, provisional_total(own_return, year), authority, _NOWHERE, _entries(found, ()), results_fault=False
    )


def _released(
    found: GatewayReturn, part: SchoolResults, own: Counts, release: Release, year: CollectionYear
) -> ReportNow:
    areas: Mapping[str, AreaCounts] = {each.area: each for each in area_figures_of(release)}
    try:
        results, is_lost = pupils_of(part, year), False
    except OSError:
        results, is_lost = (), True
    return ReportNow(
        release, own, areas.get(found.authority_number, _NOWHERE), areas.get(COUNTRY, _NOWHERE),
        _entries(found, results), is_lost,
    )  # fmt: skip


def _entries(found: GatewayReturn, results: tuple[PupilResult, ...]) -> tuple[Entry, ...]:
    """Return everybody once, by name: who counts, who is expected and missing, and who has results alone."""
    who = who_of(found)
    here: list[HeldPupil | RegisteredPupil] = [*(pair[0] for pair in who.pairs), *who.only_left, *who.only_right]
    came = match(here, results)
    result = {id(pair.left): pair.right for pair in came.pairs}
    entries = [
        Entry(each, None, result.get(id(each)))
        if isinstance(each, HeldPupil)
        else Entry(None, each, result.get(id(each)))
        for each in here
    ]
    entries += [Entry(None, None, each) for each in came.only_right]
    return tuple(sorted(entries, key=name_of))


def name_of(entry: Entry) -> tuple[str, str]:
    """Return by what an entry is sorted."""
    who = entry.held or entry.registered or entry.result
    return (fold(who.surname), fold(who.forename)) if who else ("", "")
