"""The page of files to try. Anywhere but in the demonstration there is no such page."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from keystage.service.demo.files import FILES
from keystage.service.design.attachment import attachment


@require_safe
def files(request: HttpRequest) -> HttpResponse:
    """List the files to try."""
    if not settings.DEMO:
        raise Http404
    return render(request, "demo/files.html", {"files": FILES.values()})


@require_safe
def file(request: HttpRequest, name: str) -> HttpResponse:
    """Give a file to try."""
    if not settings.DEMO or name not in FILES:
        raise Http404
    return attachment(name, FILES[name].make(), "application/octet-stream")


app_name = "demo"

urlpatterns = [path("", files, name="files"), path("<str:name>", file, name="file")]
