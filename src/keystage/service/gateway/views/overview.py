"""A school's return at the gateway: where it stands, and what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.accounts.visit import Visit, needs
from keystage.service.gateway.models import GatewayReturn
from keystage.service.gateway.views.visiting import ReturnVisit, of_return


@needs(Permission.SEE_GATEWAY, OrganisationKind.SCHOOL)
@require_safe
def collections(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the collections that a school takes part in."""
    found = GatewayReturn.objects.filter(school=visit.organisation).select_related("collection")
    shown = {"returns": found.order_by("-collection__year"), "organisation": visit.organisation}
    return render(request, "gateway/collections.html", shown)


@of_return(Permission.SEE_GATEWAY)
@require_safe
def overview(request: HttpRequest, at: ReturnVisit) -> HttpResponse:
    """Show where a return stands."""
    return render(request, "gateway/overview.html", {"at": at, "found": at.gateway_return})
