"""The headteacher lets somebody sign in their place, and ends it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from keystage.service.accounts.models import Person
from keystage.service.accounts.roles import Permission
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.posted import posted
from keystage.service.school.forms.signing import DelegateForm
from keystage.service.school.services.signing import delegate as let_sign
from keystage.service.school.services.signing import end_delegation
from keystage.service.school.views.visiting import YearVisit, of_year


def _back(at: YearVisit) -> HttpResponseRedirect:
    return redirect("school:signing", organisation=at.school.key, year=at.school_return.year)


@of_year(Permission.DELEGATE_SIGNING)
def delegate(request: HttpRequest, at: YearVisit) -> HttpResponse:
    """Let a member of the school sign in the headteacher's place."""
    people = Person.objects.filter(memberships__organisation=at.school, memberships__ended_at=None, is_active=True)
    form = DelegateForm(posted(request)[0], people=people.exclude(pk=at.person.pk).distinct().order_by("name"))
    if request.method == "POST" and form.is_valid():
        try:
            made = let_sign(at.school, form.chosen, form.cleaned_data["job_title"], by=at.person)
            messages.success(request, f"{made.deputy} may sign the return in your place, until you end it.")
        except NotAllowedNow as refused:
            messages.error(request, str(refused))
        return _back(at)
    back = reverse("school:signing", kwargs={"organisation": at.school.key, "year": at.school_return.year})
    return render(request, "school/signing/delegate.html", {"at": at, "form": form, "back_href": back})


@of_year(Permission.DELEGATE_SIGNING)
@require_POST
def end(request: HttpRequest, at: YearVisit, delegation: int) -> HttpResponse:
    """End a delegation."""
    try:
        end_delegation(at.school, delegation, by=at.person)
        messages.success(request, "Ended. What was signed stands.")
    except NotAllowedNow as refused:
        messages.error(request, str(refused))
    return _back(at)
