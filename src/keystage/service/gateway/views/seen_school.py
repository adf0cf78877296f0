"""What an authority, a trust and the agency see alike of one school's return: a file, a receipt, and asking to send."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from keystage.service.config.refusals import NotAllowedNow
from keystage.service.gateway.forms.country import AskForm
from keystage.service.gateway.models import GatewayReturn, Submission
from keystage.service.gateway.presenters.found import kinds_in
from keystage.service.gateway.presenters.outcome import is_too_late
from keystage.service.gateway.presenters.receipts import receipt_shown
from keystage.service.gateway.presenters.seen import file_line
from keystage.service.gateway.services.resending import ask_to_send_again
from keystage.service.gateway.views.receipts import receipt_as_pdf, receipt_of
from keystage.service.gateway.views.visiting import CollectionVisit


@dataclass(frozen=True, slots=True)
class SchoolPages:
    """The pages of one side, by their names; who may use them and which return it is, is looked at before."""

    school: str
    receipt: str
    receipt_pdf: str
    for_agency: bool = False

    def back(self, at: CollectionVisit, found: GatewayReturn) -> str:
        """Return the address of the page of the school."""
        return at.to(self.school, key=found.key)

    def show_file(self, request: HttpRequest, at: CollectionVisit, found: GatewayReturn, key: str) -> HttpResponse:
        """Show what was found in one file.

        Raises:
            Http404: the return has none with this key.
        """
        files = Submission.objects.filter(gateway_return=found, key=key).select_related("file__organisation", "by")
        submission = files.first()
        if submission is None:
            raise Http404
        submission.gateway_return = found
        shown = {
            "at": at,
            "found": found,
            "line": file_line(submission),
            "kinds": kinds_in(submission.report),
            "is_too_late": is_too_late(submission),
            "for_agency": self.for_agency,
            "back_href": self.back(at, found),
        }
        return render(request, "gateway/seen_file.html", shown)

    def ask(self, request: HttpRequest, at: CollectionVisit, found: GatewayReturn) -> HttpResponse:
        """Ask the school to send again."""
        form = AskForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                ask_to_send_again(found, form.cleaned_data["reason"], by=at.person, asked_for=at.organisation)
            except NotAllowedNow as refused:
                form.add_error(None, str(refused))  # said here, so that the reason is not lost
            else:
                messages.success(request, f"{found.school} has been asked to send again, by email.")
                return redirect(self.back(at, found))
        shown = {"at": at, "found": found, "form": form, "back_href": self.back(at, found)}
        return render(request, "gateway/seen_ask.html", shown)

    def show_receipt(
        self, request: HttpRequest, at: CollectionVisit, found: GatewayReturn, number: str
    ) -> HttpResponse:
        """Show a receipt, as the school has it."""
        shown = {
            "at": at,
            "shown": receipt_shown(receipt_of(found, number)),
            "pdf_href": at.to(self.receipt_pdf, key=found.key, number=number),
            "back_href": self.back(at, found),
            "back_text": found.school.name,
        }
        return render(request, "gateway/receipt_seen.html", shown)

    def give_receipt(
        self, request: HttpRequest, at: CollectionVisit, found: GatewayReturn, number: str
    ) -> HttpResponse:
        """Give a receipt as a PDF, as the school has it."""
        page = at.to(self.receipt, key=found.key, number=number)
        return receipt_as_pdf(request, receipt_of(found, number), at.person, page)
