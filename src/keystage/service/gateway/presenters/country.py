"""The country as the agency sees it: by state, by authority, over time. Sums are the database's, of what is stored."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import TruncDate, TruncHour
from django.utils import timezone

from keystage.service.accounts.models import Organisation
from keystage.service.accounts.roles import OrganisationKind
from keystage.service.gateway.models import Collection, GatewayReturn, Receipt, State, Submission
from keystage.service.gateway.presenters.states import COLOURS, DONE, capital

_SUMS = {name: Sum(name) for name in ("expected", "received", "missing", "unexpected", "accepted")}
HOURS = timedelta(hours=48)
"""How far back files are counted by the hour."""


@dataclass(frozen=True, slots=True)
class ByState:
    """One state, and what is in it."""

    state: str
    words: str
    colour: str
    schools: int
    share: float
    """Of all schools, from 0 to 1."""
    numbers: Mapping[str, int]

    @property
    def percent(self) -> str:
        """The share in words: nothing is rounded to none or to all."""
        if self.share in (0, 1):
            return f"{self.share:.0%}"
        return f"{min(max(self.share, 0.001), 0.999):.1%}"


def by_state(collection: Collection) -> list[ByState]:
    """Return every state with its schools and pupils, in the order of a return's life."""
    found = GatewayReturn.objects.filter(collection=collection).values("state").annotate(schools=Count("pk"), **_SUMS)
    held: dict[str, Mapping[str, Any]] = {each["state"]: each for each in found}
    total = sum(each["schools"] for each in held.values())
    return [_state(state, held.get(state, {}), total) for state in State]


def _state(state: State, held: Mapping[str, Any], total: int) -> ByState:
    schools = held.get("schools", 0)
    numbers = {name: held.get(name) or 0 for name in _SUMS}
    return ByState(str(state), capital(state), COLOURS[state], schools, schools / total if total else 0.0, numbers)


def sums(states: Sequence[ByState]) -> dict[str, int]:
    """Return the sums over all states: schools, and pupils expected, received, missing, unexpected and accepted."""
    return {
        "schools": sum(each.schools for each in states),
        **{name: sum(each.numbers[name] for each in states) for name in _SUMS},
    }


SORTS = {
    "name": "Authority", "schools": "Schools", "accepted": "Accepted", "in_error": "In error",
    "incomplete": "Incomplete", "not_started": "Not started", "expected": "Pupils expected",
    "missing": "Pupils missing",
}  # fmt: skip
"""By what the authorities can be sorted, and the heading of each."""


@dataclass(frozen=True, slots=True)
class ByAuthority:
    """One authority, and what its schools have done."""

    number: str
    name: str
    schools: int
    accepted: int
    in_error: int
    incomplete: int
    not_started: int
    expected: int
    missing: int


def by_authority(collection: Collection, sort: str = "name") -> list[ByAuthority]:
    """Return every authority, sorted: by name from A, by a number from the largest."""
    counts = {
        "schools": Count("pk"),
        "accepted": Count("pk", filter=Q(state__in=DONE)),
        "in_error": Count("pk", filter=Q(state=State.IN_ERROR)),
        "incomplete": Count("pk", filter=Q(state=State.INCOMPLETE)),
        "not_started": Count("pk", filter=Q(state=State.NOT_STARTED)),
        "missing": Sum("missing"),
    }
    returns = GatewayReturn.objects.filter(collection=collection).values("authority_number")
    # "expected" and "accepted" are columns of the return: counted under other names where they would hide them
    found = returns.annotate(
        **{f"n_{name}": count for name, count in counts.items()}, n_expected=Sum("expected")
    ).order_by("authority_number")
    names = authority_names(collection)
    rows = [_authority(each, names) for each in found]
    if sort == "name" or sort not in SORTS:
        return sorted(rows, key=lambda row: (row.name.casefold(), row.number))
    return sorted(rows, key=lambda row: (-getattr(row, sort), row.name.casefold()))


def authority_names(collection: Collection) -> dict[str, str]:
    """Return the names of the authorities by number."""
    authorities = Organisation.objects.filter(kind=OrganisationKind.AUTHORITY, is_practice=collection.is_practice)
    return dict(authorities.values_list("number", "name"))


def _authority(found: Mapping[str, Any], names: Mapping[str, str]) -> ByAuthority:
    number = found["authority_number"]
    numbers = {
        name: found[f"n_{name}"] or 0
        for name in ("schools", "accepted", "in_error", "incomplete", "not_started", "expected", "missing")
    }
    return ByAuthority(number=number, name=names.get(number, f"Authority {number}"), **numbers)


@dataclass(frozen=True, slots=True)
class Span:
    """A day or an hour, with what came and what was accepted."""

    at: datetime | date
    received: int
    accepted: int


def by_day(collection: Collection) -> list[Span]:
    """Return each day from the first on which a file came: files received, and returns accepted for the first time."""
    received = _per(_submissions(collection), TruncDate("received_at"))
    accepted = _per(_first_receipts(collection), TruncDate("at"))
    if not (received or accepted):
        return []
    first, last = min([*received, *accepted]), max([*received, *accepted])
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [Span(day, received.get(day, 0), accepted.get(day, 0)) for day in days]


def by_hour(collection: Collection, now: datetime) -> list[Span]:
    """Return each of the last 48 hours, the latest last."""
    since = _hour(now - HOURS + timedelta(hours=1))
    received = _per(_submissions(collection).filter(received_at__gte=since), TruncHour("received_at"))
    accepted = _per(_first_receipts(collection).filter(at__gte=since), TruncHour("at"))
    return [Span(hour, received.get(hour, 0), accepted.get(hour, 0)) for hour in _hours(since, now)]


def _hours(since: datetime, now: datetime) -> Iterator[datetime]:
    while since <= now:
        yield timezone.localtime(since)
        since += timedelta(hours=1)


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def _submissions(collection: Collection) -> QuerySet[Submission]:
    return Submission.objects.filter(gateway_return__collection=collection)


def _first_receipts(collection: Collection) -> QuerySet[Receipt]:
    earlier = Receipt.objects.filter(gateway_return=OuterRef("gateway_return"), pk__lt=OuterRef("pk"))
    return Receipt.objects.filter(~Exists(earlier), gateway_return__collection=collection)


def _per(found: QuerySet[Any], span: TruncDate | TruncHour) -> dict[Any, int]:
    counted = found.order_by().annotate(span=span).values("span").annotate(count=Count("pk"))
    return dict(counted.values_list("span", "count"))
