"""Counting results once, when they are loaded: each school's as it is checked, then its authority's and the country's.

Only schools that the gateway knows are counted: results of others are given to nobody. Done again it does the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from keystage.measures import add, count, from_json, measured, to_json
from keystage.measures.counts import Counts
from keystage.pupils.matching import match
from keystage.returns.results import Results
from keystage.service.gateway.figures import COUNTRY
from keystage.service.gateway.models import AreaFigures, HeldPupil, Release, SchoolFigures, SchoolResults
from keystage.years.subjects import Subject
from keystage.years.year import CollectionYear

_AT_ONCE = 500
"""Schools whose counts are in memory together: each has some ten thousand letters."""


def figures(
    part: SchoolResults, results: Results, held: Sequence[HeldPupil], year: CollectionYear
) -> SchoolFigures | None:
    """Count a school's results, not yet kept; None of a school that the gateway does not know.

    In a subject for which no teacher assessment came back with the results, the one counts that the school sent.

    Args:
        part: the school's part of a release.
        results: what is in it.
        held: the pupils who count at the gateway, with their judgements.
        year: the collection year, which knows what each code does to the measures.
    """
    if part.gateway_return_id is None:
        return None
    sent = {id(pair.left): pair.right for pair in match(results.pupils, held).pairs}
    pupils = (
        measured(each, ta=_ta(known), sex=known.sex) if (known := sent.get(id(each))) else measured(each)
        for each in results.pupils
    )
    return SchoolFigures(part=part, release_id=part.release_id, number=part.number, counts=to_json(count(pupils, year)))


def _ta(held: HeldPupil) -> dict[Subject, str]:
    return {subject: code for subject in Subject if (code := getattr(held, subject))}


def keep(found: Iterable[SchoolFigures]) -> None:
    """Write the figures of some schools in place of any that are there, within the caller's transaction."""
    new = list(found)
    SchoolFigures.objects.filter(part__in=[each.part_id for each in new]).delete()
    SchoolFigures.objects.bulk_create(new, batch_size=50, ignore_conflicts=True)


def added_up(release: Release) -> list[AreaFigures]:
    """Add up the schools of each authority, and of the country; not yet kept."""
    schools, tables = _by_authority(release)
    areas = [*sorted(tables), COUNTRY] if tables else []
    tables[COUNTRY], schools[COUNTRY] = add(tables.values()), sum(schools.values())
    return [
        AreaFigures(release=release, area=area, schools=schools[area], counts=to_json(tables[area])) for area in areas
    ]


def _by_authority(release: Release) -> tuple[dict[str, int], dict[str, dict[str, Counts]]]:
    """Read the schools authority by authority, so that a country is never in memory."""
    rows = SchoolFigures.objects.filter(release=release).order_by("part__gateway_return__authority_number", "number")
    schools: dict[str, int] = defaultdict(int)
    tables: dict[str, dict[str, Counts]] = {}
    waiting: list[dict[str, Counts]] = []
    now = ""
    for authority, counts in rows.values_list("part__gateway_return__authority_number", "counts").iterator(_AT_ONCE):
        if waiting and (authority != now or len(waiting) == _AT_ONCE):
            tables[now] = add((tables.get(now, {}), *waiting))
            waiting.clear()
        now = authority
        waiting.append(from_json(counts))
        schools[authority] += 1
    if waiting:
        tables[now] = add((tables.get(now, {}), *waiting))
    return schools, tables


def keep_areas(release: Release, found: Iterable[AreaFigures]) -> None:
    """Write the figures of the areas in place of any that are there, within the caller's transaction."""
    AreaFigures.objects.filter(release=release).delete()
    AreaFigures.objects.bulk_create(found, batch_size=50)
