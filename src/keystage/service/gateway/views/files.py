"""Sending files to the gateway, and what became of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_safe

from keystage.service.accounts.rates import FILES, slow_down
from keystage.service.accounts.roles import Permission
from keystage.service.gateway.models import Route, Submission
from keystage.service.gateway.services.checking import check
from keystage.service.gateway.services.receiving import Arrival, receive
from keystage.service.gateway.views.visiting import ReturnVisit, of_return


@of_return(Permission.SEE_GATEWAY)
@require_safe
def files(request: HttpRequest, at: ReturnVisit) -> HttpResponse:
    """List the files that were sent, the latest first."""
    found = Submission.objects.filter(gateway_return=at.gateway_return).select_related("file", "by")
    return render(request, "gateway/files.html", {"at": at, "submissions": found.order_by("-serial")})


@of_return(Permission.SUBMIT)
def send(request: HttpRequest, at: ReturnVisit) -> HttpResponse:
    """Take a file, check it, and show what came of it."""
    sent = request.FILES.get("file")
    if sent is None:
        return render(request, "gateway/send.html", {"at": at, "is_missing": request.method == "POST"})
    slow_down(at.person, "sent", "file", FILES)
    arrival = Arrival(sent.name or "", sent.read(), at.organisation, at.person, Route.BROWSER)
    found = check(receive(at.gateway_return, arrival), by=at.person)
    return redirect(at.to("gateway:file", key=found.key))


@of_return(Permission.SEE_GATEWAY)
@require_safe
def file(request: HttpRequest, at: ReturnVisit, key: str) -> HttpResponse:
    """Show what became of a file."""
    found = Submission.objects.filter(gateway_return=at.gateway_return, key=key).select_related("file", "by").first()
    if found is None:
        raise Http404
    return render(request, "gateway/file.html", {"at": at, "submission": found})


urlpatterns = [
    path("", files, name="files"),
    path("send/", send, name="send"),
    path("<str:key>/", file, name="file"),
]
