"""What counts at the gateway, counted as it stands at this moment: figures of writing and science, before any results.

Reading, maths and the combined measures go by tests, so there is nothing of them here. Nothing is kept: a judgement
that counts from now on is in the figures from now on.
"""

from collections import Counter
from collections.abc import Mapping
from itertools import groupby
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from keystage.measures import ALL, MEASURES, Area, Counts, Measured, count
from keystage.service.gateway.models import GatewayReturn, HeldPupil
from keystage.years.subjects import Subject
from keystage.years.year import CollectionYear

TA_MEASURES = tuple(each for each in MEASURES if each.area in (Area.WRITING, Area.SCIENCE))
"""The measures that go by teacher assessment alone."""


def provisional_counts(returns: QuerySet[GatewayReturn], year: CollectionYear) -> dict[int, dict[str, Counts]]:
    """Return what counts of each of some returns, by the return and by group; those with nothing are left out."""
    found = HeldPupil.objects.filter(gateway_return__in=returns.order_by().values("pk"), removed_at=None)
    rows = found.order_by("gateway_return_id").values_list(
        "gateway_return_id", "sex", "birth_date", "writing", "science"
    )
    return {
        key: count((_measured(*row[1:]) for row in school), year)
        for key, school in groupby(rows.iterator(chunk_size=2000), key=lambda row: row[0])
    }


def provisional_total(returns: QuerySet[GatewayReturn], year: CollectionYear) -> Counts:
    """Return what counts of some returns, everybody together: quickly, because whoever has the same codes is alike."""
    found = HeldPupil.objects.filter(gateway_return__in=returns.order_by().values("pk"), removed_at=None)
    alike = found.order_by().values_list("writing", "science").annotate(pupils=Count("pk"))
    held: Counter[str] = Counter()
    for writing, science, pupils in alike:
        one = count([_measured("", None, writing, science)], year)[ALL]
        held.update({key: each * pupils for key, each in one.held.items()})
    return Counts(held)


def schools_with_anything(returns: QuerySet[GatewayReturn]) -> int:
    """Return of how many schools anything counts."""
    return returns.order_by().filter(accepted__gt=0).count()


def _measured(sex: str, born: object, writing: str, science: str) -> Measured:
    codes = {Subject.WRITING: writing.upper(), Subject.SCIENCE: science.upper()}
    return Measured({}, codes, sex, getattr(born, "month", None))


class Coverage(NamedTuple):
    """How many schools there are, and how many of them have nobody to report."""

    schools: int
    """Without those that sent a nil return."""
    nil: int


def coverage_of(returns: QuerySet[GatewayReturn]) -> Coverage:
    """Count the schools of some returns."""
    found: Mapping[str, int] = returns.order_by().aggregate(
        schools=Count("pk", filter=Q(nil_at=None)), nil=Count("pk", filter=Q(nil_at__isnull=False))
    )
    return Coverage(found["schools"], found["nil"])
