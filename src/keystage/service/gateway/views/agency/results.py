"""The operator's pages of results: load, check, prepare, release, withdraw."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.words import moment_words
from keystage.service.gateway.forms.results import LoadForm, PrepareForm, TimeForm, WithdrawForm
from keystage.service.gateway.models import Release, SchoolResults
from keystage.service.gateway.presenters.releases import ReleasePage, releases_rows, school_rows, schools_of
from keystage.service.gateway.services.results_loading import load
from keystage.service.gateway.services.results_preparing import prepare
from keystage.service.gateway.services.results_releasing import set_time, start_again, withdraw
from keystage.service.gateway.views.visiting import CollectionVisit, of_collection

_A_PAGE = 50
_operator = of_collection(Permission.RELEASE_RESULTS, OrganisationKind.AGENCY, back="agency:results")


def release_of(at: CollectionVisit, key: str) -> Release:
    """Return a release of the collection, or say that there is no such page."""
    found = Release.objects.select_related("collection", "file", "loaded_by", "revises").filter(
        collection=at.collection, key=key
    )
    release = found.first()
    if release is None:
        raise Http404
    return release


@_operator
def results(request: HttpRequest, at: CollectionVisit) -> HttpResponse:
    """List what was loaded; load a national results file."""
    form = LoadForm(request.POST, request.FILES) if request.method == "POST" else LoadForm()
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        made = load(at.collection, at.organisation, sent.name or "results.csv", sent, by=at.person)
        return redirect(at.to("agency:release", key=made.key))
    shown = {"at": at, "form": form, "rows": releases_rows(at, timezone.now())}
    return render(request, "agency/results/results.html", shown)


@_operator
def release(request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponse:
    """Show how far a release has come and what is in it; have it prepared, or started again."""
    found = release_of(at, key)
    form = PrepareForm(request.POST if request.method == "POST" else None, errors=found.errors)
    if request.method == "POST":
        return _do(request, at, found, form)
    shown = {"at": at, "page": ReleasePage.of(found, timezone.now()), "release": found, "form": form}
    return render(request, "agency/results/release.html", shown)


def _do(request: HttpRequest, at: CollectionVisit, found: Release, form: PrepareForm) -> HttpResponse:
    if request.POST.get("do") == "again":
        start_again(found)
        messages.success(request, "What was left to do was started again.")
    elif form.is_valid():
        prepare(found, by=at.person, errors_seen=form.errors_seen)
        messages.success(request, "The files are being prepared.")
    return redirect(at.to("agency:release", key=found.key))


@_operator
def release_time(request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponse:
    """Set the time from which results can be had, or move it."""
    found = release_of(at, key)
    form = TimeForm(request.POST) if request.method == "POST" else TimeForm(initial=_initial(found, at))
    if request.method == "POST" and form.is_valid():
        try:
            set_time(found, at.organisation, form.moment, by=at.person)
        except NotAllowedNow as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"The results will be released on {moment_words(form.moment)}.")
            return redirect(at.to("agency:release", key=found.key))
    return render(request, "agency/results/time.html", {"at": at, "release": found, "form": form})


def _initial(found: Release, at: CollectionVisit) -> dict[str, Any]:
    """Return the time that is set, else the year's."""
    if found.release_at:
        shown = timezone.localtime(found.release_at)
        return {"on": shown.date(), "at": f"{shown:%H:%M}"}
    usual = at.year.find_date("results_released") if found.revises_id is None else None
    if usual is None:
        return {}
    return {"on": usual.date, "at": f"{usual.time:%H:%M}" if usual.time else ""}


@_operator
def release_withdraw(request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponse:
    """Take results back, with the reason."""
    found = release_of(at, key)
    form = WithdrawForm(request.POST) if request.method == "POST" else WithdrawForm()
    if request.method == "POST" and form.is_valid():
        withdraw(found, at.organisation, form.cleaned_data["reason"], by=at.person)
        messages.success(request, "The results are withdrawn.")
        return redirect(at.to("agency:release", key=found.key))
    page = ReleasePage.of(found, timezone.now())
    return render(request, "agency/results/withdraw.html", {"at": at, "release": found, "page": page, "form": form})


@_operator
@require_safe
def release_schools(request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponse:
    """List the schools of a release: those with errors, with queries, not known, or expected and not in it."""
    found = release_of(at, key)
    which, heading, all_ = schools_of(found, request.GET.get("show", ""))
    page = Paginator(all_, _A_PAGE).get_page(request.GET.get("page"))
    rows = school_rows(at, found, which, page)
    shown = {"at": at, "release": found, "which": which, "heading": heading, "rows": rows, "page": page}
    return render(request, "agency/results/schools.html", shown)


@_operator
@require_safe
def release_school(request: HttpRequest, at: CollectionVisit, key: str, number: str) -> HttpResponse:
    """Show what the checks say of a school's results."""
    found = release_of(at, key)
    part = SchoolResults.objects.filter(release=found, number=number).select_related("gateway_return__school").first()
    if part is None:
        raise Http404
    return render(request, "agency/results/school.html", {"at": at, "release": found, "part": part})


urlpatterns = [
    path("", results, name="results"),
    path("<str:key>/", release, name="release"),
    path("<str:key>/time/", release_time, name="release-time"),
    path("<str:key>/withdraw/", release_withdraw, name="release-withdraw"),
    path("<str:key>/schools/", release_schools, name="release-schools"),
    path("<str:key>/schools/<str:number>/", release_school, name="release-school"),
]
