"""A practice school: made up, marked so on every page, and through the whole route like a real one."""

from collections.abc import Callable

from django.db import transaction

from keystage.service.accounts.models import Membership, Organisation, Person
from keystage.service.accounts.roles import OrganisationKind, Role
from keystage.service.config.years import held, load
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.school.models import SchoolReturn
from keystage.service.school.services.returns import open_year

NAME = "Practice School"
NUMBER = "9999999"
"""Of no real school: 999 is the authority number of made-up data."""

Fill = Callable[[SchoolReturn, Person], None]


@transaction.atomic
def open_practice(by: Person, *, fill: Fill | None = None) -> Organisation:
    """Make a practice school for somebody, who is everything in it; one that they have already is returned.

    Args:
        by: who practises.
        fill: puts made-up pupils and a register into its year; without it the year is empty and they load their own.
    """
    held_already = Organisation.objects.filter(
        is_practice=True, memberships__person=by, memberships__ended_at=None
    ).first()
    if held_already is not None:
        return held_already
    made = Organisation.objects.create(kind=OrganisationKind.SCHOOL, name=NAME, number=NUMBER, is_practice=True)
    Membership.objects.bulk_create(Membership(person=by, organisation=made, role=role) for role in Role)
    for role in Role:
        record(Kind.ROLE_GIVEN, by=by, organisation=made, target=by.key, part=role)
    school_return = open_year(made, _year(), by=by)
    if fill is not None:
        fill(school_return, by)
    return made


def _year() -> int:
    """Return the latest year that is no draft."""
    return max(year for year in held() if not load(year).is_draft)
