"""Receipts, as page and as PDF."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_safe

from keystage.papers.typeset import PaperNotMade
from keystage.service.accounts.models import Person
from keystage.service.accounts.roles import Permission
from keystage.service.design.attachment import attachment
from keystage.service.gateway.models import GatewayReturn, Receipt
from keystage.service.gateway.presenters.receipts import receipt_name, receipt_paper, receipt_shown
from keystage.service.gateway.services.downloads import receipt_taken
from keystage.service.gateway.views.visiting import ReturnVisit, of_return


def receipt_of(gateway_return: GatewayReturn, number: str) -> Receipt:
    """Return a receipt of a return, or say that there is no such page."""
    found = (
        Receipt.objects.filter(gateway_return=gateway_return, number=number)
        .select_related("by", "submission__file", "gateway_return__school", "gateway_return__collection")
        .first()
    )
    if found is None:
        raise Http404
    return found


@of_return(Permission.SEE_GATEWAY)
@require_safe
def receipt(request: HttpRequest, at: ReturnVisit, number: str) -> HttpResponse:
    """Show a receipt, as it was given."""
    found = receipt_of(at.gateway_return, number)
    pdf = at.to("gateway:receipt-pdf", number=number)
    return render(request, "gateway/receipt.html", {"at": at, "shown": receipt_shown(found), "pdf_href": pdf})


@of_return(Permission.SEE_GATEWAY)
@require_safe
def receipt_pdf(request: HttpRequest, at: ReturnVisit, number: str) -> HttpResponse:
    """Give a receipt as a PDF."""
    found = receipt_of(at.gateway_return, number)
    return receipt_as_pdf(request, found, at.person, at.to("gateway:receipt", number=number))


def receipt_as_pdf(request: HttpRequest, found: Receipt, person: Person, back: str) -> HttpResponse:
    """Return a receipt as a PDF, the same for whoever takes it; where it cannot be printed, lead back and say why."""
    try:
        content = receipt_paper(found)
    except PaperNotMade as wrong:
        messages.error(request, str(wrong))
        return redirect(back)
    receipt_taken(found, by=person)
    return attachment(receipt_name(found), content, "application/pdf")


urlpatterns = [
    path("<str:number>/", receipt, name="receipt"),
    path("<str:number>/pdf/", receipt_pdf, name="receipt-pdf"),
]
