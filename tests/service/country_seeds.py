"""A made-up country at a server's gateway: everybody registered from one national file, and a token for each school."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from keystage.service.accounts.models import Membership, Organisation, Person, Scope
from keystage.service.accounts.roles import OrganisationKind, Role
from keystage.service.accounts.services.tokens import make_token
from keystage.service.gateway.models import Collection, GatewayReturn
from keystage.service.gateway.services.loading import accept, do_load, read_load, take_in
from service.made import YEAR, a_person
from service.seeds import session_of


def country(*, registration: str) -> dict[str, Any]:
    """Load the registers of all schools as the operator does, and let a program send for each."""
    agency = Organisation.objects.create(kind=OrganisationKind.AGENCY, name="Made-up Agency")
    operator = a_person(agency, Role.OPERATOR, "Olive Brook")
    now = timezone.now()
    collection = Collection.objects.create(
        year=YEAR, opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1),
        registration_opens_at=now - timedelta(days=9), registration_closes_at=now + timedelta(days=1),
    )  # fmt: skip
    content = Path(registration).read_bytes()
    found = take_in(collection, "registration.csv", [content], agency=agency, by=operator)
    read_load.call(found.key)
    found.refresh_from_db()
    accept(found, agency=agency, by=operator)
    do_load.call(found.key)
    returns = GatewayReturn.objects.filter(collection=collection).select_related("school")
    with transaction.atomic():
        tokens = {each.number: _token(each.school) for each in returns}
    return {"session": session_of(operator), "page": f"/agency/{agency.key}/{YEAR}/", "tokens": tokens}


def _token(school: Organisation) -> str:
    manager = Person.objects.create_user(f"manager@{school.number}.example", name="Alex Ward")  # who never signs in
    Membership.objects.create(person=manager, organisation=school, role=Role.ACCOUNT_MANAGER)
    return make_token(school, "Records", [Scope.SEND], lasts=timedelta(days=1), by=manager)[1]


def kept() -> dict[str, Any]:
    """Return what the database holds of each school's return."""
    rows = GatewayReturn.objects.values_list("number", "state", "accepted", "submissions__file__sha256")
    return {number: [state, accepted, sha256] for number, state, accepted, sha256 in rows}
