"""An authority's zips of many schools' files: sending one, watching the work on it, the report on each file."""

from dataclasses import replace
from io import BytesIO

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from keystage.checks.report import report_from
from keystage.checks.workbook import write_workbook
from keystage.service.accounts.rates import FILES, slow_down
from keystage.service.accounts.roles import Permission
from keystage.service.authority.forms.asking import ZipForm
from keystage.service.authority.presenters.uploads import line, shown, summary
from keystage.service.authority.views.visiting import of_authority
from keystage.service.design.attachment import attachment
from keystage.service.design.size import small_enough
from keystage.service.gateway.models import AuthorityUpload
from keystage.service.gateway.queries import members_of, uploads_of
from keystage.service.gateway.services.uploads import carry_on, receive_zip
from keystage.service.gateway.views.visiting import CollectionVisit

_MAY = of_authority(Permission.UPLOAD_FOR_SCHOOLS)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@small_enough
@_MAY
def uploads(request: HttpRequest, at: CollectionVisit) -> HttpResponse:
    """Take a zip; list those that were sent."""
    form = ZipForm()
    if request.method == "POST":
        form = ZipForm(request.POST, request.FILES)
        if form.is_valid():
            slow_down(at.person, "sent", "file", FILES)
            file = form.cleaned_data["file"]
            made = receive_zip(at.collection, at.organisation, file.name, file.read(), by=at.person)
            return redirect(at.to("authority:upload", key=made.key))
    earlier = [summary(each) for each in uploads_of(at.collection, at.organisation)[:50]]
    return render(request, "authority/uploads.html", {"at": at, "form": form, "earlier": earlier})


@_MAY
@require_safe
def upload(request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponse:
    """Show how far a zip has been worked through, and what became of each file in it."""
    found = _upload(at, key)
    return render(request, "authority/upload.html", {"at": at, "upload": shown(found, members_of(found))})


@_MAY
@require_safe
def report(request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponse:
    """Give the reports on all files of a zip as one Excel workbook."""
    found = _upload(at, key)
    members = list(members_of(found).defer(None))
    reports = [replace(report_from(each.submission.report), file=each.name) for each in members if each.submission]
    left_out = [(each.name, line(each).words) for each in members if each.submission is None]
    sink = BytesIO()
    write_workbook(reports, sink, left_out=[*left_out, *([(found.file.name, found.fault)] if found.fault else [])])
    return attachment(f"{found.file.name.removesuffix('.zip')}-report.xlsx", sink.getvalue(), _XLSX)


@_MAY
@require_POST
def go_on(request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponse:
    """Work on through a zip whose work has stopped."""
    found = _upload(at, key)
    carry_on(found)
    messages.success(request, "The work goes on where it was left. Nothing is done twice.")
    return redirect(at.to("authority:upload", key=found.key))


def _upload(at: CollectionVisit, key: str) -> AuthorityUpload:
    found = uploads_of(at.collection, at.organisation).filter(key=key).first()
    if found is None:
        raise Http404
    return found


urlpatterns = [
    path("", uploads, name="uploads"),
    path("<str:key>/", upload, name="upload"),
    path("<str:key>/report.xlsx", report, name="upload-report"),
    path("<str:key>/go-on/", go_on, name="upload-go-on"),
]
