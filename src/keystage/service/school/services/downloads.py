"""Noting that somebody took pupils' data out of the service in a file."""

from django.db import transaction

from keystage.service.accounts.models import Person
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.school.models import SchoolReturn


@transaction.atomic
def record_download(school_return: SchoolReturn, name: str, *, by: Person) -> None:
    """Write down that a file was made and handed out, and under what name."""
    record(
        Kind.DOWNLOADED,
        by=by,
        organisation=school_return.organisation,
        year=school_return.year,
        target=school_return.key,
        name=name,
    )
