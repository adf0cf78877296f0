"""Where a person begins."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from keystage.service.accounts.models import Membership, Person
from keystage.service.accounts.places import Belonging, belongings


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Lead a person to where they work, or let them choose among several places."""
    person = cast("Person", request.user)
    memberships = Membership.objects.filter(person=person, ended_at=None).select_related("organisation")
    found = belongings(memberships)
    if len(found) == 1 and (only := _only_place(found[0])):
        return redirect(only)
    return render(request, "accounts/home.html", {"belongings": found})


def _only_place(belonging: Belonging) -> str:
    """Return the address of the one place of an organisation; nothing where there are several."""
    return belonging.href if len(belonging.places) <= 1 else ""
