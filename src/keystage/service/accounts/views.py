"""The pages about people."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from keystage.service.accounts.models import Organisation, Person
from keystage.service.accounts.roles import OrganisationKind


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Lead a person to their organisation, or let them choose among several."""
    person = cast("Person", request.user)
    organisations = Organisation.objects.filter(memberships__person=person, memberships__ended_at=None).distinct()
    schools = [each for each in organisations if each.kind == OrganisationKind.SCHOOL]
    if len(organisations) == len(schools) == 1:
        return redirect("school:years", organisation=schools[0].key)
    return render(request, "accounts/home.html", {"organisations": organisations})
