"""Reports for parents: the list of them, making them, and handing out what was made."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, URLResolver, path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from keystage.service.accounts.roles import Permission
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.attachment import attachment
from keystage.service.design.words import join_words, plural
from keystage.service.school.forms.reports import ReportFilterForm
from keystage.service.school.models import IssuedReport
from keystage.service.school.presenters.report_list import AGAIN, MADE, NOT_MADE, Row, counted, rows_of
from keystage.service.school.report_sets import set_pdf, set_zip
from keystage.service.school.reports import Reports
from keystage.service.school.services.downloads import record_download
from keystage.service.school.services.files import content_of
from keystage.service.school.services.report_making import make_reports
from keystage.service.school.views import reports_importing, reports_settings, reports_writing
from keystage.service.school.views.visiting import YearVisit, of_year

_NAMES = 10
"""Names that a message lists."""


@of_year(Permission.SEE_RESULTS)
@require_safe
def reports(request: HttpRequest, at: YearVisit) -> HttpResponse:
    """List the reports, with what is missing and what must be made again."""
    found = Reports(at.records)
    form = ReportFilterForm(request.GET or None, classes=at.records.classes)
    class_name, show = _asked(form)
    everybody = rows_of(found)
    rows = [row for row in everybody if class_name in (None, row.class_name) and _is_shown(row, show)]
    shown = {
        "at": at,
        "form": form,
        "is_filtered": class_name is not None or bool(show),
        "rows": rows,
        "total": len(everybody),
        "counted": counted(everybody),
        "reports": found,
        "chosen": form.data.get("class_name", "") if form.is_bound else "",
        "may_write": at.may(Permission.WRITE_REPORTS),
        "may_make": at.may(Permission.ISSUE_REPORTS),
        "undecided": len(at.records.undecided),
    }
    return render(request, "school/reports/list.html", shown)


def _asked(form: ReportFilterForm) -> tuple[str | None, str]:
    """Return what is to be shown; a choice that is none of the form's shows everything."""
    if not form.is_bound or not form.is_valid():
        return None, ""
    class_name = form.cleaned_data["class_name"]
    return (class_name[1:] if class_name else None), form.cleaned_data["show"]


def _is_shown(row: Row, show: str) -> bool:
    return row.is_owed and bool(row.missing) if show == "missing" else not show or row.state == show


@of_year(Permission.ISSUE_REPORTS)
def make(request: HttpRequest, at: YearVisit) -> HttpResponseBase:
    """Say what would be made, and make it: of all, of a class, of those to be made again, of those ticked."""
    if request.method == "POST":
        return _make(request, at)
    found = Reports(at.records)
    rows = [row for row in rows_of(found) if _is_asked(row, request)]
    shown = {
        "at": at,
        "rows": rows,
        "lacking": sum(bool(row.missing) for row in rows),
        "without": [row.name for row in rows if row.is_without_results],
        "reports": found,
        **_back(at),
    }
    return render(request, "school/reports/make.html", shown)


def _is_asked(row: Row, request: HttpRequest) -> bool:
    key, class_name, which = (request.GET.get(name, "") for name in ("pupil", "class_name", "which"))
    if key:
        return row.key == key
    if not row.is_owed or (class_name and class_name != f"={row.class_name}"):
        return False
    if which == "compared":
        return row.state == MADE and not row.is_same
    return row.state == {"again": AGAIN, "new": NOT_MADE}.get(which, row.state)


def _make(request: HttpRequest, at: YearVisit) -> HttpResponseBase:
    made = make_reports(at.school_return, set(request.POST.getlist("pupil")), by=at.person)
    if made.reports:
        messages.success(request, f"{plural(len(made.reports), 'report')} made and kept.")
    if made.changed:
        names = join_words([*made.changed[:_NAMES], *(["others"] if len(made.changed) > _NAMES else [])])
        messages.warning(request, f"Changed while they were made, so make them again: {names}.")
    return redirect("school:reports", organisation=at.school.key, year=at.school_return.year)


def _back(at: YearVisit) -> dict[str, Any]:
    where = {"organisation": at.school.key, "year": at.school_return.year}
    return {"back_href": reverse("school:reports", kwargs=where), "back_text": "Reports"}


@never_cache
@of_year(Permission.ISSUE_REPORTS)
@require_safe
def made_pdf(request: HttpRequest, at: YearVisit) -> HttpResponse:
    """Give the reports that were made as one PDF to print: of all, or of a class."""
    return _given(at, *set_pdf(Reports(at.records), _class(request)), "application/pdf")


@never_cache
@of_year(Permission.ISSUE_REPORTS)
@require_safe
def made_zip(request: HttpRequest, at: YearVisit) -> HttpResponse:
    """Give the reports that were made, a file each, in a zip: of all, or of a class."""
    return _given(at, *set_zip(Reports(at.records), _class(request)), "application/zip")


def _class(request: HttpRequest) -> str | None:
    name = request.GET.get("class_name", "")
    return name[1:] if name else None


@never_cache
@of_year(Permission.ISSUE_REPORTS)
@require_safe
def made_report(request: HttpRequest, at: YearVisit, key: str, made: str) -> HttpResponse:
    """Give one report as it was made."""
    found = (
        IssuedReport.objects.filter(pupil__school_return=at.school_return, pupil__key=key, key=made)
        .select_related("file")
        .first()
    )
    if found is None:
        raise Http404
    try:
        content = content_of(found.file)
    except OSError:
        raise NotAllowedNow(f"{found.file.name} is not where it was kept any more. Make the report again.") from None
    return _given(at, found.file.name, content, "application/pdf")


def _given(at: YearVisit, name: str, content: bytes, kind: str) -> HttpResponse:
    record_download(at.school_return, name, by=at.person)
    return attachment(name, content, kind)


urlpatterns: list[URLPattern | URLResolver] = [
    path("", reports, name="reports"),
    path("make/", make, name="reports-make"),
    path("made.pdf", made_pdf, name="reports-pdf"),
    path("made.zip", made_zip, name="reports-zip"),
    *reports_settings.urlpatterns,
    *reports_importing.urlpatterns,
    path("<str:key>/made/<str:made>.pdf", made_report, name="report-made"),
    *reports_writing.urlpatterns,
]
