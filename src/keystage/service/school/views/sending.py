"""Recording that a file was uploaded, sending it directly, and its receipt."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from keystage.checks.london import london_time
from keystage.service.accounts.roles import Permission
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.attachment import attachment
from keystage.service.design.posted import posted
from keystage.service.school.forms.exports import ReceiptForm, UploadedForm
from keystage.service.school.models import Export
from keystage.service.school.services.files import content_of
from keystage.service.school.services.gateway_tokens import token_for
from keystage.service.school.services.sent import keep_receipt, send_directly, uploaded_by_hand
from keystage.service.school.views.export_files import export_of
from keystage.service.school.views.visiting import YearVisit, of_year


def _log(at: YearVisit, export: Export) -> HttpResponse:
    return redirect("school:export", organisation=at.school.key, year=at.school_return.year, key=export.key)


@of_year(Permission.EXPORT)
def uploaded(request: HttpRequest, at: YearVisit, key: str) -> HttpResponse:
    """Record that the file was uploaded by hand."""
    export = export_of(at, key)
    now = london_time(timezone.now())
    start = {"on": f"{now.day}/{now.month}/{now.year}", "at": f"{now:%H:%M}"}
    form = UploadedForm(*posted(request), initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            uploaded_by_hand(export, at=form.moment, words=form.cleaned_data["words"], receipt=form.file, by=at.person)
        except NotAllowedNow as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"It is recorded that {export} was uploaded.")
            return _log(at, export)
    back = reverse("school:export", kwargs={**_where(at), "key": export.key})
    return render(
        request, "school/exports/uploaded.html", {"at": at, "export": export, "form": form, "back_href": back}
    )


def _where(at: YearVisit) -> dict[str, object]:
    return {"organisation": at.school.key, "year": at.school_return.year}


@of_year(Permission.EXPORT)
@require_POST
def send(request: HttpRequest, at: YearVisit, key: str) -> HttpResponse:
    """Send the file to the gateway that is set up."""
    export = export_of(at, key)
    try:
        gateway = settings.ENVIRONMENT.gateway_for(at.school_return.year)
        receipt = send_directly(export, gateway, token=token_for(at.school), by=at.person)
        messages.success(request, f"The gateway has the file. Its receipt is {receipt.number}. {receipt.message}")
    except NotAllowedNow as refused:
        messages.error(request, str(refused))
    return _log(at, export)


@of_year(Permission.EXPORT)
def receipt(request: HttpRequest, at: YearVisit, key: str) -> HttpResponse:
    """Give the receipt, or keep one that came later."""
    export = export_of(at, key)
    if request.method == "POST":
        return _keep(request, at, export)
    if export.receipt is None:
        raise Http404
    try:
        return attachment(export.receipt.name, content_of(export.receipt), "application/octet-stream")
    except OSError:
        messages.error(request, f"The receipt {export.receipt} is not in the store any more.")
        return _log(at, export)


def _keep(request: HttpRequest, at: YearVisit, export: Export) -> HttpResponse:
    form = ReceiptForm(request.POST, request.FILES)
    found = form.file if form.is_valid() else None
    if found:
        try:
            keep_receipt(export, found, by=at.person)
            messages.success(request, f"The receipt {found.name} is kept.")
        except NotAllowedNow as refused:
            messages.error(request, str(refused))
    else:
        problem = next((error for errors in form.errors.values() for error in errors), "Choose the file of the receipt")
        messages.error(request, str(problem))
    return _log(at, export)
