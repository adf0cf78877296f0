"""Words and attendance for reports for parents from a file, and the sheet to fill in."""

from io import BytesIO

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from keystage.service.accounts.roles import Permission
from keystage.service.design.attachment import attachment
from keystage.service.design.size import small_enough
from keystage.service.design.words import plural
from keystage.service.school.forms.incoming import FileForm
from keystage.service.school.models import Incoming
from keystage.service.school.models.files import IncomingKind
from keystage.service.school.presenters.report_sheet import rows_of
from keystage.service.school.presenters.report_words import FIELD_WORDS
from keystage.service.school.reports import Reports
from keystage.service.school.services.downloads import record_download
from keystage.service.school.services.incoming import bring_in
from keystage.service.school.services.report_import import accept
from keystage.service.school.services.report_import_plan import plan
from keystage.service.school.views.incoming_refusals import preview_of
from keystage.service.school.views.incoming_uploads import REPORTS, href_of
from keystage.service.school.views.reports_whose import classes_to_write
from keystage.service.school.views.visiting import YearVisit, of_year
from keystage.sheets.report_texts import write_report_texts

_KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@small_enough
@of_year(Permission.WRITE_REPORTS)
def upload(request: HttpRequest, at: YearVisit) -> HttpResponseBase:
    """Bring a file of words and attendance in, to be looked at first."""
    asked = {"accept": REPORTS.accept, "hint": REPORTS.hint}
    form = FileForm(request.POST, request.FILES, **asked) if request.method == "POST" else FileForm(**asked)
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        made = bring_in(at.school_return, REPORTS.kind, file.name, file.read(), by=at.person)
        return redirect(href_of(at, REPORTS.preview, made.key))
    earlier = Incoming.objects.filter(school_return=at.school_return, kind=REPORTS.kind).select_related("file", "by")
    shown = {
        "at": at,
        "asked": REPORTS,
        "form": form,
        "earlier": earlier.order_by("-id")[:5],
        "back_href": href_of(at, "reports"),
        "back_text": "Reports",
    }
    return render(request, "school/reports/import.html", shown)


@of_year(Permission.WRITE_REPORTS)
@preview_of(IncomingKind.REPORTS)
def preview(request: HttpRequest, at: YearVisit, incoming: Incoming) -> HttpResponseBase:
    """Show what a file would write, and accept it."""
    classes = classes_to_write(at)
    if request.method == "POST":
        seen, ticked = request.POST.get("seen", ""), request.POST.getlist("take")
        taken = accept(incoming, ticked, seen=seen, by=at.person, classes=classes)
        left = f" {plural(taken.left, 'pupil')} left as before." if taken.left else ""
        messages.success(request, f"Words for {plural(taken.pupils, 'pupil')} accepted.{left}")
        return redirect(href_of(at, "reports"))
    shown = {
        "at": at,
        "incoming": incoming,
        "plan": plan(incoming, at.school_return, classes),
        "words": FIELD_WORDS,
        "back_href": href_of(at, REPORTS.upload),
        "back_text": REPORTS.heading,
    }
    return render(request, "school/reports/import_preview.html", shown)


@never_cache
@of_year(Permission.WRITE_REPORTS)
@require_safe
def sheet(request: HttpRequest, at: YearVisit, kind: str) -> HttpResponse:
    """Give the sheet to fill in: the pupils, with what is written already."""
    if kind not in _KINDS:
        raise Http404
    sink = BytesIO()
    write_report_texts(rows_of(Reports(at.records), classes_to_write(at)), sink, kind=kind)
    name = f"report-words-{at.school_return.year}.{kind}"
    record_download(at.school_return, name, by=at.person)
    return attachment(name, sink.getvalue(), _KINDS[kind])


urlpatterns = [
    path("import/", upload, name="report-import"),
    path("import/sheet.<str:kind>", sheet, name="report-sheet"),
    path("import/<str:key>/", preview, name="report-import-preview"),
]
