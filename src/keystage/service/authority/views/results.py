"""An authority's results: those of its schools, once they are released."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.views.decorators.http import require_GET, require_safe

from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.accounts.visit import Visit, needs
from keystage.service.gateway.views.results import hand_out, show
from keystage.service.gateway.views.visiting import CollectionVisit, of_collection


@of_collection(Permission.TAKE_RESULTS, OrganisationKind.AUTHORITY, OrganisationKind.TRUST, back="authority:schools")
@require_safe
def results(request: HttpRequest, at: CollectionVisit) -> HttpResponse:
    """Show an authority the results of its schools, or when they come."""
    return show(request, at, "authority:results-file")


@needs(Permission.TAKE_RESULTS, OrganisationKind.AUTHORITY, OrganisationKind.TRUST)
@require_GET
def file(request: HttpRequest, visit: Visit, year: int, key: str) -> HttpResponseBase:
    """Give an authority a file of its schools' results."""
    return hand_out(request, visit, year, key, back="authority:results")


urlpatterns = [
    path("", results, name="results"),
    path("<str:key>/", file, name="results-file"),
]
