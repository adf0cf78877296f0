"""One school's return, as its authority or its trust sees it; asking the school to send again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_safe

from keystage.service.accounts.roles import Permission
from keystage.service.authority.forms.asking import ReasonForm
from keystage.service.authority.views.visiting import of_authority, of_schools, own_settings, return_at
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.gateway.models import Submission
from keystage.service.gateway.presenters.found import kinds_in
from keystage.service.gateway.presenters.moderation import moderation_of
from keystage.service.gateway.presenters.provisional_report import reported_of
from keystage.service.gateway.presenters.receipts import receipt_shown
from keystage.service.gateway.presenters.seen import file_line, seen
from keystage.service.gateway.services.resending import ask_to_send_again
from keystage.service.gateway.views.receipts import receipt_as_pdf, receipt_of
from keystage.service.gateway.views.visiting import CollectionVisit


@of_schools()
@require_safe
def school(request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponse:
    """Show a school's return: its numbers by name, its files, what was found, its receipts."""
    shown = seen(return_at(at, key), own_settings(at))
    may_ask = at.may(Permission.UPLOAD_FOR_SCHOOLS) and bool(shown.files) and shown.dates.is_open
    context = {
        "at": at, "seen": shown, "may_ask": may_ask,
        "reported": reported_of(shown.found, results=at.may(Permission.TAKE_RESULTS)),
        "moderation": moderation_of(shown.found),
        "may_answer": at.may(Permission.ANSWER_CORRECTIONS), "may_see_figures": at.may(Permission.SEE_FIGURES),
    }  # fmt: skip
    return render(request, "authority/school.html", context)


@of_schools()
@require_safe
def file(request: HttpRequest, at: CollectionVisit, key: str, file: str) -> HttpResponse:
    """Show what was found in one file of a school."""
    returned = return_at(at, key)
    found = Submission.objects.filter(gateway_return=returned, key=file).select_related("file__organisation", "by")
    submission = found.first()
    if submission is None:
        raise Http404
    kinds = kinds_in(submission.report)
    shown = {"at": at, "found": returned, "line": file_line(submission), "kinds": kinds}
    return render(request, "authority/file.html", shown)


@of_authority(Permission.UPLOAD_FOR_SCHOOLS)
def ask(request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponse:
    """Ask a school to send again."""
    found = return_at(at, key)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_to_send_again(found, form.cleaned_data["reason"], by=at.person, asked_for=at.organisation)
        except NotAllowedNow as refused:
            form.add_error(None, str(refused))  # said here, so that the reason is not lost
        else:
            messages.success(request, f"{found.school} has been asked to send again, by email.")
            return redirect(at.to("authority:school", key=key))
    return render(request, "authority/ask.html", {"at": at, "found": found, "form": form})


@of_schools()
@require_safe
def receipt(request: HttpRequest, at: CollectionVisit, key: str, number: str) -> HttpResponse:
    """Show a receipt, as the school has it."""
    found = receipt_of(return_at(at, key), number)
    pdf = at.to("authority:receipt-pdf", key=key, number=number)
    back = at.to("authority:school", key=key)
    shown = {"at": at, "shown": receipt_shown(found), "pdf_href": pdf, "back_href": back}
    return render(request, "gateway/receipt_seen.html", {**shown, "back_text": found.gateway_return.school.name})


@of_schools()
@require_safe
def receipt_pdf(request: HttpRequest, at: CollectionVisit, key: str, number: str) -> HttpResponse:
    """Give a receipt as a PDF, as the school has it."""
    found = receipt_of(return_at(at, key), number)
    return receipt_as_pdf(request, found, at.person, at.to("authority:receipt", key=key, number=number))


urlpatterns = [
    path("", school, name="school"),
    path("ask/", ask, name="ask"),
    path("file/<str:file>/", file, name="file"),
    path("receipt/<str:number>/", receipt, name="receipt"),
    path("receipt/<str:number>/pdf/", receipt_pdf, name="receipt-pdf"),
]
