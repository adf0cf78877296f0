"""Opening a collection from a year's data, with other dates where the operator gives them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse

from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.accounts.visit import Visit, needs
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.config.years import held, load
from keystage.service.gateway.forms.dates import DatesForm, OpenForm
from keystage.service.gateway.models import Collection
from keystage.service.gateway.services.collections import dates_of_data, open_collection


@needs(Permission.RUN_COLLECTION, OrganisationKind.AGENCY)
def choose(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Choose the year."""
    years = _years(visit)
    form = OpenForm(request.POST if request.method == "POST" else None, years=years)
    if request.method == "POST" and form.is_valid():
        return redirect(_href("agency:open-year", visit, opening=form.cleaned_data["year"]))
    shown = {"form": form, "years": years, "visit": visit}
    return render(request, "agency/opening/choose.html", shown, status=422 if form.errors else 200)


@needs(Permission.RUN_COLLECTION, OrganisationKind.AGENCY)
def open_year(request: HttpRequest, visit: Visit, opening: int) -> HttpResponseBase:
    """Show the dates of a year's data, to be corrected or given, and open its collection."""
    if opening not in _years(visit):
        messages.error(
            request, f"The collection {opening} cannot be opened: it is open already, or nothing is held of it."
        )
        return redirect(_href("agency:open", visit))
    data = load(opening)
    found = dates_of_data(data)
    form = DatesForm(request.POST if request.method == "POST" else None, dates=found)
    if request.method == "POST" and form.is_valid():
        try:
            open_collection(visit.organisation, opening, by=visit.person, dates=form.dates)
        except NotAllowedNow as refused:
            messages.error(request, str(refused))
            return redirect(_href("agency:open", visit))
        messages.success(request, f"The collection {opening} is open. Load the registration next.")
        return redirect(_href("agency:dates", visit, year=opening))
    return _page(request, visit, form, {"opening": opening, "data": data, "is_known": found is not None})


def _page(request: HttpRequest, visit: Visit, form: DatesForm, shown: dict[str, object]) -> HttpResponse:
    context = {"form": form, "visit": visit, **shown}
    return render(request, "agency/opening/dates.html", context, status=422 if form.errors else 200)


def _years(visit: Visit) -> list[int]:
    there = Collection.objects.filter(is_practice=visit.organisation.is_practice).values_list("year", flat=True)
    return sorted(set(held()) - set(there), reverse=True)


def _href(name: str, visit: Visit, **more: object) -> str:
    return reverse(name, kwargs={"organisation": visit.organisation.key, **more})


urlpatterns = [
    path("open/", choose, name="open"),
    path("open/<int:opening>/", open_year, name="open-year"),
]
