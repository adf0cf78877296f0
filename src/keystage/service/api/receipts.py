"""Receipts: proof that a return was accepted."""

from django.http import Http404, HttpRequest
from ninja import Router

from keystage.service.accounts.models import Scope
from keystage.service.api import shapes
from keystage.service.api.addresses import Number, Year
from keystage.service.api.asking import return_of
from keystage.service.api.bearer import Token
from keystage.service.gateway.models import Receipt

router = Router(tags=["Receipts"], auth=Token(Scope.SEND))


@router.get(
    "/returns/{int:year}/receipts/{str:number}", response=shapes.Receipt, url_name="receipt", summary="Read a receipt"
)
def read_receipt(request: HttpRequest, year: Year, number: Number) -> shapes.Receipt:
    """Return a receipt as it was given: counts, fingerprint, and each pupil with codes and state."""
    found = (
        Receipt.objects.filter(gateway_return=return_of(request, year), number=number.upper())
        .select_related("by")
        .first()
    )
    if found is None:
        raise Http404
    return shapes.Receipt(
        number=found.number, at=found.at, by=str(found.by) if found.by else None, fingerprint=found.fingerprint,
        content=shapes.ReceiptContent(**found.content),
    )  # fmt: skip
