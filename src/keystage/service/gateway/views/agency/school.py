"""One school's return, as the agency sees it: everything; asking it to send again, and removing what counts."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_safe

from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.gateway.dates import authority_settings
from keystage.service.gateway.forms.country import RemoveForm
from keystage.service.gateway.models import Correction, GatewayReturn
from keystage.service.gateway.presenters.moderation import moderation_of
from keystage.service.gateway.presenters.provisional_report import reported_of
from keystage.service.gateway.presenters.seen import seen
from keystage.service.gateway.queries import returns_in
from keystage.service.gateway.services.removing import remove_return
from keystage.service.gateway.views.agency.elsewhere import elsewhere
from keystage.service.gateway.views.seen_school import SchoolPages
from keystage.service.gateway.views.visiting import CollectionVisit, of_collection

_MAY_SEE = of_collection(Permission.SEE_COUNTRY, OrganisationKind.AGENCY, back="agency:schools")
_MAY_ASK = of_collection(Permission.ANSWER_SCHOOLS, OrganisationKind.AGENCY, back="agency:schools")
_PAGES = SchoolPages("agency:school-return", "agency:school-receipt", "agency:school-receipt-pdf", for_agency=True)
_MAY_REMOVE = of_collection(Permission.RUN_COLLECTION, OrganisationKind.AGENCY, back="agency:schools")


def return_in(at: CollectionVisit, key: str) -> GatewayReturn:
    """Return the return with a key, with the report on its latest file.

    Raises:
        Http404: the collection has none.
    """
    found = returns_in(at.collection).defer(None).filter(key=key)
    one = found.select_related("school", "latest__file", "counting", "collection", "registration_submitted_by",
                               "declared_by").first()  # fmt: skip
    if one is None:
        raise Http404
    return one


@_MAY_SEE
@require_safe
def school(request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponse:
    """Show everything of a school's return."""
    found = return_in(at, key)
    shown = seen(found, authority_settings(found))
    corrections = Correction.objects.filter(gateway_return=found).select_related("held", "by").order_by("-pk")
    context = {
        "at": at,
        "seen": shown,
        "pages": {"file": "agency:school-file", "receipt": _PAGES.receipt},
        "moderation": moderation_of(found),
        "corrections": list(corrections),
        "reported": reported_of(found, results=at.may(Permission.RELEASE_RESULTS)),
        "elsewhere": elsewhere(at, found),
        "may_answer": at.may(Permission.ANSWER_SCHOOLS),
        "may_ask": at.may(Permission.ANSWER_SCHOOLS) and bool(shown.files) and shown.dates.is_open,
        "may_remove": at.may(Permission.RUN_COLLECTION) and found.accepted > 0,
        "may_audit": at.may(Permission.SEE_AUDIT),
    }
    return render(request, "agency/school.html", context)


@_MAY_SEE
@require_safe
def file(request: HttpRequest, at: CollectionVisit, key: str, file: str) -> HttpResponse:
    """Show what was found in one file."""
    return _PAGES.show_file(request, at, return_in(at, key), file)


@_MAY_ASK
def ask(request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponse:
    """Ask a school to send again."""
    return _PAGES.ask(request, at, return_in(at, key))


@_MAY_REMOVE
def remove(request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponse:
    """Remove everything that counts of a school's return, with a reason."""
    found = return_in(at, key)
    form = RemoveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            remove_return(found, form.cleaned_data["reason"], by=at.person)
        except NotAllowedNow as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"The return of {found.school} has been removed. Nothing of it counts now.")
            return redirect(at.to("agency:school-return", key=key))
    return render(request, "agency/remove.html", {"at": at, "found": found, "form": form})


@_MAY_SEE
@require_safe
def receipt(request: HttpRequest, at: CollectionVisit, key: str, number: str) -> HttpResponse:
    """Show a receipt, as the school has it."""
    return _PAGES.show_receipt(request, at, return_in(at, key), number)


@_MAY_SEE
@require_safe
def receipt_pdf(request: HttpRequest, at: CollectionVisit, key: str, number: str) -> HttpResponse:
    """Give a receipt as a PDF, as the school has it."""
    return _PAGES.give_receipt(request, at, return_in(at, key), number)


urlpatterns = [
    path("", school, name="school-return"),
    path("ask/", ask, name="school-ask"),
    path("remove/", remove, name="school-remove"),
    path("file/<str:file>/", file, name="school-file"),
    path("receipt/<str:number>/", receipt, name="school-receipt"),
    path("receipt/<str:number>/pdf/", receipt_pdf, name="school-receipt-pdf"),
]
