"""One pupil's report for parents: what people write in it, and how it will look."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from keystage.papers.parent_report import parent_reports, report_data
from keystage.papers.typeset import PaperNotMade
from keystage.service.accounts.roles import Permission
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.attachment import plain
from keystage.service.school.forms.reports import TextsForm
from keystage.service.school.lines import Line
from keystage.service.school.presenters.report_form import Conflict, conflict, neighbours, untaken
from keystage.service.school.presenters.report_list import missing, standing
from keystage.service.school.report_content import Content, name_of
from keystage.service.school.report_paper import file_name, paper_of
from keystage.service.school.reports import Reports
from keystage.service.school.services.downloads import record_download
from keystage.service.school.services.report_texts import WrittenMeanwhile, write
from keystage.service.school.views.reports_whose import classes_to_write, may_write
from keystage.service.school.views.visiting import YearVisit, of_year


def href_of(at: YearVisit, name: str, key: str = "") -> str:
    """Return the address of a page about reports."""
    where: dict[str, object] = {"organisation": at.school.key, "year": at.school_return.year}
    return reverse(f"school:{name}", kwargs=where | ({"key": key} if key else {}))


@of_year(Permission.WRITE_REPORTS)
def report(request: HttpRequest, at: YearVisit, key: str) -> HttpResponseBase:
    """Write in a pupil's report; what somebody else wrote meanwhile is shown beside it, and nothing is lost."""
    found = Reports(at.records)
    content = found.content(_line_or_404(at, key))
    if not may_write(at, content.line.pupil.class_name):
        messages.info(request, "You write reports for your own classes. This is how this one looks.")
        return redirect(href_of(at, "report-preview", key))
    form = _form(request, found, content)
    if request.method != "POST" or not form.is_valid():
        return _page(request, at, found, content, form)
    try:
        version = form.cleaned_data["version"] or 0
        saved = write(
            at.school_return, key, form.wanted, version=version, by=at.person, classes=classes_to_write(at)
        )  # fmt: skip
    except WrittenMeanwhile as meanwhile:
        return _page(request, at, found, content, form, conflict(form.wanted, meanwhile.theirs))
    name = name_of(content.line.pupil)
    messages.success(request, f"The report of {name} is saved." if saved else "Nothing was changed.")
    return redirect(_next(request, at, key))


def _form(request: HttpRequest, found: Reports, content: Content) -> TextsForm:
    held = found.written.get(content.line.pupil.pk)
    return TextsForm(
        request.POST if request.method == "POST" else None,
        texts=content.texts,
        version=held.version if held else 0,
        untaken=untaken(content, found.records.year),
        with_engagement=content.is_engagement,
    )


def _next(request: HttpRequest, at: YearVisit, key: str) -> str:
    """Return where to go after saving: to the next pupil, to the preview, or back to the same page."""
    to = request.POST.get("then", "")
    if to == "preview":
        return href_of(at, "report-preview", key)
    after = neighbours(_mine(at), key).after if to == "next" else key
    return href_of(at, "report", after) if after else href_of(at, "reports")


def _mine(at: YearVisit) -> list[Line]:
    return [line for line in at.records.lines if may_write(at, line.pupil.class_name)]


def _page(
    request: HttpRequest,
    at: YearVisit,
    found: Reports,
    content: Content,
    form: TextsForm,
    clash: Conflict | None = None,
) -> HttpResponse:
    shown = {
        "at": at,
        "form": form,
        "conflict": clash,
        "content": content,
        "name": name_of(content.line.pupil),
        "missing": missing(content),
        "near": neighbours(_mine(at), content.line.pupil.key),
        "held": found.written.get(content.line.pupil.pk),
        "has_results": found.load is not None,
        "results": report_data(replace(paper_of(found, [content]), language="en"))["reports"][0]["rows"],  # type: ignore[index, call-overload]
        "back_href": href_of(at, "reports"),
        "back_text": "Reports",
    }
    status = 409 if clash else 200
    return render(request, "school/reports/write.html", shown, status=status)


@of_year(Permission.SEE_RESULTS)
@require_safe
def preview(request: HttpRequest, at: YearVisit, key: str) -> HttpResponse:
    """Show a pupil's report as it would be printed now, with what is missing in it."""
    found = Reports(at.records)
    content = found.content(_line_or_404(at, key))
    data = report_data(paper_of(found, [content]))
    made = found.made(content.line)
    state, why = standing(content, made)
    shown = {
        "at": at,
        "content": content,
        "data": data,
        "report": data["reports"][0],  # type: ignore[index]
        "name": name_of(content.line.pupil),
        "missing": missing(content),
        "settings": found.settings,
        "compared": found.compared,
        "has_results": found.load is not None,
        "made": made,
        "all_made": tuple(reversed(found.all_made.get(content.line.pupil.pk, ()))),
        "state": state,
        "why": why,
        "near": neighbours(list(found.lines()), key),
        "may_write": may_write(at, content.line.pupil.class_name),
        "may_make": at.may(Permission.ISSUE_REPORTS),
        "back_href": href_of(at, "reports"),
        "back_text": "Reports",
    }
    return render(request, "school/reports/preview.html", shown)


@never_cache
@of_year(Permission.SEE_RESULTS)
@require_safe
def pdf(request: HttpRequest, at: YearVisit, key: str) -> HttpResponse:
    """Show a pupil's report as a PDF, as it would be printed now. It is not kept as one that was given to parents."""
    found = Reports(at.records)
    content = found.content(_line_or_404(at, key))
    try:
        paper = parent_reports(paper_of(found, [content]))
    except PaperNotMade as wrong:
        raise NotAllowedNow(str(wrong)) from wrong
    name = file_name(content, at.school_return.year)
    record_download(at.school_return, name, by=at.person)
    headers = {"Content-Disposition": f'inline; filename="{plain(name)}"'}
    return HttpResponse(paper, content_type="application/pdf", headers=headers)


def _line_or_404(at: YearVisit, key: str) -> Line:
    found = at.records.line(key)
    if found is None:
        raise Http404
    return found


urlpatterns = [
    path("<str:key>/", report, name="report"),
    path("<str:key>/preview/", preview, name="report-preview"),
    path("<str:key>/report.pdf", pdf, name="report-pdf"),
]
