"""Sending files to the gateway, the template, and the list of what was sent."""

from typing import Literal

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_safe

from keystage.service.accounts.rates import FILES, slow_down
from keystage.service.accounts.roles import Permission
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.attachment import attachment
from keystage.service.design.posted import posted
from keystage.service.design.size import small_enough
from keystage.service.gateway.forms.sending import FileForm
from keystage.service.gateway.models import Route, Submission
from keystage.service.gateway.presenters.states import COLOURS, stage_words
from keystage.service.gateway.services.checking import check
from keystage.service.gateway.services.downloads import template_file, template_taken
from keystage.service.gateway.services.receiving import Arrival, receive
from keystage.service.gateway.views import file
from keystage.service.gateway.views.visiting import ReturnVisit, of_return

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
_AT_ONCE = 50


@of_return(Permission.SEE_GATEWAY)
@require_safe
def files(request: HttpRequest, at: ReturnVisit) -> HttpResponse:
    """List the files that were sent, the latest first."""
    found = Submission.objects.filter(gateway_return=at.gateway_return).select_related("file", "by", "receipt")
    page = Paginator(found.defer("report").order_by("-serial"), _AT_ONCE).get_page(request.GET.get("page"))
    shown = [(each, stage_words(each.stage), COLOURS[each.stage]) for each in page]
    return render(request, "gateway/files/list.html", {"at": at, "page": page, "shown": shown})


@small_enough
@of_return(Permission.SUBMIT)
def send(request: HttpRequest, at: ReturnVisit) -> HttpResponse:
    """Take a file, check it, and show what came of it. A script that sends it is told where that is."""
    form = FileForm(*posted(request))
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        arrival = Arrival(sent.name or "", sent.read(), at.organisation, at.person, Route.BROWSER)
        try:
            slow_down(at.person, "sent", "file", FILES)
            found = check(receive(at.gateway_return, arrival), by=at.person)
        except NotAllowedNow as refused:
            form.add_error(None, str(refused))
        else:
            href = at.to("gateway:file", key=found.key)
            return JsonResponse({"href": href}) if _is_script(request) else redirect(href)
    if request.method == "POST" and _is_script(request):
        return JsonResponse({"why": [str(why) for errors in form.errors.values() for why in errors]}, status=422)
    return render(request, "gateway/files/send.html", {"at": at, "form": form, "found": at.gateway_return})


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("accept", "").startswith("application/json")


@of_return(Permission.SUBMIT)
@require_safe
def template(request: HttpRequest, at: ReturnVisit, kind: Literal["xlsx", "csv"]) -> HttpResponse:
    """Give the template with the pupils who are expected in it."""
    name = f"{at.gateway_return.number} template {at.collection.year}.{kind}"
    content = template_file(at.gateway_return, kind)
    template_taken(at.gateway_return, name, by=at.person)
    return attachment(name, content, XLSX if kind == "xlsx" else CSV)


urlpatterns: list[URLPattern | URLResolver] = [
    path("", files, name="files"),
    path("send/", send, name="send"),
    path("template.xlsx", template, {"kind": "xlsx"}, name="template"),
    path("template.csv", template, {"kind": "csv"}, name="template-csv"),
    path("<str:key>/", include(file.urlpatterns)),
]
