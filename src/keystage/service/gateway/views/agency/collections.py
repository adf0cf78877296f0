"""The agency's collections."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.accounts.visit import Visit, needs
from keystage.service.gateway.models import Collection


@needs(Permission.SEE_COUNTRY, OrganisationKind.AGENCY)
@require_safe
def collections(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the collections."""
    found = Collection.objects.filter(is_practice=visit.organisation.is_practice).order_by("-year")
    shown = {
        "organisation": visit.organisation,
        "may_run": visit.may(Permission.RUN_COLLECTION),
        "may_give": visit.may(Permission.GIVE_DATA),
    }
    return render(request, "agency/collections.html", {"collections": found, **shown})
