"""The years of a school: opening one, closing it, opening it again, and a nil return."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.module_loading import import_string
from django.views.decorators.http import require_POST, require_safe

from keystage.service.accounts.roles import Permission
from keystage.service.accounts.visit import Visit, needs
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.posted import posted
from keystage.service.school.forms.settings import ReasonForm
from keystage.service.school.presenters.years import openable, years_of
from keystage.service.school.services.practice import open_practice
from keystage.service.school.services.returns import declare_nil, open_year
from keystage.service.school.services.years import close_year, reopen_year
from keystage.service.school.views.visiting import YearVisit, of_year


@needs(Permission.SEE_RETURN)
@require_safe
def years(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the years of a school, the newest first."""
    lines = years_of(visit.organisation)
    may_open = visit.may(Permission.OPEN_AND_CLOSE_YEARS)
    shown = {"lines": lines, "openable": openable(lines) if may_open else (), "may_open": may_open}
    return render(request, "school/years/page.html", shown)


@needs(Permission.OPEN_AND_CLOSE_YEARS)
@require_POST
def open_(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Open a year."""
    year = request.POST.get("year", "")
    try:
        made = open_year(visit.organisation, int(year) if year.isascii() and year.isdecimal() else 0, by=visit.person)
    except NotAllowedNow as refused:
        messages.error(request, str(refused))
        return redirect("school:years", organisation=visit.organisation.key)
    messages.success(request, f"Summer {made.year} is open.")
    return redirect("school:tasks", organisation=visit.organisation.key, year=made.year)


@needs(Permission.OPEN_AND_CLOSE_YEARS)
@require_POST
def practise(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Make a practice school for whoever asks, and lead them there."""
    made = open_practice(visit.person, fill=import_string(settings.PRACTICE_FILL))
    messages.success(request, "This is your practice school. Everything in it is made up: try whatever you like.")
    return redirect("school:years", organisation=made.key)


def _to_years(at: YearVisit) -> HttpResponseRedirect:
    return redirect("school:years", organisation=at.school.key)


def _shown(at: YearVisit, **more: object) -> dict[str, object]:
    back = reverse("school:years", kwargs={"organisation": at.school.key})
    return {"at": at, "back_href": back, **more}


@of_year(Permission.OPEN_AND_CLOSE_YEARS)
def close(request: HttpRequest, at: YearVisit) -> HttpResponse:
    """Ask whether to close a year, and close it."""
    if at.school_return.is_closed:
        return _to_years(at)
    if request.method == "POST":
        close_year(at.school_return, by=at.person)
        messages.success(request, f"Summer {at.school_return.year} is closed. It can still be read.")
        return _to_years(at)
    return render(request, "school/years/close.html", _shown(at))


@of_year(Permission.OPEN_AND_CLOSE_YEARS)
def reopen(request: HttpRequest, at: YearVisit) -> HttpResponse:
    """Open a closed year again, with the reason."""
    form = ReasonForm(posted(request)[0])
    if not at.school_return.is_closed:
        return _to_years(at)
    if request.method == "POST" and form.is_valid():
        reopen_year(at.school_return, form.cleaned_data["reason"], by=at.person)
        messages.success(request, f"Summer {at.school_return.year} is open again.")
        return _to_years(at)
    return render(request, "school/years/reopen.html", _shown(at, form=form))


@of_year(Permission.OPEN_AND_CLOSE_YEARS)
def nil(request: HttpRequest, at: YearVisit) -> HttpResponse:
    """Say that the school has nobody to report, or take it back."""
    form = ReasonForm(request.POST if request.method == "POST" and "back" not in request.POST else None)
    if request.method == "POST" and ("back" in request.POST or form.is_valid()):
        try:
            declare_nil(at.school_return, form.cleaned_data["reason"] if form.is_bound else "", by=at.person)
        except NotAllowedNow as refused:
            messages.error(request, str(refused))
            return redirect(request.path)
        said = "This is now a nil return." if form.is_bound else "This is no longer a nil return."
        messages.success(request, said)
        return redirect("school:tasks", organisation=at.school.key, year=at.school_return.year)
    return render(request, "school/years/nil.html", _shown(at, form=form))


urlpatterns = [
    path("", years, name="years"),
    path("open/", open_, name="open-year"),
    path("practise/", practise, name="practise"),
    path("<int:year>/close/", close, name="close-year"),
    path("<int:year>/reopen/", reopen, name="reopen-year"),
    path("<int:year>/nil/", nil, name="nil-return"),
]
