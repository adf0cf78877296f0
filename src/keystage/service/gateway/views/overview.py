"""A school's return at the gateway: where it stands, and what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.accounts.visit import Visit, needs
from keystage.service.gateway.models import GatewayReturn, Submission
from keystage.service.gateway.presenters.dates import dates_for
from keystage.service.gateway.presenters.standing import standing
from keystage.service.gateway.presenters.states import COLOURS, stage_words
from keystage.service.gateway.views.visiting import ReturnVisit, of_return


@needs(Permission.SEE_GATEWAY, OrganisationKind.SCHOOL)
@require_safe
def collections(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the collections that a school takes part in."""
    found = GatewayReturn.objects.filter(school=visit.organisation).select_related("collection")
    shown = {
        "returns": found.order_by("-collection__year"),
        "organisation": visit.organisation,
        "colours": COLOURS,
    }
    return render(request, "gateway/collections.html", shown)


@of_return(Permission.SEE_GATEWAY)
@require_safe
def overview(request: HttpRequest, at: ReturnVisit) -> HttpResponse:
    """Show where a return stands, and the one thing to do next."""
    found = at.gateway_return
    sent = Submission.objects.filter(gateway_return=found).select_related("file", "by")
    latest = sent.order_by("-serial").first()
    shown = {
        "at": at,
        "found": found,
        "standing": standing(at),
        "dates": dates_for(at.collection, found, at.authority),
        "latest": latest,
        "latest_words": stage_words(latest.stage) if latest else "",
        "latest_colour": COLOURS[latest.stage] if latest else "",
        "receipt": found.receipts.order_by("-at", "-pk").first(),
        "may_send": at.may(Permission.SUBMIT) and at.dates.is_open,
    }
    return render(request, "gateway/overview.html", shown)
