"""Opening a collection from a year's data, moving its dates, closing it; and the schools that take part."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

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


@transaction.atomic
def open_collection(agency: Organisation, year: int, *, by: Person | None) -> Collection:
    """Open the collection of a year, with the dates of the year's data, for every school there is.

    Raises:
        NotAllowedNow: nothing is held for that year, its dates are not known, or it is open already.
    """
    if year not in held():
        raise NotAllowedNow(f"Nothing is held for {year}: its codes and dates are not known here.")
    data = load(year)
    opens, closes = data.find_date("ta_opens"), data.find_date("ta_deadline")
    if opens is None or closes is None:
        raise NotAllowedNow(f"The dates of {year} are not known yet. Give them in the year's file, then open it.")
    found, is_new = Collection.objects.get_or_create(
        year=year,
        is_practice=agency.is_practice,
        defaults={
            "opens_at": start_of(opens.date),
            "closes_at": end_of(closes.date),
            "opened_by": by,
            **_registration(data),
        },
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


def _registration(data: CollectionYear) -> dict[str, datetime]:
    dates = {
        "registration_opens_at": ("registration_opens", start_of),
        "registration_due_at": ("registration_deadline", end_of),
        "registration_closes_at": ("registration_updates_close", end_of),
    }
    return {name: moment(found.date) for name, (key, moment) in dates.items() if (found := data.find_date(key))}


def start_of(day: date) -> datetime:
    """Return the moment when a day begins in London."""
    return timezone.make_aware(datetime.combine(day, time()))


def end_of(day: date) -> datetime:
    """Return the moment when a day has ended in London: the first of the next."""
    return start_of(day + timedelta(days=1))
