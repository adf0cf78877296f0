"""What an authority's schools have sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.accounts.visit import Visit, needs
from keystage.service.gateway.queries import collections_of, returns_of_authority
from keystage.service.gateway.views.visiting import CollectionVisit, of_collection


@needs(Permission.SEE_SCHOOLS, OrganisationKind.AUTHORITY)
@require_safe
def collections(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the collections."""
    return render(request, "authority/collections.html", {"collections": collections_of(visit.organisation)})


@of_collection(Permission.SEE_SCHOOLS, OrganisationKind.AUTHORITY, back="authority:schools")
@require_safe
def schools(request: HttpRequest, at: CollectionVisit) -> HttpResponse:
    """Show the authority's schools, each with the state of its return."""
    return render(
        request, "authority/schools.html", {"at": at, "returns": returns_of_authority(at.collection, at.organisation)}
    )
