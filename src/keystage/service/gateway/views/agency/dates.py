"""A collection's dates in season: moved, closed and opened again; and the dates of single schools."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.gateway.dates import authority_settings
from keystage.service.gateway.forms.dates import DatesForm, ExtendForm, ModeratedForm, SearchForm, SinglePupilsForm
from keystage.service.gateway.models import GatewayReturn
from keystage.service.gateway.presenters.dates import dates_for
from keystage.service.gateway.services import collection_dates, school_dates
from keystage.service.gateway.views.visiting import CollectionVisit, SchoolVisit, View, of_collection, of_school

_ON_A_PAGE = 50


def _of_country(permission: Permission) -> Callable[[View], View]:
    return of_collection(permission, OrganisationKind.AGENCY, back="agency:dates")


@_of_country(Permission.SEE_COUNTRY)
@require_safe
def dates(request: HttpRequest, at: CollectionVisit) -> HttpResponseBase:
    """Show the dates of a collection, and which schools have dates of their own."""
    own = GatewayReturn.objects.filter(collection=at.collection)
    context = {
        "at": at,
        "dates": dates_for(at.collection),
        "extended": own.exclude(extended_until=None).count(),
        "moderated": own.filter(is_moderated=True).count(),
        "schools": own.count(),
        "may_run": at.may(Permission.RUN_COLLECTION),
    }
    return render(request, "agency/dates/page.html", context)


@_of_country(Permission.RUN_COLLECTION)
def move(request: HttpRequest, at: CollectionVisit) -> HttpResponseBase:
    """Move the dates."""
    form = DatesForm(
        request.POST if request.method == "POST" else None, dates=collection_dates.dates_now(at.collection)
    )
    if request.method == "POST" and form.is_valid():
        changed = collection_dates.move_dates(at.collection, form.dates, agency=at.organisation, by=at.person)
        messages.success(request, "The dates are moved, and apply now." if changed else "Nothing was changed.")
        return redirect(at.to("agency:dates"))
    return render(request, "agency/dates/move.html", {"at": at, "form": form}, status=422 if form.errors else 200)


@_of_country(Permission.RUN_COLLECTION)
def close(request: HttpRequest, at: CollectionVisit) -> HttpResponseBase:
    """Close the collection by hand, after a question."""
    if request.method == "POST":
        collection_dates.close(at.collection, agency=at.organisation, by=at.person)
        messages.success(request, "The collection is closed. Schools with an extension can still send.")
        return redirect(at.to("agency:dates"))
    return render(request, "agency/dates/close.html", {"at": at})


@_of_country(Permission.RUN_COLLECTION)
def reopen(request: HttpRequest, at: CollectionVisit) -> HttpResponseBase:
    """Open the collection again, after a question."""
    if request.method == "POST":
        collection_dates.reopen(at.collection, agency=at.organisation, by=at.person)
        messages.success(request, "The collection is open again: its dates apply.")
        return redirect(at.to("agency:dates"))
    return render(request, "agency/dates/reopen.html", {"at": at, "dates": dates_for(at.collection)})


@_of_country(Permission.RUN_COLLECTION)
def single_pupils(request: HttpRequest, at: CollectionVisit) -> HttpResponseBase:
    """Set what counts of a file with errors."""
    now = {"accepts": "yes" if at.collection.accepts_single_pupils else "no"}
    form = SinglePupilsForm(request.POST if request.method == "POST" else None, initial=now)
    if request.method == "POST" and form.is_valid():
        accepts = form.cleaned_data["accepts"] == "yes"
        collection_dates.set_single_pupils(at.collection, accepts=accepts, agency=at.organisation, by=at.person)
        messages.success(request, "Saved. It applies to every file that is checked from now on.")
        return redirect(at.to("agency:dates"))
    context = {"at": at, "form": form}
    return render(request, "agency/dates/single_pupils.html", context, status=422 if form.errors else 200)


@_of_country(Permission.SEE_COUNTRY)
@require_safe
def schools(request: HttpRequest, at: CollectionVisit) -> HttpResponseBase:
    """List the schools, all or those that a name or number finds."""
    form = SearchForm(request.GET or None)
    name = " ".join(form.cleaned_data["name"].split()) if form.is_bound and form.is_valid() else ""
    which = request.GET.get("which", "")
    found = GatewayReturn.objects.filter(collection=at.collection).select_related("school")
    if name:
        found = found.filter(Q(school__name__icontains=name) | Q(number__startswith=name.replace("/", "")))
    if which == "extended":
        found = found.exclude(extended_until=None)
    elif which == "moderated":
        found = found.filter(is_moderated=True)
    else:
        which = ""
    page = Paginator(found.order_by("school__name", "number"), _ON_A_PAGE).get_page(request.GET.get("page"))
    asked = {key: value for key, value in (("name", name), ("which", which)) if value}
    context = {
        "at": at, "page": page, "form": form, "which": which, "is_filtered": bool(asked),
        "page_href": f"?{urlencode(asked)}&page=",
    }  # fmt: skip
    return render(request, "agency/dates/schools.html", context)


@of_school(Permission.SEE_COUNTRY)
@require_safe
def school(request: HttpRequest, at: SchoolVisit) -> HttpResponseBase:
    """Show the dates of a school, and the way to its registers."""
    found = at.gateway_return
    context = {
        "at": at,
        "found": found,
        "dates": dates_for(at.collection, found, authority_settings(found)),
        "may_run": at.may(Permission.RUN_COLLECTION),
    }
    return render(request, "agency/dates/school.html", context)


@of_school(Permission.RUN_COLLECTION)
def extend(request: HttpRequest, at: SchoolVisit) -> HttpResponseBase:
    """Let a school send longer."""
    form = ExtendForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        school_dates.extend(at.gateway_return, form.until, form.cleaned_data["reason"], by=at.person)
        messages.success(request, f"{at.gateway_return.school} can send longer.")
        return redirect(at.to("agency:school"))
    return render(request, "agency/dates/extend.html", {"at": at, "form": form}, status=422 if form.errors else 200)


@of_school(Permission.RUN_COLLECTION)
def end_extension(request: HttpRequest, at: SchoolVisit) -> HttpResponseBase:
    """Take an extension back, after a question."""
    if request.method == "POST":
        school_dates.end_extension(at.gateway_return, by=at.person)
        messages.success(request, f"{at.gateway_return.school} has the dates of all schools again.")
        return redirect(at.to("agency:school"))
    return render(request, "agency/dates/end_extension.html", {"at": at})


@of_school(Permission.RUN_COLLECTION)
def moderated(request: HttpRequest, at: SchoolVisit) -> HttpResponseBase:
    """Note that a school is moderated, and when."""
    found = at.gateway_return
    now = {"moderated": "yes" if found.is_moderated else "no", "visit_on": found.visit_on}
    form = ModeratedForm(request.POST if request.method == "POST" else None, initial=now)
    if request.method == "POST" and form.is_valid():
        school_dates.note_moderation(
            found, form.cleaned_data["visit_on"], is_moderated=form.cleaned_data["moderated"] == "yes", by=at.person,
            noted_by=at.organisation,
        )  # fmt: skip
        messages.success(request, "Noted.")
        return redirect(at.to("agency:school"))
    return render(request, "agency/dates/moderated.html", {"at": at, "form": form}, status=422 if form.errors else 200)


urlpatterns = [
    path("", dates, name="dates"),
    path("move/", move, name="dates-move"),
    path("close/", close, name="dates-close"),
    path("reopen/", reopen, name="dates-reopen"),
    path("single-pupils/", single_pupils, name="single-pupils"),
    path("schools/", schools, name="dates-schools"),
]
school_urlpatterns = [
    path("", school, name="school"),
    path("extend/", extend, name="extend"),
    path("end-extension/", end_extension, name="end-extension"),
    path("moderated/", moderated, name="moderated"),
]
