"""Where a person begins."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from keystage.service.accounts.models import Organisation, Person
from keystage.service.accounts.roles import OrganisationKind


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Lead a person to their organisation, or let them choose among several."""
    organisations = list(organisations_of(cast("Person", request.user)))
    if len(organisations) == 1 and organisations[0].kind == OrganisationKind.SCHOOL:
        return redirect("school:years", organisation=organisations[0].key)
    return render(request, "accounts/home.html", {"organisations": organisations})


def organisations_of(person: Person) -> QuerySet[Organisation]:
    """Return what a person belongs to, by name."""
    return (
        Organisation.objects.filter(memberships__person=person, memberships__ended_at=None).distinct().order_by("name")
    )
