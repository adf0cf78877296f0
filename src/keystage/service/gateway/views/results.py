"""Results, for those who are given them: a school, a trust, a secondary school. Files come straight from the store."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.accounts.visit import Visit, needs
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.gateway.models import FileKind
from keystage.service.gateway.presenters.results import results_page
from keystage.service.gateway.queries import collections_of
from keystage.service.gateway.services.results_releasing import Prepared, open_prepared
from keystage.service.gateway.views.visiting import CollectionVisit, ReturnVisit, of_collection, of_return

_TYPES = {
    FileKind.CSV: "text/csv; charset=utf-8",
    FileKind.CTF: "application/xml",
    FileKind.CTF_TA: "application/xml",
    FileKind.LETTERS: "application/pdf",
    FileKind.ZIP: "application/zip",
    FileKind.ZIP_TA: "application/zip",
}
_OTHERS = (OrganisationKind.TRUST, OrganisationKind.SECONDARY)


@of_return(Permission.SEE_GATEWAY)
@require_safe
def school_results(request: HttpRequest, at: ReturnVisit) -> HttpResponse:
    """Show a school its results, or when they come; those who may not download are told who may."""
    return show(request, at, "gateway:results-file")


@of_collection(Permission.TAKE_RESULTS, *_OTHERS, back="results:results")
@require_safe
def others_results(request: HttpRequest, at: CollectionVisit) -> HttpResponse:
    """Show a trust its schools' results, a secondary school those of its incoming Year 7, or when they come."""
    return show(request, at, "results:results-file")


def show(request: HttpRequest, at: CollectionVisit, download: str) -> HttpResponse:
    """Return the page with an organisation's results; ``download`` names the address of a file."""
    may_take = at.may(Permission.TAKE_RESULTS)
    page = results_page(at.organisation, at.collection, at.year, timezone.now(), download=download, may_take=may_take)
    return render(request, "gateway/results.html", {"at": at, "page": page, "may_take": may_take})


@needs(Permission.TAKE_RESULTS, OrganisationKind.SCHOOL)
@require_GET
def school_file(request: HttpRequest, visit: Visit, year: int, key: str) -> HttpResponseBase:
    """Give a school a file of its results."""
    return hand_out(request, visit, year, key, back="gateway:results")


@needs(Permission.TAKE_RESULTS, *_OTHERS)
@require_GET
def others_file(request: HttpRequest, visit: Visit, year: int, key: str) -> HttpResponseBase:
    """Give a trust or a secondary school a file of results."""
    return hand_out(request, visit, year, key, back="results:results")


def hand_out(request: HttpRequest, visit: Visit, year: int, key: str, *, back: str) -> HttpResponseBase:
    """Stream a prepared file from the store, few queries and nothing worked out; before its second there is none."""
    try:
        found = open_prepared(visit.organisation, year, key, by=visit.person)
    except NotAllowedNow as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse(back, kwargs={"organisation": visit.organisation.key, "year": year}))
    if found is None:
        raise Http404
    return as_download(found)


def as_download(found: Prepared) -> FileResponse:
    """Return a prepared file as an answer that is saved and never shown."""
    kind = _TYPES[FileKind(found.file.kind)]
    response = FileResponse(found.stream, as_attachment=True, filename=found.file.name, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@needs(Permission.TAKE_RESULTS, *_OTHERS)
@require_safe
def collections(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the collections whose results an organisation may have."""
    shown = {"collections": collections_of(visit.organisation), "organisation": visit.organisation}
    return render(request, "gateway/results_collections.html", shown)


urlpatterns = [
    path("", school_results, name="results"),
    path("<str:key>/", school_file, name="results-file"),
]
