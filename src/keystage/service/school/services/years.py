"""Closing a year, opening it again with the reason, and what stands in the way."""

from django.db import transaction

from keystage.service.accounts.models import Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.school.models import SchoolReturn, Stage
from keystage.service.school.services.returns import move


def close_year(school_return: SchoolReturn, *, by: Person) -> None:
    """Close a year: everything in it can still be read, printed and downloaded, and nothing changed.

    Raises:
        NotAllowedNow: it is closed already.
    """
    if school_return.is_closed:
        raise NotAllowedNow("This year is closed already.")
    move(school_return, Stage.CLOSED, by=by)


@transaction.atomic
def reopen_year(school_return: SchoolReturn, reason: str, *, by: Person) -> None:
    """Open a closed year again.

    Raises:
        NotAllowedNow: it is not closed, or no reason is given.
    """
    if not reason.strip():
        raise NotAllowedNow("Say why the year is opened again.")
    if not school_return.is_closed:
        raise NotAllowedNow("This year is open already.")
    move(school_return, Stage.OPEN, by=by)
    record(
        Kind.YEAR_REOPENED, by=by, organisation=school_return.organisation, year=school_return.year,
        target=school_return.key, reason=reason.strip(),
    )  # fmt: skip
