"""The pages about people."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from keystage.service.accounts.models import Organisation, Person
from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.accounts.visit import Visit, needs


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Lead a person to their organisation, or let them choose among several."""
    person = cast("Person", request.user)
    organisations = Organisation.objects.filter(memberships__person=person, memberships__ended_at=None).distinct()
    schools = [each for each in organisations if each.kind == OrganisationKind.SCHOOL]
    if len(organisations) == len(schools) == 1:
        return redirect("school:years", organisation=schools[0].key)
    return render(request, "accounts/home.html", {"organisations": organisations})


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Show a person's own account."""
    return render(request, "accounts/bare.html", {"title": "Your account"})


@needs(Permission.SEE_PEOPLE)
def people(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show who belongs to the school."""
    return render(request, "accounts/bare.html", {"title": "People"})


@needs(Permission.SEE_AUDIT)
def audit(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the record of who did what."""
    return render(request, "accounts/bare.html", {"title": "Record"})
