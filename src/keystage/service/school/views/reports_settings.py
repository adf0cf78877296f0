"""What stands on every report for parents of a year."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from keystage.papers.parent_report import LANGUAGES
from keystage.service.accounts.roles import Permission
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.posted import posted
from keystage.service.design.size import small_enough
from keystage.service.school.forms.report_settings import ReportSettingsForm
from keystage.service.school.models import ReportSettings
from keystage.service.school.presenters.report_form import Conflict, settings_conflict
from keystage.service.school.services.files import content_of
from keystage.service.school.services.report_settings import (
    SettingsChangedMeanwhile,
    change_report_settings,
    on_every_report,
    settings_of,
)
from keystage.service.school.views.visiting import YearVisit, of_year


@small_enough
@of_year(Permission.ISSUE_REPORTS)
def settings(request: HttpRequest, at: YearVisit) -> HttpResponseBase:
    """Show and change what stands on every report."""
    held = settings_of(at.school_return)
    initial = {**asdict(on_every_report(held)), "version": held.version}
    form = ReportSettingsForm(*posted(request), initial=initial, languages=LANGUAGES, has_badge=held.badge is not None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, at, held, form)
    try:
        is_changed = change_report_settings(
            at.school_return,
            form.wanted,
            version=form.cleaned_data["version"] or 0,
            by=at.person,
            badge=form.badge_change,
        )
    except SettingsChangedMeanwhile as meanwhile:
        return _page(request, at, held, form, settings_conflict(form.wanted, meanwhile.theirs))
    messages.success(request, "What stands on every report is saved." if is_changed else "Nothing was changed.")
    return redirect("school:reports", organisation=at.school.key, year=at.school_return.year)


def _page(
    request: HttpRequest, at: YearVisit, held: ReportSettings, form: ReportSettingsForm, clash: Conflict | None = None
) -> HttpResponse:
    where = {"organisation": at.school.key, "year": at.school_return.year}
    shown = {
        "at": at,
        "form": form,
        "held": held,
        "conflict": clash,
        "back_href": reverse("school:reports", kwargs=where),
        "back_text": "Reports",
    }
    return render(request, "school/reports/settings.html", shown, status=409 if clash else 200)


@of_year(Permission.SEE_RESULTS)
@require_safe
def badge(request: HttpRequest, at: YearVisit) -> HttpResponse:
    """Show the school's badge."""
    held = settings_of(at.school_return).badge
    if held is None:
        return HttpResponse(status=404)
    try:
        content = content_of(held)
    except OSError:
        raise NotAllowedNow("The badge is not where it was kept any more. Choose it again.") from None
    kind = "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)


urlpatterns = [
    path("settings/", settings, name="report-settings"),
    path("settings/badge/", badge, name="report-badge"),
]
