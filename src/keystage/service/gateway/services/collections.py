"""Opening a collection from a year's data, moving its dates, closing it; and the schools that take part."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from keystage.service.accounts.models import Organisation, Person
from keystage.service.accounts.roles import OrganisationKind
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.config.years import held, load
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.gateway.models import Collection, GatewayReturn
from keystage.years.year import CollectionYear


class Dates(NamedTuple):
    """The dates of a collection; what ends at a moment lasts until just before it."""

    opens_at: datetime
    closes_at: datetime
    registration_opens_at: datetime | None = None
    registration_due_at: datetime | None = None
    registration_closes_at: datetime | None = None


@transaction.atomic
def open_collection(agency: Organisation, year: int, *, by: Person | None, dates: Dates | None = None) -> Collection:
    """Open the collection of a year for every school there is.

    Args:
        agency: who opens it.
        year: the collection year.
        by: who opens it.
        dates: its dates, where they are not those of the year's data or the data do not hold them.

    Raises:
        NotAllowedNow: nothing is held for that year, its dates are not known or out of order, or it is open already.
    """
    if year not in held():
        raise NotAllowedNow(f"Nothing is held for {year}: its codes and dates are not known here.")
    dates = dates or dates_of_data(load(year))
    if dates is None:
        raise NotAllowedNow(f"The dates of {year} are not known yet. Give them, then open it.")
    if why := out_of_order(dates):
        raise NotAllowedNow(why[1])
    found, is_new = Collection.objects.get_or_create(
        year=year, is_practice=agency.is_practice, defaults={**dates._asdict(), "opened_by": by}
    )
    if not is_new:
        raise NotAllowedNow(f"The collection {year} is open already.")
    record(Kind.COLLECTION_OPENED, by=by, organisation=agency, year=year, target=found.key)
    schools = Organisation.objects.filter(kind=OrganisationKind.SCHOOL, is_practice=agency.is_practice)
    take_part(found, schools.exclude(number=""))
    return found


def take_part(collection: Collection, schools: Iterable[Organisation]) -> None:
    """Give each school its return in a collection, where it has none yet."""
    GatewayReturn.objects.bulk_create(
        (
            GatewayReturn(
                collection=collection, school=school, number=school.number, authority_number=school.authority_number
            )
            for school in schools
        ),
        ignore_conflicts=True,
        batch_size=2000,
    )


def dates_of_data(data: CollectionYear) -> Dates | None:
    """Return the dates that a year's data hold; None where they do not say when files are taken."""
    opens, closes = _moment(data, "ta_opens", start_of), _moment(data, "ta_deadline", end_of)
    if opens is None or closes is None:
        return None
    return Dates(
        opens,
        closes,
        _moment(data, "registration_opens", start_of),
        _moment(data, "registration_deadline", end_of),
        _moment(data, "registration_updates_close", end_of),
    )


def out_of_order(dates: Dates) -> tuple[str, str] | None:
    """Return the first date that does not follow the one before it, and what to say of it; None where all do."""
    if dates.closes_at <= dates.opens_at:
        return "closes_at", "Files must be taken for some time: the closing date is not after the opening date."
    order = [
        (name, moment)
        for name in ("registration_opens_at", "registration_due_at", "registration_closes_at")
        if (moment := getattr(dates, name)) is not None
    ]
    for (_, before), (name, after) in pairwise(order):
        if after < before:
            return (
                name,
                "Registration opens first, is due next, and its cut-off comes last: put the dates in that order.",
            )
    return None


def _moment(data: CollectionYear, key: str, moment: Callable[[date], datetime]) -> datetime | None:
    """Return the moment of a key date: what opens at a known time opens then, what ends, ends with its day."""
    found = data.find_date(key)
    if found is None:
        return None
    if moment is start_of and found.time:
        return timezone.make_aware(datetime.combine(found.date, found.time))
    return moment(found.date)


def start_of(day: date) -> datetime:
    """Return the moment when a day begins in London."""
    return timezone.make_aware(datetime.combine(day, time()))


def end_of(day: date) -> datetime:
    """Return the moment when a day has ended in London: the first of the next."""
    return start_of(day + timedelta(days=1))
