"""Marking as right what a school reported as wrong: the page that an authority and the agency share."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from keystage.service.config.refusals import NotAllowedNow
from keystage.service.gateway.forms.reporting import RightForm
from keystage.service.gateway.models import CorrectionRequest, GatewayReturn
from keystage.service.gateway.presenters.provisional_report import may_be_read, request_shown
from keystage.service.gateway.services.correction_requests import mark_as_right
from keystage.service.gateway.views.visiting import CollectionVisit


def right_page(
    request: HttpRequest, at: CollectionVisit, found: GatewayReturn, key: str, *, results: bool, back: tuple[str, str]
) -> HttpResponse:
    """Show a request, and take why it is right.

    Args:
        request: what is asked.
        at: by whom.
        found: the school's return.
        key: of what the school reported.
        results: whether the person may see results: what is said of a test is answered by those alone.
        back: the address and the words of the way back.

    Raises:
        Http404: the school has reported nothing with this key.
        NotAllowedNow: it is of a test, and the person may not see results.
    """
    reported = CorrectionRequest.objects.filter(gateway_return=found, key=key)
    one = reported.select_related("gateway_return__school", "gateway_return__collection", "opened_by").first()
    if one is None:
        raise Http404
    if not may_be_read(one, results=results):
        raise NotAllowedNow("What a school says of a result is answered by somebody who may see results.")
    form = RightForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            mark_as_right(one, form.cleaned_data["because"], by=at.person, asked_for=at.organisation)
        except NotAllowedNow as refused:
            form.add_error(None, str(refused))  # said here, so that the reason is not lost
        else:
            messages.success(request, f"It is marked as right, and {found.school} is told by email.")
            return redirect(back[0])
    shown = {
        "at": at,
        "form": form,
        "shown": request_shown(one, results=results),
        "back_href": back[0],
        "back_text": back[1],
    }
    return render(request, "gateway/report/right.html", shown)
