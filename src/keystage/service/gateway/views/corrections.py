"""What was put right at the gateway, to be put right in the school's own records too."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from keystage.service.accounts.roles import Permission
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.attachment import attachment
from keystage.service.design.words import plural
from keystage.service.gateway.models import Correction
from keystage.service.gateway.presenters.corrections import corrections_of
from keystage.service.gateway.services.correcting import mark_done
from keystage.service.gateway.services.downloads import corrections_file, template_taken
from keystage.service.gateway.views.visiting import ReturnVisit, of_return


@of_return(Permission.SEE_GATEWAY)
@require_safe
def corrections(request: HttpRequest, at: ReturnVisit) -> HttpResponse:
    """List what is to be put right, and what is done."""
    shown = {
        "at": at,
        "open": corrections_of(at.gateway_return, done=False),
        "done": corrections_of(at.gateway_return, done=True),
        "may_mark": at.may(Permission.SUBMIT),
    }
    return render(request, "gateway/corrections.html", shown)


@of_return(Permission.SUBMIT)
@require_POST
def done(request: HttpRequest, at: ReturnVisit) -> HttpResponse:
    """Mark one correction as done, or all of them."""
    keys = request.POST.getlist("correction")
    if request.POST.get("all"):
        waiting = Correction.objects.filter(gateway_return=at.gateway_return, done_at=None)
        keys = list(waiting.values_list("key", flat=True))
    try:
        count = mark_done(at.gateway_return, keys, by=at.person)
        messages.success(request, f"{plural(count, 'correction')} marked as done in your records.")
    except NotAllowedNow as refused:
        messages.error(request, str(refused))
    return redirect(at.to("gateway:corrections"))


@of_return(Permission.SUBMIT)
@require_safe
def file(request: HttpRequest, at: ReturnVisit) -> HttpResponse:
    """Give a Common Transfer File of just these pupils, for the school's own records."""
    try:
        name, content = corrections_file(at.gateway_return)
    except NotAllowedNow as refused:
        messages.error(request, str(refused))
        return redirect(at.to("gateway:corrections"))
    template_taken(at.gateway_return, name, by=at.person)
    return attachment(name, content, "application/xml")


urlpatterns = [
    path("", corrections, name="corrections"),
    path("done/", done, name="corrections-done"),
    path("file/", file, name="corrections-file"),
]
