"""The people of an organisation: who is there, what they are, and taking them out."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from keystage.service.accounts.forms.people import RolesForm
from keystage.service.accounts.models import Membership
from keystage.service.accounts.presenters.people import people_of
from keystage.service.accounts.roles import OrganisationKind, Permission, Role
from keystage.service.accounts.services import people as services
from keystage.service.accounts.services.refusals import NotPossible
from keystage.service.accounts.visit import Visit, needs


@needs(Permission.SEE_PEOPLE, *OrganisationKind)
def people(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show who belongs to the organisation, and who is invited."""
    shown = people_of(visit.organisation)
    may_manage = visit.may(Permission.MANAGE_PEOPLE)
    return render(request, "accounts/people.html", {"people": shown, "may_manage": may_manage})


@needs(Permission.MANAGE_PEOPLE, *OrganisationKind)
def person(request: HttpRequest, visit: Visit, person: str) -> HttpResponse:
    """Change what somebody is."""
    memberships = _memberships(visit, person)
    who = memberships[0].person
    initial = {
        "roles": [each.role for each in memberships],
        "classes": [name for each in memberships if each.role == Role.TEACHER for name in each.classes],
    }
    form = RolesForm(
        request.POST if request.method == "POST" else None, organisation=visit.organisation, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.give_roles(visit.organisation, who, form.chosen_roles, form.chosen_classes, by=visit.person)
        except NotPossible as refused:
            form.add_error("roles", str(refused))
        else:
            messages.success(request, f"Saved what {who} may do.")
            return _back(visit)
    return render(request, "accounts/person.html", {"form": form, "who": who})


@needs(Permission.MANAGE_PEOPLE, *OrganisationKind)
def remove(request: HttpRequest, visit: Visit, person: str) -> HttpResponse:
    """Take somebody out of the organisation, once it is confirmed."""
    who = _memberships(visit, person)[0].person
    if request.method == "POST":
        try:
            services.remove(visit.organisation, who, by=visit.person)
        except NotPossible as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"{who} has been removed from {visit.organisation}.")
            if who == visit.person:
                return redirect("accounts:home")
        return _back(visit)
    return render(request, "accounts/remove.html", {"who": who, "is_self": who == visit.person})


def _memberships(visit: Visit, key: str) -> list[Membership]:
    found = list(
        Membership.objects.filter(organisation=visit.organisation, person__key=key, ended_at=None).select_related(
            "person"
        )
    )
    if not found:
        raise Http404
    return found


def _back(visit: Visit) -> HttpResponse:
    return redirect("accounts:people", organisation=visit.organisation.key)
